//! Whom "he", "she", "I" mean.
//!
//! "I" is the author except inside somebody's own words. "She" is the subject of the sentence
//! before when it opens a sentence, else the nearest fitting person; where another person fits as
//! well, the reading is kept and doubted. "They" is left open.

use std::ops::Range;

use super::{
    cast::{AUTHOR, Cast, Gender},
    mention::{Form, Mention},
    model::Doubt,
    sentence::Sentence,
    span::Span,
    speech::speech,
    token::Token,
};

const HE: &[&str] = &["he", "him", "himself", "he's", "he'd", "he'll", "his"];
const SHE: &[&str] = &["she", "her", "herself", "she's", "she'd", "she'll", "hers"];
const I: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "me", "myself", "we", "we're", "we'll", "we've", "us", "my",
    "mine", "our",
];
/// After these "her" is a person, not a possessor.
const FREE: &[&str] = &[
    "and",
    "to",
    "that",
    "about",
    "again",
    "at",
    "for",
    "in",
    "on",
    "is",
    "was",
    "with",
    "who",
    "if",
    "when",
    "because",
    "but",
    "so",
    "as",
    "this",
    "the",
    "a",
    "how",
    "what",
    "by",
    "from",
    "alone",
    "before",
    "after",
    "today",
    "tomorrow",
    "yesterday",
    "or",
    "then",
    "i",
    "she",
    "he",
    "it",
    "they",
    "up",
    "back",
    "down",
    "off",
    "into",
    "out",
    "next",
    "feel",
];

/// Adds author and pronoun mentions.
pub(super) fn resolve(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    cast: &Cast,
    found: &mut Vec<Mention>,
    doubts: &mut Vec<Doubt>,
) {
    let mut earlier: Vec<Vec<usize>> = Vec::new();
    for sentence in sentences {
        let body = sentence.body.clone();
        let said = speech(tokens, body.clone());
        let own_words = said
            .as_ref()
            .filter(|s| s.direct)
            .map(|s| s.content.clone());
        let mut here: Vec<usize> = Vec::new();
        for at in body.clone() {
            if let Some(mention) = found.iter().find(|m| m.tokens.start == at) {
                here.extend(mention.who.iter().copied());
                continue;
            }
            let Some(mention) = read(
                tokens,
                at,
                own_words.as_ref(),
                cast,
                &here,
                &earlier,
                body.start,
                sentence,
            ) else {
                continue;
            };
            if mention.form == Form::Pronoun {
                here.extend(mention.who.iter().copied());
                warn(text, tokens, &mention, cast, &here, &earlier, doubts);
            }
            found.push(mention);
        }
        if !here.is_empty() {
            earlier.push(here);
        }
    }
    found.sort_by_key(|mention| mention.tokens.start);
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything a pronoun's meaning hangs on"
)]
fn read(
    tokens: &[Token],
    at: usize,
    own_words: Option<&Range<usize>>,
    cast: &Cast,
    here: &[usize],
    earlier: &[Vec<usize>],
    start: usize,
    sentence: &Sentence,
) -> Option<Mention> {
    let word = tokens.get(at)?.lower.as_str();
    let quoted = own_words.is_some_and(|range| range.contains(&at));
    let gender = if HE.contains(&word) {
        Some(Gender::Male)
    } else if SHE.contains(&word) {
        Some(Gender::Female)
    } else {
        None
    };
    let Some(gender) = gender else {
        let author = I.contains(&word) && !quoted && sentence.mark.is_none();
        let possessive = matches!(word, "my" | "our" | "mine");
        return author.then(|| Mention {
            tokens: at..at + 1,
            who: vec![AUTHOR],
            form: Form::Author,
            possessive,
        });
    };
    let fits = |who: &usize| {
        *who != AUTHOR
            && cast
                .person(*who)
                .is_some_and(|p| p.gender.is_none_or(|g| g == gender))
    };
    let sure =
        |who: &usize| fits(who) && cast.person(*who).is_some_and(|p| p.gender == Some(gender));
    let inside = here
        .iter()
        .find(|who| sure(who))
        .or_else(|| here.iter().find(|who| fits(who)));
    let last = earlier.last().map(Vec::as_slice).unwrap_or_default();
    let subject = last
        .iter()
        .find(|who| sure(who))
        .or_else(|| last.iter().find(|who| fits(who)));
    let older = || {
        earlier
            .iter()
            .rev()
            .skip(1)
            .flatten()
            .find(|who| sure(who))
            .or_else(|| earlier.iter().rev().skip(1).flatten().find(|who| fits(who)))
    };
    let who = if at == start {
        subject.or_else(older)
    } else {
        inside.or(subject).or_else(older)
    }?;
    let possessive = matches!(word, "his" | "hers") || (word == "her" && owns(tokens, at));
    Some(Mention {
        tokens: at..at + 1,
        who: vec![*who],
        form: Form::Pronoun,
        possessive,
    })
}

fn owns(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    token.joins_next()
        && tokens
            .get(at + 1)
            .is_some_and(|next| !FREE.contains(&next.lower.as_str()))
}

/// Another person of the same sort was as near.
fn warn(
    text: &str,
    tokens: &[Token],
    mention: &Mention,
    cast: &Cast,
    here: &[usize],
    earlier: &[Vec<usize>],
    doubts: &mut Vec<Doubt>,
) {
    let ([who], Some(token)) = (&mention.who[..], tokens.get(mention.tokens.start)) else {
        return;
    };
    let gender = cast.person(*who).and_then(|p| p.gender);
    let near: Vec<usize> = here
        .iter()
        .chain(earlier.last().into_iter().flatten())
        .copied()
        .collect();
    let rival = near.iter().find(|&&other| {
        other != *who
            && other != AUTHOR
            && cast.likely(other) != Some(*who)
            && cast.likely(*who) != Some(other)
            && cast
                .person(other)
                .is_some_and(|p| p.gender.is_some() && p.gender == gender && !p.professional)
    });
    let Some(rival) = rival.and_then(|&other| cast.person(other)) else {
        return;
    };
    if mention.possessive {
        return;
    }
    let span = Span(token.start, token.end);
    let name = cast.person(*who).map(|p| p.short.clone());
    doubts.push(Doubt {
        heard: span.of(text).to_owned(),
        why: format!("May also mean {}.", rival.short),
        suggestion: name,
        span,
    });
}
