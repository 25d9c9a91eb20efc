//! From a spoken draft to a draft entry: names become people of the record, labels its terms.
//!
//! Nothing is dropped: a name that nobody in the record has stays as a name, and words that fit no
//! field stay as a statement. Nothing is invented either: what was not said is `unsaid`, and its author
//! says it before the draft can be completed.

mod names;
mod parts;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use dictation::draft::{self as spoken, Known, People};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use record::{
    EntryDraft, Unsaid, Workbook, Writer,
    ids::{ConcernId, EntryId},
    model::{Action, Concern, Entry, FactField, Occurred, Provenance, Statement, Strength},
    terms::{Domain, EntryKind, ImmediateSafety, Nature, Outcome, StageOfChange},
};

use crate::entropy::Ids;
use names::Names;

pub use place::{Place, place};

/// What composing needs beside the draft.
pub struct Desk<'a> {
    /// The family's record as the author's device has it.
    pub workbook: &'a Workbook,
    /// The author.
    pub writer: &'a Writer,
    /// The day on which it was dictated or typed.
    pub recorded_on: Date,
    /// The time, by the device's clock.
    pub at: Timestamp,
    /// How the text came about.
    pub provenance: Provenance,
}

/// The family and its professionals, to recognise misheard names by.
pub fn people_of(workbook: &Workbook, writer: &Writer) -> People {
    let people = workbook.people.iter().map(|(id, person)| {
        let also = workbook.current_facts(*id, FactField::KnownAs);
        Known {
            name: workbook.person_name(*id),
            role: person.role.label().to_owned(),
            aka: also.iter().map(|(_, fact)| fact.value.clone()).collect(),
            discipline: None,
        }
    });
    let others = workbook
        .professionals
        .iter()
        .filter(|(id, _)| **id != writer.professional);
    let professionals = others.map(|(_, professional)| Known {
        name: professional.name.clone(),
        role: "professional".to_owned(),
        aka: vec![],
        discipline: Some(professional.discipline.label().to_owned()),
    });
    let author = workbook.professional_name(writer.professional);
    People::known(people.chain(professionals), author)
}

/// Makes a draft entry of a spoken draft. Where it may go is [`place`]'s word.
///
/// A concern that the record has already (open, same domain, same adults) is not raised again: the
/// views go to the one that is there, and what was said of it stays as a statement.
pub fn compose(draft: &spoken::Draft, desk: &Desk<'_>, ids: &mut Ids) -> EntryDraft {
    let names = Names::of(desk.workbook, desk.writer);
    let id = EntryId::from_uuid(ids.id());
    let mut entry = fill(draft, desk, &names);
    let mut concerns = BTreeMap::new();
    for said in &draft.concerns {
        let raised = raise(said, &names, desk);
        let concern = if let Some(known) = known_concern(&raised, desk.workbook) {
            entry.statements.push(Statement {
                text: said.text.clone(),
                nature: Nature::ProfessionalOpinion,
                source: None,
                about: names.people(&said.about),
                span: parts::span(said.span),
            });
            known
        } else {
            let new = ConcernId::from_uuid(ids.id());
            concerns.insert(new, raised);
            new
        };
        for told in &said.views {
            match parts::view(told, concern, &names) {
                Some(view) => entry.views.push(view),
                None => entry
                    .statements
                    .push(parts::unplaced(&told.text, told.span)),
            }
        }
    }
    // What was said stays in the order in which it was said.
    entry
        .statements
        .sort_by_key(|it| it.span.map(|span| span.start));

    let mut actions = BTreeMap::new();
    for said in &draft.actions {
        let action = Action {
            entry: Some(id),
            supervision: None,
            text: said.text.clone(),
            owner: said.owner.as_deref().map(|name| names.party(name)),
            due: said.due,
            effect: None,
            about: vec![],
            by: desk.writer.professional,
            at: desk.at,
        };
        actions.insert(ids.id().into(), action);
    }
    for concern in concerns.values_mut() {
        concern.entry = Some(id);
    }
    EntryDraft {
        id,
        entry,
        concerns,
        actions,
        unsaid: unsaid(draft),
    }
}

/// What the speaker did not say, and every entry has.
fn unsaid(draft: &spoken::Draft) -> BTreeSet<Unsaid> {
    let said = [
        (Unsaid::Kind, kind(draft).is_some()),
        (Unsaid::Outcome, outcome(draft).is_some()),
        (Unsaid::Start, time(draft.start.as_deref()).is_some()),
    ];
    said.into_iter()
        .filter(|(_, said)| !said)
        .map(|(field, _)| field)
        .collect()
}

fn kind(draft: &spoken::Draft) -> Option<EntryKind> {
    draft.kind.as_deref().and_then(EntryKind::from_label)
}

fn outcome(draft: &spoken::Draft) -> Option<Outcome> {
    draft.outcome.as_deref().and_then(Outcome::from_label)
}

fn time(said: Option<&str>) -> Option<Time> {
    said?.parse().ok()
}

/// Everything of the entry but concerns and actions.
fn fill(draft: &spoken::Draft, desk: &Desk<'_>, names: &Names<'_>) -> Entry {
    let mut entry = blank(draft, desk);
    entry.place.clone_from(&draft.place);
    entry.purpose.clone_from(&draft.purpose);
    entry.announced = draft.announced;
    entry.present = names.parties(&draft.present);
    entry.absent = names.parties(&draft.absent);
    entry.statements = draft
        .statements
        .iter()
        .map(|it| parts::statement(it, names))
        .collect();
    for said in &draft.children {
        match parts::child(said, names) {
            Some(seen) => entry.children.push(seen),
            None => entry.statements.extend(parts::unplaced_voice(said)),
        }
    }
    entry.strengths = draft
        .strengths
        .iter()
        .map(|it| Strength {
            text: it.text.clone(),
            about: names.people(&it.about),
        })
        .collect();
    entry.readings = draft
        .readings
        .iter()
        .filter_map(|it| parts::reading(it, names))
        .collect();
    entry.tools = parts::tools(draft, &entry.present);
    entry.stage_of_change = draft
        .stage_of_change
        .as_deref()
        .and_then(StageOfChange::from_label);
    for said in &draft.direction {
        match parts::direction(said) {
            Some(direction) => entry.direction.push(direction),
            None => entry
                .statements
                .push(parts::unplaced(&said.text, said.span)),
        }
    }
    entry.immediate_safety = draft
        .immediate_safety
        .as_deref()
        .and_then(ImmediateSafety::from_label);
    entry.next_contact = draft.next_contact;
    entry
}

/// An entry with its plain values; stand-ins where nothing was said (see [`unsaid`]).
fn blank(draft: &spoken::Draft, desk: &Desk<'_>) -> Entry {
    let date = draft.date.unwrap_or(desk.recorded_on);
    let occurred = match time(draft.start.as_deref()) {
        Some(start) => {
            let start = date.to_datetime(start);
            // An end before the start would be a slip of the ear: the author adds it when checking.
            let end = time(draft.end.as_deref())
                .map(|end| date.to_datetime(end))
                .filter(|end| *end >= start);
            Occurred::at(start, end)
        }
        None => Occurred::on(date),
    };
    Entry::begun(
        kind(draft).unwrap_or(EntryKind::Other),
        outcome(draft).unwrap_or(Outcome::TookPlace),
        occurred,
        desk.writer,
        desk.at,
        desk.provenance.clone(),
    )
}

fn raise(said: &spoken::Concern, names: &Names<'_>, desk: &Desk<'_>) -> Concern {
    let children = names.people(&said.children);
    let mut adults = names.people(&said.about);
    adults.retain(|id| !children.contains(id));
    Concern {
        entry: None,
        statement: said.text.clone(),
        domain: said.domain.as_deref().and_then(Domain::from_label),
        children,
        adults,
        by: desk.writer.professional,
        at: desk.at,
    }
}

fn known_concern(said: &Concern, workbook: &Workbook) -> Option<ConcernId> {
    let closed = |id| {
        workbook
            .concern_closures
            .values()
            .any(|it| it.concern == id)
    };
    workbook
        .concerns
        .iter()
        .find(|(id, known)| {
            !closed(**id)
                && known.domain.is_some()
                && known.domain == said.domain
                && known.adults.iter().any(|adult| said.adults.contains(adult))
        })
        .map(|(id, _)| *id)
}
