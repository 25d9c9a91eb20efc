//! From a spoken draft to a draft entry: names become people of the record, labels its terms.
//!
//! Nothing is dropped: a name that nobody in the record has stays as a name, and words that fit no
//! field stay as a statement. The author checks the result before it counts.

mod names;
mod parts;

use std::collections::BTreeMap;

use anyhow::Result;
use dictation::draft::{self as spoken, People};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use record::{
    EntryDraft, Workbook, Writer,
    ids::{ConcernId, EntryId},
    model::{Action, Concern, Entry, FactField, Occurred, Provenance, Statement, Strength},
    terms::{Domain, EntryKind, ImmediateSafety, Nature, Outcome, StageOfChange},
};
use serde_json::json;
use uuid::Uuid;

use self::names::Names;

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
    /// Where new ids come from.
    pub ids: &'a (dyn Fn() -> Result<Uuid> + Sync),
}

/// The family and its professionals, to recognise misheard names by.
pub fn people_of(workbook: &Workbook, writer: &Writer) -> Result<People> {
    let mut people: Vec<_> = workbook
        .people
        .iter()
        .map(|(id, person)| {
            let also = workbook.current_facts(*id, FactField::KnownAs);
            let born = workbook.current_facts(*id, FactField::DateOfBirth);
            let mut known = json!({
                "name": workbook.person_name(*id),
                "role": person.role.label(),
                "aka": also.iter().map(|(_, fact)| &fact.value).collect::<Vec<_>>(),
            });
            // A disputed date of birth helps nobody to recognise a name.
            if let [(_, fact)] = born[..] {
                known["born"] = json!(fact.value);
            }
            known
        })
        .collect();
    for (id, professional) in &workbook.professionals {
        if *id != writer.professional {
            people.push(json!({
                "name": professional.name,
                "role": "professional",
                "discipline": professional.discipline.label(),
            }));
        }
    }
    let author = workbook.professional_name(writer.professional);
    Ok(People::from_json(
        &json!({"people": people, "author": author}).to_string(),
    )?)
}

/// A note that asks for a place which this device can't give it.
#[derive(Debug, thiserror::Error)]
#[error(
    "this note asks for the {0} compartment and would be seen by the whole team: keep it as a \
     draft until the family has that compartment"
)]
pub struct WrongCompartment(String);

/// A note that names people who must not learn of it. The team's record has no place that keeps it
/// from them for sure (exports, subject access), so it does not go there by itself.
#[derive(Debug, thiserror::Error)]
#[error(
    "this note names people who must not learn of it: keep it as a draft until the family has a \
     compartment for it"
)]
pub struct MustNotBeShared;

/// Makes a draft entry of a spoken draft.
///
/// # Errors
/// [`WrongCompartment`] and [`MustNotBeShared`] for a note that must not join the team's record.
///
/// A concern that the record has already (open, same domain, same adults) is not raised again: the
/// views go to the one that is there, and what was said of it stays as a statement.
pub fn compose(draft: &spoken::Draft, desk: &Desk<'_>) -> Result<EntryDraft> {
    if let Some(compartment) = draft.compartment.as_deref().filter(|it| *it != "team") {
        return Err(WrongCompartment(compartment.to_owned()).into());
    }
    if !draft.must_not_share_with.is_empty() {
        return Err(MustNotBeShared.into());
    }
    let names = Names::of(desk.workbook, desk.writer);
    let id = EntryId::from_uuid((desk.ids)()?);
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
            let new = ConcernId::from_uuid((desk.ids)()?);
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
            by: desk.writer.professional,
            at: desk.at,
        };
        actions.insert((desk.ids)()?.into(), action);
    }
    for concern in concerns.values_mut() {
        concern.entry = Some(id);
    }
    Ok(EntryDraft {
        id,
        entry,
        concerns,
        actions,
    })
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

fn blank(draft: &spoken::Draft, desk: &Desk<'_>) -> Entry {
    let date = draft.date.unwrap_or(desk.recorded_on);
    let time = |text: &Option<String>| -> Option<Time> { text.as_deref()?.parse().ok() };
    let start = date.to_datetime(time(&draft.start).unwrap_or(Time::midnight()));
    // An end before the start would be a slip of the ear: the author adds it when checking.
    let end = time(&draft.end)
        .map(|end| date.to_datetime(end))
        .filter(|end| *end >= start);
    let outcome = draft.outcome.as_deref().and_then(Outcome::from_label);
    let kind = draft.kind.as_deref().and_then(EntryKind::from_label);
    Entry::begun(
        kind.unwrap_or(EntryKind::Other),
        outcome.unwrap_or(Outcome::TookPlace),
        Occurred { start, end },
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
