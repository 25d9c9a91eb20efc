//! Rules about keeping: for how long what is recorded about a child stays.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Configuration,
    configuration::{ConfigurationError, Effective, Origin, check_retention},
    json,
    terms::PlanStatus,
};

/// The version of the file's shape.
const VERSION: u32 = 1;

const BUILT_IN: &str = include_str!("default.json");

/// The council's rules about keeping, beside its [`Configuration`]: phones don't need them. A JSON file
/// of a known shape; a rule that changes gets a new line with a later `effective.from`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRules(Vec<RetentionRule>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Shape {
    version: u32,
    retention: Vec<RetentionRule>,
}

impl RetentionRules {
    /// Reads and checks rules.
    ///
    /// # Errors
    /// When it is no JSON, has another version, or holds a rule that can't be meant.
    pub fn from_json(
        text: &str,
        configuration: &Configuration,
    ) -> Result<Self, ConfigurationError> {
        let value: serde_json::Value = serde_json::from_slice(text.as_bytes())?;
        let shape: Shape = json::from_value(value)?;
        if shape.version != VERSION {
            return Err(ConfigurationError::UnknownVersion {
                found: shape.version.into(),
            });
        }
        check_retention(configuration, &shape.retention)?;
        Ok(Self(shape.retention))
    }

    /// The rules that come with the program: the 2010 Regulations for looked-after children, and common
    /// local schedules, each named as such.
    ///
    /// # Errors
    /// Never in a program whose tests passed; a caller hands the error on like any other.
    pub fn built_in(configuration: &Configuration) -> Result<Self, ConfigurationError> {
        Self::from_json(BUILT_IN, configuration)
    }

    /// The rules; of those that apply to a child, the latest day decides.
    pub fn rules(&self) -> &[RetentionRule] {
        &self.0
    }
}

/// How long what is recorded about a child is kept. Where it names both a birthday and a time after
/// the closure, the later of the two decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RetentionRule {
    /// Its code. Versions of one rule share it and are in force at different times.
    pub code: String,
    /// For whom it is, in words: `looked-after child`.
    pub title: String,
    /// It is for children who have ever been under one of these plans; for every child when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<PlanStatus>,
    /// Until this birthday of the child, in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_age: Option<u16>,
    /// What stands in the place of the birthday where the child died young.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died_young: Option<DiedYoung>,
    /// For this many years after the work ended, or after the last entry if that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_after_closure: Option<u16>,
    /// Where it comes from.
    pub origin: Origin,
    /// When it is in force, by the day on which is asked what may go.
    pub effective: Effective,
}

/// How long the record of a child who died young is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DiedYoung {
    /// Died before this birthday, in years.
    pub before_age: u16,
    /// For this many years after the death.
    pub years_after: u16,
}

/// The day so many years after another. Of 29 February it is 1 March where there is no such day: a
/// day too late harms nobody.
pub(crate) fn anniversary(day: Date, years: u16) -> Date {
    let Ok(same) = day.checked_add(i64::from(years).years()) else {
        return Date::MAX;
    };
    if same.day() == day.day() {
        same
    } else {
        same.tomorrow().unwrap_or(Date::MAX)
    }
}
