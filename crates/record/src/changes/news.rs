//! Records that the later point has and the earlier one had not.

use super::Points;
use crate::{
    model::SafetyPlan,
    source::{Line, Source},
    summary::{self, contact, goal_news},
    wording::{capital, in_a_row, long_date, sentence},
};

pub(super) fn entries(points: &Points<'_>) -> Vec<Line> {
    let known = &points.before.workbook.entries;
    let after = &points.after;
    let new = after
        .entries
        .iter()
        .filter(|(id, _)| !known.contains_key(id));
    new.map(|(id, entry)| after.line(contact(after, entry), *id, entry))
        .collect()
}

/// Withdrawals, then appendments to entries that count.
pub(super) fn amended(points: &Points<'_>) -> Vec<Line> {
    let (before, after) = (points.before.workbook, &points.after);
    let withdrawals = after.workbook.withdrawals.iter();
    let withdrawals = withdrawals
        .filter(|(id, _)| !before.withdrawals.contains_key(id))
        .map(|(id, it)| {
            let text = format!(
                "An entry was withdrawn by a manager: {}",
                sentence(&it.reason)
            );
            after
                .cite_record(format!("withdrawals/{id}"), it.by, it.at)
                .says(text)
        });
    let appendments = after.workbook.appendments.iter();
    let appendments = appendments
        .filter(|(id, _)| !before.appendments.contains_key(id))
        .filter_map(|(id, it)| {
            let entry = after.entry(it.entry)?;
            let text = format!(
                "{} to the entry of {}: {}",
                capital(it.reason.label()),
                long_date(entry.occurred.start.date()),
                sentence(&it.text)
            );
            let mut citation = after.cite_record(format!("appendments/{id}"), it.by, it.at);
            citation.entry = Some(it.entry);
            Some(citation.says(text))
        });
    withdrawals.chain(appendments).collect()
}

/// New concerns, then closures.
pub(super) fn concerns(points: &Points<'_>) -> Vec<Line> {
    let (before, after) = (points.before.workbook, &points.after);
    let raised = after.workbook.concerns.iter();
    let raised = raised
        .filter(|(id, _)| !before.concerns.contains_key(id))
        .filter_map(|(id, it)| {
            let record = format!("concerns/{id}");
            let citation = after.cite_written_in(it.entry, record, it.by, it.at)?;
            Some(citation.says(format!("New concern: {}", sentence(&it.statement))))
        });
    let closures = after.workbook.concern_closures.iter();
    let closures = closures
        .filter(|(id, _)| !before.concern_closures.contains_key(id))
        .map(|(id, it)| {
            let concern = after.workbook.concerns.get(&it.concern);
            let statement = concern.map_or("a concern", |it| it.statement.as_str());
            let text = format!(
                "Concern closed: {} Why: {}",
                sentence(statement),
                sentence(&it.reason)
            );
            after
                .cite_record(format!("concernClosures/{id}"), it.by, it.at)
                .says(text)
        });
    raised.chain(closures).collect()
}

/// New goals, then news of goals.
pub(super) fn goals(points: &Points<'_>) -> Vec<Line> {
    let (before, after) = (points.before.workbook, &points.after);
    let agreed = after.workbook.goals.iter();
    let agreed = agreed
        .filter(|(id, _)| !before.goals.contains_key(id))
        .filter_map(|(id, it)| {
            let citation = after.cite_written_in(it.entry, format!("goals/{id}"), it.by, it.at)?;
            Some(citation.says(format!("New goal: {}", sentence(&it.text))))
        });
    let news = after.workbook.goal_updates.iter();
    let news = news
        .filter(|(id, _)| !before.goal_updates.contains_key(id))
        .filter_map(|(id, it)| {
            let goal = after.workbook.goals.get(&it.goal)?;
            // A goal agreed in an entry that does not count is none.
            let record = format!("goals/{}", it.goal);
            after.cite_written_in(goal.entry, record, goal.by, goal.at)?;
            let told = goal_news(after, *id, it);
            Some(Line {
                text: format!("{} {}", sentence(&goal.text), told.text),
                ..told
            })
        });
    agreed.chain(news).collect()
}

/// Changes of plan, safety plans, group supervisions, management decisions.
pub(super) fn decisions(points: &Points<'_>) -> Vec<Line> {
    let (before, after) = (points.before.workbook, &points.after);
    let mut lines = plans(points);
    for (id, it) in &after.workbook.safety_plans {
        if before.safety_plans.contains_key(id) {
            continue;
        }
        let record = format!("safetyPlans/{id}");
        if let Some(citation) = after.cite_written_in(it.entry, record, it.by, it.at) {
            lines.push(citation.says(safety_plan(after, it)));
        }
    }
    for (id, it) in &after.workbook.supervisions {
        if !before.supervisions.contains_key(id) {
            let text = format!("Group supervision was held on {}.", long_date(it.date));
            let citation = after.cite_dated(format!("supervisions/{id}"), it.by, it.date);
            lines.push(citation.says(text));
        }
    }
    for (id, it) in &after.workbook.management_decisions {
        if !before.management_decisions.contains_key(id) {
            let text = format!(
                "Management decision of {}: {}",
                long_date(it.on),
                sentence(&it.decision)
            );
            let citation = after.cite_dated(format!("managementDecisions/{id}"), it.by, it.on);
            lines.push(citation.says(text));
        }
    }
    lines
}

fn safety_plan(after: &Source<'_>, plan: &SafetyPlan) -> String {
    let kept_from = after.parties(&plan.must_not_be_shared_with);
    if kept_from.is_empty() {
        "A new safety plan was agreed.".to_owned()
    } else {
        let kept_from = in_a_row(&kept_from);
        format!("A new safety plan was agreed. It must not be shared with {kept_from}.")
    }
}

fn plans(points: &Points<'_>) -> Vec<Line> {
    let (before, after) = (points.before.workbook, &points.after);
    let changes = after.workbook.plan_statuses.iter();
    changes
        .filter(|(id, _)| !before.plan_statuses.contains_key(id))
        .map(|(id, it)| {
            let mut text = format!(
                "{}: {} from {}.",
                after.workbook.person_name(it.child),
                it.status.label(),
                long_date(it.from)
            );
            if !it.supersedes.is_empty() {
                text.push_str(" It corrects what was recorded before.");
            }
            after
                .cite_dated(format!("planStatuses/{id}"), it.by, it.from)
                .says(text)
        })
        .collect()
}

/// Disagreements about facts that are new, or have another side to them now.
pub(super) fn disputes(points: &Points<'_>) -> Vec<Line> {
    new_lines(points, summary::disputes)
}

/// Records that can't be read now.
pub(super) fn unreadable(points: &Points<'_>) -> Vec<Line> {
    new_lines(points, summary::unreadable)
}

fn new_lines(points: &Points<'_>, lines: impl Fn(&Source<'_>) -> Vec<Line>) -> Vec<Line> {
    let known = lines(&points.before);
    let now = lines(&points.after);
    let is_new = |line: &Line| !known.iter().any(|it| same_records(it, line));
    now.into_iter().filter(is_new).collect()
}

fn same_records(one: &Line, other: &Line) -> bool {
    let records = |line: &Line| -> Vec<String> {
        line.citations.iter().map(|it| it.record.clone()).collect()
    };
    records(one) == records(other)
}
