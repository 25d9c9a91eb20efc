//! Boards in memory.

use async_trait::async_trait;
use record::ids::{DocumentId, ProfessionalId};

use super::MemoryTxn;
use crate::{
    StoreError,
    server::{BoardRow, BoardTxn},
};

#[async_trait]
impl BoardTxn for MemoryTxn {
    async fn put_board(&mut self, document: DocumentId, row: &BoardRow) -> Result<(), StoreError> {
        if !self.state.logs.contains_key(&document) {
            return Err(StoreError::Missing { what: "document" });
        }
        self.state.boards.insert(document, row.clone());
        Ok(())
    }

    async fn board(&mut self, document: DocumentId) -> Result<Option<BoardRow>, StoreError> {
        Ok(self.state.boards.get(&document).cloned())
    }

    async fn workload(&mut self, professional: ProfessionalId) -> Result<(u64, u64), StoreError> {
        let state = &self.state;
        let open = state.allocations.iter();
        let own: Vec<_> = open
            .filter(|(_, who)| *who == professional)
            .map(|(family, _)| *family)
            .collect();
        let boards = state
            .logs
            .values()
            .filter(|log| own.contains(&log.document.family));
        let children = boards
            .filter_map(|log| state.boards.get(&log.document.id))
            .map(|row| row.children)
            .sum();
        Ok((own.len() as u64, children))
    }
}
