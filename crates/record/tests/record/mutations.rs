//! The invariants of the fuzz targets (`make fuzz`), briefly.

use std::sync::LazyLock;

use proptest::prelude::*;
use record::{Change, Document, check};

use crate::{
    family::social_worker,
    forge::chunk,
    mutate::{must_hold, mutated, subject},
};

static SUBJECT: LazyLock<(Document, Change)> = LazyLock::new(subject);

#[test]
fn without_a_mutation_the_change_is_accepted() {
    let (document, honest) = &*SUBJECT;
    let change = Change::decode(&mutated(honest, &[])).unwrap();
    assert_eq!(change.hash(), honest.hash());
    assert_eq!(check(document, &change, &social_worker()).unwrap().len(), 2);
    must_hold(document, honest.bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn altered_changes_alter_nothing(mutations in prop::collection::vec(any::<[u8; 4]>(), 1..4)) {
        let (document, honest) = &*SUBJECT;
        must_hold(document, &mutated(honest, &mutations));
    }

    #[test]
    fn altered_bytes_with_the_right_checksum_alter_nothing(
        flips in prop::collection::vec(any::<[u8; 3]>(), 1..4),
    ) {
        let (document, honest) = &*SUBJECT;
        let flips: Vec<_> = flips.iter().map(|[high, low, with]| [31, *high, *low, *with]).collect();
        must_hold(document, &mutated(honest, &flips));
    }

    #[test]
    fn any_body_with_the_right_checksum_is_read_or_refused(body in prop::collection::vec(0u8.., 0..200)) {
        let (document, _) = &*SUBJECT;
        must_hold(document, &chunk(1, &body, &body));
    }
}
