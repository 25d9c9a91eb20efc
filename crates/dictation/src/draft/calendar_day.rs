//! Days that are named by their number: "the 6th of September", "22/10", "Friday the 8th".

use super::{
    date::{When, index_of},
    number::{ordinal, whole},
    phrase::match_at,
    token::Token,
};

pub(super) const MONTHS: &[&str] = &[
    "january|jan",
    "february|feb",
    "march|mar",
    "april|apr",
    "may",
    "june|jun",
    "july|jul",
    "august|aug",
    "september|sept|sep",
    "october|oct",
    "november|nov",
    "december|dec",
];

/// "22/10", "22/10/2026", "2026-10-22".
pub(super) fn numeric(tokens: &[Token], at: usize, end: usize) -> Option<(When, usize)> {
    let here = &tokens.get(at).filter(|_| at < end)?.lower;
    let parts: Vec<i16> = here
        .split('/')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    match parts[..] {
        [day, month] | [day, month, _] if (1..=12).contains(&month) && (1..=31).contains(&day) => {
            let dated = parts.len() == 3
                || at
                    .checked_sub(1)
                    .and_then(|at| tokens.get(at))
                    .is_some_and(|t| {
                        matches!(
                            t.lower.as_str(),
                            "on" | "by"
                                | "date"
                                | "dated"
                                | "the"
                                | "from"
                                | "until"
                                | "before"
                                | "visit"
                                | "appointment"
                                | "session"
                                | "contact"
                                | "next"
                        ) || t.lower.ends_with("day")
                    });
            let year = parts
                .get(2)
                .map(|&year| if year < 100 { year + 2000 } else { year });
            let when = When::MonthDay {
                year,
                month: i8::try_from(month).ok()?,
                day: i8::try_from(day).ok()?,
                weekday: None,
            };
            dated.then_some((when, at + 1))
        }
        [year] if year > 1900 => {
            let month: i8 = tokens
                .get(at + 1)?
                .lower
                .parse()
                .ok()
                .filter(|m| (1..=12).contains(m))?;
            let day: i8 = tokens
                .get(at + 2)?
                .lower
                .parse()
                .ok()
                .filter(|d| (1..=31).contains(d))?;
            let dashed = tokens[at].gap == "-" && tokens[at + 1].gap == "-" && at + 3 <= end;
            dashed.then_some((
                When::MonthDay {
                    year: Some(year),
                    month,
                    day,
                    weekday: None,
                },
                at + 3,
            ))
        }
        _ => None,
    }
}

/// "the 6th of September 2026", "September the sixth", "6 September", "the 15th".
pub(super) fn calendar_day(
    tokens: &[Token],
    at: usize,
    end: usize,
    weekday: Option<i8>,
) -> Option<(When, usize)> {
    if weekday.is_some() && at >= end {
        return None;
    }
    if let Some(month) = index_of(MONTHS, tokens, at, end) {
        let from = match_at(tokens, at + 1, end, "the?").unwrap_or(at + 1);
        let (day, stop) = ordinal(tokens, from)
            .or_else(|| whole(tokens, from))
            .filter(|&(day, stop)| (1..=31).contains(&day) && stop <= end)?;
        let (year, stop) = year(tokens, stop, end);
        return Some((
            When::MonthDay {
                year,
                month,
                day: i8::try_from(day).ok()?,
                weekday,
            },
            stop,
        ));
    }
    let from = match_at(tokens, at, end, "the").unwrap_or(at);
    let exact = ordinal(tokens, from);
    let (day, stop) = exact
        .or_else(|| whole(tokens, from))
        .filter(|&(day, stop)| (1..=31).contains(&day) && stop <= end)?;
    let day = i8::try_from(day).ok()?;
    let month_at = match_at(tokens, stop, end, "day? of?").unwrap_or(stop);
    if let Some(month) = index_of(MONTHS, tokens, month_at, end) {
        let (year, stop) = year(tokens, month_at + 1, end);
        return Some((
            When::MonthDay {
                year,
                month,
                day,
                weekday,
            },
            stop,
        ));
    }
    let settled =
        exact.is_some() && (weekday.is_some() || (from > at && day_alone(tokens, from, stop, end)));
    settled.then_some((When::Day { day, weekday }, stop))
}

/// Whether "the ninth" is a day and not "the ninth appointment".
fn day_alone(tokens: &[Token], from: usize, stop: usize, end: usize) -> bool {
    let led = from >= 2
        && tokens.get(from - 2).is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "on" | "by" | "until" | "till" | "before" | "for" | "is" | "of"
            )
        });
    // "Thursday fortnight, the 26th."
    let led = led || (from >= 2 && tokens.get(from - 2).is_some_and(|t| t.gap.contains(',')));
    let last = tokens.get(stop - 1).map_or("", |t| t.gap.trim());
    let closed = stop >= end || !last.is_empty();
    let followed = tokens.get(stop).is_some_and(|t| {
        matches!(
            t.lower.as_str(),
            "at" | "in"
                | "and"
                | "to"
                | "so"
                | "with"
                | "for"
                | "from"
                | "if"
                | "because"
                | "about"
        )
    });
    led && (closed || followed)
}

fn year(tokens: &[Token], at: usize, end: usize) -> (Option<i16>, usize) {
    let said = tokens
        .get(at)
        .filter(|_| at < end)
        .and_then(|t| t.lower.parse::<i16>().ok());
    if let Some(year) = said.filter(|year| (1990..2100).contains(year)) {
        return (Some(year), at + 1);
    }
    // "twenty twenty six"
    if match_at(tokens, at, end, "twenty").is_some()
        && let Some((short @ 20..=99, stop)) = whole(tokens, at + 1)
        && stop <= end
    {
        return (i16::try_from(2000 + short).ok(), stop);
    }
    (None, at)
}
