//! Why a change may not join the record: which rule, where, and what its author can do.

use serde::{Deserialize, Serialize};

/// The rules that a change is checked against, by their stable codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Rule {
    /// The bytes are not a well-formed change.
    MalformedChange,
    /// The change builds on changes that the record does not hold.
    MissingDependencies,
    /// The change, or something in it, is larger or deeper than the record takes.
    TooLarge,
    /// A complete entry never changes; corrections are appendments.
    CompleteEntryImmutable,
    /// Everything in the record is append-only: nothing is replaced, emptied or deleted.
    AppendOnly,
    /// The record has no such collection or field.
    UnknownField,
    /// A value has the wrong type: a text or counter where a plain value belongs, say.
    WrongType,
    /// A value is missing, empty, or outside what the field allows.
    InvalidValue,
    /// Something refers to a person, entry, concern or action that the record does not hold.
    UnknownReference,
    /// An entry is complete only with its author's attestation.
    NotAttested,
    /// An author writes only as themselves.
    AuthorIsNotYou,
    /// An Automerge actor belongs to one device for ever.
    ActorIsNotYours,
    /// Only a manager may do this.
    ManagerOnly,
    /// What is written belongs to another compartment's document.
    WrongCompartment,
    /// Only its owner writes an author-only document.
    OwnerOnly,
    /// Only professionals allocated to the family reach its record.
    NotAllocated,
}

impl Rule {
    /// The code as it stands in JSON, such as `complete-entry-immutable`.
    pub fn code(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(code)) => code,
            _ => String::new(),
        }
    }
}

/// A refusal, with everything that its reader needs. Holds no narrative of the refused change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {message}", rule.code())]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Refusal {
    /// The rule that was broken.
    pub rule: Rule,
    /// The record concerned, as `collection/id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The field concerned, as a path such as `views/0/agreement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What happened and what to do, in plain English.
    pub message: String,
}

impl Refusal {
    /// A refusal of a whole change.
    pub fn new(rule: Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            record: None,
            field: None,
            message: message.into(),
        }
    }

    /// Names the record concerned.
    #[must_use]
    pub fn on(mut self, record: impl Into<String>) -> Self {
        self.record = Some(record.into());
        self
    }

    /// Names the field concerned.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}
