//! Concerns touching the child, with the adults' views and the child's own.

use std::collections::BTreeSet;

use super::File;
use crate::{
    about::Share,
    ids::ConcernId,
    model::{Concern, Party},
    summary::{ConcernLine, concern_line_of},
};

pub(super) fn concerns(file: &File<'_>) -> Vec<ConcernLine> {
    let workbook = file.source.workbook;
    workbook
        .concerns
        .iter()
        .filter(|(_, concern)| touches(file, concern))
        .filter_map(|(id, concern)| line(file, *id, concern))
        .collect()
}

/// Whether a concern is about the child, or about no child in particular.
pub(super) fn touches(file: &File<'_>, concern: &Concern) -> bool {
    let share = file.children.share(
        file.child,
        &concern.children,
        &[&concern.statement],
        &BTreeSet::new(),
    );
    matches!(share, Share::Own | Share::Family)
}

fn line(file: &File<'_>, id: ConcernId, concern: &Concern) -> Option<ConcernLine> {
    let others_view =
        |holder: &Party| matches!(holder, Party::Person(id) if file.is_other_child(*id));
    let mut line = concern_line_of(&file.source, id, concern, |holder| !others_view(holder))?;
    let of_child = concern.children.contains(&file.child);
    for view in &mut line.views {
        let words = view.line.text.split_once(": “").map(|(_, words)| words);
        if words.is_some_and(|words| file.names_others_only(words)) {
            view.line.text = format!("{}: {}.", view.holder, view.agreement);
        }
    }
    line.children = of_child.then(|| file.name.clone()).into_iter().collect();
    Some(line)
}
