//! Whether a record is well formed by itself: ids, lengths, required values, attestation.

use serde_json::Value;
use uuid::Uuid;

use super::entry_of;
use crate::{
    Refusal, Rule, bands,
    json::Misfit,
    model::{ATTESTATION, Collection, Content, Entry, Occurred, Record, ToolUse},
    terms::{ActionStatus, Compartment, Tool, is_code},
};

/// The longest text of one field, in bytes: over an hour of speech.
const MAX_TEXT: usize = 64 * 1024;
/// The most items in one list.
const MAX_ITEMS: usize = 2_000;

/// The highest answer to an item of the PHQ-9.
const MAX_ITEM9: u32 = 3;

/// The version of the shape that this program writes.
pub(crate) const SCHEMA: u32 = 1;

pub(super) fn check(record: &Record) -> Result<(), Refusal> {
    check_id(record).map_err(|refusal| refusal.on(record.path()))?;
    let value = serde_json::to_value(&record.content)
        .map_err(|_| invalid("a value is not one that can be kept"))?;
    check_texts(&value, "").map_err(|refusal| refusal.on(record.path()))?;
    let outcome = match &record.content {
        Content::Covers(cover) => check_cover(cover.schema, &cover.compartment),
        Content::ActionUpdates(update) => {
            check_note(&update.status, update.note.as_deref(), "note")
        }
        _ => Ok(()),
    };
    outcome.map_err(|refusal| refusal.on(record.path()))?;
    if let Some(entry) = entry_of(record) {
        check_entry(entry).map_err(|refusal| refusal.on(record.path()))?;
    }
    Ok(())
}

fn check_id(record: &Record) -> Result<(), Refusal> {
    let well_formed = if record.content.collection() == Collection::Covers {
        record.id == "cover"
    } else {
        // Only the one way of writing an id that we write: two spellings would be two records.
        Uuid::try_parse(&record.id).is_ok_and(|id| id.to_string() == record.id)
    };
    if well_formed {
        Ok(())
    } else {
        Err(invalid("a record's id is a UUID in lower case"))
    }
}

/// Every text of a record has something in it and is not too long.
fn check_texts(value: &Value, path: &str) -> Result<(), Refusal> {
    match value {
        Value::String(text) if text.len() > MAX_TEXT => {
            Err(Refusal::new(Rule::TooLarge, "this text is too long: split it").at(path))
        }
        Value::String(text) if text.trim().is_empty() => {
            Err(invalid("this text is empty: leave the field out instead").at(path))
        }
        Value::Array(items) if items.len() > MAX_ITEMS => {
            Err(Refusal::new(Rule::TooLarge, "this list is too long: split it").at(path))
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| check_texts(item, &join(path, &index.to_string()))),
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(key, item)| check_texts(item, &join(path, key))),
        _ => Ok(()),
    }
}

fn join(path: &str, step: &str) -> String {
    if path.is_empty() {
        step.to_owned()
    } else {
        format!("{path}/{step}")
    }
}

fn check_cover(schema: u32, compartment: &Compartment) -> Result<(), Refusal> {
    if schema != SCHEMA {
        return Err(
            invalid("this workbook was made by a newer program: update this one").at("schema"),
        );
    }
    match compartment {
        Compartment::Added(_) => Err(invalid("there is no such compartment").at("compartment")),
        _ => Ok(()),
    }
}

fn check_entry(entry: &Entry) -> Result<(), Refusal> {
    match &entry.attestation {
        None => {
            return Err(Refusal::new(
                Rule::NotAttested,
                format!("an entry is complete only once its author has confirmed: {ATTESTATION:?}"),
            )
            .at("attestation"));
        }
        Some(attestation) if attestation.statement != ATTESTATION => {
            return Err(
                Refusal::new(Rule::NotAttested, "the confirmation has other words")
                    .at("attestation/statement"),
            );
        }
        Some(_) => {}
    }
    if entry
        .occurred
        .end
        .is_some_and(|end| end < entry.occurred.start)
    {
        return Err(invalid("a visit can't end before it starts").at("occurred/end"));
    }
    if entry.occurred.time_unknown && entry.occurred != Occurred::on(entry.occurred.start.date()) {
        return Err(
            invalid("a visit whose time is not known has its day at midnight, and no end")
                .at("occurred/timeUnknown"),
        );
    }
    if entry.finished_late_days == Some(0) {
        return Err(
            invalid("an entry finished in time has no days late: leave the field out")
                .at("finishedLateDays"),
        );
    }
    for (index, reading) in entry.readings.iter().enumerate() {
        if !is_code(&reading.scale) {
            return Err(invalid("not the code of a scale").at(format!("readings/{index}/scale")));
        }
    }
    for (index, used) in entry.tools.iter().enumerate() {
        let scores = [("score", used.score), ("previous", used.previous)];
        for (field, score) in scores {
            let banded = bands::band(&used.tool, 0).is_some();
            if banded && score.is_some_and(|score| bands::band(&used.tool, score).is_none()) {
                return Err(invalid("this tool can't give such a score")
                    .at(format!("tools/{index}/{field}")));
            }
        }
    }
    for (index, used) in entry.tools.iter().enumerate() {
        check_item9(used, index)?;
    }
    for (index, update) in entry.action_updates.iter().enumerate() {
        let field = format!("actionUpdates/{index}/note");
        check_note(&update.status, update.note.as_deref(), &field)?;
        if update.by != entry.by {
            return Err(
                invalid("an entry's author gives its news").at(format!("actionUpdates/{index}/by"))
            );
        }
    }
    Ok(())
}

/// Item 9 belongs to the PHQ-9 and is answered 0 to 3.
fn check_item9(used: &ToolUse, index: usize) -> Result<(), Refusal> {
    let wrong = match used.item9 {
        Some(_) if used.tool != Tool::Phq9 => "only the PHQ-9 has this item: leave the field out",
        Some(answer) if answer > MAX_ITEM9 => "this item is answered with 0 to 3",
        _ => return Ok(()),
    };
    Err(invalid(wrong).at(format!("tools/{index}/item9")))
}

fn check_note(status: &ActionStatus, note: Option<&str>, field: &str) -> Result<(), Refusal> {
    if *status == ActionStatus::NotDone && note.is_none() {
        return Err(invalid("an action that was not done needs a reason").at(field));
    }
    Ok(())
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(Rule::InvalidValue, message)
}

/// The refusal for a record that the model can't read.
pub(super) fn unreadable(misfit: &Misfit) -> Refusal {
    match misfit {
        Misfit::UnknownField { .. } => Refusal::new(
            Rule::UnknownField,
            "there is a field that the record does not know",
        ),
        Misfit::WrongType { .. } => Refusal::new(Rule::WrongType, misfit.to_string()),
        Misfit::UnknownVariant { .. } => invalid("a value is not one that its field allows"),
        Misfit::NoJson | Misfit::Missing(_) | Misfit::WrongValue { .. } => {
            invalid(&misfit.to_string())
        }
    }
}
