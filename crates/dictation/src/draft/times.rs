//! A start time with its end: "from ten till half past eleven", "4.15 until 5".

use std::ops::Range;

use super::{
    clock::{ABOUT, Clock, clock_at, homophone},
    phrase::match_at,
    token::Token,
};

const UNTIL: &[&str] = &[
    "until|till|til|to|and",
    "through to",
    "and|i? left|leaving at?",
    "and? left at?",
    "and? i? left at",
    "and? finished|ended|finishing|ending|leaving|closed at?",
    "finished|ended at?",
    "up to",
];

/// A start and perhaps an end in minutes, where they stand, and whether surely times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) tokens: Range<usize>,
    pub(super) start: u32,
    pub(super) end: Option<u32>,
}

/// Minutes of the end, in the half of the day that puts it after the start.
pub(super) fn closing(start: u32, end: Clock) -> u32 {
    let plain = end.minutes();
    if end.half.is_none() && end.hour <= 12 {
        return [
            end.hour % 12 * 60 + end.minute,
            (end.hour % 12 + 12) * 60 + end.minute,
        ]
        .into_iter()
        .find(|m| *m > start)
        .unwrap_or(plain);
    }
    plain
}

/// "ten to three until half past": a time, though "from ten to three" alone is a range.
fn start_at(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    let (clock, stop) = clock_at(tokens, at, end)?;
    let to =
        match_at(tokens, stop, end, "to").filter(|_| !clock.sure && matches!(clock.hour, 5 | 10));
    let later = to.and_then(|to| super::number::whole(tokens, to));
    match later {
        Some((hour @ 1..=12, close))
            if match_at(tokens, close, end, "until|till|til").is_some() =>
        {
            let hour = if hour == 1 { 12 } else { hour - 1 };
            let minute = 60 - clock.hour;
            Some((
                Clock {
                    hour,
                    minute,
                    half: None,
                    sure: true,
                },
                close,
            ))
        }
        _ => Some((clock, stop)),
    }
}

/// The time or range that begins at `at`.
pub(super) fn times_at(tokens: &[Token], at: usize, end: usize) -> Option<Times> {
    let lead = "at|from|between|for? about|around? just? gone?";
    let ahead = match_at(tokens, at, end, lead).filter(|from| *from > at);
    let from = ahead
        .filter(|_| homophone(tokens, at, end).is_none())
        .unwrap_or(at);
    let (mut first, stop) = start_at(tokens, from, end)?;
    let opened = from > at
        && tokens
            .get(at)
            .is_some_and(|t| matches!(t.lower.as_str(), "at" | "from" | "between"));
    for link in UNTIL {
        let Some(next) = match_at(tokens, stop, end, link).filter(|next| *next > stop) else {
            continue;
        };
        let next = match_at(tokens, next, end, ABOUT).unwrap_or(next);
        let Some((last, close)) = clock_at(tokens, next, end) else {
            continue;
        };
        // A bare "and four" after a sure time is not its end; "from ten till eleven" is sure enough.
        let till = matches!(*link, "until|till|til|to|and")
            && match_at(tokens, stop, end, "until|till|til").is_some();
        if !(first.sure || last.sure || till || (opened && !link.contains("and"))) {
            continue;
        }
        if first.half.is_none() && last.half.is_some() && first.hour <= 12 {
            let guess = Clock {
                half: last.half,
                ..first
            };
            first = if guess.minutes() < last.minutes() {
                guess
            } else {
                first
            };
        }
        let start = first.minutes();
        return Some(Times {
            tokens: at..close,
            start,
            end: Some(closing(start, last)),
        });
    }
    if tokens
        .get(stop - 1)
        .is_some_and(|t| matches!(t.gap.trim(), "-" | "–" | "—"))
        && first.sure
        && let Some((last, close)) = clock_at(tokens, stop, end)
    {
        let start = first.minutes();
        return Some(Times {
            tokens: at..close,
            start,
            end: Some(closing(start, last)),
        });
    }
    (first.sure || opened).then(|| Times {
        tokens: at..stop,
        start: first.minutes(),
        end: None,
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{clock::shown, token::tokens},
        times_at,
    };

    fn read(text: &str) -> Option<(String, Option<String>)> {
        let t = tokens(text);
        (0..t.len())
            .find_map(|at| times_at(&t, at, t.len()))
            .map(|times| (shown(times.start), times.end.map(shown)))
    }

    #[test]
    fn times_as_they_are_spoken() {
        for (said, start, end) in [
            (
                "four fifteen in the afternoon until five o'clock",
                "16:15",
                Some("17:00"),
            ),
            ("at two p.m.", "14:00", None),
            ("half past twelve", "12:30", None),
            ("at half four", "16:30", None),
            ("quarter to three", "14:45", None),
            ("at 9.15", "09:15", None),
            ("16:15", "16:15", None),
            ("nine in the morning", "09:00", None),
            ("from ten till eleven thirty", "10:00", Some("11:30")),
            ("at 4", "16:00", None),
            ("eleven o'clock", "11:00", None),
            ("4.15 until 5", "16:15", Some("17:00")),
            (
                "arrived at ten to four and left at twenty to five",
                "15:50",
                Some("16:40"),
            ),
            (
                "half past ten till about quarter past eleven",
                "10:30",
                Some("11:15"),
            ),
            ("eleven fifteen to twelve", "11:15", Some("12:00")),
            ("at about ten past nine", "09:10", None),
            ("from 11 to 12.30", "11:00", Some("12:30")),
            ("2pm - 3pm", "14:00", Some("15:00")),
        ] {
            assert_eq!(
                read(said),
                Some((start.to_owned(), end.map(str::to_owned))),
                "{said}"
            );
        }
        for said in ["at 12 Mill Lane", "four children", "at home with 3 dogs"] {
            assert_eq!(read(said), None, "{said}");
        }
    }
}
