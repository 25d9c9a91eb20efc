//! The audit log. `append` is the only writer of either table's rows.

use async_trait::async_trait;
use record::ids::FamilyId;
use sqlx::SqliteConnection;
use store::{
    StoreError,
    audit::{Chain, Event, Row, ZERO, hash},
    server::{AuditChain, AuditTxn},
};

use super::SqliteTxn;
use crate::values::{bytes32, driver, id, seq, seq_bound};

#[async_trait]
impl AuditTxn for SqliteTxn {
    async fn append_audit(&mut self, chain: Chain, event: &Event) -> Result<u64, StoreError> {
        append(&mut self.db, chain, event).await
    }

    async fn audit_after(
        &mut self,
        chain: Chain,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        self::after(&mut self.db, chain, after, limit).await
    }

    async fn audit_chains(
        &mut self,
        family: Option<FamilyId>,
    ) -> Result<Vec<AuditChain>, StoreError> {
        chains(&mut self.db, family).await
    }

    async fn audit_anchored(&mut self, chain: Chain, length: u64) -> Result<(), StoreError> {
        let key = chain.as_uuid().as_bytes().as_slice();
        let length = seq_bound(length);
        sqlx::query!(
            "UPDATE audit_chains SET anchored = $2 WHERE chain = $1",
            key,
            length
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("noting an anchor"))?;
        Ok(())
    }
}

/// Every transaction holds SQLite's one write lock from its start, so nobody else appends meanwhile. An
/// engine with row locks takes the chain's row first.
async fn append(db: &mut SqliteConnection, chain: Chain, event: &Event) -> Result<u64, StoreError> {
    let key = chain.as_uuid().as_bytes().as_slice();
    let last = sqlx::query!(
        "SELECT length, head FROM audit_chains WHERE chain = $1",
        key
    )
    .fetch_optional(&mut *db)
    .await
    .map_err(driver("reading the audit log's head"))?;
    let (length, before) = match last {
        Some(row) => (row.length, bytes32("audit_chains", &row.head)?),
        None => (0, ZERO),
    };
    let next = length + 1;
    let number = seq("audit_chains", next)?;
    let hash = hash(chain, number, event, &before);
    let hash = hash.as_slice();

    let kind = event.kind.as_str();
    let who = event
        .who
        .as_ref()
        .map(|it| it.as_uuid().as_bytes().as_slice());
    let device = event
        .device
        .as_ref()
        .map(|it| it.as_uuid().as_bytes().as_slice());
    let family = event
        .family
        .as_ref()
        .map(|it| it.as_uuid().as_bytes().as_slice());
    let document = event
        .document
        .as_ref()
        .map(|it| it.as_uuid().as_bytes().as_slice());
    let about = event.about.as_ref().map(|it| it.as_bytes().as_slice());
    let (first, last) = (event.first.map(seq_bound), event.last.map(seq_bound));
    let amount = event.count.map(seq_bound);
    let why = event.why.as_ref().map(store::audit::Code::as_str);
    let head = event.head.as_ref().map(<[u8; 32]>::as_slice);
    sqlx::query!(
        "INSERT INTO audit (chain, seq, at, kind, who, device, family, document, about,
                            first_seq, last_seq, amount, why, head, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        key,
        next,
        event.at,
        kind,
        who,
        device,
        family,
        document,
        about,
        first,
        last,
        amount,
        why,
        head,
        hash,
    )
    .execute(&mut *db)
    .await
    .map_err(driver("appending to the audit log"))?;

    let family = event.family_of(chain);
    let family = family.as_ref().map(|it| it.as_uuid().as_bytes().as_slice());
    sqlx::query!(
        "INSERT INTO audit_chains (chain, family, length, head) VALUES ($1, $2, $3, $4)
         ON CONFLICT (chain) DO UPDATE SET length = excluded.length, head = excluded.head,
             family = coalesce(audit_chains.family, excluded.family)",
        key,
        family,
        next,
        hash,
    )
    .execute(db)
    .await
    .map_err(driver("moving the audit log's head"))?;
    Ok(number)
}

/// A row as it is stored.
pub(crate) struct AuditRow {
    pub(crate) chain: Vec<u8>,
    pub(crate) seq: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) who: Option<Vec<u8>>,
    pub(crate) device: Option<Vec<u8>>,
    pub(crate) family: Option<Vec<u8>>,
    pub(crate) document: Option<Vec<u8>>,
    pub(crate) about: Option<Vec<u8>>,
    pub(crate) first_seq: Option<i64>,
    pub(crate) last_seq: Option<i64>,
    pub(crate) amount: Option<i64>,
    pub(crate) why: Option<String>,
    pub(crate) head: Option<Vec<u8>>,
    pub(crate) hash: Vec<u8>,
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
            chain: id(TABLE, &row.chain)?,
            seq: seq(TABLE, row.seq)?,
            event: Event {
                at: row.at,
                kind: code(&row.kind)?,
                who: row.who.map(|it| id(TABLE, &it)).transpose()?,
                device: row.device.map(|it| id(TABLE, &it)).transpose()?,
                family: row.family.map(|it| id(TABLE, &it)).transpose()?,
                document: row.document.map(|it| id(TABLE, &it)).transpose()?,
                about: row.about.map(|it| id(TABLE, &it)).transpose()?,
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

pub(crate) async fn after(
    db: &mut SqliteConnection,
    chain: Chain,
    after: u64,
    limit: u32,
) -> Result<Vec<Row>, StoreError> {
    let key = chain.as_uuid().as_bytes().as_slice();
    let after = seq_bound(after);
    let limit = i64::from(limit);
    sqlx::query_as!(
        AuditRow,
        "SELECT chain, seq, at, kind, who, device, family, document, about, first_seq, last_seq,
                amount, why, head, hash
         FROM audit WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        key,
        after,
        limit,
    )
    .fetch_all(db)
    .await
    .map_err(driver("reading the audit log"))?
    .into_iter()
    .map(Row::try_from)
    .collect()
}

pub(crate) async fn chains(
    db: &mut SqliteConnection,
    family: Option<FamilyId>,
) -> Result<Vec<AuditChain>, StoreError> {
    let key = family.as_ref().map(|it| it.as_uuid().as_bytes().as_slice());
    let rows = sqlx::query!(
        "SELECT chain, family, length, head, anchored FROM audit_chains
         WHERE $1 IS NULL OR family = $1 ORDER BY chain",
        key,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing the audit log's chains"))?;
    rows.into_iter()
        .map(|row| {
            Ok(AuditChain {
                chain: id("audit_chains", &row.chain)?,
                family: row.family.map(|it| id("audit_chains", &it)).transpose()?,
                length: seq("audit_chains", row.length)?,
                head: bytes32("audit_chains", &row.head)?,
                anchored: seq("audit_chains", row.anchored)?,
            })
        })
        .collect()
}
