//! What may replace what: only its own kind, about the same person, and never in a ring.

use std::collections::BTreeMap;

use super::references::Index;
use crate::{
    Refusal, Rule,
    ids::RecordId,
    model::{Collection, Content, Fact, PlanStatusChange, Record},
};

/// A fact settles only what is said of its own person and field; anything else would hide it.
pub(super) fn check_fact(
    fact: &Fact,
    id: RecordId,
    at: &str,
    index: &Index<'_>,
) -> Result<(), Refusal> {
    index.need(Collection::Facts, id, at)?;
    match index.record(Collection::Facts, id) {
        Some(Content::Facts(other)) if other.person == fact.person && other.field == fact.field => {
            Ok(())
        }
        _ => Err(Refusal::new(
            Rule::InvalidValue,
            "a fact replaces only facts of the same person and the same field",
        )
        .at(at)),
    }
}

/// What a record says that it replaces.
fn superseded(content: &Content) -> &[RecordId] {
    match content {
        Content::Facts(fact) => &fact.supersedes,
        Content::SafetyPlans(plan) => &plan.supersedes,
        Content::PlanStatuses(change) => &change.supersedes,
        _ => &[],
    }
}

/// Records of one change that replace each other in a ring would all be out of force at once, and
/// nothing would stand in their place. Between changes there are no rings: what is replaced was there
/// before.
pub(super) fn check_rings(records: &[Record]) -> Result<(), Refusal> {
    let mut open: BTreeMap<(Collection, RecordId), &[RecordId]> = records
        .iter()
        .filter(|record| !superseded(&record.content).is_empty())
        .filter_map(|it| {
            Some((
                (it.content.collection(), it.id.parse().ok()?),
                superseded(&it.content),
            ))
        })
        .collect();
    while !open.is_empty() {
        let is_open = |of: Collection, id: &RecordId| open.contains_key(&(of, *id));
        let ends: Vec<_> = open
            .iter()
            .filter(|((of, _), replaces)| !replaces.iter().any(|id| is_open(*of, id)))
            .map(|(key, _)| *key)
            .collect();
        let Some((of, id)) = open.keys().next().filter(|_| ends.is_empty()) else {
            open.retain(|key, _| !ends.contains(key));
            continue;
        };
        return Err(Refusal::new(
            Rule::InvalidValue,
            "these replace each other, so that none of them would stand: let one of them stand",
        )
        .on(format!("{}/{id}", of.name()))
        .at("supersedes"));
    }
    Ok(())
}

/// A change of plan corrects only what is said of the same child.
pub(super) fn check_plan_change(
    change: &PlanStatusChange,
    id: RecordId,
    at: &str,
    index: &Index<'_>,
) -> Result<(), Refusal> {
    index.need_here(Collection::PlanStatuses, id, at)?;
    match index.record(Collection::PlanStatuses, id) {
        Some(Content::PlanStatuses(other)) if other.child == change.child => Ok(()),
        _ => Err(Refusal::new(
            Rule::InvalidValue,
            "a change of plan replaces only changes of the same child",
        )
        .at(at)),
    }
}
