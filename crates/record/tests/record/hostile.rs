//! Bytes made to hang, fill or crash whoever reads them: each is refused unread, at once.

use record::{
    Change, Document, Rule, check, contents,
    ids::RecordId,
    model::{Appendment, Collection, Record},
};

use crate::{
    family::{at, id, set_up, social_worker, with_visit, write},
    forge::{BOMB, Forged, chunk, run, signed, text, unsigned},
};

/// A well-formed change that creates an empty appendment on top of a document.
fn forged(document: &Document) -> Forged {
    let collection = Collection::Appendments as u64 + 1;
    let key = id::<RecordId>(90).to_string();
    Forged::record(document.heads(), next_operation(document), collection, &key)
}

/// The number that the next operation on a document has.
fn next_operation(document: &Document) -> u64 {
    let last = document.changes().pop().unwrap();
    let last = automerge::Change::from_bytes(last.bytes().to_vec()).unwrap();
    last.max_op() + 1
}

fn refusal(forged: &Forged) -> Rule {
    let plain = Change::decode(&forged.bytes()).unwrap_err().rule;
    let packed = Change::decode(&forged.packed()).unwrap_err().rule;
    assert_eq!(plain, packed);
    plain
}

#[test]
fn what_is_forged_here_is_what_automerge_writes() {
    let document = set_up();
    for bytes in [forged(&document).bytes(), forged(&document).packed()] {
        let change = Change::decode(&bytes).unwrap();
        assert_eq!(change.deps(), document.heads());
        // The rules read it, too: an appendment needs more than a name.
        let refusal = check(&document, &change, &social_worker()).unwrap_err();
        assert_eq!(refusal.rule, Rule::InvalidValue);
        assert_eq!(contents(&change).unwrap_err(), refusal);
    }
}

#[test]
fn runs_of_a_quintillion_are_refused_in_every_column() {
    let honest = forged(&set_up());
    let nulls = [signed(0), unsigned(BOMB.unsigned_abs())].concat();
    for spec in [0x01, 0x02, 0x11, 0x42, 0x56, 0x70, 0x71] {
        assert_eq!(
            refusal(&honest.clone().with(spec, run(BOMB, &[0]))),
            Rule::TooLarge
        );
        assert_eq!(
            refusal(&honest.clone().with(spec, nulls.clone())),
            Rule::TooLarge
        );
    }
    for spec in [0x13, 0x73] {
        assert_eq!(
            refusal(&honest.clone().with(spec, run(BOMB, &signed(0)))),
            Rule::TooLarge
        );
    }
    for spec in [0x15, 0xa5] {
        assert_eq!(
            refusal(&honest.clone().with(spec, run(BOMB, &text("x")))),
            Rule::TooLarge
        );
    }
    for spec in [0x34, 0x94] {
        let many = unsigned(BOMB.unsigned_abs());
        assert_eq!(refusal(&honest.clone().with(spec, many)), Rule::TooLarge);
    }
    // All at once, as a bomb that goes off would have it.
    let whole = [0x01, 0x02, 0x42, 0x56, 0x70]
        .into_iter()
        .fold(honest, |it, spec| it.with(spec, run(BOMB, &[0])))
        .with(0x15, run(BOMB, &text("x")))
        .with(0x34, unsigned(BOMB.unsigned_abs()));
    assert_eq!(refusal(&whole), Rule::TooLarge);
}

#[test]
fn counts_that_overflow_are_refused() {
    let honest = forged(&set_up());
    let least = honest.clone().with(0x42, run(i64::MIN, &[0]));
    assert_eq!(refusal(&least), Rule::TooLarge);
    // One operation that claims to replace a quintillion others.
    let preds = run(-1, &unsigned(BOMB.unsigned_abs()));
    assert_eq!(refusal(&honest.clone().with(0x70, preds)), Rule::TooLarge);
    let preds = run(2, &unsigned(u64::MAX));
    assert_eq!(refusal(&honest.clone().with(0x70, preds)), Rule::TooLarge);
    // A text of an exabyte.
    let meta = run(-1, &unsigned(u64::MAX - 9));
    assert_eq!(
        refusal(&honest.clone().with(0x56, meta).with(0x57, vec![1])),
        Rule::MalformedChange
    );
}

#[test]
fn lengths_past_the_end_are_refused() {
    let honest = forged(&set_up());
    for claimed in [1 << 62, u64::MAX] {
        let deps = Forged {
            deps_claimed: Some(claimed),
            ..honest.clone()
        };
        assert_eq!(refusal(&deps), Rule::TooLarge);
        let message = Forged {
            message_claimed: Some(claimed),
            ..honest.clone()
        };
        assert_eq!(refusal(&message), Rule::MalformedChange);
        let key = [signed(-1), unsigned(claimed)].concat();
        assert_eq!(
            refusal(&honest.clone().with(0x15, key)),
            Rule::MalformedChange
        );
    }
    let bytes = honest.bytes();
    for end in 0..bytes.len() {
        let refusal = Change::decode(&bytes[..end]).unwrap_err();
        assert_eq!(refusal.rule, Rule::MalformedChange);
    }
    let doubled = [bytes.clone(), bytes].concat();
    assert_eq!(
        Change::decode(&doubled).unwrap_err().rule,
        Rule::MalformedChange
    );
}

#[test]
fn indexes_and_counters_that_automerge_panics_on_are_refused() {
    let honest = forged(&set_up());
    let wide = unsigned(1 << 40);
    let cases = [
        // An actor that the change doesn't name.
        honest.clone().with(0x01, run(-1, &[2])),
        honest.clone().with(0x01, run(-1, &wide)),
        honest
            .clone()
            .with(0x11, run(-1, &[9]))
            .with(0x13, run(-1, &[1])),
        // Counters past 32 bits, and before nought.
        honest.clone().with(0x02, run(-1, &wide)),
        honest.clone().with(0x13, run(-1, &signed(1 << 40))),
        honest.clone().with(0x13, run(-1, &signed(-1))),
        honest.clone().with(0x73, run(2, &signed(i64::MAX))),
        Forged {
            start: u64::from(u32::MAX),
            ..honest.clone()
        },
        Forged {
            start: u64::MAX,
            ..honest.clone()
        },
        Forged {
            start: 0,
            ..honest.clone()
        },
        // Actions that nobody knows.
        honest.clone().with(0x42, run(-1, &[8])),
        honest.clone().with(0x42, run(-1, &wide)),
        // No name, and a name of a kilobyte.
        Forged {
            actor: vec![],
            ..honest.clone()
        },
        Forged {
            actor: vec![7; 1024],
            ..honest.clone()
        },
    ];
    for (position, case) in cases.iter().enumerate() {
        assert_eq!(refusal(case), Rule::MalformedChange, "case {position}");
    }
}

#[test]
fn nothing_is_hidden_where_nobody_reads() {
    let honest = forged(&set_up());
    let author = vec![1, 2, 0xab, 0xcd];
    let cases = [
        honest.clone().with(0xf2, run(-1, &[7])),
        Forged {
            message: b"read me".to_vec(),
            ..honest.clone()
        },
        // Automerge takes this for an author, and panics on it in any but a first change.
        Forged {
            footer: author,
            seq: 2,
            ..honest.clone()
        },
        // Deflated columns belong into saved documents only.
        honest.clone().with(0x42 | 8, run(-1, &[0])),
        // An actor that no operation names.
        Forged {
            others: vec![vec![0; 16], vec![9; 16]],
            ..honest.clone()
        },
    ];
    for (position, case) in cases.iter().enumerate() {
        assert_eq!(refusal(case), Rule::MalformedChange, "case {position}");
    }
}

#[test]
fn a_long_key_is_not_multiplied() {
    let honest = forged(&set_up());
    let key = "k".repeat(100_000);
    assert_eq!(
        refusal(&honest.with(0x15, run(10_000, &text(&key)))),
        Rule::TooLarge
    );
}

/// Accepted, the first would leave a document that saves and never loads again: Automerge encodes
/// its changes anew when it loads, and compares the hashes. Times that far apart overflow.
#[test]
fn a_change_that_would_spoil_the_document_for_ever_is_refused() {
    let document = set_up();
    let honest = forged(&document);
    let spoils = |forged: &Forged| {
        let mut spoilt = automerge::Automerge::load(&document.save()).unwrap();
        let change = automerge::Change::from_bytes(forged.bytes()).unwrap();
        spoilt.apply_changes([change]).unwrap();
        automerge::Automerge::load(&spoilt.save()).is_err()
    };
    assert!(!spoils(&honest));
    let otherwise = honest.clone().with(0x42, run(1, &[0]));
    assert!(spoils(&otherwise));
    let earlier = Forged {
        time: i64::MIN,
        ..honest.clone()
    };
    let later = Forged {
        time: i64::MAX,
        ..honest.clone()
    };
    for (position, case) in [otherwise, earlier, later].iter().enumerate() {
        assert_eq!(refusal(case), Rule::MalformedChange, "case {position}");
    }
}

#[test]
fn a_change_is_the_next_of_its_actor() {
    let (mut document, first) = with_visit();
    let honest = forged(&document);
    for seq in [0, 2, 5, u64::from(u32::MAX) + 2, u64::MAX] {
        let change = Change::decode(
            &Forged {
                seq,
                ..honest.clone()
            }
            .bytes(),
        )
        .unwrap();
        let refusal = check(&document, &change, &social_worker()).unwrap_err();
        assert_eq!(refusal.rule, Rule::MalformedChange, "seq {seq}");
        assert_eq!(
            document.apply(&change).unwrap_err().rule,
            Rule::MalformedChange
        );
    }
    // Another device's actor: that one has written already.
    for seq in [1, 3] {
        let actor = first.actor().to_vec();
        let change = Change::decode(
            &Forged {
                actor,
                seq,
                ..honest.clone()
            }
            .bytes(),
        )
        .unwrap();
        assert!(check(&document, &change, &social_worker()).is_err());
        assert!(document.apply(&change).is_err());
    }
    document.apply(&first).unwrap();
    assert_eq!(document.changes().len(), 2);
}

#[test]
fn a_change_is_numbered_on_from_what_it_builds_on() {
    let document = set_up();
    let next = next_operation(&document);
    for start in [1, 2, next - 1, next + 1, next + 1_000_000] {
        let change = Change::decode(
            &Forged {
                start,
                ..forged(&document)
            }
            .bytes(),
        )
        .unwrap();
        let refusal = check(&document, &change, &social_worker()).unwrap_err();
        assert_eq!(refusal.rule, Rule::MalformedChange, "start {start}");
    }
    // Built on nothing, so that it could stand before everything.
    let rootless = Forged {
        deps: vec![],
        ..forged(&document)
    };
    let change = Change::decode(&rootless.bytes()).unwrap();
    assert!(check(&document, &change, &social_worker()).is_err());
    let twice = Forged {
        deps: [document.heads(), document.heads()].concat(),
        ..forged(&document)
    };
    assert_eq!(refusal(&twice), Rule::MalformedChange);
}

#[test]
fn other_chunks_are_no_changes() {
    let document = set_up().save();
    assert_eq!(
        Change::decode(&document).unwrap_err().rule,
        Rule::MalformedChange
    );
    for kind in [0, 3, 4, 255] {
        let bytes = chunk(kind, &[0; 40], &[0; 40]);
        assert_eq!(
            Change::decode(&bytes).unwrap_err().rule,
            Rule::MalformedChange
        );
    }
}

#[test]
fn a_change_of_many_operations_passes_up_to_its_limit() {
    let (mut document, _) = with_visit();
    let records: Vec<_> = (0..250)
        .map(|n| {
            let appendment = Appendment {
                entry: id(21),
                reason: record::terms::AppendmentReason::Correction,
                text: format!("Line {n}"),
                by: social_worker().professional,
                at: at(),
            };
            let key = record::ids::mint(1_800_000_000_000 + n, [7; 10]);
            Record::new(RecordId::from(key), appendment)
        })
        .collect();
    let before = document.clone();
    let change = write(&mut document, &records, &social_worker()).unwrap();
    let decoded = Change::decode(change.bytes()).unwrap();
    assert_eq!(decoded.hash(), change.hash());
    assert_eq!(check(&before, &decoded, &social_worker()).unwrap(), records);
}
