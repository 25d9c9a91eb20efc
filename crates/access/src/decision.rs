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
    /// The professional is not a named member of the compartment, or it is another author's own.
    #[error("not a named member of this compartment")]
    NotAMember,
    /// They work with the family already.
    #[error("you reach this family without breaking the glass")]
    NotNeeded,
    /// The notice is another manager's, or about oneself.
    #[error("this notice is not for you")]
    NotYourNotice,
    /// The device is another's.
    #[error("this is another's device")]
    NotTheirs,
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
        Allocated, BreakGlass, Compartment, DeviceFacts, DocumentFacts, FamilyFacts, FindFamily,
        Glass, ListDevices, ListFamilies, NoticeFacts, PullDocument, PushDocument, ReadFamily,
        Restricted, RevokeDevice, SeeNotice, Standing, TeamRole,
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

    /// Every way to stand to a family.
    fn standings() -> Vec<Standing> {
        let mut standings = Vec::new();
        for allocated in [Allocated::Yes, Allocated::No] {
            for team in TeamRole::ALL {
                for restricted in [Restricted::Yes, Restricted::No] {
                    for glass in [Glass::Whole, Glass::Broken] {
                        standings.push(Standing {
                            allocated,
                            team,
                            restricted,
                            glass,
                        });
                    }
                }
            }
        }
        standings
    }

    /// Whether they work with the family, said a second time and in other words.
    fn works(standing: Standing) -> bool {
        standing.allocated == Allocated::Yes
            || standing.team == TeamRole::Manager
            || (standing.team == TeamRole::Supervisor && standing.restricted == Restricted::No)
    }

    /// A standing by allocation alone.
    fn by_allocation(allocated: Allocated) -> Standing {
        Standing {
            allocated,
            team: TeamRole::None,
            restricted: Restricted::No,
            glass: Glass::Whole,
        }
    }

    /// Every document there can be.
    fn documents() -> Vec<DocumentFacts> {
        let members = [
            vec![],
            vec![Uuid::from_u128(9)],
            vec![Uuid::from_u128(9), ME],
        ];
        let mut documents = Vec::new();
        for compartment in Compartment::ALL {
            for standing in standings() {
                for members in members.clone() {
                    for owner in [None, Some(Uuid::from_u128(9)), Some(ME)] {
                        documents.push(DocumentFacts {
                            document: Uuid::from_u128(3),
                            family: Uuid::from_u128(4),
                            compartment,
                            standing,
                            members: members.clone(),
                            owner,
                        });
                    }
                }
            }
        }
        documents
    }

    fn usable(subject: &Subject) -> bool {
        subject.way != LOST
            && subject
                .discipline
                .as_ref()
                .is_some_and(|code| !code.is_empty())
    }

    #[test]
    fn a_document_opens_to_a_working_device_of_who_works_with_the_family_and_nobody_else() {
        let mut granted = 0;
        for subject in subjects() {
            for document in documents() {
                let expected = usable(&subject)
                    && subject.way == DEVICE
                    && works(document.standing)
                    && match document.compartment {
                        Compartment::Team => true,
                        Compartment::Unknown => false,
                        Compartment::AuthorOnly => document.owner == Some(ME),
                        _ => document.members.contains(&ME),
                    };
                let pull = decide::<PullDocument>(&subject, document.clone());
                let push = decide::<PushDocument>(&subject, document.clone());
                assert_eq!(pull.is_ok(), expected, "{subject:?} pulls {document:?}");
                assert_eq!(push.is_ok(), expected, "{subject:?} pushes {document:?}");
                granted += usize::from(expected);
            }
        }
        let standings = standings().into_iter().filter(|it| works(*it)).count();
        // Sixteen by allocation; without one a manager by four, a supervisor by two.
        assert_eq!(standings, 16 + 4 + 2);
        // Three usable disciplines. The team for nine pairs of members and owner, five compartments
        // for one list of members and any owner, an author's own for any list and one owner.
        assert_eq!(granted, 3 * standings * (9 + 5 * 3 + 3));
    }

    #[test]
    fn a_family_opens_by_standing_whatever_the_rank() {
        for subject in subjects() {
            for standing in standings() {
                let facts = FamilyFacts {
                    family: Uuid::from_u128(4),
                    standing,
                };
                let service = subject.discipline.as_deref() == Some("service-manager");
                let opened = standing.glass == Glass::Broken
                    && (standing.restricted == Restricted::No || service);
                let expected = usable(&subject) && (works(standing) || opened);
                let decision = decide::<ReadFamily>(&subject, facts);
                assert_eq!(decision.is_ok(), expected, "{subject:?}, {standing:?}");
            }
            assert_eq!(
                decide::<ListFamilies>(&subject, ()).is_ok(),
                usable(&subject)
            );
        }
    }

    #[test]
    fn a_restricted_family_is_found_and_its_glass_broken_by_no_stranger_but_a_service_manager() {
        for subject in subjects() {
            let service = subject.discipline.as_deref() == Some("service-manager");
            for standing in standings() {
                let facts = FamilyFacts {
                    family: Uuid::from_u128(4),
                    standing,
                };
                let open = standing.restricted == Restricted::No || service;
                let inside =
                    standing.allocated == Allocated::Yes || standing.team != TeamRole::None;
                assert_eq!(
                    decide::<FindFamily>(&subject, facts.clone()).is_ok(),
                    usable(&subject) && (open || inside),
                    "{subject:?} finds {standing:?}"
                );
                assert_eq!(
                    decide::<BreakGlass>(&subject, facts).is_ok(),
                    usable(&subject) && open && !works(standing),
                    "{subject:?} breaks {standing:?}"
                );
            }
        }
    }

    #[test]
    fn a_notice_goes_to_the_teams_manager_or_else_to_a_service_manager_and_never_to_the_breaker() {
        for subject in subjects() {
            let service = subject.discipline.as_deref() == Some("service-manager");
            for team in TeamRole::ALL {
                for restricted in [Restricted::Yes, Restricted::No] {
                    for (breaker, managed) in [
                        (ME, true),
                        (ME, false),
                        (Uuid::from_u128(9), true),
                        (Uuid::from_u128(9), false),
                    ] {
                        let facts = NoticeFacts {
                            notice: Uuid::from_u128(5),
                            breaker,
                            team,
                            restricted,
                            managed,
                        };
                        let expected = usable(&subject)
                            && breaker != ME
                            && (team == TeamRole::Manager
                                || (service && (restricted == Restricted::Yes || !managed)));
                        let decision = decide::<SeeNotice>(&subject, facts);
                        assert_eq!(decision.is_ok(), expected, "{subject:?}, {team:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_unknown_family_is_a_restricted_one_of_strangers() {
        let worker = &subjects()[6];
        let facts = FamilyFacts {
            family: Uuid::from_u128(4),
            standing: Standing::STRANGER,
        };
        assert_eq!(
            decide::<BreakGlass>(worker, facts.clone()).unwrap_err(),
            Denied::NotAllocated
        );
        assert_eq!(
            decide::<ReadFamily>(worker, facts).unwrap_err(),
            Denied::NotAllocated
        );
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
            standing: by_allocation(allocated),
            members: vec![],
            owner: None,
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
    fn who_reaches_which_compartment() {
        let worker = &subjects()[6];
        let mut table = String::new();
        for compartment in Compartment::ALL {
            let says = |allocated, members: &[Uuid], owner| {
                let document = DocumentFacts {
                    document: Uuid::from_u128(3),
                    family: Uuid::from_u128(4),
                    compartment,
                    standing: by_allocation(allocated),
                    members: members.to_vec(),
                    owner,
                };
                decide::<PullDocument>(worker, document)
                    .map_or_else(|no| no.to_string(), |_| "yes".into())
            };
            let code = compartment.code().unwrap_or("(unknown)");
            for (who, said) in [
                ("allocated", says(Allocated::Yes, &[], None)),
                ("allocated, member", says(Allocated::Yes, &[ME], None)),
                ("member only", says(Allocated::No, &[ME], Some(ME))),
                ("allocated, owner", says(Allocated::Yes, &[], Some(ME))),
            ] {
                table.push_str(&format!("{code}: {who}: {said}\n"));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_device_is_taken_out_of_use_by_its_owner_or_a_service_manager() {
        for subject in subjects() {
            let manages = subject.discipline.as_deref() == Some("service-manager");
            for (owner, allowed) in [(ME, true), (Uuid::from_u128(9), manages)] {
                let device = Uuid::from_u128(7);
                let decision = decide::<RevokeDevice>(&subject, DeviceFacts { device, owner });
                assert_eq!(decision.is_ok(), usable(&subject) && allowed, "{subject:?}");
            }
            assert_eq!(
                decide::<ListDevices>(&subject, ()).is_ok(),
                usable(&subject)
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
