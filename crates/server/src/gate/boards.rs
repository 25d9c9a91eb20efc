//! The boards of somebody's families.

use access::{Granted, ListFamilies};
use record::ids::ProfessionalId;
use store::{
    StoreError,
    audit::kind,
    server::{Account, BoardRow, Family},
};

use super::{Locked, Opened, Passage};

/// The compartment that a board is drawn from.
const TEAM: &str = "team";

/// One family on a board.
pub(crate) struct OnBoard {
    /// The family.
    pub(crate) family: Family,
    /// Who is allocated to it now.
    pub(crate) team: Vec<Account>,
    /// Its team's document; none while it has none.
    pub(crate) opened: Option<Opened>,
    /// What is kept of that document.
    pub(crate) row: Option<BoardRow>,
}

impl Passage {
    /// The boards of one's own families, by name. Written down: only after [`Passage::commit`] may they be
    /// answered with.
    pub(crate) async fn boards(
        &mut self,
        granted: &Granted<ListFamilies>,
    ) -> Result<Vec<OnBoard>, StoreError> {
        let mut boards = Vec::new();
        for reached in self.own_families(granted).await? {
            let family = reached.family;
            let txn = self.txn().await?;
            let team = txn.team_of(family.id).await?;
            let rows = txn.documents_of(family.id).await?;
            let document = rows.into_iter().find(|row| row.compartment == TEAM);
            let row = match &document {
                Some(document) => txn.board(document.id).await?,
                None => None,
            };
            boards.push(OnBoard {
                family,
                team,
                opened: document.map(Opened::listed),
                row,
            });
        }
        self.owe();
        let subject = granted.subject();
        self.record_list(kind::BOARD_READ, subject, boards.len())
            .await?;
        Ok(boards)
    }

    /// How many families a colleague is allocated to, and how many children these have: numbers, of
    /// families that one may not reach too.
    pub(crate) async fn workload(
        &mut self,
        _granted: &Granted<ListFamilies>,
        professional: ProfessionalId,
    ) -> Result<(u64, u64), StoreError> {
        self.txn().await?.workload(professional).await
    }

    /// Keeps a board with the changes that it comes from.
    pub(crate) async fn put_board(
        &mut self,
        of: &Locked,
        row: &BoardRow,
    ) -> Result<(), StoreError> {
        let id = of.opened().id();
        self.txn().await?.put_board(id, row).await
    }
}
