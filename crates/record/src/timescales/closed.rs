//! Children with whom the work has ended.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::plans;
use crate::{Workbook, ids::PersonId, source::Source, terms::PlanStatus};

/// The children whose plan is closed as of a day. Where two plans hold on one day and only one is
/// closed, the work goes on.
pub fn closed(workbook: &Workbook, as_of: Date) -> BTreeSet<PersonId> {
    let source = Source::new(workbook, as_of);
    let children = workbook.people.iter().filter(|(_, it)| it.role.is_child());
    children
        .map(|(child, _)| *child)
        .filter(|child| {
            let current = plans::current(&source, *child);
            let is_closed = |status: &PlanStatus| *status == PlanStatus::Closed;
            !current.is_empty() && current.iter().all(|(_, it)| is_closed(&it.status))
        })
        .collect()
}
