//! From a spoken draft to a draft entry: names become people of the record, labels its terms.
//!
//! Nothing is dropped: a name that nobody in the record has stays as a name, and words that fit no
//! field stay as a statement. The author checks the result before it counts.

use std::collections::BTreeMap;

use anyhow::Result;
use dictation::draft::{self as spoken, People};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use record::{
    EntryDraft, Workbook, Writer,
    ids::{ConcernId, EntryId, PersonId},
    model::{
        Action, ChildSeen, Concern, Direction, Entry, FactField, Occurred, Party, Provenance,
        Reading, ScaleValue, Span, Statement, Strength, ToolUse, View, Voice,
    },
    terms::{
        Agreement, Direction as DirectionTerm, Domain, EntryKind, ImmediateSafety, Nature, Outcome,
        Seen, SeenAlone, StageOfChange, Tool,
    },
};
use serde_json::json;
use uuid::Uuid;

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

/// Makes a draft entry of a spoken draft.
///
/// # Errors
/// [`WrongCompartment`] for a note that must not join the team's record.
///
/// A concern that the record has already (open, same domain, same adults) is not raised again: the
/// views go to the one that is there, and what was said of it stays as a statement.
pub fn compose(draft: &spoken::Draft, desk: &Desk<'_>) -> Result<EntryDraft> {
    if let Some(compartment) = draft.compartment.as_deref().filter(|it| *it != "team") {
        return Err(WrongCompartment(compartment.to_owned()).into());
    }
    let names = Names::of(desk.workbook, desk.writer);
    let id = EntryId::from_uuid((desk.ids)()?);
    let mut entry = blank(draft, desk);
    entry.place.clone_from(&draft.place);
    entry.purpose.clone_from(&draft.purpose);
    entry.announced = draft.announced;
    entry.present = names.parties(&draft.present);
    entry.absent = names.parties(&draft.absent);
    entry.statements = draft
        .statements
        .iter()
        .map(|it| statement(it, &names))
        .collect();
    for said in &draft.children {
        match child(said, &names) {
            Some(seen) => entry.children.push(seen),
            None => entry.statements.extend(unplaced_voice(said)),
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
        .filter_map(|it| reading(it, &names))
        .collect();
    entry.tools = tools(draft, &entry.present);
    entry.stage_of_change = draft
        .stage_of_change
        .as_deref()
        .and_then(StageOfChange::from_label);
    for said in &draft.direction {
        match direction(said) {
            Some(direction) => entry.direction.push(direction),
            None => entry.statements.push(unplaced(&said.text, said.span)),
        }
    }
    entry.immediate_safety = draft
        .immediate_safety
        .as_deref()
        .and_then(ImmediateSafety::from_label);
    entry.next_contact = draft.next_contact;

    let mut concerns = BTreeMap::new();
    for said in &draft.concerns {
        let raised = raise(said, &names, desk);
        let concern = match known_concern(&raised, desk.workbook) {
            Some(known) => {
                entry.statements.push(Statement {
                    text: said.text.clone(),
                    nature: Nature::ProfessionalOpinion,
                    source: None,
                    about: names.people(&said.about),
                    span: span(said.span),
                });
                known
            }
            None => {
                let new = ConcernId::from_uuid((desk.ids)()?);
                concerns.insert(new, raised);
                new
            }
        };
        for told in &said.views {
            match view(told, concern, &names) {
                Some(view) => entry.views.push(view),
                None => entry.statements.push(unplaced(&told.text, told.span)),
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

fn blank(draft: &spoken::Draft, desk: &Desk<'_>) -> Entry {
    let date = draft.date.unwrap_or(desk.recorded_on);
    let time = |text: &Option<String>| -> Option<Time> { text.as_deref()?.parse().ok() };
    let start = date.to_datetime(time(&draft.start).unwrap_or(Time::midnight()));
    // An end before the start would be a slip of the ear: the author adds it when checking.
    let end = time(&draft.end)
        .map(|end| date.to_datetime(end))
        .filter(|end| *end >= start);
    let outcome = draft.outcome.as_deref().and_then(Outcome::from_label);
    Entry {
        kind: draft
            .kind
            .as_deref()
            .and_then(EntryKind::from_label)
            .unwrap_or(EntryKind::Other),
        outcome: outcome.unwrap_or(Outcome::TookPlace),
        occurred: Occurred { start, end },
        at: desk.at,
        by: desk.writer.professional,
        discipline: desk.writer.discipline.clone(),
        device: desk.writer.device,
        place: None,
        announced: None,
        purpose: None,
        present: vec![],
        absent: vec![],
        children: vec![],
        statements: vec![],
        analysis: None,
        strengths: vec![],
        views: vec![],
        readings: vec![],
        tools: vec![],
        stage_of_change: None,
        direction: vec![],
        immediate_safety: None,
        action_updates: vec![],
        next_contact: None,
        significant_event: None,
        provenance: desk.provenance.clone(),
        attestation: None,
    }
}

fn child(said: &spoken::Child, names: &Names<'_>) -> Option<ChildSeen> {
    let Party::Person(child) = names.party(&said.name) else {
        return None;
    };
    let seen = match (said.seen, said.asleep) {
        (Some(false), _) => Seen::NotSeen,
        (Some(true), Some(true)) => Seen::Asleep,
        (Some(true), _) => Seen::Awake,
        // A voice without "seen" may have come by phone: the author says which.
        (None, _) => return None,
    };
    let reason = said
        .not_alone_reason
        .as_deref()
        .and_then(SeenAlone::from_label);
    Some(ChildSeen {
        child,
        seen,
        alone: if said.alone == Some(true) {
            Some(SeenAlone::Yes)
        } else {
            reason
        },
        voice: said.voice.clone().map(|words| Voice {
            words,
            how: said.voice_how.clone(),
        }),
    })
}

fn statement(said: &spoken::Statement, names: &Names<'_>) -> Statement {
    let nature = said.nature.as_deref().unwrap_or_default();
    let reporter = nature.strip_prefix("reported by ");
    Statement {
        text: said.text.clone(),
        nature: match reporter {
            Some(_) => Nature::Reported,
            None => Nature::from_label(nature).unwrap_or(Nature::ObservedFact),
        },
        source: reporter.map(|name| names.party(name)),
        about: names.people(&said.about),
        span: span(said.span),
    }
}

/// What a child said, where the record can't tell yet which child or whether seen.
fn unplaced_voice(said: &spoken::Child) -> Option<Statement> {
    let words = said.voice.as_deref()?;
    let text = format!("{}: {words}", said.name);
    Some(unplaced(
        &text,
        *said.voice_spans.first().unwrap_or(&said.span),
    ))
}

/// Words that fit no field: kept as they are.
fn unplaced(text: &str, at: spoken::Span) -> Statement {
    Statement {
        text: text.to_owned(),
        nature: Nature::ObservedFact,
        source: None,
        about: vec![],
        span: span(at),
    }
}

fn reading(said: &spoken::Reading, names: &Names<'_>) -> Option<Reading> {
    Some(Reading {
        scale: said
            .kind
            .split_whitespace()
            .next()
            .unwrap_or("safety")
            .to_lowercase(),
        holder: names.party(said.holder.as_deref()?),
        value: ScaleValue::try_from(said.value).ok()?,
        because: said.because.clone(),
    })
}

/// Tools with their scores; when one person was there, they were used with that person.
fn tools(draft: &spoken::Draft, present: &[Party]) -> Vec<ToolUse> {
    let with = if let [one] = present {
        vec![one.clone()]
    } else {
        vec![]
    };
    let scored = draft.scores.iter().map(|it| &it.tool);
    let mut labels: Vec<&String> = draft.tools.iter().chain(scored).collect();
    let mut named = std::collections::HashSet::new();
    labels.retain(|label| named.insert(label.as_str()));
    labels
        .into_iter()
        .filter_map(|label| {
            let score = draft.scores.iter().find(|it| it.tool == *label);
            Some(ToolUse {
                tool: Tool::from_label(label)?,
                with: with.clone(),
                score: score.map(|it| it.score),
                previous: score.and_then(|it| it.previous),
                judgement: None,
                reflection: None,
            })
        })
        .collect()
}

fn direction(said: &spoken::Direction) -> Option<Direction> {
    Some(Direction {
        domain: said.domain.as_deref().and_then(Domain::from_label),
        direction: DirectionTerm::from_label(&said.direction)?,
        because: said.because.clone(),
    })
}

fn view(said: &spoken::View, concern: ConcernId, names: &Names<'_>) -> Option<View> {
    Some(View {
        concern,
        holder: names.party(&said.holder),
        agreement: Agreement::from_label(&said.agreement)?,
        words: said.words.clone(),
    })
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

fn span(said: spoken::Span) -> Option<Span> {
    Some(Span {
        start: said.0.try_into().ok()?,
        end: said.1.try_into().ok()?,
    })
}

/// Who is meant by a name.
struct Names<'a> {
    writer: &'a Writer,
    people: Vec<(PersonId, Vec<String>)>,
    professionals: Vec<(record::ids::ProfessionalId, String)>,
}

impl<'a> Names<'a> {
    fn of(workbook: &Workbook, writer: &'a Writer) -> Self {
        let people = workbook
            .people
            .keys()
            .map(|id| {
                let names = [FactField::Name, FactField::KnownAs];
                let facts = names.iter().flat_map(|it| workbook.current_facts(*id, *it));
                (
                    *id,
                    facts.map(|(_, fact)| fact.value.to_lowercase()).collect(),
                )
            })
            .collect();
        let professionals = workbook
            .professionals
            .iter()
            .map(|(id, it)| (*id, it.name.to_lowercase()))
            .collect();
        Self {
            writer,
            people,
            professionals,
        }
    }

    /// The one whom a name means: the whole name, or a first name that only one person has.
    fn party(&self, name: &str) -> Party {
        if name == "author" {
            return Party::Professional(self.writer.professional);
        }
        let wanted = name.to_lowercase();
        let first = |full: &str| full.split_whitespace().next() == Some(wanted.as_str());
        let whole = self
            .people
            .iter()
            .find(|(_, names)| names.contains(&wanted));
        let mut by_first = self
            .people
            .iter()
            .filter(|(_, names)| names.iter().any(|full| first(full)));
        let only = match (by_first.next(), by_first.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        if let Some((id, _)) = whole.or(only) {
            return Party::Person(*id);
        }
        let professional = self.professionals.iter().find(|(_, full)| *full == wanted);
        professional.map_or_else(
            || Party::Named(name.to_owned()),
            |(id, _)| Party::Professional(*id),
        )
    }

    fn parties(&self, names: &[String]) -> Vec<Party> {
        names.iter().map(|name| self.party(name)).collect()
    }

    /// Those of the names that belong to the family.
    fn people(&self, names: &[String]) -> Vec<PersonId> {
        let mut people: Vec<_> = names
            .iter()
            .filter_map(|name| match self.party(name) {
                Party::Person(id) => Some(id),
                Party::Professional(_) | Party::Named(_) => None,
            })
            .collect();
        let mut seen = std::collections::HashSet::new();
        people.retain(|id| seen.insert(*id));
        people
    }
}
