//! Why a model can't be used, and what to do about it.

use std::path::PathBuf;

/// What is wrong with a model or its folder. Each message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// There is no model at all.
    #[error(
        "no speech model is installed: run `workbook model install` (or `workbook model import FILE` where there is no internet)"
    )]
    NoneInstalled,
    /// A name that is neither installed nor a file.
    #[error("no model named {name:?} is installed: `workbook model list` shows what is")]
    NotInstalled {
        /// The name asked for.
        name: String,
    },
    /// A name that the catalogue doesn't have.
    #[error("there is no model named {name:?} to install: choose one of {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names in the catalogue.
        known: String,
    },
    /// Reading or writing failed.
    #[error("{doing} {path} failed")]
    File {
        /// "reading", "writing" …
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// Zero bytes.
    #[error(
        "the model file {path} is empty (0 bytes): install it again with `workbook model install`"
    )]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The bytes changed since they were recorded.
    #[error(
        "the model file {path} is damaged: its SHA-256 is {found}, recorded was {expected}; install it again with `workbook model install`"
    )]
    Changed {
        /// The file.
        path: PathBuf,
        /// The hash that was recorded.
        expected: String,
        /// The hash of what is there.
        found: String,
    },
    /// A file that nobody vouches for.
    #[error(
        "the model file {path} is not in the catalogue and was never imported: run `workbook model import {path}` first"
    )]
    NotImported {
        /// The file.
        path: PathBuf,
    },
    /// Not a model in any form that is understood.
    #[error(
        "{path} is not a speech model ({reason}): give a whisper.cpp ggml file, or a wheel or folder with a CTranslate2 Whisper model"
    )]
    NotAModel {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The bytes are malformed; says where.
    #[error("the model is malformed: {0}")]
    Malformed(String),
    /// The catalogue's name for other bytes.
    #[error(
        "the name {name:?} belongs to a model of the catalogue and these are other bytes (SHA-256 {found}): give another with --name"
    )]
    NameTaken {
        /// The name.
        name: String,
        /// The hash of what was offered.
        found: String,
    },
    /// A name that can't be a file name everywhere.
    #[error("{name:?} can't name a model: use letters, digits, dot, dash and underscore")]
    BadName {
        /// The name.
        name: String,
    },
    /// The folder for models can't be told.
    #[error("this account has no cache folder: set WORKBOOK_MODEL_DIR to a folder for models")]
    NoFolder,
}

impl ModelError {
    pub(crate) fn malformed(reason: impl Into<String>) -> Self {
        Self::Malformed(reason.into())
    }

    pub(crate) fn file(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            doing,
            path,
            source,
        }
    }
}
