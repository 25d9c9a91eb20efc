//! The audit log. `append` is the only writer of its rows.
//!
//! Invariant: whoever appends to a chain holds the row lock of the chain until the end, so that its
//! rows run from 1 to its length without gap or fork, from any number of processes.

use std::collections::BTreeMap;

use async_trait::async_trait;
use record::ids::FamilyId;
use sqlx::PgConnection;
use store::{
    StoreError,
    audit::{Chain, Event, Row, ZERO, hash},
    server::{AuditChain, AuditTxn},
};
use uuid::Uuid;

use super::PostgresTxn;
use crate::values::{bytes32, driver, seq, seq_bound};

#[async_trait]
impl AuditTxn for PostgresTxn {
    async fn append_audit(&mut self, chain: Chain, event: &Event) -> Result<u64, StoreError> {
        let seq = append(&mut self.db, chain, event).await?;
        self.chains.grow(chain, seq);
        Ok(seq)
    }

    /// No row beyond the length that the chain was shown with: an export is one stable state.
    async fn audit_after(
        &mut self,
        chain: Chain,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        let upto = self.chains.upto(chain);
        self::after(&mut self.db, chain, after, upto, limit).await
    }

    async fn audit_chains(
        &mut self,
        family: Option<FamilyId>,
    ) -> Result<Vec<AuditChain>, StoreError> {
        let rows = chains(&mut self.db, family).await?;
        Ok(rows.into_iter().map(|row| self.chains.show(row)).collect())
    }

    /// Kept when the transaction ends, see [`keep_anchors`].
    async fn audit_anchored(&mut self, chain: Chain, length: u64) -> Result<(), StoreError> {
        self.chains.anchor(chain, length);
        Ok(())
    }
}

/// Takes the chain's row lock and its next number in one statement, which answers with the head that
/// the last holder left; then writes the row and the new head.
async fn append(db: &mut PgConnection, chain: Chain, event: &Event) -> Result<u64, StoreError> {
    let last = sqlx::query!(
        "INSERT INTO audit_chains (chain, family, length, head) VALUES ($1, $2, 1, $3)
         ON CONFLICT (chain) DO UPDATE SET length = audit_chains.length + 1,
             family = coalesce(audit_chains.family, excluded.family)
         RETURNING length, head",
        chain.as_uuid(),
        event.family_of(chain).map(|it| *it.as_uuid()),
        ZERO.as_slice(),
    )
    .fetch_one(&mut *db)
    .await
    .map_err(driver("reading the audit log's head"))?;
    let number = seq("audit_chains", last.length)?;
    let before = bytes32("audit_chains", &last.head)?;
    let hash = hash(chain, number, event, &before);
    sqlx::query!(
        "WITH moved AS (UPDATE audit_chains SET head = $15 WHERE chain = $1)
         INSERT INTO audit (chain, seq, at, kind, who, device, family, document, about,
                            first_seq, last_seq, amount, why, head, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        chain.as_uuid(),
        last.length,
        event.at,
        event.kind.as_str(),
        event.who.map(|it| *it.as_uuid()),
        event.device.map(|it| *it.as_uuid()),
        event.family.map(|it| *it.as_uuid()),
        event.document.map(|it| *it.as_uuid()),
        event.about,
        event.first.map(seq_bound),
        event.last.map(seq_bound),
        event.count.map(seq_bound),
        event.why.as_ref().map(store::audit::Code::as_str),
        event.head.as_ref().map(<[u8; 32]>::as_slice),
        hash.as_slice(),
    )
    .execute(db)
    .await
    .map_err(driver("appending to the audit log"))?;
    Ok(number)
}

/// A row as it is stored.
struct AuditRow {
    chain: Uuid,
    seq: i64,
    at: i64,
    kind: String,
    who: Option<Uuid>,
    device: Option<Uuid>,
    family: Option<Uuid>,
    document: Option<Uuid>,
    about: Option<Uuid>,
    first_seq: Option<i64>,
    last_seq: Option<i64>,
    amount: Option<i64>,
    why: Option<String>,
    head: Option<Vec<u8>>,
    hash: Vec<u8>,
}

impl TryFrom<AuditRow> for Row {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        const TABLE: &str = "audit";
        let code = |text: &str| {
            text.parse().map_err(|_| StoreError::Inconsistent {
                table: TABLE,
                row: "a kind or reason that is no code".to_owned(),
            })
        };
        let number = |value: Option<i64>| value.map(|it| seq(TABLE, it)).transpose();
        Ok(Self {
            chain: row.chain.into(),
            seq: seq(TABLE, row.seq)?,
            event: Event {
                at: row.at,
                kind: code(&row.kind)?,
                who: row.who.map(Into::into),
                device: row.device.map(Into::into),
                family: row.family.map(Into::into),
                document: row.document.map(Into::into),
                about: row.about,
                first: number(row.first_seq)?,
                last: number(row.last_seq)?,
                count: number(row.amount)?,
                why: row.why.as_deref().map(code).transpose()?,
                head: row.head.map(|it| bytes32(TABLE, &it)).transpose()?,
            },
            hash: bytes32(TABLE, &row.hash)?,
        })
    }
}

/// None beyond `upto`.
pub(crate) async fn after(
    db: &mut PgConnection,
    chain: Chain,
    after: u64,
    upto: u64,
    limit: u32,
) -> Result<Vec<Row>, StoreError> {
    sqlx::query_as!(
        AuditRow,
        "SELECT chain, seq, at, kind, who, device, family, document, about, first_seq, last_seq,
                amount, why, head, hash
         FROM audit WHERE chain = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
        chain.as_uuid(),
        seq_bound(after),
        seq_bound(upto),
        i64::from(limit),
    )
    .fetch_all(db)
    .await
    .map_err(driver("reading the audit log"))?
    .into_iter()
    .map(Row::try_from)
    .collect()
}

pub(crate) async fn chains(
    db: &mut PgConnection,
    family: Option<FamilyId>,
) -> Result<Vec<AuditChain>, StoreError> {
    let rows = sqlx::query!(
        "SELECT chain, family, length, head, anchored FROM audit_chains
         WHERE $1::uuid IS NULL OR family = $1 ORDER BY chain",
        family.map(|it| *it.as_uuid()),
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing the audit log's chains"))?;
    rows.into_iter()
        .map(|row| {
            Ok(AuditChain {
                chain: row.chain.into(),
                family: row.family.map(Into::into),
                length: seq("audit_chains", row.length)?,
                head: bytes32("audit_chains", &row.head)?,
                anchored: seq("audit_chains", row.anchored)?,
            })
        })
        .collect()
}

/// Keeps how far chains were anchored, right before the commit and without waiting: an export anchors
/// every chain there is, and would hold up all of them, or deadlock with who appends to two. A chain
/// that somebody appends to at this moment is passed over; the next export then anchors it again.
pub(super) async fn keep_anchors(
    db: &mut PgConnection,
    anchored: &BTreeMap<Chain, u64>,
) -> Result<(), StoreError> {
    if anchored.is_empty() {
        return Ok(());
    }
    let chains: Vec<Uuid> = anchored.keys().map(|it| *it.as_uuid()).collect();
    let lengths: Vec<i64> = anchored.values().map(|it| seq_bound(*it)).collect();
    sqlx::query!(
        "WITH free AS MATERIALIZED (
             SELECT c.chain, a.length
             FROM audit_chains c JOIN unnest($1::uuid[], $2::bigint[]) AS a (chain, length)
                 ON c.chain = a.chain AND c.anchored < a.length
             FOR NO KEY UPDATE OF c SKIP LOCKED
         )
         UPDATE audit_chains c SET anchored = free.length FROM free WHERE c.chain = free.chain",
        &chains,
        &lengths,
    )
    .execute(db)
    .await
    .map_err(driver("noting anchors"))?;
    Ok(())
}
