//! Significant events that no entry of this workbook tells: the family's back-history.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{PersonId, ProfessionalId},
    terms::SignificantEventKind,
};

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Precision {
    /// To the day.
    Exact,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// About that time.
    About,
}

/// A date that may be known only roughly. Where it is rough, `date` is the first day that it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RoughDate {
    /// The day.
    pub date: Date,
    /// How exactly it is known.
    pub precision: Precision,
}

/// A significant event from before, or from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChronologyEvent {
    /// When.
    pub when: RoughDate,
    /// What kind.
    pub kind: SignificantEventKind,
    /// What happened.
    pub text: String,
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// Where it is known from ("police notification of 2 May").
    pub source: String,
    /// What it did to the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// Who entered it.
    pub by: ProfessionalId,
    /// When, by the device's clock.
    pub at: Timestamp,
}
