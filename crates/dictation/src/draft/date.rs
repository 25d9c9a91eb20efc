//! Spoken dates: "the 6th of September", "next Thursday", "tomorrow", "a week on Friday".
//!
//! Parsing only; which day is meant is worked out in `calendar.rs`.

use std::ops::Range;

use super::{
    calendar_day::{calendar_day, numeric},
    number::whole,
    phrase::match_at,
    token::Token,
};

const WEEKDAYS: &[&str] = &[
    "monday|mon",
    "tuesday|tues|tue",
    "wednesday|wed|weds",
    "thursday|thurs|thu|thur",
    "friday|fri",
    "saturday",
    "sunday",
];
/// After a weekday these make it a custom or a name, not a day ("Saturday nights", "the Thursday group").
const NOT_A_DAY: &[&str] =
    &["nights|evenings|mornings|afternoons|group|club|class|course|drop|sessions"];
/// Days from the visit.
const OFFSETS: &[(&str, i64)] = &[
    ("day after tomorrow", 2),
    ("a|one week tomorrow", 8),
    ("tomorrow week", 8),
    ("tomorrow", 1),
    ("today|tonight", 0),
    ("this morning|afternoon|evening", 0),
    ("straight away", 0),
    ("yesterday", -1),
    ("a|one week today", 7),
    ("this time next week", 7),
    ("same time next week", 7),
    ("in two weeks' time", 14),
    ("a|the week after next", 14),
    ("today week", 7),
    ("two weeks today", 14),
    ("a fortnight today", 14),
    ("in|within a|one fortnight", 14),
    ("in|within a|one week", 7),
    ("in a week's time", 7),
    ("in a fortnight's time", 14),
    ("a fortnight from now|today", 14),
    ("a week from now|today", 7),
    ("next day", 1),
    ("in a few days", 3),
];

/// What a date expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// "Wednesday the 6th of September 2026".
    MonthDay {
        year: Option<i16>,
        month: i8,
        day: i8,
        weekday: Option<i8>,
    },
    /// "the 15th", "Friday the 8th".
    Day { day: i8, weekday: Option<i8> },
    /// "Monday", "next Monday", "a week on Monday" (Monday is 1).
    Weekday { weekday: i8, turn: Turn },
    /// "tomorrow", "in two weeks".
    Days(i64),
    /// "in three months".
    Months(i32),
    /// "the end of the week" (0) or of next week (1).
    EndOfWeek(i64),
    /// "the end of the month" (0), of next month (1).
    EndOfMonth(i32),
    /// "five working days".
    WorkingDays(i64),
}

/// Which of the coming (or past) days of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Coming,
    Next,
    Last,
    Later(i64),
}

/// A date expression in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) tokens: Range<usize>,
    pub(super) when: When,
}

/// All date expressions in a range, in order, none inside another.
pub(super) fn dates(tokens: &[Token], range: Range<usize>) -> Vec<Spoken> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match date_at(tokens, at, range.end) {
            Some((when, end)) => {
                found.push(Spoken {
                    tokens: at..end,
                    when,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

pub(super) fn index_of(table: &[&str], tokens: &[Token], at: usize, end: usize) -> Option<i8> {
    let here = tokens.get(at).filter(|_| at < end)?;
    let place = table
        .iter()
        .position(|names| names.split('|').any(|name| name == here.bare()))?;
    i8::try_from(place + 1).ok()
}

fn date_at(tokens: &[Token], at: usize, end: usize) -> Option<(When, usize)> {
    let offset = OFFSETS
        .iter()
        .find_map(|(pattern, days)| Some((When::Days(*days), match_at(tokens, at, end, pattern)?)));
    offset
        .or_else(|| period(tokens, at, end))
        .or_else(|| end_of(tokens, at, end))
        .or_else(|| weekday(tokens, at, end))
        .or_else(|| numeric(tokens, at, end))
        .or_else(|| calendar_day(tokens, at, end, None))
}

/// "in two weeks", "within 10 working days", "three weeks today", "in six months' time".
fn period(tokens: &[Token], at: usize, end: usize) -> Option<(When, usize)> {
    let led = match_at(tokens, at, end, "in|within the? next?");
    let (count, unit_at) = whole(tokens, led.unwrap_or(at))?;
    let count = i64::from(count.min(200));
    let units: [(&str, When); 4] = [
        ("working days|day", When::WorkingDays(count)),
        ("days|day", When::Days(count)),
        ("weeks|week|weeks'|week's", When::Days(count * 7)),
        (
            "months|month|months'",
            When::Months(i32::try_from(count).ok()?),
        ),
    ];
    let (when, stop) = units
        .into_iter()
        .find_map(|(unit, when)| Some((when, match_at(tokens, unit_at, end, unit)?)))?;
    if let Some(stop) = match_at(tokens, stop, end, "today|time") {
        return Some((when, stop));
    }
    if let Some((When::Weekday { weekday, .. }, stop)) =
        match_at(tokens, stop, end, "on").and_then(|on| weekday_plain(tokens, on, end))
    {
        return Some((
            When::Weekday {
                weekday,
                turn: Turn::Later(count),
            },
            stop,
        ));
    }
    led.map(|_| (when, match_at(tokens, stop, end, "time").unwrap_or(stop)))
}

fn end_of(tokens: &[Token], at: usize, end: usize) -> Option<(When, usize)> {
    if let Some(month_at) = match_at(tokens, at, end, "end of")
        && let Some(month) = index_of(super::calendar_day::MONTHS, tokens, month_at, end)
    {
        let day = match month {
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let when = When::MonthDay {
            year: None,
            month,
            day,
            weekday: None,
        };
        return Some((when, month_at + 1));
    }
    let forms = [
        ("end of next week", When::EndOfWeek(1)),
        ("end of the|this week", When::EndOfWeek(0)),
        ("end of next month", When::EndOfMonth(1)),
        ("end of the|this month", When::EndOfMonth(0)),
        ("end of the? day|play", When::Days(0)),
        ("close of play|business", When::Days(0)),
    ];
    forms
        .into_iter()
        .find_map(|(pattern, when)| Some((when, match_at(tokens, at, end, pattern)?)))
}

/// A weekday with what surrounds it.
fn weekday(tokens: &[Token], at: usize, end: usize) -> Option<(When, usize)> {
    let later = [
        ("a|one week on?", 1),
        ("a? fortnight on", 2),
        ("two weeks on", 2),
    ];
    for (pattern, weeks) in later {
        let led = match_at(tokens, at, end, pattern).and_then(|on| weekday_plain(tokens, on, end));
        if let Some((When::Weekday { weekday, .. }, stop)) = led {
            return Some((
                When::Weekday {
                    weekday,
                    turn: Turn::Later(weeks),
                },
                stop,
            ));
        }
    }
    let turns = [
        ("next|following", Turn::Next),
        ("this|coming", Turn::Coming),
        ("last", Turn::Last),
    ];
    for (pattern, turn) in turns {
        if let Some(name) = match_at(tokens, at, end, pattern)
            && let Some((When::Weekday { weekday, .. }, stop)) = weekday_plain(tokens, name, end)
        {
            // "next Friday the 9th" names its day.
            return Some(
                calendar_day(tokens, stop, end, Some(weekday))
                    .unwrap_or((When::Weekday { weekday, turn }, stop)),
            );
        }
    }
    let (when, stop) = weekday_plain(tokens, at, end)?;
    let When::Weekday { weekday, .. } = when else {
        return None;
    };
    if let Some(stop) = match_at(tokens, stop, end, "week") {
        return Some((
            When::Weekday {
                weekday,
                turn: Turn::Later(1),
            },
            stop,
        ));
    }
    if let Some(stop) = match_at(tokens, stop, end, "fortnight") {
        let turn = Turn::Later(2);
        return Some((When::Weekday { weekday, turn }, stop));
    }
    if let Some(stop) = match_at(tokens, stop, end, "gone|past") {
        return Some((
            calendar_day(
                tokens,
                match_at(tokens, stop, end, "that's").unwrap_or(stop),
                end,
                Some(weekday),
            )
            .unwrap_or((
                When::Weekday {
                    weekday,
                    turn: Turn::Last,
                },
                stop,
            ))
            .0,
            stop,
        ));
    }
    if let Some(stop) = match_at(tokens, stop, end, "of next week") {
        return Some((
            When::Weekday {
                weekday,
                turn: Turn::Next,
            },
            stop,
        ));
    }
    Some(calendar_day(tokens, stop, end, Some(weekday)).unwrap_or((when, stop)))
}

fn weekday_plain(tokens: &[Token], at: usize, end: usize) -> Option<(When, usize)> {
    let weekday = index_of(WEEKDAYS, tokens, at, end)?;
    let custom = NOT_A_DAY
        .iter()
        .any(|pattern| match_at(tokens, at + 1, end, pattern).is_some());
    let every = at > 0
        && tokens
            .get(at - 1)
            .is_some_and(|t| matches!(t.lower.as_str(), "every" | "each" | "a" | "most"));
    (!custom && !every).then_some((
        When::Weekday {
            weekday,
            turn: Turn::Coming,
        },
        at + 1,
    ))
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, Turn, When, dates};

    fn one(text: &str) -> Option<When> {
        let t = tokens(text);
        dates(&t, 0..t.len()).first().map(|spoken| spoken.when)
    }

    #[test]
    fn many_ways_to_say_a_day() {
        let sixth = Some(When::MonthDay {
            year: None,
            month: 9,
            day: 6,
            weekday: None,
        });
        for said in [
            "the 6th of September",
            "September sixth",
            "6 September",
            "on 6/9",
            "sixth of September",
            "Sept 6th",
        ] {
            assert_eq!(one(said), sixth, "{said}");
        }
        assert_eq!(
            one("Friday the 8th"),
            Some(When::Day {
                day: 8,
                weekday: Some(5)
            })
        );
        assert_eq!(
            one("a week on Friday"),
            Some(When::Weekday {
                weekday: 5,
                turn: Turn::Later(1)
            })
        );
        assert_eq!(one("in two weeks"), Some(When::Days(14)));
        assert_eq!(
            one("on the 15th."),
            Some(When::Day {
                day: 15,
                weekday: None
            })
        );
    }

    #[test]
    fn customs_and_counts_are_not_dates() {
        for said in [
            "on Saturday nights",
            "the second phone",
            "8/10",
            "every Monday",
            "the fiftieth centile",
            "two weeks",
        ] {
            assert_eq!(one(said), None, "{said}");
        }
    }
}
