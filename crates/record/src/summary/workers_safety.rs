//! What keeps workers safe on a visit: read before the door is knocked on.

use super::Line;
use crate::{model::FactField, source::Source, wording::capital};

/// What stands about each person, cited; people who have left the family too, for they may be there.
pub(super) fn warnings(source: &Source<'_>) -> Vec<Line> {
    let workbook = source.workbook;
    let mut lines = Vec::new();
    for person in workbook.people.keys() {
        for (id, fact) in workbook.current_facts(*person, FactField::WorkersSafety) {
            let cited = source.cite_written_in(fact.entry, format!("facts/{id}"), fact.by, fact.at);
            let text = format!(
                "{}: {}",
                capital(&workbook.person_name(*person)),
                fact.value
            );
            lines.extend(cited.map(|it| it.says(text)));
        }
    }
    lines
}
