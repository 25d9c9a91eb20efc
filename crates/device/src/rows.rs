//! Rows: what the vault keeps. A key holds kinds and ids, never personal data; the bytes are sealed by
//! whoever keeps them and mean something only here.

use std::{fmt, str::FromStr};

use record::ids::{DocumentId, EntryId, FamilyId, RecordId};

/// A row as the vault has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Row {
    /// Its key.
    pub key: String,
    /// Its content, opened.
    #[cfg_attr(feature = "ts", ts(type = "Uint8Array"))]
    pub bytes: Vec<u8>,
}

/// A row that was asked for: `bytes` is absent when the vault has none under that key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(optional_fields))]
pub struct Handed {
    /// Its key.
    pub key: String,
    /// Its content, if there is any.
    #[cfg_attr(feature = "ts", ts(type = "Uint8Array", optional))]
    pub bytes: Option<Vec<u8>>,
}

/// What to store, in one transaction, before anything else happens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Effects {
    /// Rows to write, over those that have their key.
    pub put: Vec<Row>,
    /// Keys to delete; those that are not there are no error. A key that ends in `/` stands for every
    /// key that begins so.
    pub delete: Vec<String>,
}

impl Effects {
    pub(crate) fn put(&mut self, key: &Key, bytes: Vec<u8>) {
        self.put.push(Row {
            key: key.to_string(),
            bytes,
        });
    }

    pub(crate) fn delete(&mut self, key: &Key) {
        self.delete.push(key.to_string());
    }

    /// Carries these effects out on a map of rows: for tests and for keepers in memory.
    pub fn apply(&self, rows: &mut std::collections::BTreeMap<String, Vec<u8>>) {
        for key in &self.delete {
            if key.ends_with('/') {
                rows.retain(|it, _| !it.starts_with(key.as_str()));
            } else {
                rows.remove(key);
            }
        }
        for row in &self.put {
            rows.insert(row.key.clone(), row.bytes.clone());
        }
    }
}

/// A row's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// Whose device this is.
    Profile,
    /// What the today list needs of one document.
    Card(FamilyId, DocumentId),
    /// The page: a cache.
    Page(FamilyId, DocumentId),
    /// What the server has accepted.
    Document(FamilyId, DocumentId),
    /// A change that waits, by its place in the order.
    Outbox(DocumentId, u64),
    /// A refused change.
    Quarantine(RecordId),
    /// A draft.
    Draft(EntryId),
    /// Ids of families whose record was erased by the council, as JSON, until the owner has been told.
    ErasedNotice,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Profile => write!(f, "profile"),
            Self::Card(family, document) => write!(f, "family/{family}/card/{document}"),
            Self::Page(family, document) => write!(f, "family/{family}/page/{document}"),
            Self::Document(family, document) => write!(f, "family/{family}/document/{document}"),
            Self::Outbox(document, n) => write!(f, "outbox/{document}/{n:012}"),
            Self::Quarantine(id) => write!(f, "quarantine/{id}"),
            Self::Draft(id) => write!(f, "draft/{id}"),
            Self::ErasedNotice => write!(f, "notice/erased"),
        }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        fn id<T: FromStr>(text: &str) -> Result<T, ()> {
            text.parse().map_err(|_| ())
        }
        let parts: Vec<_> = text.split('/').collect();
        let key = match parts[..] {
            ["profile"] => Self::Profile,
            ["family", family, "card", document] => Self::Card(id(family)?, id(document)?),
            ["family", family, "page", document] => Self::Page(id(family)?, id(document)?),
            ["family", family, "document", document] => Self::Document(id(family)?, id(document)?),
            ["outbox", document, n] => Self::Outbox(id(document)?, id(n)?),
            ["quarantine", it] => Self::Quarantine(id(it)?),
            ["draft", it] => Self::Draft(id(it)?),
            ["notice", "erased"] => Self::ErasedNotice,
            _ => return Err(()),
        };
        // Only the one way of writing a key that we write.
        if key.to_string() == text {
            Ok(key)
        } else {
            Err(())
        }
    }
}
