//! What crosses to the screens: plain shapes, all of them told by types that TypeScript is generated
//! from. Nothing here decides anything.
//!
//! Times of day are UTC timestamps (`…Z`), days are `YYYY-MM-DD`, and civil times are local. Places in
//! a text are UTF-16 units, as JavaScript counts them, unless a field says otherwise.

mod draft;
mod entry;
mod family;
mod heard;
mod sync;
mod terms;
mod today;

pub use draft::{
    Composed, DraftCard, Kept, MissingLine, Review, Source, Uncertain, UnsaidLine, WriteRequest,
};
pub use entry::{
    ActionNews, AppendmentLine, EntryLine, EntryPage, Raised, SyncState, WithdrawalLine,
};
pub use family::{
    Cast, CastAction, CastConcern, CastPerson, CastProfessional, FactDispute, FactLine, FamilyPage,
    OwnEntry, Plan, PlanLine, Prepare, PrepareChild, SaidLast,
};
pub use heard::{Mark, MarkKind, Place, Second, SpokenWord};
pub use sync::{Refused, RefusedRecord, Rescue, RescuedChange, Resubmit, Syncing};
pub use terms::{Term, TermList, Terms};
pub use today::{
    ActionCard, ChildCard, CompartmentCard, Damaged, DueCard, FamilyCard, NextContact, Today,
};
