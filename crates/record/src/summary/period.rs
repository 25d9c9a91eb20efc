//! Periods: from one group supervision to the next. The supervision closes its period.
//!
//! Two supervisions recorded for one day are one boundary that cites both. A period begins the day
//! after the supervision that closed the one before, so that every day belongs to exactly one.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};

use super::{Line, PeriodLine};
use crate::{
    ids::RecordId,
    model::Supervision,
    source::{Citation, Source},
    wording::long_date,
};

/// The group supervisions held up to the day, by day.
fn held<'a>(source: &Source<'a>) -> BTreeMap<Date, Vec<(RecordId, &'a Supervision)>> {
    let mut held: BTreeMap<Date, Vec<_>> = BTreeMap::new();
    for (id, it) in &source.workbook.supervisions {
        if it.date <= source.as_of {
            held.entry(it.date).or_default().push((*id, it));
        }
    }
    held
}

/// The first day of the current period; `None` before the first group supervision.
pub(super) fn current_from(source: &Source<'_>) -> Option<Date> {
    held(source)
        .pop_last()
        .and_then(|(date, _)| day_after(date))
}

fn day_after(date: Date) -> Option<Date> {
    date.checked_add(1.day()).ok()
}

/// All periods, newest first.
pub(super) fn periods(source: &Source<'_>) -> Vec<PeriodLine> {
    let mut periods = Vec::new();
    let mut from: Option<(Date, Vec<Citation>)> = None;
    for (number, (until, closed_by)) in (1..).zip(held(source)) {
        let closing: Vec<_> = closed_by.iter().map(|it| cite(source, it)).collect();
        periods.push(closed(number, from.as_ref(), until, &closing));
        from = day_after(until).map(|first| (first, closing));
    }
    periods.extend(current(source, periods.len() + 1, from));
    periods.reverse();
    periods
}

fn cite(source: &Source<'_>, (id, it): &(RecordId, &Supervision)) -> Citation {
    source.cite_dated(format!("supervisions/{id}"), it.by, it.date)
}

fn closed(
    number: usize,
    from: Option<&(Date, Vec<Citation>)>,
    until: Date,
    closing: &[Citation],
) -> PeriodLine {
    let text = match from {
        None => format!("Period {number}: until {}.", long_date(until)),
        Some((from, _)) => format!(
            "Period {number}: {} to {}.",
            long_date(*from),
            long_date(until)
        ),
    };
    let opening = from.map(|(_, citations)| citations.clone());
    PeriodLine {
        number,
        from: from.map(|(from, _)| *from),
        until: Some(until),
        line: Line {
            compartments: vec![],
            text,
            citations: opening
                .into_iter()
                .flatten()
                .chain(closing.to_vec())
                .collect(),
        },
    }
}

/// The period that no supervision has closed yet; `None` for a workbook that nobody has set up.
fn current(
    source: &Source<'_>,
    number: usize,
    from: Option<(Date, Vec<Citation>)>,
) -> Option<PeriodLine> {
    let (from, mut text, citations) = if let Some((from, citations)) = from {
        let since = long_date(from);
        let text = format!("Current period: period {number}, since {since}.");
        (Some(from), text, citations)
    } else {
        let cover = source.workbook.cover.as_ref()?;
        let text = "Current period: the first; no group supervision has been held yet.";
        let citation = source.cite_record("cover/cover".to_owned(), cover.by, cover.at);
        (None, text.to_owned(), vec![citation])
    };
    let mut line = Line {
        compartments: vec![],
        text: String::new(),
        citations,
    };
    if let Some((date, citation)) = next(source) {
        text.push_str(&format!(
            " The next group supervision is planned for {}.",
            long_date(date)
        ));
        if !line.citations.contains(&citation) {
            line.citations.push(citation);
        }
    }
    line.text = text;
    Some(PeriodLine {
        number,
        from,
        until: None,
        line,
    })
}

/// The next group supervision: the first one planned that was not held, else the day that the last
/// one named.
fn next(source: &Source<'_>) -> Option<(Date, Citation)> {
    let workbook = source.workbook;
    let was_held = |id| workbook.supervisions.values().any(|it| it.plan == Some(id));
    let planned = workbook
        .supervision_plans
        .iter()
        .filter(|(id, it)| it.date >= source.as_of && !was_held(**id))
        .min_by_key(|(id, it)| (it.date, **id))
        .map(|(id, it)| {
            let citation = source.cite_record(format!("supervisionPlans/{id}"), it.by, it.at);
            (it.date, citation)
        });
    planned.or_else(|| {
        let (_, last) = held(source).pop_last()?;
        let named = |it: &(RecordId, &Supervision)| it.1.next.filter(|date| *date >= source.as_of);
        last.iter()
            .find_map(|it| named(it).map(|date| (date, cite(source, it))))
    })
}
