//! Children for whom no timescale speaks: a board that shows only what is due would pass over them
//! in silence.

use jiff::civil::Date;

use super::plans;
use crate::{
    Configuration, Workbook,
    configuration::Enumeration,
    source::{Line, Source},
    terms::PlanStatus,
};

/// Children with no plan on record, or under a plan for which no visiting rule is in force, as of a
/// day; by id, each cited by the plan or by the child's own record. A closed plan needs no rule.
pub fn uncovered(workbook: &Workbook, configuration: &Configuration, as_of: Date) -> Vec<Line> {
    let source = Source::new(workbook, as_of);
    let mut lines = Vec::new();
    for (child, person) in workbook.people.iter().filter(|(_, it)| it.role.is_child()) {
        let name = workbook.person_name(*child);
        let current = plans::current(&source, *child);
        if current.is_empty() {
            let record = format!("people/{child}");
            lines.push(Line::new(
                format!("{name} has no plan on record: no visit falls due."),
                vec![source.cite_record(record, person.by, person.at)],
            ));
        }
        for (record, change) in current {
            let status = &change.status;
            let covered = configuration
                .visits()
                .iter()
                .any(|rule| rule.effective.on(as_of) && rule.plans.contains(status));
            if covered || *status == PlanStatus::Closed {
                continue;
            }
            let plan = configuration
                .label(Enumeration::PlanStatus, status.code())
                .unwrap_or_else(|| status.label());
            let record = format!("planStatuses/{record}");
            lines.push(Line::new(
                format!("{name} ({plan}): no rule says how often to visit."),
                vec![source.cite_record(record, change.by, change.at)],
            ));
        }
    }
    lines
}
