//! Random writing of every kind and random sync by five devices of four people, over a network that
//! drops, repeats and reorders: everyone ends with the same, and with all that anybody said.

use jiff::civil::date;
use proptest::{prelude::*, strategy::ValueTree as _};
use record::{
    Workbook,
    model::{Collection, Content},
};

use crate::{
    edits::{Edit, Kind, Written, edit},
    family::set_up,
    world::{World, step},
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_all_end_alike(steps in prop::collection::vec(step(), 1..80)) {
        let set_up = set_up().read();
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.nothing_was_altered(&set_up);
        world.months_pass();
        world.must_hold(&set_up);
    }
}

/// The edits reach every kind of record: nothing of the model is left out of the property above.
#[test]
fn the_edits_write_every_kind_of_record() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut document = set_up();
    let mut written = Written::on(1);
    for _ in 0..150 {
        let edit = edit().new_tree(&mut runner).unwrap().current();
        written.write(&mut document, edit);
    }
    let workbook = document.read();
    assert_eq!(workbook.unreadable, vec![]);
    for collection in Collection::ALL {
        let count = workbook_count(&workbook, *collection);
        assert!(count > 0, "no edit writes {}", collection.name());
    }
    let entries = serde_json::to_value(&workbook.entries).unwrap();
    let mut fields: Vec<&String> = entries
        .as_object()
        .unwrap()
        .values()
        .flat_map(|it| it.as_object().unwrap().keys())
        .collect();
    fields.sort_unstable();
    fields.dedup();
    // All that `model::Entry` has.
    assert_eq!(fields.len(), 28, "{fields:?}");
    let today = date(2026, 9, 30);
    let actions = record::summary::summary(&workbook, today).actions;
    assert!(
        actions.iter().any(|it| it.status.len() > 1),
        "nobody reopens what another closes"
    );
}

fn workbook_count(workbook: &Workbook, collection: Collection) -> usize {
    let value = serde_json::to_value(workbook).unwrap();
    let held = &value[collection.name()];
    if collection == Collection::Covers {
        return usize::from(Content::from_value(collection, held.clone()).is_ok());
    }
    held.as_object().map_or(0, serde_json::Map::len)
}

#[test]
fn the_edits_disagree_about_facts_and_settle_them() {
    let mut document = set_up();
    let mut written = Written::on(1);
    let edit = |kind, day| Edit {
        kind,
        day,
        says: 0,
        pick: 0,
    };
    for (edit, disagreements) in [
        (edit(Kind::Fact, 1), 0),
        (edit(Kind::Fact, 2), 1),
        (edit(Kind::Settle, 3), 0),
    ] {
        written.write(&mut document, edit).unwrap();
        assert_eq!(document.read().disagreements().len(), disagreements);
    }
}
