//! The compartments beside the team's document.

use record::{
    Context, Document, Writer,
    ids::ProfessionalId,
    model::{Collection, Record},
    propose_in,
    terms::Compartment,
};
use serde_json::json;

use super::{cover, person, professional, record, uid};
use crate::family::{at, concern, donna, manager, recovery_worker};

/// A document of each compartment beside the team's, with an entry that names the team's people,
/// professionals and concern.
pub(crate) fn compartments(team: &Document) -> Vec<(Compartment, Document)> {
    Compartment::ALL
        .iter()
        .filter(|it| **it != Compartment::Team)
        .zip(1u8..)
        .map(|(compartment, n)| {
            (
                compartment.clone(),
                compartment_document(team, compartment, n),
            )
        })
        .collect()
}

/// A session that names the team's people and a concern of the team's.
pub(crate) fn session(writer: &Writer, n: u8, purpose: &str) -> Record {
    let entry = json!({
        "kind": "specialist-session", "outcome": "took-place", "occurred": {"start": "2026-09-12T10:00:00"},
        "purpose": purpose, "present": [person(donna()), professional(writer)],
        "strengths": [{"text": format!("Strength known from {purpose}"), "about": [donna()]}],
        "views": [{"concern": concern(), "holder": person(donna()), "agreement": "shares-fully",
            "words": format!("said in {purpose}")}],
        "provenance": {"how": "typed"},
    });
    record(writer, Collection::Entries, &uid(n), entry)
}

fn compartment_document(team: &Document, compartment: &Compartment, n: u8) -> Document {
    let mut document = Document::genesis();
    let owner: ProfessionalId = recovery_worker().professional;
    let (context, setter) = if *compartment == Compartment::AuthorOnly {
        (Context::author_only(owner, team), recovery_worker())
    } else {
        (Context::compartment(compartment.clone(), team), manager())
    };
    let cover = [cover(&setter, compartment)];
    propose_in(&context, &mut document, &cover, &setter, &[40; 16], at()).unwrap();
    let entry = [session(&recovery_worker(), 210 + n, compartment.code())];
    let writer = recovery_worker();
    propose_in(&context, &mut document, &entry, &writer, &[43; 16], at()).unwrap();
    document
}

/// The cover of a compartment, to be written where it may not stand.
pub(crate) fn cover_of(writer: &Writer, compartment: &Compartment) -> Record {
    cover(writer, compartment)
}
