//! The audit log to take away: as a file that somebody else can check.

use std::io::Write;

use record::ids::FamilyId;
use store::{
    audit::{Chain, Event, export, kind},
    server::{AuditChain, Store, Txn},
};

use super::AdminError;

/// How many rows are read at once.
const PAGE: u32 = 1_000;

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many rows.
    pub rows: u64,
    /// How many chains.
    pub chains: usize,
    /// The file's head, for somebody to keep who can't write to the database.
    pub head: [u8; 32],
}

/// Writes the audit log, of one family's documents or of everything, as it stands at `at`
/// (milliseconds since 1970). The export itself is written down, and so are, in the house's chain, the
/// heads of the exported chains that have moved since the last time; an export of everything holds
/// both.
pub async fn export_audit(
    store: &dyn Store,
    family: Option<FamilyId>,
    at: i64,
    to: &mut (dyn Write + Send),
) -> Result<Exported, AdminError> {
    anchor(store, family, at).await?;
    // One stable state of every chain. It writes nothing, so it is dropped.
    let mut txn = store.begin().await?;
    let chains = txn.audit_chains(family).await?;
    let opening = export::open(at, family, &chains);
    to.write_all(opening.text.as_bytes())?;
    for chain in &chains {
        write_chain(&mut *txn, chain, to).await?;
    }
    to.write_all(export::end(&opening).as_bytes())?;
    to.flush()?;
    Ok(Exported {
        rows: opening.rows,
        chains: chains.len(),
        head: opening.head,
    })
}

async fn anchor(store: &dyn Store, family: Option<FamilyId>, at: i64) -> Result<(), AdminError> {
    let mut txn = store.begin().await?;
    let chains = txn.audit_chains(family).await?;
    let rows = chains.iter().map(|it| it.length).sum();
    let exported = Event {
        family,
        count: Some(rows),
        ..Event::new(at, kind::AUDIT_EXPORTED)
    };
    txn.append_audit(Chain::HOUSE, &exported).await?;
    let moved = chains
        .iter()
        .filter(|it| it.chain != Chain::HOUSE && it.length > it.anchored);
    for chain in moved {
        let event = Event {
            last: Some(chain.length),
            head: Some(chain.head),
            ..Event::new(at, kind::ANCHOR).about(*chain.chain.as_uuid())
        };
        txn.append_audit(Chain::HOUSE, &event).await?;
        txn.audit_anchored(chain.chain, chain.length).await?;
    }
    txn.commit().await?;
    Ok(())
}

async fn write_chain(
    txn: &mut dyn Txn,
    chain: &AuditChain,
    to: &mut (dyn Write + Send),
) -> Result<(), AdminError> {
    let mut seq = 0;
    while seq < chain.length {
        let page = txn.audit_after(chain.chain, seq, PAGE).await?;
        if page.is_empty() {
            let what = format!("chain {} of the audit log ends at {seq}", chain.chain);
            return Err(AdminError::Unreadable(what));
        }
        for row in page {
            seq = row.seq;
            to.write_all(export::row(row).as_bytes())?;
        }
    }
    Ok(())
}
