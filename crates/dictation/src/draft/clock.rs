//! Spoken times of day and the ranges between them.
//!
//! Without "morning" or "p.m." the daytime rule holds: 8 to 11 are morning, 12 to 7 afternoon. An
//! end takes the half of the day that puts it after its start.

use super::{number::whole, phrase::match_at, token::Token};

pub(super) const ABOUT: &str = "about|around|approximately|roughly|nearly|just|gone?";

/// Half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// A time as spoken; the hour may still lack its half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) half: Option<Half>,
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

/// One time at exactly `at`.
pub(super) fn clock_at(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    let at = match_at(tokens, at, end, ABOUT).unwrap_or(at);
    let (clock, stop) = homophone(tokens, at, end)
        .or_else(|| past_or_to(tokens, at, end))
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
    // "half four" is half past four.
    if minutes == 30
        && let Some((hour, stop)) = whole(tokens, link)
    {
        let fits = (1..=12).contains(&hour) && stop <= end;
        let clock = Clock {
            hour,
            minute: 30,
            half: None,
            sure: true,
        };
        return fits.then_some((clock, stop));
    }
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

/// "for 15 in the afternoon": four fifteen, misheard.
pub(super) fn homophone(tokens: &[Token], at: usize, end: usize) -> Option<(Clock, usize)> {
    let (minute, stop) = whole(tokens, match_at(tokens, at, end, "for")?)?;
    let after = match_at(tokens, stop, end, "in the afternoon|morning").or(match_at(
        tokens,
        stop,
        end,
        "pm|until|till",
    ));
    let fits = matches!(minute, 15 | 30 | 45) && stop <= end && after.is_some();
    fits.then_some((
        Clock {
            hour: 4,
            minute,
            half: None,
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
