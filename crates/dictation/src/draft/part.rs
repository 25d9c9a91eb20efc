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
    let section = section_of(sentence, earlier);
    let worry = worried(note, &range);
    if worry && !matches!(section, Section::Actions | Section::Next) {
        return Part::Concern;
    }
    let open = earlier.contains(&Part::Concern);
    let told = !follows_concern(earlier) && worried_other(note, &range).is_some();
    if told
        && !matches!(
            section,
            Section::Actions | Section::Next | Section::Strengths
        )
    {
        return Part::Concern;
    }
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
    let planned = sentence.section == Section::Safety
        && sentence.heading.is_none()
        && intends(note, &range)
        && note.has(&range, &["will|i'll|we'll|going to"]);
    if safety::spoken(note, sentence) && !planned {
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
    let analysis =
        section == Section::Analysis && !note.has(&range, &["i|we will|need|have", "i'll|we'll"]);
    if intends(note, &range) && !analysis && !praised {
        return Part::Action;
    }
    by_section(note, section, &range, earlier)
}

/// What goes well and what worries end where a plan or a direction was told: what follows is told
/// after that, without a heading of its own.
fn section_of(sentence: &Sentence, earlier: &[Part]) -> Section {
    let listing = matches!(sentence.section, Section::Strengths | Section::Concerns);
    let over = matches!(earlier.last(), Some(Part::Action | Part::Direction));
    if listing && over && sentence.heading.is_none() {
        Section::Account
    } else {
        sentence.section
    }
}

fn by_section(note: &Note<'_>, section: Section, range: &Range<usize>, earlier: &[Part]) -> Part {
    let quoted = speech(&note.tokens, range.clone())
        .is_some_and(|s| s.cue.start <= range.start + 2 && s.direct);
    match section {
        Section::Strengths if method(note, range) || none_at_all(note, range) => Part::Other,
        Section::Strengths if quoted && child_speaks(note, range) => Part::Other,
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

/// A child's own words are its voice, whatever they stand under.
fn child_speaks(note: &Note<'_>, range: &Range<usize>) -> bool {
    let speaker = note.mentions_in(range).next();
    speaker.is_some_and(|m| m.who.iter().any(|&who| note.cast.is_child(who)))
}

/// Somebody else's worry, told as such: "Ryan is worried that Beth is using". Whose, and where it begins.
pub(super) fn worried_other<'n>(
    note: &'n Note<'_>,
    range: &Range<usize>,
) -> Option<(&'n super::mention::Mention, usize)> {
    let early = range.start..range.end.min(range.start + 8);
    let cue = note.find(
        early,
        &["is|are|was|were|he's|she's also|very|really|so|still? worried|concerned|anxious|frightened about|that|for|by|in|how|her|his|their|she|he|they"],
    )?;
    let contracted = note
        .tokens
        .get(cue.start)
        .is_some_and(|t| t.lower.contains('\''));
    let place = if contracted { cue.start + 1 } else { cue.start };
    let holder = note.before(place, range).filter(|m| {
        m.tokens.end == place && !m.who.contains(&super::cast::AUTHOR) && m.who.len() == 1
    })?;
    let said =
        speech(&note.tokens, range.clone()).is_some_and(|s| s.direct && s.cue.start < cue.start);
    (!said && !note.has(range, NO_WORRY) && cue.end < range.end).then_some((holder, cue.end - 1))
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
    let first = named
        .first()
        .is_some_and(|(_, at)| at.start <= range.start + 6);
    if leads && first && !reported {
        return true;
    }
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
    if told.is_some() || doing.is_some() || about_to(note, range) {
        return true;
    }
    let Some(place) = note.find(range.clone(), INTENT) else {
        return false;
    };
    let contracted = note.tokens.get(place.start).is_some_and(|t| {
        matches!(
            t.lower.as_str(),
            "i'll" | "we'll" | "i'm" | "we're" | "he'll" | "she'll" | "they'll" | "i've" | "we've"
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

/// "Carly is taking him to the walk-in centre tonight".
fn about_to(note: &Note<'_>, range: &Range<usize>) -> bool {
    let first = note
        .mentions_in(range)
        .next()
        .filter(|m| !m.possessive && m.tokens.start == range.start);
    first.is_some_and(|m| {
        let doing = ["is|are taking|ringing|phoning|calling|bringing|booking|sending|seeing|meeting|asking|collecting|dropping|speaking|moving|packing"];
        note.opens(&(m.tokens.end..range.end), &doing)
            .is_some_and(|stop| !dates(&note.tokens, stop..range.end).is_empty())
    })
}

/// Tells the next contact of this author.
pub(super) fn next_visit(note: &Note<'_>, range: &Range<usize>) -> bool {
    let Some(place) = note.find(range.clone(), NEXT) else {
        return false;
    };
    let own = !note.has(range, OTHERS)
        || note.has(&(range.start..place.end), &["next visit|session"])
        || (core_group(note) && note.opens(range, &["our? next core group"]).is_some());
    let before = note.before(place.start, range).is_some_and(|m| {
        place.start == m.tokens.end
            && !m.who.contains(&super::cast::AUTHOR)
            && note.has(&place, &["will|i'll go|come|call"])
    });
    let theirs = note.has(&place, &["him|her|them"])
        && note.before(place.start, range).is_some_and(|m| {
            place.start <= m.tokens.end + 2 && !m.who.contains(&super::cast::AUTHOR)
        });
    own && !before
        && !theirs
        && !dates(&note.tokens, place.start..range.end).is_empty()
        && note.opens(range, CONDITION).is_none()
}

/// Whether the note itself is of a core group.
fn core_group(note: &Note<'_>) -> bool {
    let first = note.sentences.first();
    first.is_some_and(|it| note.has(&it.body, &["core group"]))
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
            "speak|talk to|with _ again",
            "pop|nip|come back|round|over|in again|next|on|tomorrow|monday|tuesday|wednesday|thursday|friday|a",
            "next visit's|session's|appointment's",
            "next core|family group|time",
            "we meet again",
            "see|seeing|meet|meeting him|her|them again|next|on|in|tomorrow|a|at|this",
            "back in? on|next",
            "i'll|we'll see|ring|phone|call him|her|them on|next|again|tomorrow",
        ],
    );
    place.is_some() && !note.has(range, &["try again", "go back"])
}
