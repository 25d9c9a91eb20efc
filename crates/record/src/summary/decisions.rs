//! Management decisions between group supervisions, with question, options and reasons.

use super::Line;
use crate::{
    model::ManagementDecision,
    source::Source,
    wording::{long_date, sentence},
};

/// Every management decision up to the day, newest first.
pub(super) fn decisions(source: &Source<'_>) -> Vec<Line> {
    let mut decisions: Vec<_> = source
        .workbook
        .management_decisions
        .iter()
        .filter(|(_, it)| it.on <= source.as_of)
        .collect();
    decisions.sort_by_key(|(id, it)| std::cmp::Reverse((it.on, **id)));
    decisions
        .into_iter()
        .map(|(id, it)| {
            source
                .cite_dated(format!("managementDecisions/{id}"), it.by, it.on)
                .says(decision(it))
        })
        .collect()
}

fn decision(it: &ManagementDecision) -> String {
    let mut text = format!(
        "Management decision of {}: {} Decided: {} Why: {}",
        long_date(it.on),
        sentence(&it.question),
        sentence(&it.decision),
        sentence(&it.rationale)
    );
    if !it.options.is_empty() {
        text.push_str(&format!(" Options weighed: {}.", it.options.join("; ")));
    }
    text
}
