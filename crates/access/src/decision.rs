//! The decision itself, and the proof of a yes.

use crate::action::Action;
use crate::facts::{Subject, Way};

/// Proof that [`decide`] said yes to one subject, for one action, on one resource. Nothing outside
/// this crate can make one, and it can't be copied: it goes from the decision to the data.
#[derive(Debug)]
pub struct Granted<A: Action> {
    subject: Subject,
    resource: A::Resource,
}

impl<A: Action> Granted<A> {
    /// To whom it was granted.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// On what it was granted.
    pub fn resource(&self) -> &A::Resource {
        &self.resource
    }
}

/// A no, with its reason. The server shows its caller the reason only where that tells nobody that
/// a family exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denied {
    /// The device was revoked.
    #[error("this device has been taken out of use")]
    DeviceRevoked,
    /// The account has no discipline that this server knows.
    #[error("the account has no known discipline")]
    NoDiscipline,
    /// Whole documents go only to enrolled devices.
    #[error("only an enrolled device may hold a copy")]
    NeedsDevice,
    /// The professional is not allocated to the family, or there is no such family.
    #[error("not allocated to this family")]
    NotAllocated,
    /// The document belongs to a compartment whose rules this server does not know.
    #[error("the compartment is unknown")]
    UnknownCompartment,
    /// The professional is not a named member of the compartment.
    #[error("not a named member of this compartment")]
    NotAMember,
}

/// Decides whether `subject` may do `A` to `resource`.
pub fn decide<A: Action>(subject: &Subject, resource: A::Resource) -> Result<Granted<A>, Denied> {
    if matches!(subject.way, Way::Device { revoked: true, .. }) {
        return Err(Denied::DeviceRevoked);
    }
    if subject.discipline.as_deref().is_none_or(str::is_empty) {
        return Err(Denied::NoDiscipline);
    }
    A::rule(subject, &resource)?;
    Ok(Granted {
        subject: subject.clone(),
        resource,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        Allocated, Compartment, DocumentFacts, FamilyFacts, ListFamilies, PullDocument,
        PushDocument, ReadFamily,
    };

    const ME: Uuid = Uuid::from_u128(1);
    const DEVICE: Way = Way::Device {
        id: Uuid::from_u128(2),
        revoked: false,
    };
    const LOST: Way = Way::Device {
        id: Uuid::from_u128(2),
        revoked: true,
    };

    /// Every subject there can be, as far as the rules can tell them apart.
    fn subjects() -> Vec<Subject> {
        let disciplines = [
            None,
            Some(""),
            Some("recovery-worker"),
            Some("team-manager"),
            Some("service-manager"),
        ];
        disciplines
            .into_iter()
            .flat_map(|discipline| {
                [DEVICE, LOST, Way::Browser].map(|way| Subject {
                    professional: ME,
                    discipline: discipline.map(String::from),
                    way,
                })
            })
            .collect()
    }

    /// Every document there can be.
    fn documents() -> Vec<DocumentFacts> {
        let members = [
            vec![],
            vec![Uuid::from_u128(9)],
            vec![Uuid::from_u128(9), ME],
        ];
        Compartment::ALL
            .into_iter()
            .flat_map(|compartment| {
                [Allocated::Yes, Allocated::No].into_iter().flat_map({
                    let members = members.clone();
                    move |allocated| {
                        members.clone().map(|members| DocumentFacts {
                            document: Uuid::from_u128(3),
                            family: Uuid::from_u128(4),
                            compartment,
                            allocated,
                            members,
                        })
                    }
                })
            })
            .collect()
    }

    fn usable(subject: &Subject) -> bool {
        subject.way != LOST
            && subject
                .discipline
                .as_ref()
                .is_some_and(|code| !code.is_empty())
    }

    #[test]
    fn a_document_opens_to_a_working_device_of_an_allocated_person_and_nobody_else() {
        let mut granted = 0;
        for subject in subjects() {
            for document in documents() {
                let expected = usable(&subject)
                    && subject.way == DEVICE
                    && document.allocated == Allocated::Yes
                    && match document.compartment {
                        Compartment::Team => true,
                        Compartment::Unknown => false,
                        _ => document.members.contains(&ME),
                    };
                let pull = decide::<PullDocument>(&subject, document.clone());
                let push = decide::<PushDocument>(&subject, document.clone());
                assert_eq!(pull.is_ok(), expected, "{subject:?} pulls {document:?}");
                assert_eq!(push.is_ok(), expected, "{subject:?} pushes {document:?}");
                granted += usize::from(expected);
            }
        }
        // Three usable disciplines; the team for three membership lists, six compartments for one.
        assert_eq!(granted, 3 * (3 + 6));
    }

    #[test]
    fn a_family_opens_to_allocated_people_whatever_their_rank() {
        for subject in subjects() {
            for allocated in [Allocated::Yes, Allocated::No] {
                let facts = FamilyFacts {
                    family: Uuid::from_u128(4),
                    allocated,
                };
                let expected = usable(&subject) && allocated == Allocated::Yes;
                let decision = decide::<ReadFamily>(&subject, facts);
                assert_eq!(decision.is_ok(), expected, "{subject:?}, {allocated:?}");
            }
            assert_eq!(
                decide::<ListFamilies>(&subject, ()).is_ok(),
                usable(&subject)
            );
        }
    }

    #[test]
    fn each_reason_is_given_in_the_order_that_tells_least() {
        let worker = |way, discipline: Option<&str>| Subject {
            professional: ME,
            discipline: discipline.map(String::from),
            way,
        };
        let facts = |compartment, allocated| DocumentFacts {
            document: Uuid::from_u128(3),
            family: Uuid::from_u128(4),
            compartment,
            allocated,
            members: vec![],
        };
        let code = Some("recovery-worker");
        let team = Compartment::Team;
        let cases = [
            (
                worker(LOST, None),
                facts(team, Allocated::No),
                Denied::DeviceRevoked,
            ),
            (
                worker(DEVICE, None),
                facts(team, Allocated::No),
                Denied::NoDiscipline,
            ),
            (
                worker(Way::Browser, code),
                facts(team, Allocated::No),
                Denied::NeedsDevice,
            ),
            (
                worker(DEVICE, code),
                facts(Compartment::Unknown, Allocated::No),
                Denied::NotAllocated,
            ),
            (
                worker(DEVICE, code),
                facts(Compartment::Unknown, Allocated::Yes),
                Denied::UnknownCompartment,
            ),
            (
                worker(DEVICE, code),
                facts(Compartment::Legal, Allocated::Yes),
                Denied::NotAMember,
            ),
        ];
        for (subject, document, reason) in cases {
            assert_eq!(
                decide::<PullDocument>(&subject, document).unwrap_err(),
                reason
            );
        }
    }

    #[test]
    fn a_grant_names_whom_and_what() {
        let subject = &subjects()[6];
        let granted = decide::<ListFamilies>(subject, ()).unwrap();
        assert_eq!(granted.subject(), subject);
    }

    #[test]
    fn compartment_codes_round_trip_and_anything_else_is_unknown() {
        for compartment in Compartment::ALL {
            if let Some(code) = compartment.code() {
                assert_eq!(Compartment::from_code(code), compartment);
            }
        }
        for text in ["", "Team", "team ", "unknown", "everyone"] {
            assert_eq!(Compartment::from_code(text), Compartment::Unknown);
        }
    }
}
