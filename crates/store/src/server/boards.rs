//! Boards: what is read of each document for lists, kept beside it so that a list reads no document.
//!
//! Nothing here is the record: all of it can be made anew from the documents (`workbook rebuild`).

use async_trait::async_trait;
use record::ids::{DocumentId, ProfessionalId};

use crate::StoreError;

/// What is kept of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// The document's head when this was made.
    pub seq: u64,
    /// How many entries it has.
    pub entries: u64,
    /// How many children the work goes on with.
    pub children: u64,
    /// The board, as the record writes it. Personal data.
    pub body: Vec<u8>,
}

/// Keeping and reading boards.
#[async_trait]
pub trait BoardTxn: Send {
    /// Keeps a document's board in place of the one before. The document must exist.
    async fn put_board(&mut self, document: DocumentId, row: &BoardRow) -> Result<(), StoreError>;
    /// A document's board; none before the first.
    async fn board(&mut self, document: DocumentId) -> Result<Option<BoardRow>, StoreError>;
    /// How many families a professional is allocated to now, and how many children these have on their
    /// boards.
    async fn workload(&mut self, professional: ProfessionalId) -> Result<(u64, u64), StoreError>;
}
