//! Concerns and the matrix of who shares them.

use std::collections::BTreeMap;

use super::{ConcernLine, Line, Source, ViewLine};
use crate::{
    ids::{ConcernId, EntryId, ProfessionalId},
    model::{Concern, Entry, Party, View},
};

pub(super) fn concerns(source: &Source<'_>) -> Vec<ConcernLine> {
    source
        .workbook
        .concerns
        .iter()
        .filter_map(|(id, concern)| concern_line(source, *id, concern))
        .collect()
}

/// `None` for a concern raised in an entry that is withdrawn or later than the summary, unless
/// others have viewed it since: their word stays.
fn concern_line(source: &Source<'_>, id: ConcernId, concern: &Concern) -> Option<ConcernLine> {
    let views = views(source, id);
    let raised = concern
        .entry
        .and_then(|raised| source.entries.iter().find(|(id, _)| *id == raised));
    let line = match raised {
        Some((entry_id, entry)) => source.line(concern.statement.clone(), *entry_id, entry),
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

/// The latest view of each holder, as each author recorded it: where two authors recorded
/// different views of one holder, both stand.
fn views(source: &Source<'_>, concern: ConcernId) -> Vec<ViewLine> {
    type Told<'a> = Vec<(EntryId, &'a Entry, &'a View)>;
    let mut told: BTreeMap<(&Party, ProfessionalId), Told<'_>> = BTreeMap::new();
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
    told.into_iter()
        .filter_map(|((holder, _), told)| {
            let (id, entry, view) = told.first()?;
            let holder = source.workbook.party_name(holder);
            let mut text = format!("{holder}: {}", view.agreement.label());
            if let Some(words) = &view.words {
                text.push_str(": “");
                text.push_str(words);
                text.push('”');
            }
            let before = told
                .get(1)
                .filter(|(_, _, earlier)| earlier.agreement != view.agreement)
                .map(|(_, _, earlier)| earlier.agreement.label().to_owned());
            Some(ViewLine {
                holder,
                agreement: view.agreement.label().to_owned(),
                line: source.line(text, *id, entry),
                before,
            })
        })
        .collect()
}
