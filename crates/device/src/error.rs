//! Why the device can't do what it was asked. Every message is plain English for the person who holds
//! the phone, and holds nothing of what was written.

use record::{Refusal, Unconfirmed};
use serde::Serialize;
use sync::replica::ProtocolError;

/// Why something can't be done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DeviceError {
    /// The profile, or something that a screen gave, is not of the shape that it should be.
    #[error("this phone and its app do not fit together ({0}): update the app")]
    BadInput(String),
    /// Rows must be handed over first.
    #[error("the record has to be opened first")]
    NeedsRows(Vec<String>),
    /// The phone does not hold this family.
    #[error("this family is not on this phone: sync while you have signal")]
    UnknownFamily,
    /// The phone does not hold this document of the family.
    #[error("this compartment is not on this phone: sync while you have signal")]
    UnknownDocument,
    /// There is no such draft.
    #[error("there is no such draft on this phone: it may be complete already")]
    UnknownDraft,
    /// There is no such entry.
    #[error("there is no such entry on this phone: sync while you have signal")]
    UnknownEntry,
    /// There is nothing under this id in the quarantine.
    #[error("this refused change is no longer on this phone: it may have been sent again")]
    UnknownRefused,
    /// Something was never said.
    #[error("{0}")]
    Unconfirmed(#[from] Unconfirmed),
    /// Doubtful words have not been checked.
    #[error("check the words that were hard to hear first: {} left", .0.len())]
    Unsettled(Vec<u32>),
    /// The draft can't go where it would go.
    #[error("{0}")]
    Held(String),
    /// The record's rules refuse it.
    #[error("{}", .0.message)]
    Refused(#[from] Refusal),
    /// What the server sent makes no sense.
    #[error("{0}")]
    BadFrame(String),
    /// Fewer random bytes than needed.
    #[error("this phone gave no random bytes: try again")]
    TooLittleEntropy,
    /// A refused change can't be sent again in this way.
    #[error("{0}")]
    CannotResubmit(String),
}

/// The codes of [`DeviceError`], for the screens to tell errors apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ErrorCode {
    /// See [`DeviceError::BadInput`].
    BadInput,
    /// See [`DeviceError::NeedsRows`].
    NeedsRows,
    /// See [`DeviceError::UnknownFamily`].
    UnknownFamily,
    /// See [`DeviceError::UnknownDocument`].
    UnknownDocument,
    /// See [`DeviceError::UnknownDraft`].
    UnknownDraft,
    /// See [`DeviceError::UnknownEntry`].
    UnknownEntry,
    /// See [`DeviceError::UnknownRefused`].
    UnknownRefused,
    /// See [`DeviceError::Unconfirmed`].
    Unconfirmed,
    /// See [`DeviceError::Unsettled`].
    Unsettled,
    /// See [`DeviceError::Held`].
    Held,
    /// See [`DeviceError::Refused`].
    Refused,
    /// See [`DeviceError::BadFrame`].
    BadFrame,
    /// See [`DeviceError::TooLittleEntropy`].
    TooLittleEntropy,
    /// See [`DeviceError::CannotResubmit`].
    CannotResubmit,
    /// The core itself broke: drop it and open it again from the rows.
    Broken,
}

/// An error as it crosses to JavaScript: these fields stand on the thrown `Error` too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct ErrorShape {
    /// Which.
    pub code: ErrorCode,
    /// In plain English.
    pub message: String,
    /// Of `refused`: rule, record and field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// Of `needs-rows`: the keys to hand over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<Vec<String>>,
}

impl DeviceError {
    /// Its code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::BadInput(_) => ErrorCode::BadInput,
            Self::NeedsRows(_) => ErrorCode::NeedsRows,
            Self::UnknownFamily => ErrorCode::UnknownFamily,
            Self::UnknownDocument => ErrorCode::UnknownDocument,
            Self::UnknownDraft => ErrorCode::UnknownDraft,
            Self::UnknownEntry => ErrorCode::UnknownEntry,
            Self::UnknownRefused => ErrorCode::UnknownRefused,
            Self::Unconfirmed(_) => ErrorCode::Unconfirmed,
            Self::Unsettled(_) => ErrorCode::Unsettled,
            Self::Held(_) => ErrorCode::Held,
            Self::Refused(_) => ErrorCode::Refused,
            Self::BadFrame(_) => ErrorCode::BadFrame,
            Self::TooLittleEntropy => ErrorCode::TooLittleEntropy,
            Self::CannotResubmit(_) => ErrorCode::CannotResubmit,
        }
    }

    /// As it crosses to JavaScript.
    pub fn shape(&self) -> ErrorShape {
        ErrorShape {
            code: self.code(),
            message: self.to_string(),
            refusal: match self {
                Self::Refused(refusal) => Some(refusal.clone()),
                _ => None,
            },
            keys: match self {
                Self::NeedsRows(keys) => Some(keys.clone()),
                _ => None,
            },
        }
    }
}

impl From<ProtocolError> for DeviceError {
    fn from(error: ProtocolError) -> Self {
        Self::BadFrame(error.to_string())
    }
}
