//! Concerns and the matrix of who shares them.

use std::collections::BTreeMap;

use super::{ConcernLine, Line, ViewLine};
use crate::{
    ids::{ConcernId, EntryId, ProfessionalId},
    model::{Concern, Entry, Party, View},
    source::Source,
};

pub(super) fn concerns(source: &Source<'_>) -> Vec<ConcernLine> {
    source
        .workbook
        .concerns
        .iter()
        .filter_map(|(id, concern)| concern_line_of(source, *id, concern, |_| true))
        .collect()
}

/// `None` for a concern raised in an entry that is withdrawn or later than the summary, unless
/// others have viewed it since: their word stays. Only views of holders that `shown` lets through.
pub(crate) fn concern_line_of(
    source: &Source<'_>,
    id: ConcernId,
    concern: &Concern,
    shown: impl Fn(&Party) -> bool,
) -> Option<ConcernLine> {
    let views = views(source, id, shown);
    let raised = concern
        .entry
        .and_then(|id| source.entry(id).map(|entry| (id, entry)));
    let line = match raised {
        Some((entry_id, entry)) => source.line(concern.statement.clone(), entry_id, entry),
        None if concern.entry.is_some() && views.is_empty() => return None,
        None => Line {
            compartments: vec![],
            text: concern.statement.clone(),
            citations: vec![source.cite_record(format!("concerns/{id}"), concern.by, concern.at)],
        },
    };
    let closed = source
        .workbook
        .concern_closures
        .iter()
        .find(|(_, closure)| closure.concern == id)
        .map(|(record, closure)| Line {
            compartments: vec![],
            text: format!("Closed: {}", closure.reason),
            citations: vec![source.cite_record(
                format!("concernClosures/{record}"),
                closure.by,
                closure.at,
            )],
        });
    Some(ConcernLine {
        id,
        line,
        domain: concern
            .domain
            .as_ref()
            .map(|domain| domain.label().to_owned()),
        children: source.names(&concern.children),
        adults: source.names(&concern.adults),
        views,
        closed,
    })
}

/// Every view of a concern by holder and author, newest first: where two authors recorded different
/// views of one holder, both stand.
pub(crate) type Told<'a> =
    BTreeMap<(&'a Party, ProfessionalId), Vec<(EntryId, &'a Entry, &'a View)>>;

/// Who said what about a concern.
pub(crate) fn told<'a>(source: &Source<'a>, concern: ConcernId) -> Told<'a> {
    let mut told: Told<'a> = BTreeMap::new();
    for (id, entry) in &source.entries {
        // Within an entry a later view stands above an earlier one; entries come newest first.
        for view in entry
            .views
            .iter()
            .rev()
            .filter(|view| view.concern == concern)
        {
            told.entry((&view.holder, entry.by))
                .or_default()
                .push((*id, entry, view));
        }
    }
    told
}

/// A view in words: who, whether they share it, their own words.
pub(crate) fn view_text(source: &Source<'_>, view: &View) -> String {
    let mut text = format!(
        "{}: {}",
        source.workbook.party_name(&view.holder),
        view.agreement.label()
    );
    if let Some(words) = &view.words {
        text.push_str(": “");
        text.push_str(words);
        text.push('”');
    }
    text
}

/// The latest view of each holder, as each author recorded it.
fn views(source: &Source<'_>, concern: ConcernId, shown: impl Fn(&Party) -> bool) -> Vec<ViewLine> {
    told(source, concern)
        .into_iter()
        .filter(|((holder, _), _)| shown(holder))
        .filter_map(|((holder, _), told)| {
            let (id, entry, view) = told.first()?;
            let before = told
                .get(1)
                .filter(|(_, _, earlier)| earlier.agreement != view.agreement)
                .map(|(_, _, earlier)| earlier.agreement.label().to_owned());
            Some(ViewLine {
                holder: source.workbook.party_name(holder),
                agreement: view.agreement.label().to_owned(),
                line: source.line(view_text(source, view), *id, entry),
                before,
            })
        })
        .collect()
}
