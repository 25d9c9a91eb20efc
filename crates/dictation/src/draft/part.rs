//! What part each sentence plays: strength, concern, view, action …
//!
//! The heading it stands under decides, unless its own words say otherwise ("I am worried that…"
//! is a concern anywhere; "Next visit on…" is no action). One sentence, one part: the readers take
//! their own parts from here, so that nothing is claimed twice.

use std::ops::Range;

use super::{
    agreement,
    date::dates,
    direction, domains,
    heading::Section,
    note::Note,
    part_words::{
        CONDITION, DOING, INTENT, METHOD, NEXT, NO_PLAN, NO_WORRY, OTHERS, PRAISE, WORRY,
    },
    phrase, readings, safety,
    sentence::Sentence,
    speech::speech,
    tools,
};

/// The part of one sentence's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Structure: a heading without a body, an end mark.
    Mark,
    Strength,
    Concern,
    View,
    Direction,
    Action,
    /// Everything else: facts, methods, safety, the next date.
    Other,
}

/// The part that every sentence plays, in order.
pub(super) fn parts(note: &Note<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for sentence in &note.sentences {
        let part = part(note, sentence, &parts);
        parts.push(part);
    }
    parts
}

fn part(note: &Note<'_>, sentence: &Sentence, earlier: &[Part]) -> Part {
    let range = sentence.body.clone();
    if sentence.mark.is_some() || (range.is_empty() && sentence.heading.is_some()) {
        return Part::Mark;
    }
    if range.is_empty() {
        return Part::Other;
    }
    let section = sentence.section;
    let worry = worried(note, &range);
    if worry && !matches!(section, Section::Actions | Section::Next) {
        return Part::Concern;
    }
    let open = earlier.contains(&Part::Concern);
    let views = (open && follows_concern(earlier)) || section == Section::Views;
    let other_part = matches!(
        section,
        Section::Actions | Section::Strengths | Section::Direction | Section::Next
    );
    if (views || (section == Section::Concerns && open))
        && !other_part
        && agreement::found(note, &range)
    {
        return Part::View;
    }
    if matches!(section, Section::Next) || next_visit(note, &range) {
        let plan = section == Section::Actions || intends(note, &range);
        return if plan && !labelled_next(note, &range) {
            Part::Action
        } else {
            Part::Other
        };
    }
    if safety::spoken(note, sentence) {
        return Part::Other;
    }
    if section == Section::Actions {
        return if note.opens(&range, CONDITION).is_some() || appointment(note, &range) {
            Part::Other
        } else {
            Part::Action
        };
    }
    if directed(note, sentence, &range) {
        return Part::Direction;
    }
    // Under strengths only the author's own plan is an action: "Debbie is going to stay".
    let praised = section == Section::Strengths
        && note
            .mentions_in(&range)
            .next()
            .is_none_or(|m| !m.who.contains(&super::cast::AUTHOR));
    if intends(note, &range) && section != Section::Analysis && !praised {
        return Part::Action;
    }
    by_section(note, sentence, &range, earlier)
}

fn by_section(
    note: &Note<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
    earlier: &[Part],
) -> Part {
    let quoted = speech(&note.tokens, range.clone())
        .is_some_and(|s| s.cue.start <= range.start + 2 && s.direct);
    match sentence.section {
        Section::Strengths if method(note, range) => Part::Other,
        Section::Strengths
            if note
                .opens(
                    range,
                    &[
                        "that's all|really|very? really|very? good|positive",
                        "so that's",
                    ],
                )
                .is_some() =>
        {
            Part::Other
        }
        Section::Strengths => Part::Strength,
        Section::Concerns if quoted || method(note, range) || none_at_all(note, range) => {
            Part::Other
        }
        Section::Concerns
            if note
                .opens(
                    range,
                    &[
                        "i think|feel|believe this|that this|it|these",
                        "my view|analysis|feeling",
                    ],
                )
                .is_some() =>
        {
            Part::Other
        }
        Section::Concerns
            if note.has(
                range,
                &[
                    "stage of change",
                    "action|preparation|maintenance|contemplation stage",
                    "precontemplation",
                    "pre? contemplation",
                ],
            ) =>
        {
            Part::Other
        }
        // What the author did about it is no worry of its own.
        Section::Concerns
            if note
                .opens(
                    range,
                    &[
                        "i've|we've asked|rung|told|spoken|emailed|phoned|called|made|referred",
                        "i|we have asked|rung|told|spoken|emailed|phoned|called|made|referred",
                        "i|we asked|rang|told|spoke|emailed|phoned|called|made|referred",
                    ],
                )
                .is_some() =>
        {
            Part::Other
        }
        Section::Concerns if opinion_after_view(note, range, earlier) => Part::Other,
        Section::Concerns => Part::Concern,
        Section::Actions | Section::Next | Section::Scaling | Section::Stage | Section::Tools => {
            Part::Other
        }
        _ if note.has(range, PRAISE) && !note.has(range, NO_WORRY) => Part::Strength,
        _ => Part::Other,
    }
}

pub(super) fn worried(note: &Note<'_>, range: &Range<usize>) -> bool {
    let early = range.start..range.end.min(range.start + 9);
    let Some(place) = note.find(early, WORRY) else {
        return false;
    };
    let lead = range.start..place.start;
    let others = note
        .mentions_in(&lead)
        .any(|m| !m.who.contains(&super::cast::AUTHOR));
    !others && !note.has(range, NO_WORRY) && place.end < range.end
}

/// "I think the bad nights follow the letters", once views have been told, explains and worries no more.
fn opinion_after_view(note: &Note<'_>, range: &Range<usize>, earlier: &[Part]) -> bool {
    let settled = earlier
        .iter()
        .rev()
        .take_while(|part| **part != Part::Concern)
        .any(|part| *part == Part::View);
    settled
        && note
            .opens(range, &["i think|feel|believe|wonder|suspect"])
            .is_some()
}

/// "Nothing new", "None today".
fn none_at_all(note: &Note<'_>, range: &Range<usize>) -> bool {
    note.has(range, NO_WORRY)
        || note
            .opens(range, &["none", "no", "nothing"])
            .is_some_and(|stop| stop + 3 >= range.end)
}

fn follows_concern(earlier: &[Part]) -> bool {
    earlier
        .iter()
        .rev()
        .take(4)
        .any(|part| matches!(part, Part::Concern | Part::View))
}

fn method(note: &Note<'_>, range: &Range<usize>) -> bool {
    if readings::spoken(note, range) {
        return true;
    }
    let uses = !tools::used(note, range).is_empty()
        || note.has(range, &["tools|tool|worksheet|exercise|assessment"]);
    uses && (note.has(range, METHOD) || note.has(range, &["scaled|scored|rated", "out of ten|10"]))
        && !note.has(range, &["is|has|has been|are keeping|kept|keeps"])
}

/// "The strategy meeting is tomorrow": an event, not an action.
fn appointment(note: &Note<'_>, range: &Range<usize>) -> bool {
    note.opens(range, &["the|his|her|our _? _? meeting|conference|review|appointment|hearing|group|discussion is|will"]).is_some() && !note.has(range, &["will|to .. attend|ring|arrange|book"])
}

/// A direction of travel: anywhere under its heading, elsewhere only of a domain that is named.
fn directed(note: &Note<'_>, sentence: &Sentence, range: &Range<usize>) -> bool {
    let phrase = direction::phrases(note, range);
    if phrase.is_empty() {
        return false;
    }
    let leads = phrase
        .first()
        .is_some_and(|(label, place)| place.start == range.start && *label != "not assessed");
    let plain_section = !matches!(sentence.section, Section::Strengths | Section::Concerns);
    if sentence.section == Section::Direction || (leads && plain_section && range.len() <= 12) {
        return true;
    }
    let reported = speech(&note.tokens, range.clone()).is_some();
    let named = domains::named(note, range);
    let near = phrase.iter().any(|(_, place)| {
        named
            .iter()
            .any(|(_, at)| at.start <= place.end + 2 && place.start <= at.end + 2)
    });
    let open = matches!(
        sentence.section,
        Section::Opening
            | Section::Account
            | Section::Analysis
            | Section::Safety
            | Section::Scaling
            | Section::Stage
            | Section::Tools
            | Section::Views
            | Section::Concerns
    );
    let plain = note.has(range, &["is|are|has|have|getting|got|been|is|no|some|still|definitely? getting|improving|improved|better|worse|worsening|change|improvement|mixed|gone|slipped"]);
    let opener = sentence.section != Section::Concerns
        || note.has(
            range,
            &["improving|improved|better|improvement", "no change"],
        );
    near && open && plain && opener && !reported
}

/// Somebody named (or the author) intends something definite.
pub(super) fn intends(note: &Note<'_>, range: &Range<usize>) -> bool {
    if note.opens(range, CONDITION).is_some()
        || note.has(range, &["must not be", "must|should not share|tell"])
    {
        return false;
    }
    // "Jodie to pack a bag", "I'm ringing the refuge this afternoon".
    let first = note
        .mentions
        .iter()
        .find(|m| m.tokens.start == range.start && !m.possessive);
    let told = first.and_then(|m| note.opens(&(m.tokens.end..range.end), &["to"]));
    let doing = note
        .opens(range, DOING)
        .filter(|stop| !dates(&note.tokens, *stop..range.end).is_empty());
    if told.is_some() || doing.is_some() {
        return true;
    }
    let Some(place) = note.find(range.clone(), INTENT) else {
        return false;
    };
    let contracted = note.tokens.get(place.start).is_some_and(|t| {
        matches!(
            t.lower.as_str(),
            "i'll" | "we'll" | "i'm" | "we're" | "he'll" | "she'll"
        )
    });
    let owner = contracted
        || note
            .before(place.start, range)
            .is_some_and(|m| m.tokens.end == place.start || place.start - m.tokens.end <= 2);
    let refused = note.has(&(place.start..range.end), NO_PLAN)
        && !note.has(
            &(place.start..range.end),
            &["will be back|visiting|seeing|sending|calling|ringing|meeting|making"],
        );
    let reported = speech(&note.tokens, range.clone()).is_some_and(|s| {
        s.cue.end <= place.start
            && !note.has(&s.cue, &["agreed|promised|confirmed"])
            && !note.has(
                &(s.cue.start..range.end),
                &["she'd|he'd|they'd", "she|he|they will|would"],
            )
    });
    let child_or_thing = note.has(
        &(place.end..range.end.min(place.end + 3)),
        &["see him|her grandchildren"],
    );
    owner && !refused && !reported && !child_or_thing
}

/// Tells the next contact of this author.
pub(super) fn next_visit(note: &Note<'_>, range: &Range<usize>) -> bool {
    let Some(place) = note.find(range.clone(), NEXT) else {
        return false;
    };
    let own =
        !note.has(range, OTHERS) || note.has(&(range.start..place.end), &["next visit|session"]);
    let before = note.before(place.start, range).is_some_and(|m| {
        place.start == m.tokens.end
            && !m.who.contains(&super::cast::AUTHOR)
            && note.has(&place, &["will|i'll go|come|call"])
    });
    own && !before
        && !dates(&note.tokens, place.start..range.end).is_empty()
        && note.opens(range, CONDITION).is_none()
}

/// Begins by naming the next contact rather than by an owner.
pub(super) fn labelled_next(note: &Note<'_>, range: &Range<usize>) -> bool {
    let early = range.start..range.end.min(range.start + 7);
    let place = phrase::find(
        &note.tokens,
        early,
        &[
            "next|our next? home|joint|statutory? visit|session|contact|appointment|call|meeting",
            "seeing|see _ _? again",
            "be back",
            "speak|meet|talk again",
            "i'll|we'll see|visit|meet _ next|on|again|in",
            "i|we will see|visit|meet _ next|on|again|in",
            "phone|telephone contact|call on? monday|tuesday|wednesday|thursday|friday|tomorrow|next",
            "due back",
            "i'm|we're seeing|meeting|visiting",
            "i|we am|are seeing|meeting|visiting",
            "visit again|next",
        ],
    );
    place.is_some() && !note.has(range, &["try again", "go back"])
}
