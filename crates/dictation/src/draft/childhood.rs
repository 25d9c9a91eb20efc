//! Which of the people are children, from what is said of them.
//!
//! Age, "the children, Tyler and Skye", "baby Noah" decide; being seen alone or being at school
//! counts only for somebody whom nothing makes an adult.

use super::{
    cast::{AUTHOR, Cast},
    mention::{Form, Mention},
    number::whole,
    phrase::match_at,
    sentence::Sentence,
    token::Token,
};

/// After a name, with a number next: an age.
const AGE_AFTER: &[&str] = &[
    "who is|was only?",
    "is|was only? just?",
    "aged",
    "age",
    "who's only?",
    "he's|she's only?",
    "is now|almost|nearly|about",
    "",
];
/// After a name, signs of childhood; each may come after "who is" and the like.
const SIGNS: &[&str] = &[
    "_? was|is|were both?|all? seen|asleep|awake",
    "was|is off|at|in school|nursery",
    "was|is|has been|gone .. school|nursery",
    "was not|n't seen",
    "wasn't seen",
    "showed me his|her",
    "sat on his|her|their|mum's|dad's knee|lap",
    "is|was in his|her cot|buggy|pram|highchair|bouncer|crib",
    "cried|crawled|toddled",
    "is _? months|weeks old",
    "alone in his|her",
    "_ asleep|awake in|on",
    "has missed .. school",
];
/// Before a name.
const LEADS: &[&str] = &[
    "baby",
    "child",
    "toddler",
    "little",
    "the children|kids|boys|girls|twins",
    "the _? child|lads|boys|girls|kids|twins|bairns|weans|lasses|youngsters",
    "her|his|their two|three|four|five? child|kids|lads|boys|girls|twins|bairns|weans|lad|boy|girl|lass",
    "wee|her|his|their|all wee|two|three|four|five",
    "children|kids",
    "i saw",
    "direct work with",
    "his|her younger|older|big|little|half|baby sister|brother",
    "school for|about",
    "the? voice of",
    "spoke to|with",
    "what",
    "sole care of",
    "looking after",
];
/// Leads after which an "alone" must follow for a person to be a child.
const NEEDS_ALONE: &[&str] = &[
    "i saw",
    "i also saw",
    "i spoke to|with",
    "spoke to|with",
    "saw",
    "met with",
    "i managed to see",
    "chat|time|talk|word with",
];
const ALONE: &[&str] = &[
    "alone",
    "on his|her own",
    "by himself|herself",
    "separately",
    "in his|her bedroom|room",
];
/// Kinds in which an adult is the client, so that weak signs say nothing.
const ADULT_SETTING: &[&str] = &[
    "session",
    "appointment",
    "probation",
    "idva",
    "recovery worker",
    "perpetrator",
    "clinic",
];

/// Marks children in the cast.
pub(super) fn mark(
    tokens: &[Token],
    sentences: &[Sentence],
    mentions: &[Mention],
    cast: &mut Cast,
) {
    let opening = sentences.first().map_or(0..0, |s| s.body.clone());
    let work = match_at(tokens, opening.start, opening.end, ".. direct work").is_some();
    let adult_setting = !work
        && opening.clone().any(|at| {
            ADULT_SETTING
                .iter()
                .any(|pattern| match_at(tokens, at, opening.end, pattern).is_some())
        });
    let mut children: Vec<usize> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let [who] = mention.who[..] else { continue };
        if who == AUTHOR || cast.person(who).is_none_or(|person| person.professional) {
            continue;
        }
        match age(tokens, mention) {
            Some(age) if age < 18 => children.push(who),
            Some(_) => {
                if let Some(person) = cast.people.get_mut(who) {
                    person.adult = true;
                }
            }
            None if strong(tokens, mention) => {
                children.push(who);
                children.extend(listed_with(tokens, mentions, at));
            }
            None if alone_with(tokens, mention) && !adult_setting => {
                children.push(who);
                children.extend(listed_with(tokens, mentions, at));
            }
            None if !adult_setting
                && weak(tokens, mention)
                && !cast.person(who).is_some_and(|p| p.adult) =>
            {
                children.push(who);
            }
            None => {}
        }
    }
    for who in children {
        if let Some(person) = cast.people.get_mut(who).filter(|person| !person.adult) {
            person.child = true;
        }
    }
    spoken_ages(tokens, mentions, cast);
    sisters(tokens, mentions, cast);
}

/// "…, she's ten": the age of whoever was named last.
fn spoken_ages(tokens: &[Token], mentions: &[Mention], cast: &mut Cast) {
    for at in 0..tokens.len() {
        let lead = ["he's|she's only|just?", "he|she is|was only|just?"];
        let number = lead
            .iter()
            .find_map(|lead| match_at(tokens, at, tokens.len(), lead));
        let Some((age, stop)) = number.and_then(|number| whole(tokens, number)) else {
            continue;
        };
        let closed = tokens
            .get(stop - 1)
            .is_none_or(|t| t.gap.trim_start().starts_with([',', '.', ')', ';']));
        let years = match_at(tokens, stop, tokens.len(), "months|weeks|years old|of").is_some();
        let first = (0..at)
            .rev()
            .find(|&t| tokens[t].gap.contains(['.', '!', '?']))
            .map_or(0, |t| t + 1);
        let named = |m: &&Mention| m.tokens.end <= at && m.form == Form::Name;
        // "Skye was seen with Donna because she is two": the subject's age.
        let reason = at > 0 && matches!(tokens[at - 1].lower.as_str(), "because" | "as" | "since");
        let subject = mentions
            .iter()
            .filter(named)
            .find(|m| reason && m.tokens.start >= first);
        let last = subject.or_else(|| mentions.iter().rfind(named));
        if let Some(&[who]) = last.filter(|_| closed || years).map(|m| &m.who[..])
            && age < 18
            && let Some(person) = cast
                .people
                .get_mut(who)
                .filter(|p| !p.adult && !p.professional)
        {
            person.child = true;
        }
    }
}

/// An age said directly after a name, in years; babies counted in months or weeks are 0.
fn age(tokens: &[Token], mention: &Mention) -> Option<u32> {
    let end = tokens.len();
    let from = mention.tokens.end;
    let comma = tokens
        .get(from - 1)
        .is_some_and(|t| t.gap.trim_start().starts_with([',', '(']));
    AGE_AFTER.iter().find_map(|lead| {
        let at = if lead.is_empty() {
            comma.then_some(from)?
        } else {
            match_at(tokens, from, end, lead)?
        };
        let (number, stop) = whole(tokens, at)?;
        if match_at(tokens, stop, end, "months|weeks|days|month|week|day").is_some() {
            let closed = tokens.get(stop).is_some_and(|t| !t.gap.trim().is_empty());
            return (closed || match_at(tokens, stop + 1, end, "old|of").is_some()).then_some(0);
        }
        let close = tokens
            .get(stop - 1)
            .is_none_or(|t| t.gap.trim_start().starts_with([',', '.', ')', ';']))
            || (lead.starts_with("who")
                && match_at(
                    tokens,
                    stop,
                    end,
                    "was|were|is|has|had|said|told|came|and|but",
                )
                .is_some());
        let years = match_at(tokens, stop, end, "years? old").is_some()
            || match_at(tokens, stop, end, "and|years").is_some();
        (close || years || stop >= end).then_some(number)
    })
}

fn before(tokens: &[Token], mention: &Mention, patterns: &[&str]) -> bool {
    let start = mention.tokens.start;
    let apart = start
        .checked_sub(1)
        .and_then(|at| tokens.get(at))
        .is_some_and(|t| t.gap.contains(['.', '!', '?', '\n']) && t.lower.len() > 2);
    !apart
        && patterns.iter().any(|pattern| {
            (1..=4).any(|back| {
                start >= back && match_at(tokens, start - back, start, pattern) == Some(start)
            })
        })
}

/// "I did not see Connor or Bethany": a visit's unseen people are its children.
fn unseen(tokens: &[Token], mention: &Mention) -> bool {
    let end = mention.tokens.start;
    let lists = [
        "i did not see",
        "i didn't see",
        "i did not see _ and|or",
        "i didn't see _ and|or",
    ];
    (end.saturating_sub(6)..end).any(|at| {
        lists
            .iter()
            .any(|list| match_at(tokens, at, end, list) == Some(end))
    })
}

fn strong(tokens: &[Token], mention: &Mention) -> bool {
    let strong_leads = LEADS.iter().filter(|lead| {
        lead.contains("sole care")
            || lead.contains("looking after")
            || lead.contains("baby")
            || lead.contains("child")
            || lead.contains("toddler")
            || lead.contains("little")
            || lead.contains("direct work")
            || lead.contains("lads")
            || lead.starts_with("wee")
    });
    let year_old = before(
        tokens,
        mention,
        &[
            "year old",
            "month old",
            "week old",
            "eldest|youngest|oldest",
            "son|daughter",
        ],
    );
    let leads: Vec<&str> = strong_leads.copied().collect();
    let possessed = tokens
        .get(mention.tokens.start.wrapping_sub(1))
        .is_some_and(|t| t.bare() == "son" || t.bare() == "daughter");
    before(tokens, mention, &leads) || year_old || possessed
}

/// "I saw Tyler alone", "I spoke to Bilal and Zainab separately".
fn alone_with(tokens: &[Token], mention: &Mention) -> bool {
    let from = mention.tokens.end;
    let ends = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| t.gap.contains(['.', '!', '?']))
    };
    let alone = (from..from + 12)
        .take_while(|&at| at == from || !ends(at - 1))
        .any(|at| {
            ALONE
                .iter()
                .any(|pattern| match_at(tokens, at, tokens.len(), pattern).is_some())
        });
    before(tokens, mention, NEEDS_ALONE) && alone
}

fn weak(tokens: &[Token], mention: &Mention) -> bool {
    let from = mention.tokens.end;
    // "Poppy's mum", "took Theo to nursery".
    let parent =
        "mum|mam|mummy|dad|daddy|mother|father|nan|gran|grandma|teacher|school|nursery|keyworker";
    if mention.possessive && match_at(tokens, from, tokens.len(), parent).is_some() {
        return true;
    }
    let taken = "to|from|up|at|into school|nursery|bed|playgroup|preschool|the? dentist|park|school|nursery";
    if before(
        tokens,
        mention,
        &["took|takes|take|taking|gets|getting|got|picks|picked|drops|dropped|puts|put|brings"],
    ) && match_at(tokens, from, tokens.len(), taken).is_some()
    {
        return true;
    }
    if unseen(tokens, mention) {
        return true;
    }
    !mention.possessive
        && SIGNS
            .iter()
            .any(|pattern| match_at(tokens, from, tokens.len(), pattern).is_some())
}

/// Others in the same list of names: "the children, Tyler, Skye and Kai".
fn listed_with(tokens: &[Token], mentions: &[Mention], from: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for pair in mentions[from..].windows(2) {
        let (left, right) = (&pair[0], &pair[1]);
        let between: Vec<&str> = tokens
            .get(left.tokens.end..right.tokens.start)
            .unwrap_or_default()
            .iter()
            .map(|t| t.lower.as_str())
            .collect();
        let gap = tokens.get(left.tokens.end - 1).map_or("", |t| t.gap.trim());
        let joined =
            (between.is_empty() && gap == ",") || (between == ["and"] && matches!(gap, "" | ","));
        if !joined {
            break;
        }
        found.extend(right.who.iter().copied());
        if between == ["and"] {
            break;
        }
    }
    found
}

/// A child's brother or sister is a child unless something says otherwise.
fn sisters(tokens: &[Token], mentions: &[Mention], cast: &mut Cast) {
    for at in 1..mentions.len() {
        let [who] = mentions[at].who[..] else {
            continue;
        };
        let sibling = cast.person(who).is_some_and(|p| {
            p.roles
                .iter()
                .any(|role| matches!(*role, "sister" | "brother"))
        });
        let owner = mentions[..at]
            .iter()
            .rev()
            .flat_map(|m| m.who.iter().copied())
            .find(|&other| other != who);
        let linked = match_at(
            tokens,
            mentions[at].tokens.start.saturating_sub(1),
            tokens.len(),
            "his|her|brother|sister",
        )
        .is_some();
        if sibling
            && linked
            && owner.is_some_and(|other| cast.is_child(other))
            && let Some(person) = cast.people.get_mut(who).filter(|person| !person.adult)
        {
            person.child = true;
        }
    }
}
