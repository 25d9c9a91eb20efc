//! What someone can ask to do. Each action is a type, so that a grant for one can't be shown where
//! another is asked for, and says which facts its rule needs.

use crate::decision::Denied;
use crate::facts::{
    Allocated, Compartment, DeviceFacts, DocumentFacts, FamilyFacts, Glass, NoticeFacts,
    Restricted, Standing, Subject, TeamRole, Way,
};

mod sealed {
    pub trait Sealed {}
}

/// Something that [`crate::decide`] decides on. Sealed: rules live in this crate alone.
pub trait Action: sealed::Sealed {
    /// The facts about what it is done to.
    type Resource;

    /// The rule, asked after those that hold for every action.
    #[doc(hidden)]
    fn rule(subject: &Subject, resource: &Self::Resource) -> Result<(), Denied>;
}

/// To see the list of one's own families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFamilies;

/// To read a family's summary and entries, as far as they stand in the team's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadFamily;

/// To learn that a family exists, by searching its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindFamily;

/// To read a family in an emergency, without an allocation: with a reason, for a limited time, and
/// its manager is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakGlass;

/// To be told that somebody has broken the glass, and to confirm that one has seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeeNotice;

/// To take a copy of a document and its whole history onto a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PullDocument;

/// To offer changes to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushDocument;

/// To see the list of one's own devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListDevices;

/// To take a device out of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevokeDevice;

impl sealed::Sealed for ListFamilies {}
impl sealed::Sealed for ReadFamily {}
impl sealed::Sealed for FindFamily {}
impl sealed::Sealed for BreakGlass {}
impl sealed::Sealed for SeeNotice {}
impl sealed::Sealed for PullDocument {}
impl sealed::Sealed for PushDocument {}
impl sealed::Sealed for ListDevices {}
impl sealed::Sealed for RevokeDevice {}

impl Action for ListFamilies {
    type Resource = ();

    fn rule(_subject: &Subject, (): &()) -> Result<(), Denied> {
        // Whether a family stands in it is asked as [`ReadFamily`], one by one.
        Ok(())
    }
}

impl Action for ReadFamily {
    type Resource = FamilyFacts;

    fn rule(subject: &Subject, family: &FamilyFacts) -> Result<(), Denied> {
        match (family.standing.glass, family.standing.restricted) {
            (Glass::Broken, Restricted::No) => Ok(()),
            // Restricting a family also shuts out who had broken the glass before.
            (Glass::Broken, Restricted::Yes) if manages_the_service(subject) => Ok(()),
            (Glass::Broken, Restricted::Yes) | (Glass::Whole, _) => works_with(family.standing),
        }
    }
}

impl Action for FindFamily {
    type Resource = FamilyFacts;

    fn rule(subject: &Subject, family: &FamilyFacts) -> Result<(), Denied> {
        let standing = family.standing;
        match (standing.restricted, standing.team) {
            (Restricted::No, _)
            | (Restricted::Yes, TeamRole::Member | TeamRole::Supervisor | TeamRole::Manager) => {
                Ok(())
            }
            // Who decides on breaking its glass must be able to find it.
            (Restricted::Yes, TeamRole::None) if manages_the_service(subject) => Ok(()),
            (Restricted::Yes, TeamRole::None) => Self::only_allocated(standing),
        }
    }
}

impl FindFamily {
    fn only_allocated(standing: Standing) -> Result<(), Denied> {
        match standing.allocated {
            Allocated::Yes => Ok(()),
            Allocated::No => Err(Denied::NotAllocated),
        }
    }
}

impl Action for BreakGlass {
    type Resource = FamilyFacts;

    fn rule(subject: &Subject, family: &FamilyFacts) -> Result<(), Denied> {
        if works_with(family.standing).is_ok() {
            return Err(Denied::NotNeeded);
        }
        match family.standing.restricted {
            Restricted::No => Ok(()),
            Restricted::Yes if manages_the_service(subject) => Ok(()),
            Restricted::Yes => Err(Denied::NotAllocated),
        }
    }
}

impl Action for SeeNotice {
    type Resource = NoticeFacts;

    fn rule(subject: &Subject, notice: &NoticeFacts) -> Result<(), Denied> {
        // Nobody watches over themselves.
        if notice.breaker == subject.professional {
            return Err(Denied::NotYourNotice);
        }
        let theirs = match notice.team {
            TeamRole::Manager => true,
            TeamRole::None | TeamRole::Member | TeamRole::Supervisor => {
                manages_the_service(subject)
                    && (notice.restricted == Restricted::Yes || !notice.managed)
            }
        };
        if theirs {
            Ok(())
        } else {
            Err(Denied::NotYourNotice)
        }
    }
}

impl Action for PullDocument {
    type Resource = DocumentFacts;

    fn rule(subject: &Subject, document: &DocumentFacts) -> Result<(), Denied> {
        reach_document(subject, document)
    }
}

impl Action for PushDocument {
    type Resource = DocumentFacts;

    fn rule(subject: &Subject, document: &DocumentFacts) -> Result<(), Denied> {
        reach_document(subject, document)
    }
}

impl Action for ListDevices {
    type Resource = ();

    fn rule(_subject: &Subject, (): &()) -> Result<(), Denied> {
        // The list itself holds only the subject's own.
        Ok(())
    }
}

impl Action for RevokeDevice {
    type Resource = DeviceFacts;

    fn rule(subject: &Subject, device: &DeviceFacts) -> Result<(), Denied> {
        // A colleague who rings because their phone is gone can't sign in for it themselves.
        if manages_the_service(subject) || device.owner == subject.professional {
            Ok(())
        } else {
            Err(Denied::NotTheirs)
        }
    }
}

/// The code of the discipline that takes anybody's device out of use and decides on restricted
/// families.
const SERVICE_MANAGER: &str = "service-manager";

fn manages_the_service(subject: &Subject) -> bool {
    subject.discipline.as_deref() == Some(SERVICE_MANAGER)
}

/// Who works with a family: the allocated, whoever manages its team, and who supervises that team
/// unless the family is restricted. Rank alone opens no family.
fn works_with(standing: Standing) -> Result<(), Denied> {
    match (standing.allocated, standing.team, standing.restricted) {
        (Allocated::Yes, _, _)
        | (Allocated::No, TeamRole::Manager, _)
        | (Allocated::No, TeamRole::Supervisor, Restricted::No) => Ok(()),
        (Allocated::No, TeamRole::Supervisor, Restricted::Yes)
        | (Allocated::No, TeamRole::Member | TeamRole::None, _) => Err(Denied::NotAllocated),
    }
}

fn reach_document(subject: &Subject, document: &DocumentFacts) -> Result<(), Denied> {
    // A browser has no sealed storage, so whole documents go to enrolled devices only.
    if matches!(subject.way, Way::Browser) {
        return Err(Denied::NeedsDevice);
    }
    // Broken glass is not asked: it lets one read the family's page, and no copy outlasts it.
    works_with(document.standing)?;
    match document.compartment {
        Compartment::Team => Ok(()),
        Compartment::Unknown => Err(Denied::UnknownCompartment),
        Compartment::VictimSafe
        | Compartment::PerpetratorWork
        | Compartment::Health
        | Compartment::Probation
        | Compartment::Legal => {
            if document.members.contains(&subject.professional) {
                Ok(())
            } else {
                Err(Denied::NotAMember)
            }
        }
        // Nobody can be let into it, whoever was named a member.
        Compartment::AuthorOnly if document.owner == Some(subject.professional) => Ok(()),
        Compartment::AuthorOnly => Err(Denied::NotAMember),
    }
}
