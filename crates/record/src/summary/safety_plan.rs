//! The safety plan in force, with who must not learn of it before anything else.
//!
//! A plan is in force until another one that counts supersedes it. Two that were agreed without
//! knowing of each other are both in force: nobody's step is dropped by order of arrival.

use super::{Line, SafetyPlanLines};
use crate::{
    ids::RecordId,
    model::SafetyPlan,
    source::{Citation, Source},
    wording::{in_a_row, sentence},
};

pub(super) fn in_force(source: &Source<'_>) -> Vec<SafetyPlanLines> {
    let plans: Vec<_> = source
        .workbook
        .safety_plans
        .iter()
        .filter_map(|(id, plan)| Some((*id, plan, cite(source, *id, plan)?)))
        .collect();
    plans
        .iter()
        .filter(|(id, ..)| {
            !plans
                .iter()
                .any(|(by, other, _)| by != id && other.supersedes.contains(id))
        })
        .map(|(id, plan, citation)| lines(source, *id, plan, citation))
        .collect()
}

fn cite(source: &Source<'_>, id: RecordId, plan: &SafetyPlan) -> Option<Citation> {
    source.cite_written_in(plan.entry, format!("safetyPlans/{id}"), plan.by, plan.at)
}

fn lines(
    source: &Source<'_>,
    id: RecordId,
    plan: &SafetyPlan,
    citation: &Citation,
) -> SafetyPlanLines {
    let kept_from = source.parties(&plan.must_not_be_shared_with);
    let warning = (!kept_from.is_empty()).then(|| {
        citation.clone().says(format!(
            "This safety plan must not be shared with {}.",
            in_a_row(&kept_from)
        ))
    });
    let mut lines: Vec<Line> = Vec::new();
    if !plan.agreed_with.is_empty() {
        let with = in_a_row(&source.parties(&plan.agreed_with));
        lines.push(citation.clone().says(format!("Agreed with {with}.")));
    }
    let steps = plan.steps.iter().zip(1..);
    lines.extend(steps.map(|(step, number): (_, u32)| {
        citation
            .clone()
            .says(format!("Step {number}: {}", sentence(step)))
    }));
    SafetyPlanLines {
        id,
        must_not_be_shared_with: kept_from,
        warning,
        lines,
    }
}
