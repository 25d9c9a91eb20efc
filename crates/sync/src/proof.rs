//! Proof that a server had accepted something, kept by devices for the day on which that server is
//! restored from an older backup.
//!
//! An Automerge head is a hash over a change and, through its dependencies, over everything before
//! it. So a message authentication code over a document's heads, under a key that only the server
//! has, says of each change below those heads: *this server had accepted it*. A device keeps the newest
//! one of each document beside its copy (some 50 bytes), and hands it over when it gives back what a
//! restored server lost. Whoever gives back, the change counts as its author's, because who the author
//! was had been checked when it was accepted.
//!
//! The code also covers the document's *lineage*: a number that stays when the server is restored and
//! ends when something was erased. So nothing that was erased comes back this way.

use std::collections::{HashMap, HashSet};

use hmac::{Hmac, KeyInit as _, Mac as _};
use record::{Change, Document, ids::DocumentId};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::wire::Bytes;

/// The most changes that one push may carry over all its documents when it comes with a proof. A walk
/// from the proven heads must reach what the server has, so that they can't be split.
pub const MAX_RETURNED_CHANGES: usize = 5_000;
/// The most heads that one proof names. More stand side by side only when so many devices have
/// written without seeing each other; such a state gets no proof, the next one does.
pub const MAX_HEADS: usize = 32;

/// How many bytes of the code are sent: 128 bits can't be guessed.
const CODE_BYTES: usize = 16;
/// Keeps this use of the key apart from any other.
const PURPOSE: &[u8] = b"workbook accepted heads 1\n";

/// A proof, as it travels and as a device keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The document's heads, 32 bytes each one behind the other, in ascending order.
    pub heads: Bytes,
    /// The server's code over them.
    pub code: Bytes,
}

impl Proof {
    /// Proves these heads of a document; none when there are too many or none.
    pub fn of(
        key: &[u8; 32],
        document: DocumentId,
        lineage: u64,
        heads: &[[u8; 32]],
    ) -> Option<Self> {
        if heads.is_empty() || heads.len() > MAX_HEADS {
            return None;
        }
        let mut heads = heads.to_vec();
        heads.sort_unstable();
        let heads = heads.concat();
        let mut code = mac(key, document, lineage, &heads)?
            .finalize()
            .into_bytes()
            .to_vec();
        code.truncate(CODE_BYTES);
        Some(Self {
            heads: Bytes(heads),
            code: Bytes(code),
        })
    }

    /// Whether this server made it, for this document of this lineage. Takes the same time whatever is
    /// wrong with the code.
    pub fn is_genuine(&self, key: &[u8; 32], document: DocumentId, lineage: u64) -> bool {
        let fits = self.code.0.len() == CODE_BYTES
            && !self.heads.0.is_empty()
            && self.heads.0.len() <= 32 * MAX_HEADS
            && self.heads.0.len().is_multiple_of(32);
        fits && mac(key, document, lineage, &self.heads.0)
            .is_some_and(|mac| mac.verify_truncated_left(&self.code.0).is_ok())
    }

    /// The heads.
    pub fn heads(&self) -> impl Iterator<Item = [u8; 32]> + '_ {
        self.heads.0.as_chunks::<32>().0.iter().copied()
    }
}

fn mac(key: &[u8; 32], document: DocumentId, lineage: u64, heads: &[u8]) -> Option<Hmac<Sha256>> {
    // HMAC takes a key of any length: none only in the type.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(PURPOSE);
    mac.update(document.as_uuid().as_bytes());
    mac.update(&lineage.to_be_bytes());
    mac.update(heads);
    Some(mac)
}

/// The hashes of those changes that are proven: each way down from `heads` through them must end in
/// the document. None at all when one is missing, because then the walk proves nothing about order.
pub fn covered(
    heads: impl Iterator<Item = [u8; 32]>,
    changes: &[Change],
    document: &Document,
) -> HashSet<[u8; 32]> {
    let by_hash: HashMap<_, _> = changes.iter().map(|it| (it.hash(), it)).collect();
    let mut covered = HashSet::new();
    let mut open: Vec<_> = heads.collect();
    while let Some(hash) = open.pop() {
        if document.holds(&hash) || covered.contains(&hash) {
            continue;
        }
        let Some(change) = by_hash.get(&hash) else {
            return HashSet::new();
        };
        covered.insert(hash);
        open.extend(change.deps());
    }
    covered
}

#[cfg(test)]
mod tests {
    use record::ids::mint;

    use super::*;

    fn document(n: u8) -> DocumentId {
        mint(1, [n; 10]).into()
    }

    #[test]
    fn a_proof_fits_one_key_document_lineage_and_set_of_heads() {
        let heads = [[9; 32], [1; 32]];
        let proof = Proof::of(&[7; 32], document(1), 5, &heads).unwrap();
        assert!(proof.is_genuine(&[7; 32], document(1), 5));
        assert_eq!(proof.heads().collect::<Vec<_>>(), [[1; 32], [9; 32]]);
        assert!(!proof.is_genuine(&[8; 32], document(1), 5));
        assert!(!proof.is_genuine(&[7; 32], document(2), 5));
        assert!(!proof.is_genuine(&[7; 32], document(1), 6));
        let with = |heads: Vec<u8>, code: Vec<u8>| Proof {
            heads: Bytes(heads),
            code: Bytes(code),
        };
        let (heads, code) = (proof.heads.0.clone(), proof.code.0.clone());
        for forged in [
            with(heads[32..].to_vec(), code.clone()),
            with(heads[1..].to_vec(), code.clone()),
            with(vec![], code.clone()),
            with(heads.clone(), code[..8].to_vec()),
            with(heads.clone(), vec![]),
            with(heads.clone(), [&code[..], &[0]].concat()),
            with([heads.clone(), vec![3; 32 * MAX_HEADS]].concat(), code),
        ] {
            assert!(!forged.is_genuine(&[7; 32], document(1), 5), "{forged:?}");
        }
    }

    #[test]
    fn no_heads_and_too_many_are_not_proven() {
        assert_eq!(Proof::of(&[7; 32], document(1), 5, &[]), None);
        let many = vec![[1; 32]; MAX_HEADS + 1];
        assert_eq!(Proof::of(&[7; 32], document(1), 5, &many), None);
    }
}
