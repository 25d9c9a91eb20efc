//! When, where and what for: the visit's date, times, place and purpose.

use std::ops::Range;

use jiff::civil::Date;

use super::{
    calendar::{Visit, past},
    clock::{clock_at, shown},
    date::{When, dates},
    heading::Section,
    model::Draft,
    note::Note,
    number::whole,
    sentence::Sentence,
    times::{closing, times_at},
};

/// A date in one of these company is not the visit's.
const OTHER_DATES: &[&str] = &[
    "born",
    "date of birth",
    "notification of",
    "since",
    "dated",
    "review is",
    "conference on|is|was",
    "due on?",
];
const PURPOSES: &[&str] = &[
    "purpose|aim|reason|objective|focus of|for the|this|today|today's|my? visit|session|appointment|call|contact|meeting? was|is|being to?",
    "the|my|our purpose|aim|reason|focus was|is to",
    "purpose|aim was|is to?",
    "i|we visited|went|called|met|came to",
    "visit was|is to",
    "visited in order to",
    "visit to follow|review|check|discuss|complete|explore|talk|look|see how",
    "session to review|discuss|complete|look|explore",
    "to follow up on?",
    "in order to",
];
/// Things that may hold a meeting, as the last word of a place.
const PLACES: &str = "clinic library centre center office offices school nursery hub hospital surgery college court station cafe park church refuge ward placement hostel unit room house home garden address flat mosque pub street road close lane avenue academy building";

pub(super) fn read(note: &mut Note<'_>, draft: &mut Draft, recorded: Date) {
    date(note, draft, recorded);
    times(note, draft);
    place(note, draft);
    purpose(note, draft);
}

/// Sentences that introduce the visit.
fn opening<'n>(note: &'n Note<'_>, count: usize) -> impl Iterator<Item = &'n Sentence> {
    note.sentences
        .iter()
        .filter(|s| {
            s.mark.is_none()
                && matches!(
                    s.section,
                    Section::Opening
                        | Section::Present
                        | Section::Account
                        | Section::Purpose
                        | Section::Absent
                )
        })
        .take(count)
}

fn date(note: &mut Note<'_>, draft: &mut Draft, recorded: Date) {
    let mut found: Vec<(Date, Option<i8>, Range<usize>, bool)> = Vec::new();
    for sentence in opening(note, 4) {
        for spoken in dates(&note.tokens, sentence.body.clone()) {
            let lead = sentence
                .body
                .start
                .max(spoken.tokens.start.saturating_sub(4))
                ..spoken.tokens.start;
            // "I will refer her today" says nothing of the visit's day.
            let plan = note.has(&sentence.body, &["will|i'll|going|next"]);
            let calendar = matches!(spoken.when, When::MonthDay { .. } | When::Day { .. });
            let Some((date, weekday)) =
                past(spoken.when, recorded).filter(|_| !note.has(&lead, OTHER_DATES))
            else {
                continue;
            };
            if calendar || !plan {
                found.push((date, weekday, spoken.tokens, calendar));
            }
        }
    }
    // "today, Thursday the 8th": the calendar day says more than "today".
    let first = found.first().map_or(0, |f| f.2.end);
    let chosen = found
        .iter()
        .find(|f| f.3 && f.2.start <= first + 3)
        .or(found.first())
        .cloned();
    let Some((date, weekday, place, _)) = chosen else {
        note.visit = Some(Visit::on(recorded, None));
        return;
    };
    // The weekday may stand apart: "on the 6th of September, a Wednesday".
    let weekday = weekday.or_else(|| {
        found
            .iter()
            .find_map(|f| f.1.filter(|_| f.2.start.abs_diff(place.end) < 3))
    });
    draft.date = Some(date);
    note.source(draft, "date", None, &place);
    let real = date.weekday().to_monday_one_offset();
    if weekday.is_some_and(|said| said != real) {
        note.doubt(draft, &place, "The weekday spoken is not this date's in the year of recording; the year was kept, and days of the week were counted from the weekday spoken.", Some(date.to_string()));
    }
    note.visit = Some(Visit::on(date, weekday));
}

fn times(note: &Note<'_>, draft: &mut Draft) {
    let ranges: Vec<Range<usize>> = opening(note, 4).map(|s| s.body.clone()).collect();
    let mut start = None;
    for range in &ranges {
        let skip = dates(&note.tokens, range.clone());
        let mut at = range.start;
        while at < range.end {
            if let Some(date) = skip.iter().find(|d| d.tokens.contains(&at)) {
                at = date.tokens.end;
                continue;
            }
            let Some(times) = times_at(&note.tokens, at, range.end) else {
                at += 1;
                continue;
            };
            if start.is_none() && !aside(note, range, at) {
                start = Some(times.start);
                draft.start = Some(shown(times.start));
                draft.end = times.end.map(shown);
                note.source(draft, "start", None, &times.tokens);
                if times.end.is_some() {
                    note.source(draft, "end", None, &times.tokens);
                }
            }
            at = times.tokens.end;
        }
    }
    if let (Some(start), None) = (start, &draft.end) {
        ending(note, draft, start);
    }
}

/// A time of something else: "has an appointment on Monday at 9.15", "bedtime is at seven".
fn aside(note: &Note<'_>, range: &Range<usize>, at: usize) -> bool {
    note.has(
        &(range.start.max(at.saturating_sub(8))..at),
        &[
            "has|have an appointment",
            "bedtime",
            "review",
            "starts|opens|closes|woke|wakes",
            "next",
        ],
    )
}

/// "… and I left at five", "finished at ten", "for forty minutes".
fn ending(note: &Note<'_>, draft: &mut Draft, start: u32) {
    let cues = [
        "left|leaving|finished|ended|finishing|ending|finish at",
        "until|till",
        "left|finished|ended just|about|around after?",
    ];
    let ranges: Vec<Range<usize>> = note
        .sentences
        .iter()
        .filter(|s| s.section == Section::Opening || s.section == Section::Account)
        .map(|s| s.body.clone())
        .collect();
    for range in ranges {
        if let Some(cue) = note.find(range.clone(), &cues)
            && let Some((clock, stop)) = clock_at(&note.tokens, cue.end, range.end)
        {
            draft.end = Some(shown(closing(start, clock)));
            note.source(draft, "end", None, &(cue.start..stop));
            return;
        }
        if let Some((minutes, place)) = duration(note, &range) {
            draft.end = Some(shown(start + minutes));
            note.source(draft, "end", None, &place);
            return;
        }
    }
}

fn duration(note: &Note<'_>, range: &Range<usize>) -> Option<(u32, Range<usize>)> {
    let led = note.find(
        range.clone(),
        &[
            "for about|around|just|nearly?",
            "lasted about|around|just|nearly?",
            "took about|around?",
        ],
    )?;
    let fixed = [
        ("an|one hour and a half", 90),
        ("an|one hour", 60),
        ("half an hour", 30),
        ("three quarters of an hour", 45),
        ("an hour and a quarter", 75),
    ];
    let whole_phrase = fixed
        .iter()
        .filter_map(|(said, minutes)| Some((*minutes, note.opens(&(led.end..range.end), &[said])?)))
        .max_by_key(|f| f.1);
    if let Some((minutes, stop)) = whole_phrase {
        return Some((minutes, led.start..stop));
    }
    let (count, unit) = whole(&note.tokens, led.end).filter(|&(count, _)| count <= 600)?;
    if let Some(stop) = note.opens(&(unit..range.end), &["minutes|mins|minute"]) {
        return Some((count, led.start..stop));
    }
    let stop = note
        .opens(&(unit..range.end), &["hours|hour"])
        .filter(|_| count <= 12)?;
    Some((count * 60, led.start..stop))
}

/// "at the Wellington Street clinic", in the speaker's words without the article.
fn place(note: &Note<'_>, draft: &mut Draft) {
    let ranges: Vec<Range<usize>> = opening(note, 2).map(|s| s.body.clone()).collect();
    for range in ranges {
        for at in range.clone() {
            let Some(from) = note
                .opens(
                    &(at..range.end),
                    &["at|in|from the|her|his|their|a?", "at|in the family"],
                )
                .filter(|_| {
                    note.tokens
                        .get(at)
                        .is_some_and(|t| matches!(t.lower.as_str(), "at" | "in"))
                })
            else {
                continue;
            };
            let words = (from..range.end.min(from + 5)).find(|&word| {
                note.tokens.get(word).is_some_and(|t| {
                    super::name_words::listed(PLACES, t.bare())
                        && !note.tokens.get(word + 1).is_some_and(|next| {
                            t.joins_next() && super::name_words::listed(PLACES, &next.lower)
                        })
                })
            });
            let inner = words.filter(|&word| {
                (from..word).all(|w| {
                    note.tokens
                        .get(w)
                        .is_some_and(super::token::Token::joins_next)
                }) && !note.has(&(from..word), &["on|with|was|and|about|need"])
            });
            if let Some(word) = inner {
                let place = from..word + 1;
                draft.place = Some(note.words(&place));
                note.source(draft, "place", None, &place);
                return;
            }
        }
    }
}

fn purpose(note: &Note<'_>, draft: &mut Draft) {
    let under = note
        .sentences
        .iter()
        .find(|s| s.section == Section::Purpose && !s.body.is_empty());
    let range = under.map(|s| s.body.clone()).or_else(|| {
        opening(note, 6).find_map(|s| {
            let cue = note.find(s.body.clone(), PURPOSES)?;
            // Only an infinitive tells a purpose: "I went to see", not "I went to Donna's".
            let verb = note.tokens.get(cue.end).filter(|t| {
                !t.capital && !matches!(t.lower.as_str(), "the" | "see" | "her" | "his" | "a")
            })?;
            (verb.start > 0 && cue.end < s.body.end).then_some(cue.end..s.body.end)
        })
    });
    let Some(range) = range else { return };
    let from = note.opens(&range, &["was|is"]).unwrap_or(range.start);
    let range = if from < range.end {
        from..range.end
    } else {
        range
    };
    draft.purpose = Some(note.words(&range));
    note.source(draft, "purpose", None, &range);
}
