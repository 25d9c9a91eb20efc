//! Saved documents made to hang, fill or crash whoever opens them: each is refused at once.

use proptest::prelude::*;
use record::{Document, LoadError, model::Collection};

use crate::{
    family::with_visit,
    forge::{BOMB, chunk, document, run, signed, text, unsigned},
    forge_document::Parts,
    full::team,
};

const CHANGES: usize = 0;
const OPERATIONS: usize = 1;

fn honest() -> (Document, Parts) {
    let document = team();
    let parts = Parts::of(&document.save());
    (document, parts)
}

fn refusal(parts: &Parts) -> LoadError {
    let plain = Document::load(&parts.bytes(false)).unwrap_err();
    assert_eq!(Document::load(&parts.bytes(true)).unwrap_err(), plain);
    plain
}

fn is_damaged(error: &LoadError) -> bool {
    matches!(error, LoadError::Damaged { .. })
}

#[test]
fn what_is_put_together_here_is_what_automerge_saves() {
    let (document, parts) = honest();
    for packed in [false, true] {
        let loaded = Document::load(&parts.bytes(packed)).unwrap();
        assert_eq!(loaded.heads(), document.heads());
        assert_eq!(loaded.read(), document.read());
    }
}

#[test]
fn a_deflated_bomb_is_not_unpacked() {
    let (_, parts) = honest();
    let zeros = vec![0; 96 * 1024 * 1024];
    // Texts, keys, and a column of the changes.
    for (block, spec) in [(OPERATIONS, 0x57), (OPERATIONS, 0x15), (CHANGES, 0x35)] {
        let bomb = parts.with(block, spec, zeros.clone()).bytes(true);
        assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
        assert_eq!(Document::load(&bomb).unwrap_err(), LoadError::TooLarge);
    }
}

#[test]
fn runs_of_a_quintillion_are_refused_in_every_column() {
    let (_, parts) = honest();
    let nulls = [signed(0), unsigned(BOMB.unsigned_abs())].concat();
    let integers = [
        (CHANGES, 0x01),
        (CHANGES, 0x40),
        (CHANGES, 0x56),
        (OPERATIONS, 0x01),
        (OPERATIONS, 0x02),
        (OPERATIONS, 0x11),
        (OPERATIONS, 0x21),
        (OPERATIONS, 0x42),
        (OPERATIONS, 0x56),
        (OPERATIONS, 0x80),
        (OPERATIONS, 0x81),
    ];
    let deltas = [
        (CHANGES, 0x03),
        (CHANGES, 0x13),
        (CHANGES, 0x23),
        (CHANGES, 0x43),
        (OPERATIONS, 0x13),
        (OPERATIONS, 0x23),
        (OPERATIONS, 0x83),
    ];
    let texts = [(CHANGES, 0x35), (OPERATIONS, 0x15), (OPERATIONS, 0xa5)];
    let one = [
        (&integers[..], vec![0]),
        (&deltas, signed(0)),
        (&texts, text("x")),
    ];
    for (columns, value) in one {
        for (block, spec) in columns {
            for bomb in [run(BOMB, &value), nulls.clone(), run(i64::MIN, &value)] {
                let refused = refusal(&parts.with(*block, *spec, bomb));
                assert_eq!(refused, LoadError::TooLarge, "{block} {spec:x}");
            }
        }
    }
    for spec in [0x34, 0x94] {
        let many = unsigned(BOMB.unsigned_abs());
        assert_eq!(
            refusal(&parts.with(OPERATIONS, spec, many)),
            LoadError::TooLarge
        );
    }
}

#[test]
fn absurd_counts_and_numbers_are_refused() {
    let (_, parts) = honest();
    let changes = parts.blocks[CHANGES].clone();
    let of = |spec: u64| changes.iter().find(|it| it.0 == spec).unwrap().1.clone();
    // A last change that claims four billion operations: room would be set aside for each.
    let mut claims = of(0x13);
    let last = claims.pop().unwrap();
    assert!(last < 0x80, "the last difference is written in one byte");
    claims.extend(signed(i64::from(u32::MAX) / 2));
    assert!(is_damaged(&refusal(&parts.with(CHANGES, 0x13, claims))));
    // A change that builds on itself, on later ones, on none that exists.
    for far in [6, 1_000, i64::from(u32::MAX)] {
        let count = run(6, &unsigned(1));
        let to = run(6, &signed(far));
        let parts = parts.with(CHANGES, 0x40, count).with(CHANGES, 0x43, to);
        assert!(is_damaged(&refusal(&parts)));
    }
    // Actors that nobody names, operations of nobody, unknown columns and actions.
    let cases = [
        (CHANGES, 0x01, run(6, &[200])),
        (OPERATIONS, 0x21, run(3, &unsigned(1 << 40))),
        (OPERATIONS, 0x01, run(3, &[200])),
        (OPERATIONS, 0x42, run(3, &[8])),
        (OPERATIONS, 0x23, run(-1, &signed(-1))),
        (OPERATIONS, 0xf2, run(-1, &[1])),
        (CHANGES, 0xf2, run(-1, &[1])),
        (CHANGES, 0x23, run(-1, &signed(i64::MAX))),
        (OPERATIONS, 0x57, vec![1, 2, 3]),
        (CHANGES, 0x57, vec![1, 2, 3]),
    ];
    for (block, spec, data) in cases {
        assert!(
            is_damaged(&refusal(&parts.with(block, spec, data))),
            "{block} {spec:x}"
        );
    }
    let mut nameless = parts.clone();
    nameless.actors[0].clear();
    assert!(is_damaged(&refusal(&nameless)));
    for claimed in [1 << 20, 1 << 62, u64::MAX] {
        assert_eq!(
            Document::load(&document(&unsigned(claimed))).unwrap_err(),
            LoadError::TooLarge
        );
        let heads = [unsigned(0), unsigned(claimed)].concat();
        assert_eq!(
            Document::load(&document(&heads)).unwrap_err(),
            LoadError::TooLarge
        );
        let columns = [unsigned(0), unsigned(0), unsigned(claimed)].concat();
        assert!(is_damaged(
            &Document::load(&document(&columns)).unwrap_err()
        ));
    }
}

#[test]
fn what_automerge_panics_on_is_refused() {
    let (_, parts) = honest();
    let null = [signed(0), unsigned(1)].concat();
    let cases = [
        // Gaps where none can be.
        (CHANGES, 0x03, null.clone()),
        (CHANGES, 0x13, null.clone()),
        (CHANGES, 0x40, null.clone()),
        (OPERATIONS, 0x21, null.clone()),
        (OPERATIONS, 0x23, null),
        // Words behind the changes, and none there.
        (CHANGES, 0x56, run(6, &unsigned(7 << 4 | 7))),
    ];
    for (block, spec, data) in cases {
        assert!(
            is_damaged(&refusal(&parts.with(block, spec, data))),
            "{block} {spec:x}"
        );
    }
    let mut wordless = parts;
    wordless.blocks[OPERATIONS].retain(|(spec, _)| *spec != 0x57);
    assert!(is_damaged(&refusal(&wordless)));
}

#[test]
fn operations_that_share_a_number_are_refused() {
    let (document, parts) = honest();
    let changes = document.changes().into_iter();
    let changes = changes.map(|it| automerge::Change::from_bytes(it.bytes().to_vec()).unwrap());
    let all = changes.map(|it| it.len()).sum::<usize>() + Collection::ALL.len();
    let all = i64::try_from(all).unwrap();
    assert!(is_damaged(&refusal(&parts.with(
        OPERATIONS,
        0x23,
        run(all, &signed(0))
    ))));
}

#[test]
fn truncated_altered_and_other_bytes_are_refused() {
    let (document, change) = with_visit();
    let saved = document.save();
    for end in 0..saved.len() {
        assert!(
            is_damaged(&Document::load(&saved[..end]).unwrap_err()),
            "{end}"
        );
    }
    for at in 0..saved.len() {
        let mut altered = saved.clone();
        altered[at] ^= 0x41;
        assert!(Document::load(&altered).is_err(), "byte {at}");
    }
    let mut wrong = saved.clone();
    wrong[4] ^= 1;
    let wrong = Document::load(&wrong).unwrap_err();
    assert!(wrong.to_string().contains("checksum"), "{wrong}");
    assert!(wrong.to_string().contains("restore it"), "{wrong}");
    let doubled = [saved.clone(), saved].concat();
    assert!(is_damaged(&Document::load(&doubled).unwrap_err()));
    assert!(is_damaged(&Document::load(change.bytes()).unwrap_err()));
    for kind in [1, 2, 3, 4, 255] {
        assert!(Document::load(&chunk(kind, &[0; 40], &[0; 40])).is_err());
    }
    let other = automerge::Automerge::new().save();
    assert_eq!(Document::load(&other).unwrap_err(), LoadError::NotAWorkbook);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Altered at random, but with the right lengths and checksum: refused, or read like any other.
    #[test]
    fn altered_columns_are_refused_or_read(
        alterations in prop::collection::vec((any::<bool>(), any::<u8>(), any::<u16>(), any::<u8>()), 1..5),
        packed: bool,
    ) {
        let (document, _) = with_visit();
        let mut parts = Parts::of(&document.save());
        for (block, column, at, with) in alterations {
            let columns = &mut parts.blocks[usize::from(block)];
            let count = columns.len();
            let data = &mut columns[usize::from(column) % count].1;
            let at = usize::from(at) % data.len().max(1);
            match with % 4 {
                0 => data.truncate(at),
                1 => data.insert(at, with),
                _ => {
                    if let Some(byte) = data.get_mut(at) {
                        *byte ^= with;
                    }
                }
            }
        }
        if let Ok(loaded) = Document::load(&parts.bytes(packed)) {
            loaded.read();
            loaded.changes();
            prop_assert!(Document::load(&loaded.save()).is_ok());
        }
    }
}
