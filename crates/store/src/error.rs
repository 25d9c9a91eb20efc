//! What can go wrong in any storage engine.

/// An error of a storage engine. The message says what to do where something can be done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The driver failed: disk full, connection lost, file is not a database.
    #[error("the database failed while {doing}: {source}")]
    Driver {
        /// What was being done.
        doing: &'static str,
        /// The driver's own error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file or server can't be used as our database.
    #[error("{what}; {remedy}")]
    Unusable {
        /// What is wrong with it.
        what: String,
        /// What the operator can do.
        remedy: &'static str,
    },
    /// A row contradicts another or can't be read: the database was changed by something else.
    #[error(
        "table {table} holds a row that makes no sense ({row}): restore from a backup and run `workbook verify`"
    )]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// Which row and why, without personal data.
        row: String,
    },
    /// Something that must be new exists already.
    #[error("there is already a {what} with this id or name")]
    Exists {
        /// The kind of thing.
        what: &'static str,
    },
    /// Something that must exist doesn't.
    #[error("there is no such {what}")]
    Missing {
        /// The kind of thing.
        what: &'static str,
    },
}
