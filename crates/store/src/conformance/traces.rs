//! Bytes of a family that can be looked for in an engine's files, before and after they are erased.

use super::samples;
use crate::{
    StoreError,
    audit::{Chain, Event, kind},
    server::{BoardRow, NewChange, Rewriting, Snapshot, Store},
};

/// The family that leaves them; another one stays.
const FAMILY: u8 = 1;
const OTHER: u8 = 2;
const NAME: &str = "Przybyszewska-Ffolkes";
const BOARD: &str = "Wolverhampton visit agreed with Ludmilla";
const REASON: &str = "Police ask who collects Ffion from school";
const CASE: &str = "Ledger QX-4471 of the legal department";
const SMALL: &str = "bruise on the left forearm";

/// How many small changes there are: enough that their rows move from page to page.
const SMALL_CHANGES: u64 = 400;

/// What can be found: what it is, and a part of its bytes.
#[derive(Debug)]
pub struct Traces {
    needles: Vec<(&'static str, Vec<u8>)>,
}

impl Traces {
    fn new() -> Self {
        let mut needles = Vec::new();
        for (name, at) in [("a large change", 0), ("a snapshot", 1)] {
            let bytes = noise(at);
            // Not the whole: engines cut what is large into pieces of about two or four kilobytes.
            for start in (100..bytes.len() - 32).step_by(1_000) {
                needles.push((name, bytes[start..start + 32].to_vec()));
            }
        }
        for (name, text) in [
            ("small changes", SMALL),
            ("a board", BOARD),
            ("a family's name", NAME),
            ("a reason", REASON),
            ("a hold's reference", CASE),
        ] {
            needles.push((name, text.as_bytes().to_vec()));
        }
        Self { needles }
    }

    /// Every kind of trace, by name.
    pub fn all(&self) -> Vec<&'static str> {
        let mut all: Vec<_> = self.needles.iter().map(|(name, _)| *name).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Those that the family has beside its document.
    pub fn of_the_family(&self) -> Vec<&'static str> {
        let all = self.all().into_iter();
        all.filter(|name| ["a family's name", "a reason", "a hold's reference"].contains(name))
            .collect()
    }

    /// Which kinds stand in these bytes.
    pub fn found_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let mut starts = [false; 256];
        for (_, needle) in &self.needles {
            starts[usize::from(needle[0])] = true;
        }
        let mut found = Vec::new();
        for (at, first) in bytes.iter().enumerate() {
            if !starts[usize::from(*first)] {
                continue;
            }
            let here = self.needles.iter();
            found.extend(
                here.filter(|(_, needle)| bytes[at..].starts_with(needle))
                    .map(|(name, _)| *name),
            );
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Bytes that no engine can compress, the same each time (xorshift).
fn noise(of: u64) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ (of + 1);
    let mut bytes = Vec::new();
    for _ in 0..1_500 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_be_bytes());
    }
    bytes
}

/// A change of the family that leaves traces (0: the large one).
fn change(n: u64) -> NewChange {
    let mut hash = [9; 32];
    hash[..8].copy_from_slice(&n.to_be_bytes());
    let bytes = match n {
        0 => noise(0),
        n => format!("{n} {SMALL} {n}").into_bytes(),
    };
    NewChange {
        hash,
        bytes,
        author: samples::professional_id(FAMILY),
        device: samples::device_id(FAMILY),
        received: 1,
    }
}

/// Keeps two families, one of which leaves traces wherever a family can, and says which.
pub async fn leave(store: &dyn Store) -> Result<Traces, StoreError> {
    let mut txn = store.begin().await?;
    for n in [FAMILY, OTHER] {
        let mut family = samples::family(n);
        if n == FAMILY {
            NAME.clone_into(&mut family.name);
        }
        txn.create_family(&family).await?;
        txn.create_document(&samples::document(n)).await?;
        txn.create_account(&samples::account(n)).await?;
    }
    let id = samples::document_id(FAMILY);
    let board = BoardRow {
        seq: 1,
        entries: 1,
        children: 1,
        body: BOARD.as_bytes().to_vec(),
    };
    txn.put_board(id, &board).await?;
    let mut broken = samples::broken(FAMILY);
    REASON.clone_into(&mut broken.reason);
    txn.break_glass(&broken).await?;
    let hold = crate::server::Hold {
        family: samples::family_id(FAMILY),
        reference: CASE.to_owned(),
        began: 1,
        ended: None,
    };
    txn.set_hold(&hold).await?;
    txn.lift_hold(hold.family, 2).await?;
    txn.commit().await?;
    // In turns with the other family's and in several transactions, as in use: rows lie mixed.
    for n in 0..SMALL_CHANGES {
        let mut txn = store.begin().await?;
        txn.append_change(id, &change(n)).await?;
        let mut other = change(n);
        other.bytes = format!("{n} nothing to report").into_bytes();
        txn.append_change(samples::document_id(OTHER), &other)
            .await?;
        txn.commit().await?;
    }
    let mut txn = store.begin().await?;
    let (seq, bytes) = (1, noise(1));
    txn.put_snapshot(id, &Snapshot { seq, bytes }).await?;
    txn.commit().await?;
    Ok(Traces::new())
}

/// Erases the family that left traces.
pub async fn erase_family(store: &dyn Store) -> Result<(), StoreError> {
    let id = samples::document_id(FAMILY);
    let mut txn = store.begin().await?;
    txn.erase_family(samples::family_id(FAMILY), 9).await?;
    let row = Event::new(9, kind::PULLED).on(id);
    txn.append_audit(Chain::of_document(id), &row).await?;
    txn.commit().await
}

/// Writes its document anew, with nothing in it that could be found.
pub async fn rewrite(store: &dyn Store) -> Result<(), StoreError> {
    let id = samples::document_id(FAMILY);
    let mut changes = Vec::new();
    for n in 1_000..1_000 + SMALL_CHANGES {
        let mut new = change(n);
        new.bytes = b"a record without it".to_vec();
        changes.push((new, n.to_be_bytes().to_vec()));
    }
    let rewriting = Rewriting {
        epoch: 4_711,
        changes,
        forgotten: Vec::new(),
        at: 9,
    };
    let mut txn = store.begin().await?;
    txn.lock_document(id).await?;
    txn.rewrite_log(id, &rewriting).await?;
    txn.commit().await
}
