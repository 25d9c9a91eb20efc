//! Goals of the plan for the child, or for no child in particular.

use std::collections::BTreeSet;

use super::File;
use crate::{
    about::Share,
    model::Goal,
    summary::{GoalLine, goal_line},
};

pub(super) fn goals(file: &File<'_>) -> Vec<GoalLine> {
    let goals = file.source.workbook.goals.iter();
    goals
        .filter(|(_, goal)| is_childs(file, goal))
        .filter_map(|(id, goal)| {
            // Which other children share the goal is theirs.
            let mut goal = goal.clone();
            goal.children.retain(|it| *it == file.child);
            goal_line(&file.source, *id, &goal, |note| {
                !file.names_others_only(note)
            })
        })
        .collect()
}

fn is_childs(file: &File<'_>, goal: &Goal) -> bool {
    let share = file
        .children
        .share(file.child, &goal.children, &[&goal.text], &BTreeSet::new());
    matches!(share, Share::Own | Share::Family)
}
