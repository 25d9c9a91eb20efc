//! An exported audit log, and everything that can be done to it.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

use proptest::prelude::*;
use record::ids::{DocumentId, FamilyId, mint};
use store::{
    StoreError,
    audit::{
        Chain, Event, export, kind,
        verify::{Broken, Sound, verify},
    },
    memory::MemoryStore,
    server::Store,
};

fn family() -> FamilyId {
    mint(1, [9; 10]).into()
}

fn document(n: u8) -> DocumentId {
    mint(1, [n; 10]).into()
}

async fn append(store: &MemoryStore, n: u8, at: i64, event: Event) -> Result<(), StoreError> {
    let mut txn = store.begin().await?;
    let event = Event { at, ..event }.on(document(n)).of(family());
    txn.append_audit(Chain::of_document(document(n)), &event)
        .await?;
    txn.commit().await
}

/// Some rows in three documents' chains and the house's.
async fn log(rows: i64) -> Result<MemoryStore, StoreError> {
    let store = MemoryStore::default();
    for at in 0..rows {
        let event = Event {
            first: u64::try_from(at).ok(),
            ..Event::new(at, kind::PULLED)
        };
        append(&store, u8::try_from(at % 3).unwrap() + 1, at, event).await?;
    }
    Ok(store)
}

/// As `workbook audit export` does it.
async fn exported(store: &MemoryStore, family: Option<FamilyId>) -> Result<String, StoreError> {
    let mut txn = store.begin().await?;
    for chain in txn.audit_chains(None).await? {
        if chain.chain != Chain::HOUSE && chain.length > chain.anchored {
            let event = Event {
                last: Some(chain.length),
                head: Some(chain.head),
                ..Event::new(99, kind::ANCHOR).about(*chain.chain.as_uuid())
            };
            txn.append_audit(Chain::HOUSE, &event).await?;
            txn.audit_anchored(chain.chain, chain.length).await?;
        }
    }
    let chains = txn.audit_chains(family).await?;
    let opening = export::open(100, family, &chains);
    let mut text = opening.text.clone();
    for chain in &chains {
        for row in txn.audit_after(chain.chain, 0, 1_000).await? {
            text.push_str(&export::row(row));
        }
    }
    text.push_str(&export::end(&opening));
    txn.commit().await?;
    Ok(text)
}

fn check(text: &str) -> Result<Sound, Broken> {
    verify(text.as_bytes(), None, None)
}

fn blocking<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

#[tokio::test]
async fn an_untouched_log_is_sound_and_its_head_is_known() -> Result<(), StoreError> {
    let store = log(10).await?;
    let text = exported(&store, None).await?;
    let sound = check(&text).unwrap();
    assert_eq!((sound.rows, sound.chains), (13, 4));
    let kept = verify(text.as_bytes(), Some(sound.head), None);
    assert_eq!(kept.unwrap(), sound);
    let other = verify(text.as_bytes(), Some([1; 32]), None);
    assert!(matches!(other, Err(Broken::OtherHead { .. })), "{other:?}");
    // A family's own log stands alone.
    let own = exported(&store, Some(family())).await?;
    assert_eq!(check(&own).unwrap().rows, 10);
    // So does the log of a house in which nothing has happened.
    let nothing = exported(&MemoryStore::default(), None).await?;
    assert_eq!(check(&nothing).unwrap().rows, 0);
    Ok(())
}

#[tokio::test]
async fn a_later_log_holds_all_of_an_earlier_one() -> Result<(), StoreError> {
    let store = log(10).await?;
    let earlier = check(&exported(&store, None).await?).unwrap();
    append(&store, 1, 50, Event::new(50, kind::SUMMARY_READ)).await?;
    for family in [None, Some(family())] {
        let later = exported(&store, family).await?;
        verify(later.as_bytes(), None, Some(&earlier)).unwrap();
    }
    // Another house's, or a past that was written anew: whole by itself, and not what was exported.
    let forged = log(10).await?;
    append(&forged, 2, 51, Event::new(51, kind::SUMMARY_READ)).await?;
    let short = log(8).await?;
    for store in [forged, short] {
        let text = exported(&store, None).await?;
        check(&text).unwrap();
        let found = verify(text.as_bytes(), None, Some(&earlier));
        assert!(matches!(found, Err(Broken::Rewritten { .. })), "{found:?}");
    }
    Ok(())
}

/// Rows are cut off one chain, and everything that the file says of itself is written anew. The house's
/// chain still knows.
#[tokio::test]
async fn a_chain_that_was_cut_short_contradicts_its_anchor() -> Result<(), StoreError> {
    let store = log(9).await?;
    exported(&store, None).await?;
    let mut txn = store.begin().await?;
    let mut chains = txn.audit_chains(None).await?;
    let victim = chains.last_mut().unwrap();
    victim.length -= 1;
    let rows = txn.audit_after(victim.chain, 0, 1_000).await?;
    victim.head = rows[usize::try_from(victim.length).unwrap() - 1].hash;
    let opening = export::open(100, None, &chains);
    let mut text = opening.text.clone();
    for chain in &chains {
        let limit = u32::try_from(chain.length).unwrap();
        for row in txn.audit_after(chain.chain, 0, limit).await? {
            text.push_str(&export::row(row));
        }
    }
    text.push_str(&export::end(&opening));
    let found = check(&text);
    assert!(matches!(found, Err(Broken::Rewritten { .. })), "{found:?}");
    Ok(())
}

/// What somebody might do to a file.
#[derive(Debug, Clone)]
enum Tampering {
    Byte(prop::sample::Index, u8),
    Insert(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    DropLine(prop::sample::Index),
    RepeatLine(prop::sample::Index),
    SwapLines(prop::sample::Index, prop::sample::Index),
    Append(String),
}

fn tampering() -> impl Strategy<Value = Tampering> {
    use Tampering::{Append, Byte, Cut, DropLine, Insert, RepeatLine, SwapLines};
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Byte(at, byte)),
        (index(), any::<u8>()).prop_map(|(at, byte)| Insert(at, byte)),
        index().prop_map(Cut),
        index().prop_map(DropLine),
        index().prop_map(RepeatLine),
        (index(), index()).prop_map(|(a, b)| SwapLines(a, b)),
        "[ -~\n]{1,40}".prop_map(Append),
    ]
}

fn tampered(text: &str, how: &Tampering) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    match how {
        Tampering::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
            return bytes;
        }
        Tampering::Insert(at, byte) => {
            bytes.insert(at.index(bytes.len() + 1), *byte);
            return bytes;
        }
        Tampering::Cut(at) => {
            bytes.truncate(at.index(bytes.len()));
            return bytes;
        }
        Tampering::DropLine(at) => {
            lines.remove(at.index(lines.len()));
        }
        Tampering::RepeatLine(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
        }
        Tampering::SwapLines(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
        }
        Tampering::Append(more) => lines.push(more),
    }
    lines.concat().into_bytes()
}

proptest! {
    #[test]
    fn whatever_is_done_to_a_file_is_found(rows in 0_i64..30, how in tampering()) {
        let text = blocking(async { exported(&log(rows).await?, None).await }).unwrap();
        let other = tampered(&text, &how);
        if other == text.as_bytes() {
            verify(&other[..], None, None).unwrap();
        } else {
            prop_assert!(verify(&other[..], None, None).is_err(), "{how:?}");
        }
    }

    /// Somebody who can compute hashes alters one row and writes the rest anew: whole by itself, and
    /// another head.
    #[test]
    fn a_file_that_is_forged_whole_has_another_head(rows in 3_i64..30, at in any::<prop::sample::Index>()) {
        let (genuine, forged) = blocking(async {
            let genuine = exported(&log(rows).await?, None).await?;
            let store = MemoryStore::default();
            let altered = i64::try_from(at.index(usize::try_from(rows).unwrap())).unwrap();
            for row in 0..rows {
                let kind = if row == altered { kind::SUMMARY_READ } else { kind::PULLED };
                let event = Event { first: u64::try_from(row).ok(), ..Event::new(row, kind) };
                append(&store, u8::try_from(row % 3).unwrap() + 1, row, event).await?;
            }
            Ok::<_, StoreError>((genuine, exported(&store, None).await?))
        })
        .unwrap();
        let genuine = check(&genuine).unwrap();
        prop_assert!(check(&forged).is_ok());
        prop_assert!(verify(forged.as_bytes(), Some(genuine.head), None).is_err());
        prop_assert!(verify(forged.as_bytes(), None, Some(&genuine)).is_err());
    }
}
