//! Actions whose effect or concern is the child's.
//!
//! The author's tags say which child an action is for; where there are none, its words do when they
//! name one; else the concern raised beside it, or the entry, when that is about no other child. One
//! that is tagged as an adult's alone is nobody else's.

use std::collections::BTreeSet;

use super::{File, concerns};
use crate::{
    about::Share,
    ids::EntryId,
    model::Action,
    summary::{ActionLine, action_line},
};

/// Every action of the child, those that are done too, in the order of their days.
pub(super) fn actions(file: &File<'_>) -> Vec<ActionLine> {
    let workbook = file.source.workbook;
    let mut lines: Vec<_> = workbook
        .actions
        .iter()
        .filter(|(_, action)| is_childs(file, action))
        .filter_map(|(id, action)| action_line(&file.source, *id, action))
        .map(|(line, _)| line)
        .collect();
    lines.sort_by_key(|line| (line.due.is_none(), line.due, line.id));
    lines
}

fn is_childs(file: &File<'_>, action: &Action) -> bool {
    let words: Vec<&str> = std::iter::once(&action.text)
        .chain(&action.effect)
        .map(String::as_str)
        .collect();
    let share = file
        .children
        .share(file.child, &action.about, &words, &BTreeSet::new());
    match (share, action.entry) {
        (Share::Family, _) if !action.about.is_empty() => false,
        (Share::Own, _) | (Share::Family, None) => true,
        (Share::Family, Some(entry)) => {
            raised_about_child(file, entry) || is_only_about(file, entry)
        }
        (Share::Others | Share::Unsaid, _) => false,
    }
}

fn raised_about_child(file: &File<'_>, entry: EntryId) -> bool {
    let raised = file.source.workbook.concerns.values();
    let mut raised = raised.filter(|it| it.entry == Some(entry));
    raised.any(|it| concerns::touches(file, it))
}

fn is_only_about(file: &File<'_>, entry: EntryId) -> bool {
    file.source
        .entry(entry)
        .map(|entry| file.children.of_entry(entry))
        .is_some_and(|children| children == BTreeSet::from([file.child]))
}
