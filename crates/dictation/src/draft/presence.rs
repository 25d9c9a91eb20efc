//! Who was there and who was said not to be.
//!
//! Somebody is present on words that put them in the room, never for being spoken of. A denial
//! wins over a presence.

use std::ops::Range;

use super::{
    cast::AUTHOR, heading::Section, mention::Mention, model::Draft, note::Note, speech::speech,
};

/// After a list of people: they were there.
const THERE: &[&str] = &[
    "was|were also|both|all|there? present",
    "was|were also|both|all at home|in|there|here",
    "was|were both? home|in|there",
    "attended",
    "came",
    "arrived",
    "joined us|me|in",
    "was|were also|both|all? seen",
    "was|were .. with|and",
    "seen with|alone|awake|asleep",
    "let me|us in",
    "refused to let|leave",
    "was|were very|really|quite|a? bit? polite|calm|tearful|angry|hostile|friendly|upset|chatty|quiet|cross|welcoming|abrupt",
    "opened|answered the? door",
    "met me|us",
    "was|were in|on his|her|the|their cot|bed|bedroom|sofa|kitchen|lounge|garden|living|play|mat|bath|highchair|bouncer",
    "was|were asleep|awake|playing|watching|upstairs|downstairs",
    "is|are present",
    "was|were on his|her|their own",
    "stayed in|with|throughout",
    "sat in|with|between|beside|next|on|at|through",
    "was|were|is all|both? in|about|home",
    "showed me",
    "welcomed me",
    "was|were happy for me",
    "invited me",
    "engaged",
    "told me|us",
    "presented as",
];
/// Before a list of people.
const WITH: &[&str] = &[
    "present|presents|present's was|were|are",
    "those present was|were?",
    "in attendance was|were?",
    "also present was|were?",
    "session|appointment|meeting|visit|work|interview|review|call|contact|supervision with",
    "visit|went|came|called|been round? to see",
    "visit yesterday|today|this|at|on|just .. to",
    "visit .. at .. to",
    "talked to|with",
    "saw",
    "met with",
    "met",
    "spoke to|with|alone?",
    "present with",
    "visited",
    "home visit to",
    "visit to|with",
    "was|were .. at home with",
    "was|were|at home|there|in with",
    "attended with",
    "came with|along with",
    "joined by",
    "accompanied by",
    "jointly with",
    "observed|seen",
    "jointly with the?",
    "looked in on",
    "went to see",
    "greeted by",
    "let in by",
    "door by",
    "supported by",
];
/// A phone call puts nobody in a room, save the one it is with in a session.
const REMOTE: &[&str] = &["phone", "message"];
/// After a list of people: they were not there.
const AWAY: &[&str] = &[
    "was|were|is|are not|n't .. present|there|home|in|at|here|seen|around|available",
    "wasn't|weren't|isn't .. present|there|home|in|at|here|seen|around|available",
    "was|were out",
    "was|were out|away at?",
    "was|were|is|are still? at work|school|nursery|college|the|his|her|their",
    "absent",
    "not there|present|in|home|about|around|seen",
    "wasn't|weren't there|about|around",
    "was|were absent|away|elsewhere|asleep upstairs and not",
    "had|has already|just? gone|popped",
    "had already|just? left",
    "had|has .. gone to",
    "did not attend|join|come",
    "didn't attend|join|come",
    "was|were staying with|at",
    "could not attend|make",
    "couldn't attend|make",
    "sent apologies",
    "gave apologies",
    "was|were in prison|hospital|custody",
    "didn't come",
    "failed to attend",
    "was|were off site",
];

pub(super) fn read(note: &Note<'_>, draft: &mut Draft) {
    let mut absent: Vec<(usize, Range<usize>)> = Vec::new();
    let mut present: Vec<(usize, Range<usize>)> = Vec::new();
    let remote = draft
        .kind
        .as_deref()
        .is_some_and(|kind| REMOTE.contains(&kind));
    let shut = matches!(
        draft.outcome.as_deref(),
        Some("no reply" | "cancelled by family" | "cancelled by service")
    );
    for sentence in note.sentences.iter().filter(|s| s.mark.is_none()) {
        let range = sentence.body.clone();
        match sentence.section {
            Section::Present => listed(note, &range, &mut present),
            Section::Absent => listed(note, &range, &mut absent),
            Section::Opening
            | Section::Account
            | Section::Purpose
            | Section::Voice
            | Section::Strengths => {}
            _ => continue,
        }
        if sentence.section == Section::Strengths || note.opens(&range, &["if"]).is_some() {
            continue;
        }
        let said = speech(&note.tokens, range.clone()).map_or(range.end, |s| s.content.start);
        let range = range.start..said.max(range.start);
        away(note, &range, &mut absent);
        if !shut && !remote {
            there(note, &range, draft.outcome.is_some(), &mut present);
        }
    }
    let denied: Vec<usize> = absent.iter().map(|(who, _)| *who).collect();
    present.retain(|(who, _)| !denied.contains(who));
    draft.present = names(note, draft, "present", &present);
    draft.absent = names(note, draft, "absent", &absent);
}

fn names(
    note: &Note<'_>,
    draft: &mut Draft,
    field: &str,
    found: &[(usize, Range<usize>)],
) -> Vec<String> {
    let mut done: Vec<usize> = Vec::new();
    let mut names = Vec::new();
    for (who, place) in found {
        let again = done.iter().any(|&other| {
            other == *who
                || note.cast.likely(*who) == Some(other)
                || note.cast.likely(other) == Some(*who)
        });
        let role_only = note
            .cast
            .person(*who)
            .is_some_and(|p| p.nameless && p.professional);
        if *who == AUTHOR || again || role_only {
            continue;
        }
        done.push(*who);
        let name = note.full(*who);
        note.source(draft, field, Some(name.clone()), place);
        names.push(name);
    }
    names
}

fn listed(note: &Note<'_>, range: &Range<usize>, into: &mut Vec<(usize, Range<usize>)>) {
    for mention in note.mentions_in(range).filter(|m| !m.possessive) {
        into.extend(mention.who.iter().map(|&who| (who, mention.tokens.clone())));
    }
}

fn place_of(
    note: &Note<'_>,
    who: usize,
    range: &Range<usize>,
    otherwise: &Mention,
) -> Range<usize> {
    note.mentions_in(range)
        .find(|m| m.who.contains(&who))
        .map_or(otherwise.tokens.clone(), |m| m.tokens.clone())
}

/// The list of people that ends just before `at`: "Donna, who is unwell, was present".
fn subject(note: &Note<'_>, at: usize, range: &Range<usize>) -> Option<Mention> {
    let mention = note.before(at, range)?;
    let between = mention.tokens.end..at;
    let close = between.len() <= 1
        || note
            .opens(&between, &["who", "both|all|also|already|now|still|just"])
            .is_some_and(|_| between.len() <= 7)
        || (between.len() <= 3 && !note.has(&between, &["and|but|with|to|for|of"]));
    close.then(|| mention.clone())
}

/// The list that a verb takes: "was" takes only its own subject, unless "and" joins another.
fn members(note: &Note<'_>, at: usize, last: &Mention, range: &Range<usize>) -> Vec<usize> {
    let who = note.list_ending(last, range);
    let singular = note
        .opens(&(at..range.end), &["was|is|wasn't|isn't|has|had"])
        .is_some();
    let joined = last
        .tokens
        .start
        .checked_sub(1)
        .and_then(|before| note.tokens.get(before))
        .is_some_and(|t| matches!(t.lower.as_str(), "and" | "baby" | "partner"));
    if singular && !joined {
        last.who.clone()
    } else {
        who
    }
}

fn away(note: &Note<'_>, range: &Range<usize>, into: &mut Vec<(usize, Range<usize>)>) {
    for at in range.clone() {
        let here = at..range.end;
        if note.opens(&here, AWAY).is_some()
            && let Some(mention) = subject(note, at, range)
        {
            // "They were at the table" and "he was at the door" are presences.
            if note.has(
                &(at..range.end.min(at + 6)),
                &[
                    "at|in the door|table|sink|window|sofa|kitchen|garden|bath",
                    "the kitchen|garden|door|sofa|bath|window",
                    "house|home with",
                    "alone",
                ],
            ) && !note.has(&(at..range.end.min(at + 3)), &["not|wasn't|weren't"])
            {
                continue;
            }
            // "was not seen alone" says that she was seen.
            if note.has(
                &here,
                &[
                    "seen .. alone|separately",
                    "seen on his|her|their own",
                    "seen by himself|herself",
                ],
            ) {
                continue;
            }
            for who in members(note, at, &mention, range) {
                into.push((who, place_of(note, who, range, &mention)));
            }
        }
        if let Some(stop) = note.opens(
            &here,
            &[
                "did not see",
                "didn't see",
                "not seen was|were",
                "apologies .. from",
                "in the absence of",
                "without seeing",
            ],
        ) && let Some(mention) = note.after(stop, &(stop..range.end.min(stop + 6)))
            && !note.has(
                &(stop..range.end),
                &["alone", "on his|her own", "any|anything"],
            )
        {
            let (who, _) = note.list_starting(mention, range);
            into.extend(who.into_iter().map(|one| (one, mention.tokens.clone())));
        }
    }
}

fn there(
    note: &Note<'_>,
    range: &Range<usize>,
    unhappy: bool,
    into: &mut Vec<(usize, Range<usize>)>,
) {
    for at in range.clone() {
        let here = at..range.end;
        if note.opens(&here, THERE).is_some()
            && let Some(mention) = subject(note, at, range)
        {
            for who in members(note, at, &mention, range) {
                into.push((who, place_of(note, who, range, &mention)));
            }
        }
        let plan = unhappy && note.opens(&here, &["visit to|with"]).is_some();
        let negated = note.has(
            &(range.start.max(at.saturating_sub(3))..at),
            &["not|didn't|couldn't|cannot|never|attempted"],
        ) || note.has(&(range.start.max(at.saturating_sub(1))..at), &["to"]);
        let bare = at == range.start || note.gap_has(at - 1, &[',', '.']);
        let lead = note
            .opens(&here, WITH)
            .or_else(|| note.opens(&here, &["present"]).filter(|_| bare));
        if let Some(stop) = lead.filter(|_| !plan && !negated)
            && let Some(mention) = first_listed(note, stop, range)
        {
            let (who, _) = note.list_starting(&mention, range);
            for one in who {
                into.push((one, place_of(note, one, range, &mention)));
            }
        }
    }
    clients(note, range, into);
}

/// The mention that begins right after a lead, past determiners and roles.
fn first_listed(note: &Note<'_>, stop: usize, range: &Range<usize>) -> Option<Mention> {
    let mention = note.after(stop, range)?;
    let between = stop..mention.tokens.start;
    let plain = between.clone().all(|at| {
        note.tokens.get(at).is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "the"
                    | "his"
                    | "her"
                    | "their"
                    | "my"
                    | "a"
                    | "baby"
                    | "friend"
                    | "sister"
                    | "brother"
                    | "both"
                    | "and"
                    | "mother's"
                    | "cousin"
                    | "aunt"
                    | "uncle"
                    | "daughter"
                    | "son"
                    | "child"
            )
        })
    });
    (plain && between.len() <= 3).then(|| mention.clone())
}

/// "Adult mental health session, Joanne Reid, clinic appointment": a name that is a clause of its own.
fn clients(note: &Note<'_>, range: &Range<usize>, into: &mut Vec<(usize, Range<usize>)>) {
    let opening = note
        .sentences
        .iter()
        .find(|s| s.mark.is_none())
        .is_some_and(|s| s.body == *range);
    let session = note.has(
        range,
        &["session|appointment|visit|work|review|supervision"],
    );
    for mention in note
        .mentions_in(range)
        .filter(|m| opening && session && !m.possessive)
    {
        let apart = mention.tokens.start > range.start
            && note.gap_has(mention.tokens.start - 1, &[',', ':'])
            && note.gap_has(mention.tokens.end - 1, &[',', ':', '.']);
        if apart {
            let (who, _) = note.list_starting(mention, range);
            into.extend(
                note.list_ending(mention, range)
                    .into_iter()
                    .chain(who)
                    .map(|one| (one, mention.tokens.clone())),
            );
        }
    }
}
