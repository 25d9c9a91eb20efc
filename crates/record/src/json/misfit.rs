//! What is wrong with a value that is to become a typed one.

use std::fmt::Display;

use serde::de::{self, Expected, Unexpected};

/// Why a value does not fit its type. Never holds anything of the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It is no JSON at all.
    #[error("this is no JSON")]
    NoJson,
    /// There is a field that the type does not have.
    #[error("unknown field: {}", offered(known))]
    UnknownField {
        /// The fields that the type has.
        known: &'static [&'static str],
    },
    /// None of the forms that a value can have.
    #[error("unknown form: {}", offered(known))]
    UnknownVariant {
        /// The forms that there are.
        known: &'static [&'static str],
    },
    /// A field is missing.
    #[error("missing field `{0}`")]
    Missing(&'static str),
    /// A value is of another type.
    #[error("a value has the wrong type, expected {expected}")]
    WrongType {
        /// What belongs there.
        expected: String,
    },
    /// A value is of the right type, but not one of those that are allowed.
    #[error("a value is not one that its field allows{expected}")]
    WrongValue {
        /// Empty, or ", expected " and what belongs there.
        expected: String,
    },
}

impl Misfit {
    fn wrong_value() -> Self {
        Self::WrongValue {
            expected: String::new(),
        }
    }
}

fn offered(known: &[&str]) -> String {
    format!("there are {}", known.join(", "))
}

/// Readers hand in texts about what they found: these are not kept.
impl de::Error for Misfit {
    fn custom<T: Display>(_: T) -> Self {
        Self::wrong_value()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::WrongType {
            expected: expected.to_string(),
        }
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::WrongValue {
            expected: format!(", expected {expected}"),
        }
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::wrong_value()
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Self::UnknownVariant { known }
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Self::UnknownField { known }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::wrong_value()
    }
}
