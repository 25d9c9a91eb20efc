//! Reads an exported log and says whether it is whole. Needs nothing but the file.
//!
//! What it finds by itself: any edit, removal, insertion or change of order, and any truncation. What
//! it can't find by itself is a file that was forged whole, with all its hashes: for that, somebody
//! has kept the head that was printed when it was exported, or an earlier export.

use std::{
    collections::BTreeMap,
    io::{BufRead, Read as _},
};

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

use super::{
    Chain, Row, ZERO,
    export::{ChainLine, End, Heading, RowLine, line},
    hash, kind,
};

/// No line of ours is longer.
const MAX_LINE: u64 = 4_096;

/// A chain as far as it must be known to compare exports: after how many rows it had which hash.
type Heads = BTreeMap<Chain, (u64, [u8; 32])>;

/// A log that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// How many rows it has.
    pub rows: u64,
    /// How many chains.
    pub chains: u64,
    /// When it was made, in milliseconds since 1970.
    pub made: i64,
    /// Its head.
    pub head: [u8; 32],
    heads: Heads,
}

/// Why a log is not whole, or can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The file can't be read.
    #[error("line {line}: the file can't be read")]
    Unreadable {
        /// Counted from 1.
        line: u64,
        /// Why.
        source: std::io::Error,
    },
    /// It ends too early.
    #[error("line {line}: the file ends here, before its end: rows were cut off")]
    Short {
        /// Counted from 1.
        line: u64,
    },
    /// A line was not written by this program.
    #[error("line {line}: this line was altered, or this is no exported audit log")]
    Altered {
        /// Counted from 1.
        line: u64,
    },
    /// A row does not follow the one before.
    #[error(
        "line {line}: row {seq} of chain {chain} does not belong here: rows were removed, added or moved"
    )]
    OutOfOrder {
        /// Counted from 1.
        line: u64,
        /// The chain.
        chain: Chain,
        /// The row's number.
        seq: u64,
    },
    /// A row's hash does not cover it.
    #[error("line {line}: row {seq} of chain {chain} was altered, or one before it was")]
    BadHash {
        /// Counted from 1.
        line: u64,
        /// The chain.
        chain: Chain,
        /// The row's number.
        seq: u64,
    },
    /// A chain ends otherwise than its line says.
    #[error("chain {chain} has not the rows that it had when it was exported")]
    BadChain {
        /// The chain.
        chain: Chain,
    },
    /// The last line does not fit.
    #[error(
        "line {line}: the last line does not fit the file: its first lines or its end were altered"
    )]
    BadEnd {
        /// Counted from 1.
        line: u64,
    },
    /// A chain has not the rows that the house's chain noted.
    #[error(
        "chain {chain} had {length} rows once and now has fewer, or others: history was rewritten"
    )]
    Rewritten {
        /// The chain.
        chain: Chain,
        /// How many rows it had.
        length: u64,
    },
    /// The head is another than the one that was kept.
    #[error(
        "the log's head is {found}: it is not the log whose head you have, or it was forged whole"
    )]
    OtherHead {
        /// The head of this file, as hex.
        found: String,
    },
}

/// The lines of a file, one at a time, each within bounds.
struct Lines<R> {
    reader: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// The next line with its line break; none at the file's end.
    fn next(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        self.number += 1;
        let mut bytes = Vec::new();
        let read = self
            .reader
            .by_ref()
            .take(MAX_LINE)
            .read_until(b'\n', &mut bytes);
        match read {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(bytes)),
            Err(source) => Err(Broken::Unreadable {
                line: self.number,
                source,
            }),
        }
    }

    /// The next line, read as what it must be and written in the one way.
    fn expect<T: DeserializeOwned + Serialize>(&mut self) -> Result<(T, Vec<u8>), Broken> {
        let bytes = self.next()?.ok_or(Broken::Short { line: self.number })?;
        let altered = Broken::Altered { line: self.number };
        let Ok(value) = serde_json::from_slice::<T>(&bytes) else {
            // A line without its end is the last of a file that was cut.
            return Err(if bytes.ends_with(b"\n") {
                altered
            } else {
                Broken::Short { line: self.number }
            });
        };
        if line(&value).as_bytes() == bytes {
            Ok((value, bytes))
        } else {
            Err(altered)
        }
    }
}

/// Reads a log and says whether it is whole.
///
/// `kept` is the head that somebody has kept; `earlier` an export of the same database that was made
/// before and is sound: whatever it held must stand in this one unchanged.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(
    reader: impl BufRead,
    kept: Option<[u8; 32]>,
    earlier: Option<&Sound>,
) -> Result<Sound, Broken> {
    let mut lines = Lines { reader, number: 0 };
    let (heading, bytes) = lines.expect::<Heading>()?;
    if !heading.is_ours() {
        return Err(Broken::Altered { line: 1 });
    }
    let mut digest = Sha256::new();
    digest.update(bytes);
    let mut chains = Vec::new();
    for _ in 0..heading.chains {
        let (chain, bytes) = lines.expect::<ChainLine>()?;
        digest.update(bytes);
        chains.push(chain);
    }
    let head: [u8; 32] = digest.finalize().into();

    // What must stand where: from an earlier export, and from the anchors as they are read. Exports
    // of one family and of all are different selections: only what both have is compared.
    let mut watched: BTreeMap<(Chain, u64), Vec<[u8; 32]>> = BTreeMap::new();
    for (chain, (length, hash)) in earlier.into_iter().flat_map(|it| &it.heads) {
        if heading.family.is_none() || chains.iter().any(|it| it.chain == *chain) {
            watched.entry((*chain, *length)).or_default().push(*hash);
        }
    }

    let mut heads = Heads::new();
    let mut rows = 0;
    for chain in &chains {
        let mut before = ZERO;
        for seq in 1..=chain.length {
            let row = next_row(&mut lines, chain.chain, seq, &before)?;
            before = row.hash;
            rows += 1;
            if heading.family.is_none() && row.event.kind == kind::ANCHOR {
                note_anchor(&row, &mut watched);
            }
            if let Some(hashes) = watched.remove(&(chain.chain, seq))
                && hashes.iter().any(|hash| *hash != row.hash)
            {
                return Err(Broken::Rewritten {
                    chain: chain.chain,
                    length: seq,
                });
            }
        }
        if before != chain.head.0 || heads.insert(chain.chain, (chain.length, before)).is_some() {
            return Err(Broken::BadChain { chain: chain.chain });
        }
    }
    if let Some(((chain, length), _)) = watched.into_iter().next() {
        return Err(Broken::Rewritten { chain, length });
    }
    finish(&mut lines, rows, head)?;
    if kept.is_some_and(|kept| kept != head) {
        return Err(Broken::OtherHead {
            found: hex::encode(head),
        });
    }
    Ok(Sound {
        rows,
        chains: heading.chains,
        made: heading.made,
        head,
        heads,
    })
}

/// The next row, which must be row `seq` of a chain.
fn next_row<R: BufRead>(
    lines: &mut Lines<R>,
    chain: Chain,
    seq: u64,
    before: &[u8; 32],
) -> Result<Row, Broken> {
    let (row, _) = lines.expect::<RowLine>()?;
    let row = Row::from(row);
    let line = lines.number;
    if (row.chain, row.seq) != (chain, seq) {
        return Err(Broken::OutOfOrder {
            line,
            chain: row.chain,
            seq: row.seq,
        });
    }
    if hash(chain, seq, &row.event, before) != row.hash {
        return Err(Broken::BadHash { line, chain, seq });
    }
    Ok(row)
}

/// An anchor speaks of a chain that stands later in the file: the house's is the first.
fn note_anchor(row: &Row, watched: &mut BTreeMap<(Chain, u64), Vec<[u8; 32]>>) {
    let event = &row.event;
    if let (Some(about), Some(last), Some(head)) = (event.about, event.last, event.head) {
        let key = (Chain::from_uuid(about), last);
        watched.entry(key).or_default().push(head);
    }
}

fn finish<R: BufRead>(lines: &mut Lines<R>, rows: u64, head: [u8; 32]) -> Result<(), Broken> {
    let (end, _) = lines.expect::<End>()?;
    let fits = end.rows == rows && end.head.0 == head;
    let line = lines.number;
    if !fits || lines.next()?.is_some() {
        return Err(Broken::BadEnd { line });
    }
    Ok(())
}
