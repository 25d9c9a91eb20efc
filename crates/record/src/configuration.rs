//! What a council may set without a new program: added terms, programme modules, timescales,
//! recording deadlines, and what the team may know of compartments. (How long records are kept:
//! `retention/rules.rs`.)
//!
//! A configuration is a JSON file of a known shape. It is data about the rules, never about a family;
//! a rule that changes gets a new line with a later `effectiveFrom`, so that the past stays readable
//! by the rules of its day. Nothing here reads a workbook.

mod check;
mod rule;
mod terms;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use check::check_retention;
pub use rule::{
    Effective, Interval, LaterRule, Origin, OriginKind, RecordingRule, Unit, VisitRule,
};
pub use terms::{AddedTerm, Enumeration};

use crate::terms::Compartment;

/// The version of the shape that this program reads.
pub const VERSION: u32 = 1;

/// The default, in the shape of [`VERSION`]; each rule says where it comes from.
const BUILT_IN: &str = include_str!("configuration/default.json");

/// A council's configuration. Only [`Configuration::from_json`] makes one, so each has been checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Configuration(Shape);

/// The file, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Shape {
    version: u32,
    #[serde(default)]
    terms: BTreeMap<Enumeration, Vec<AddedTerm>>,
    #[serde(default)]
    modules: Vec<Module>,
    #[serde(default)]
    visits: Vec<VisitRule>,
    #[serde(default)]
    recording: Vec<RecordingRule>,
    draft_time_out_days: u32,
    father_absent_days: u32,
    #[serde(default)]
    team_may_know_of: Vec<Compartment>,
}

impl Shape {
    fn added(&self, enumeration: Enumeration) -> &[AddedTerm] {
        self.terms.get(&enumeration).map_or(&[], Vec::as_slice)
    }
}

/// A module of the council's parenting programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Module {
    /// Its code.
    pub code: String,
    /// Its title as people read it.
    pub title: String,
}

/// Why a configuration can't be used. Every message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// It is no JSON.
    #[error("the configuration is no JSON: correct this and load it again: {0}")]
    NoJson(#[from] serde_json::Error),
    /// It is not of the shape that its version promises.
    #[error("the configuration can't be read: correct this and load it again: {0}")]
    Unreadable(#[from] crate::json::Misfit),
    /// It is of a shape that this program does not know.
    #[error(
        "the configuration has version {found}, this program reads version {VERSION}: \
         update the program, or export the configuration for version {VERSION}"
    )]
    UnknownVersion {
        /// The version that it states; 0 when it states none.
        found: u64,
    },
    /// An added term can't be used.
    #[error("the added term {code:?} of {enumeration}: {why}")]
    BadTerm {
        /// The enumeration.
        enumeration: &'static str,
        /// The term's code.
        code: String,
        /// What is wrong, and what to do.
        why: &'static str,
    },
    /// A module can't be used.
    #[error("the module {code:?}: {why}")]
    BadModule {
        /// The module's code.
        code: String,
        /// What is wrong, and what to do.
        why: &'static str,
    },
    /// A rule can't be used.
    #[error("the rule {rule:?}: {why}")]
    BadRule {
        /// The rule's code.
        rule: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A number of days, or a compartment, can't be used.
    #[error("{field}: {why}")]
    BadValue {
        /// The field.
        field: &'static str,
        /// What is wrong, and what to do.
        why: &'static str,
    },
}

impl Configuration {
    /// Reads and checks a configuration.
    ///
    /// # Errors
    /// When it is no JSON, has another version, or holds a term or rule that can't be meant.
    pub fn from_json(json: &str) -> Result<Self, ConfigurationError> {
        let value: serde_json::Value = serde_json::from_slice(json.as_bytes())?;
        // Before the shape: a newer file is not a broken one.
        let found = value.get("version").and_then(serde_json::Value::as_u64);
        if found != Some(u64::from(VERSION)) {
            return Err(ConfigurationError::UnknownVersion {
                found: found.unwrap_or(0),
            });
        }
        let shape: Shape = crate::json::from_value(value)?;
        check::check(&shape)?;
        Ok(Self(shape))
    }

    /// The configuration that comes with the program: the 2010 Regulations for looked-after
    /// children, and common local standards, each named as such.
    ///
    /// # Errors
    /// Never in a program whose tests passed; a caller hands the error on like any other.
    pub fn built_in() -> Result<Self, ConfigurationError> {
        Self::from_json(BUILT_IN)
    }

    /// What people read for a term that the council added.
    pub fn label(&self, enumeration: Enumeration, code: &str) -> Option<&str> {
        let mut terms = self.added(enumeration).iter();
        terms.find(|it| it.code == code).map(|it| it.label.as_str())
    }

    /// The terms that the council added to an enumeration, in its order.
    pub fn added(&self, enumeration: Enumeration) -> &[AddedTerm] {
        self.0.added(enumeration)
    }

    /// The modules of the parenting programme, in its order.
    pub fn modules(&self) -> &[Module] {
        &self.0.modules
    }

    /// How often a child is to be visited under which plan.
    pub fn visits(&self) -> &[VisitRule] {
        &self.0.visits
    }

    /// How soon an entry is to be complete; the first rule that fits an entry applies.
    pub fn recording(&self) -> &[RecordingRule] {
        &self.0.recording
    }

    /// After how many calendar days a draft is timed out.
    pub fn draft_time_out_days(&self) -> u32 {
        self.0.draft_time_out_days
    }

    /// After how many calendar days without contact with, or mention of, a father quality asks.
    pub fn father_absent_days(&self) -> u32 {
        self.0.father_absent_days
    }

    /// Whether the team may know that a family has this compartment at all.
    pub fn team_may_know_of(&self, compartment: &Compartment) -> bool {
        *compartment == Compartment::Team || self.0.team_may_know_of.contains(compartment)
    }
}
