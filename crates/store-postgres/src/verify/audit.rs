//! Each chain of the audit log runs from 1 to its length without a gap, each row's hash covers it and
//! the row before, and every anchor in the house's chain still fits.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use store::{
    StoreError,
    audit::{Chain, ZERO, hash, kind},
    server::AuditChain,
};

use super::{DOING, Finding};
use crate::{server::audit, values::driver};

/// How many rows are read at once.
const PAGE: u32 = 1_000;

pub(super) async fn chains(db: &mut PgConnection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    // The house's comes first, so that its anchors are known before the chains that they speak of.
    let mut anchors: BTreeMap<(Chain, u64), [u8; 32]> = BTreeMap::new();
    for chain in audit::chains(db, None).await? {
        findings.extend(one(db, &chain, &mut anchors).await?);
    }
    findings.extend(anchors.into_keys().map(|(chain, length)| {
        finding(chain, &format!("had {length} rows once and has fewer now"))
    }));
    let strays = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM audit
           WHERE chain NOT IN (SELECT chain FROM audit_chains)"#
    )
    .fetch_one(db)
    .await
    .map_err(driver(DOING))?;
    if strays > 0 {
        findings.push(Finding {
            table: "audit".to_owned(),
            what: format!("{strays} rows stand in no chain"),
        });
    }
    Ok(findings)
}

async fn one(
    db: &mut PgConnection,
    chain: &AuditChain,
    anchors: &mut BTreeMap<(Chain, u64), [u8; 32]>,
) -> Result<Option<Finding>, StoreError> {
    let id = chain.chain;
    let (mut seq, mut before) = (0, ZERO);
    loop {
        let page = audit::after(db, id, seq, u64::MAX, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            if row.seq != seq + 1 {
                return Ok(Some(finding(id, &format!("lacks row {}", seq + 1))));
            }
            if hash(id, row.seq, &row.event, &before) != row.hash {
                let what = format!("row {} or one before it was altered", row.seq);
                return Ok(Some(finding(id, &what)));
            }
            (seq, before) = (row.seq, row.hash);
            if id == Chain::HOUSE
                && row.event.kind == kind::ANCHOR
                && let (Some(about), Some(last), Some(head)) =
                    (row.event.about, row.event.last, row.event.head)
            {
                anchors.insert((Chain::from_uuid(about), last), head);
            }
            if anchors
                .remove(&(id, seq))
                .is_some_and(|anchored| anchored != before)
            {
                let what = format!("its first {seq} rows are others than were anchored");
                return Ok(Some(finding(id, &what)));
            }
        }
    }
    let whole = (seq, before) == (chain.length, chain.head);
    Ok((!whole).then(|| {
        let what = format!("ends with row {seq}, but its head says {}", chain.length);
        finding(id, &what)
    }))
}

fn finding(chain: Chain, what: &str) -> Finding {
    Finding {
        table: "audit".to_owned(),
        what: format!("chain {chain} {what}"),
    }
}
