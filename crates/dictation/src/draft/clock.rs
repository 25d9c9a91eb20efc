//! Spoken times of day and the ranges between them.
//!
//! Without "morning" or "p.m." the daytime rule holds: 8 to 11 are morning, 12 to 7 afternoon. An
//! end takes the half of the day that puts it after its start.

use std::ops::Range;

use super::{number::whole, phrase::match_at, token::Token};

const ABOUT: &str = "about|around|approximately|roughly|nearly|just|gone?";
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

/// Half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A time as spoken; the hour may still lack its half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    hour: u32,
    minute: u32,
    half: Option<Half>,
    /// Said in a way that only times are ("o'clock", "p.m.", "half past", "4.15").
    pub(super) sure: bool,
}

impl Clock {
    /// Minutes since midnight, by the daytime rule where nothing was said.
    pub(super) fn minutes(self) -> u32 {
        let hour = match self.half {
            _ if self.hour >= 13 => self.hour,
            Some(Half::Am) => self.hour % 12,
            Some(Half::Pm) => self.hour % 12 + 12,
            None if (8..=12).contains(&self.hour) || self.hour == 0 => self.hour,
            None => self.hour + 12,
        };
        hour * 60 + self.minute
    }
}

/// `HH:MM`.
pub(super) fn shown(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

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

/// The time or range that begins at `at`.
pub(super) fn times_at(tokens: &[Token], at: usize, end: usize) -> Option<Times> {
    let from = match_at(
        tokens,
        at,
        end,
        "at|from|between|for? about|around? just? gone?",
    )
    .filter(|from| *from > at)
    .unwrap_or(at);
    let (mut first, stop) = clock_at(tokens, from, end)?;
    let led = from > at
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
        if !(first.sure || last.sure || (led && !link.contains("and"))) {
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
    (first.sure || led).then(|| Times {
        tokens: at..stop,
        start: first.minutes(),
        end: None,
    })
}

/// One time at exactly `at`.
pub(super) fn clock_at(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    let at = match_at(tokens, at, end, ABOUT).unwrap_or(at);
    let (clock, stop) = past_or_to(tokens, at, end)
        .or_else(|| digits(tokens, at, end))
        .or_else(|| spoken(tokens, at, end))?;
    if clock.hour > 23 || clock.minute > 59 {
        return None;
    }
    let stop_o =
        match_at(tokens, stop, end, "o'clock").or_else(|| match_at(tokens, stop, end, "o clock"));
    let after = stop_o.unwrap_or(stop);
    let halves = [
        ("am", Half::Am),
        ("a m", Half::Am),
        ("pm", Half::Pm),
        ("p m", Half::Pm),
        ("in the morning", Half::Am),
        ("in the afternoon|evening", Half::Pm),
        ("this morning", Half::Am),
        ("this afternoon|evening", Half::Pm),
        ("at night", Half::Pm),
        ("tomorrow? morning", Half::Am),
        ("tomorrow? afternoon", Half::Pm),
    ];
    let half = halves
        .into_iter()
        .find_map(|(said, half)| Some((half, match_at(tokens, after, end, said)?)));
    let sure = clock.sure || stop_o.is_some() || half.is_some();
    let place =
        stop_o.is_none() && half.is_none() && !clock.sure && counts_something(tokens, stop, end);
    let (half, stop) = half.map_or((clock.half, after), |(half, stop)| (Some(half), stop));
    (!place).then_some((
        Clock {
            half,
            sure,
            ..clock
        },
        stop,
    ))
}

/// "12 Mill Lane", "four children": a bare number before a noun is no time.
fn counts_something(tokens: &[Token], stop: usize, end: usize) -> bool {
    let joined = tokens.get(stop - 1).is_some_and(Token::joins_next);
    let free = [
        "until|till|til|to|and|for|with|on|in|at|the|i|by|we|today|this|when|because|but|so|as|where|which",
    ];
    stop < end
        && joined
        && !free
            .iter()
            .any(|word| match_at(tokens, stop, end, word).is_some())
}

fn past_or_to(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    let (minutes, link) = match match_at(tokens, at, end, "half|quarter") {
        Some(next) if tokens[at].lower == "half" => (30, next),
        Some(next) => (15, next),
        None => {
            let a = match_at(tokens, at, end, "a quarter").map(|next| (15, next));
            a.or_else(|| {
                whole(tokens, at)
                    .map(|(m, next)| (m, match_at(tokens, next, end, "minutes?").unwrap_or(next)))
            })?
        }
    };
    let (hour_at, to) = match_at(tokens, link, end, "past|after")
        .map(|h| (h, false))
        .or_else(|| match_at(tokens, link, end, "to").map(|h| (h, true)))?;
    let (hour, stop) = whole(tokens, hour_at)
        .filter(|&(hour, stop)| (1..=12).contains(&hour) && stop <= end && minutes < 60)?;
    // "to four": "nine to eleven" is a range, "ten to four" may be either; five-minute steps are times.
    if to && !matches!(minutes, 5 | 10 | 15 | 20 | 25) {
        return None;
    }
    if to
        && (minutes == 10 || minutes == 5)
        && at > 0
        && tokens.get(at - 1).is_some_and(|t| t.lower == "from")
    {
        return None;
    }
    let (hour, minute) = if to {
        (if hour == 1 { 12 } else { hour - 1 }, 60 - minutes)
    } else {
        (hour, minutes)
    };
    let half = if to && hour == 7 {
        Some(Half::Am)
    } else {
        None
    };
    Some((
        Clock {
            hour,
            minute,
            half,
            sure: true,
        },
        stop,
    ))
}

/// "4.15", "16:15", "1400 hours".
fn digits(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    let here = &tokens.get(at).filter(|_| at < end)?.lower;
    if let Some((hour, minute)) = here.split_once(['.', ':']) {
        let valid = minute.len() == 2 && (1..=2).contains(&hour.len());
        return valid.then_some((
            Clock {
                hour: hour.parse().ok()?,
                minute: minute.parse().ok()?,
                half: None,
                sure: true,
            },
            at + 1,
        ));
    }
    let military = here.len() == 4 && match_at(tokens, at + 1, end, "hours|hrs").is_some();
    let both: u32 = here.parse().ok().filter(|_| military)?;
    Some((
        Clock {
            hour: both / 100,
            minute: both % 100,
            half: None,
            sure: true,
        },
        at + 2,
    ))
}

/// "four fifteen", "ten", "midday".
fn spoken(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    if let Some(stop) = match_at(tokens, at, end, "noon|midday") {
        return Some((
            Clock {
                hour: 12,
                minute: 0,
                half: Some(Half::Pm),
                sure: true,
            },
            stop,
        ));
    }
    let (hour, stop) =
        whole(tokens, at).filter(|&(hour, stop)| (1..=23).contains(&hour) && stop <= end)?;
    let bare = Clock {
        hour,
        minute: 0,
        half: None,
        sure: false,
    };
    let joined = tokens
        .get(stop - 1)
        .is_some_and(|t| t.gap.chars().all(char::is_whitespace));
    let oh = match_at(tokens, stop, end, "oh|o");
    match whole(tokens, oh.unwrap_or(stop)).filter(|_| joined) {
        Some((minute, close)) if close <= end && (minute >= 10 || oh.is_some()) && minute < 60 => {
            Some((
                Clock {
                    minute,
                    sure: true,
                    ..bare
                },
                close,
            ))
        }
        _ => Some((bare, stop)),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, shown, times_at};

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
