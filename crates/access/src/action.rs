//! What someone can ask to do. Each action is a type, so that a grant for one can't be shown where
//! another is asked for, and says which facts its rule needs.

use crate::decision::Denied;
use crate::facts::{Allocated, Compartment, DeviceFacts, DocumentFacts, FamilyFacts, Subject, Way};

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
impl sealed::Sealed for PullDocument {}
impl sealed::Sealed for PushDocument {}
impl sealed::Sealed for ListDevices {}
impl sealed::Sealed for RevokeDevice {}

impl Action for ListFamilies {
    type Resource = ();

    fn rule(_subject: &Subject, (): &()) -> Result<(), Denied> {
        // The list itself holds only families with an open allocation.
        Ok(())
    }
}

impl Action for ReadFamily {
    type Resource = FamilyFacts;

    fn rule(_subject: &Subject, family: &FamilyFacts) -> Result<(), Denied> {
        only_allocated(family.allocated)
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
        let may_any = subject.discipline.as_deref() == Some(SERVICE_MANAGER);
        if may_any || device.owner == subject.professional {
            Ok(())
        } else {
            Err(Denied::NotTheirs)
        }
    }
}

/// The code of the discipline that takes anybody's device out of use.
const SERVICE_MANAGER: &str = "service-manager";

/// Managers need an allocation like everyone else: rank alone opens no family.
fn only_allocated(allocated: Allocated) -> Result<(), Denied> {
    match allocated {
        Allocated::Yes => Ok(()),
        Allocated::No => Err(Denied::NotAllocated),
    }
}

fn reach_document(subject: &Subject, document: &DocumentFacts) -> Result<(), Denied> {
    // A browser has no sealed storage, so whole documents go to enrolled devices only.
    if matches!(subject.way, Way::Browser) {
        return Err(Denied::NeedsDevice);
    }
    only_allocated(document.allocated)?;
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
