//! What a good draft of a dictation holds, as people write it down.
//!
//! A JSON object with the draft's field names. A field that is left out isn't scored; `null`, `[]`
//! and `0` say that there is nothing. Dates are month-day or whole, `author` is the speaker,
//! `strengths` and `concerns` may be counts. `_recorded_on` (a whole date) and `_people` (a people
//! file's list) are what the reader of the dictation is told, not what it must find.

use jiff::civil::Date;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::draft::{People, PeopleError};

/// One gold file.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    pub(super) fields: Map<String, Value>,
    /// The day of recording, if the file says it.
    pub recorded_on: Option<Date>,
    /// The family's people, if the file lists them.
    pub people: Option<People>,
}

/// Why a gold file could not be read.
#[derive(Debug, Error)]
pub enum GoldError {
    /// No JSON object.
    #[error("a gold file is a JSON object of the draft's fields: {0}")]
    Json(#[from] serde_json::Error),
    /// A field of another form than the draft's.
    #[error("\"{field}\" must be {wanted}")]
    Form {
        /// Its name.
        field: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// Its list of people.
    #[error("\"_people\": {0}")]
    People(#[from] PeopleError),
}

/// Plain values, and the form of each.
pub(super) const PLAIN: &[&str] = &[
    "kind",
    "outcome",
    "announced",
    "compartment",
    "date",
    "start",
    "end",
    "stage_of_change",
    "immediate_safety",
    "next_contact",
    "place",
    "purpose",
];
/// Lists of texts.
pub(super) const TEXTS: &[&str] = &["present", "absent", "must_not_share_with", "tools"];
/// Lists of objects.
pub(super) const OBJECTS: &[&str] = &["children", "readings", "direction", "actions", "scores"];
/// Lists of anything, or how many there are.
pub(super) const COUNTED: &[&str] = &["strengths", "concerns"];

impl Gold {
    /// Reads a gold file. A byte order mark before it is no harm.
    pub fn from_json(json: &str) -> Result<Self, GoldError> {
        let mut fields: Map<String, Value> =
            serde_json::from_str(json.trim_start_matches('\u{FEFF}'))?;
        let recorded_on = match fields
            .remove("_recorded_on")
            .or_else(|| fields.remove("recorded_on"))
        {
            None | Some(Value::Null) => None,
            Some(day) => Some(
                day.as_str()
                    .and_then(|day| day.parse().ok())
                    .ok_or_else(|| form("_recorded_on", "a date like \"2026-11-20\""))?,
            ),
        };
        let people = match fields.remove("_people").or_else(|| fields.remove("people")) {
            None | Some(Value::Null) => None,
            Some(list) => Some(People::from_json(&list.to_string())?),
        };
        for (field, value) in &fields {
            check(field, value)?;
        }
        Ok(Self {
            fields,
            recorded_on,
            people,
        })
    }

    /// A field, when it is to be scored.
    pub(super) fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    /// Words of all names in it, in lower case.
    pub fn names(&self) -> Vec<String> {
        let texts = |value: &Value| value.as_str().map(str::to_owned);
        let mut names: Vec<String> = Vec::new();
        for field in ["present", "absent", "must_not_share_with"] {
            names.extend(list(self.get(field)).filter_map(texts));
        }
        for (field, key) in [
            ("children", "name"),
            ("readings", "holder"),
            ("actions", "owner"),
        ] {
            names.extend(list(self.get(field)).filter_map(|one| texts(&one[key])));
        }
        for concern in list(self.get("concerns")) {
            for key in ["about", "children"] {
                names.extend(list(concern.get(key)).filter_map(texts));
            }
            names.extend(list(concern.get("views")).filter_map(|view| texts(&view["holder"])));
        }
        names
    }
}

/// The elements of a list that may be missing.
pub(super) fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn form(field: &str, wanted: &'static str) -> GoldError {
    GoldError::Form {
        field: field.to_owned(),
        wanted,
    }
}

fn check(field: &str, value: &Value) -> Result<(), GoldError> {
    let all = |test: fn(&Value) -> bool| value.as_array().is_some_and(|all| all.iter().all(test));
    let wrong = |wanted| Err(form(field, wanted));
    if value.is_null() {
        return Ok(());
    }
    if PLAIN.contains(&field) && (value.is_array() || value.is_object() || value.is_number()) {
        return wrong("a text, true, false or null");
    }
    if matches!(field, "date" | "next_contact") && !value.as_str().is_some_and(is_day) {
        return wrong("a date: month-day like \"09-06\", or \"2026-09-06\"");
    }
    if TEXTS.contains(&field) && !all(Value::is_string) {
        return wrong("a list of texts");
    }
    if OBJECTS.contains(&field) && !all(Value::is_object) {
        return wrong("a list of objects");
    }
    if COUNTED.contains(&field) && !value.is_array() && !value.is_u64() {
        return wrong("a list, or how many there are");
    }
    Ok(())
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    matches!(parts.len(), 2 | 3) && parts.iter().all(digits)
}

#[cfg(test)]
mod tests {
    use super::Gold;

    #[test]
    fn both_kinds_of_inputs_and_counts_are_read() {
        let gold = Gold::from_json(
            "\u{FEFF}{\"_recorded_on\": \"2026-10-09\", \"_people\": [{\"name\": \"Donna\"}], \
             \"date\": \"10-07\", \"strengths\": 2, \"concerns\": [], \"compartment\": null}",
        )
        .unwrap();
        assert_eq!(gold.recorded_on, Some(jiff::civil::date(2026, 10, 9)));
        assert!(gold.people.is_some_and(|people| !people.is_empty()));
        assert_eq!(gold.fields.len(), 4);
    }

    #[test]
    fn what_has_another_form_is_named() {
        for (json, said) in [
            ("[]", "JSON object"),
            ("{", "JSON object"),
            (r#"{"date": "6th of September"}"#, "\"date\" must be a date"),
            (
                r#"{"present": "Donna"}"#,
                "\"present\" must be a list of texts",
            ),
            (
                r#"{"children": ["Tyler"]}"#,
                "\"children\" must be a list of objects",
            ),
            (r#"{"strengths": "two"}"#, "how many"),
            (r#"{"kind": 3}"#, "\"kind\" must be a text"),
            (r#"{"_recorded_on": "09-06"}"#, "2026-11-20"),
            (r#"{"_people": [{"name": ""}]}"#, "person number 1"),
        ] {
            let error = Gold::from_json(json).map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(said), "{json}: {error}");
        }
    }
}
