//! The summary for a reader who holds compartments: the same sentences, each marked with the
//! compartments that it would not stand without.
//!
//! Marked by difference, not by bookkeeping: the summary is drawn up once with everything and once
//! without each compartment. A sentence that is missing or reads otherwise without a compartment
//! comes from it, however indirectly.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{Line, Summary, summary};
use crate::{family::WholeFamily, terms::Compartment};

/// That a compartment exists beside the team's document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CompartmentNotice {
    /// Which.
    pub compartment: Compartment,
    /// Whether this reader holds it.
    pub held: bool,
}

/// Draws up the summary of what a reader holds, as of a day.
///
/// `name_sealed` is the council's configuration: whether a reader learns that compartments exist
/// which they do not hold. Nothing of their content is ever here to be told.
pub fn summary_of_family(family: &WholeFamily, as_of: Date, name_sealed: bool) -> Summary {
    let mut whole = summary(&family.whole(), as_of);
    let kinds: BTreeSet<&Compartment> = family.held().map(|(compartment, _)| compartment).collect();
    let mut marks = vec![Vec::new(); whole.lines().len()];
    for kind in &kinds {
        let without = summary(&family.without(Some(kind)), as_of);
        let known: HashSet<&Line> = without.lines().into_iter().collect();
        for (mark, line) in marks.iter_mut().zip(whole.lines()) {
            if !known.contains(line) {
                mark.push((*kind).clone());
            }
        }
    }
    for (line, mark) in whole.lines_mut().into_iter().zip(marks) {
        line.compartments = mark;
    }
    let held = kinds.into_iter().map(|kind| CompartmentNotice {
        compartment: kind.clone(),
        held: true,
    });
    whole.compartments = held.collect();
    if name_sealed {
        let sealed = family.sealed().map(|kind| CompartmentNotice {
            compartment: kind.clone(),
            held: false,
        });
        whole.compartments.extend(sealed);
    }
    whole
}
