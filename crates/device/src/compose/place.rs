//! Where a spoken note may go. A note that asks for a compartment, or names people who must not learn
//! of it, never goes to the team by itself: the team's record has no place that keeps it from them for
//! sure (exports, subject access).

use dictation::draft as spoken;
use record::terms::Compartment;

/// Where a note may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The team's document.
    Team,
    /// This compartment's document, and no other.
    Compartment(Compartment),
    /// None that a program could choose: it names people who must not learn of it, or a compartment
    /// that nobody knows. Its author chooses.
    AuthorChooses,
}

/// Where this note may go.
pub fn place(draft: &spoken::Draft) -> Place {
    let asked = draft.compartment.as_deref().map(|asked| {
        let known = Compartment::from_label(asked)
            .or_else(|| Compartment::from_code(asked).filter(|it| Compartment::ALL.contains(it)));
        known.ok_or(())
    });
    match asked {
        Some(Ok(Compartment::Team)) | None if draft.must_not_share_with.is_empty() => Place::Team,
        Some(Ok(asked)) if asked != Compartment::Team => Place::Compartment(asked),
        _ => Place::AuthorChooses,
    }
}
