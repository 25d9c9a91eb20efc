//! What was decided: changes of plan, group supervisions, management decisions.

use std::collections::BTreeSet;

use super::{
    Category,
    events::{Told, event, on},
};
use crate::{
    ids::RecordId,
    model::{ManagementDecision, PlanStatusChange, Supervision},
    source::Source,
    wording::{long_date, sentence},
};

pub(super) fn from_plan(source: &Source<'_>, id: RecordId, it: &PlanStatusChange) -> Told {
    let citation = source.cite_dated(format!("planStatuses/{id}"), it.by, it.from);
    let name = source.workbook.person_name(it.child);
    let mut what = format!("{name}: {}", it.status.label());
    if let Some(category) = &it.category {
        what.push_str(&format!(" ({})", category.label()));
    }
    let known_from = format!(
        "plan status recorded by {}",
        source.workbook.professional_name(it.by)
    );
    Told {
        event: event(
            source,
            on(it.from),
            Category::Plan,
            vec![it.child],
            (&what, None),
            known_from,
            citation,
        ),
        tags: vec![it.child],
        around: BTreeSet::new(),
        words: Vec::new(),
    }
}

/// The supervision itself, then each of its decisions: they can be about different children.
pub(super) fn from_supervision(source: &Source<'_>, id: RecordId, it: &Supervision) -> Vec<Told> {
    let chair = source.workbook.professional_name(it.chair);
    let known_from = format!("group supervision of {}", long_date(it.date));
    let tell = |what: String, words: Vec<String>| Told {
        event: event(
            source,
            on(it.date),
            Category::Supervision,
            Vec::new(),
            (&what, None),
            known_from.clone(),
            source.cite_dated(format!("supervisions/{id}"), it.by, it.date),
        ),
        tags: Vec::new(),
        around: BTreeSet::new(),
        words,
    };
    let mut told = vec![tell(format!("held, chaired by {chair}"), Vec::new())];
    told.extend(it.decisions.iter().map(|decision| {
        let what = format!(
            "decided: {} Why: {}",
            sentence(&decision.text),
            sentence(&decision.rationale)
        );
        tell(
            what,
            vec![decision.text.clone(), decision.rationale.clone()],
        )
    }));
    told
}

pub(super) fn from_decision(source: &Source<'_>, id: RecordId, it: &ManagementDecision) -> Told {
    let what = format!(
        "{} Decided: {} Why: {}",
        sentence(&it.question),
        sentence(&it.decision),
        sentence(&it.rationale)
    );
    let known_from = format!(
        "management decision by {}",
        source.workbook.professional_name(it.by)
    );
    Told {
        event: event(
            source,
            on(it.on),
            Category::Decision,
            Vec::new(),
            (&what, None),
            known_from,
            source.cite_dated(format!("managementDecisions/{id}"), it.by, it.on),
        ),
        tags: Vec::new(),
        around: BTreeSet::new(),
        words: vec![
            it.question.clone(),
            it.decision.clone(),
            it.rationale.clone(),
        ],
    }
}
