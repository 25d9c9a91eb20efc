//! Goals of the plan with how they stand. News that contradicts itself is shown, never settled.

use super::{GoalLine, Line};
use crate::{
    ids::RecordId,
    model::{Goal, GoalUpdate},
    source::Source,
    wording::sentence,
};

pub(super) fn goals(source: &Source<'_>) -> Vec<GoalLine> {
    source
        .workbook
        .goals
        .iter()
        .filter_map(|(id, goal)| goal_line(source, *id, goal, |_| true))
        .collect()
}

/// `None` for a goal that was agreed in an entry which does not count. Notes of news that `shown`
/// does not let through are left out; how the goal stands is not.
pub(crate) fn goal_line(
    source: &Source<'_>,
    id: RecordId,
    goal: &Goal,
    shown: impl Fn(&str) -> bool,
) -> Option<GoalLine> {
    let citation = source.cite_written_in(goal.entry, format!("goals/{id}"), goal.by, goal.at)?;
    let latest = latest(source, id);
    let mut status: Vec<_> = latest.iter().map(|(_, it)| it.status.clone()).collect();
    status.sort();
    status.dedup();
    let labels: Vec<_> = status.iter().map(|it| it.label().to_owned()).collect();
    let mut text = sentence(&goal.text);
    if !goal.children.is_empty() {
        text.push_str(&format!(
            " For {}.",
            source.names(&goal.children).join(", ")
        ));
    }
    match labels.as_slice() {
        [] => text.push_str(" No news of it yet."),
        [one] => text.push_str(&format!(" It stands as {one}.")),
        several => text.push_str(&format!(" Recorded as both {}.", several.join(" and "))),
    }
    let news: Vec<_> = latest
        .into_iter()
        .map(|(news, it)| {
            let mut it = it.clone();
            it.note = it.note.filter(|note| shown(note));
            news_line(source, news, &it)
        })
        .collect();
    let mut line = citation.says(text);
    // How it stands comes from its news.
    line.citations
        .extend(news.iter().flat_map(|it| it.citations.clone()));
    Some(GoalLine {
        id,
        status: labels,
        line,
        news,
    })
}

/// Each author's latest news of one goal.
fn latest<'a>(source: &Source<'a>, goal: RecordId) -> Vec<(RecordId, &'a GoalUpdate)> {
    let mut news: Vec<(RecordId, &GoalUpdate)> = source
        .workbook
        .goal_updates
        .iter()
        .filter(|(_, it)| it.goal == goal)
        .map(|(id, it)| (*id, it))
        .collect();
    news.sort_by_key(|(id, it)| (it.by, it.at, *id));
    let mut latest: Vec<(RecordId, &GoalUpdate)> = Vec::new();
    for update in news {
        match latest.last_mut() {
            Some(last) if last.1.by == update.1.by => *last = update,
            _ => latest.push(update),
        }
    }
    latest
}

/// News of a goal in words.
pub(crate) fn news_line(source: &Source<'_>, id: RecordId, it: &GoalUpdate) -> Line {
    let mut text = format!(
        "{}: {}",
        source.workbook.professional_name(it.by),
        it.status.label()
    );
    if let Some(note) = &it.note {
        text.push_str(&format!(": {note}"));
    }
    source
        .cite_record(format!("goalUpdates/{id}"), it.by, it.at)
        .says(sentence(&text))
}
