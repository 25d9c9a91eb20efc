//! Reported speech inside a sentence: who-said-what is cut here, whose it is in `mention.rs`.
//!
//! Direct speech keeps its own "I": inside it "I" is never the author.

use std::ops::Range;

use super::{phrase::match_at, token::Token};

/// Verbs of saying; what follows them (with a listener and "that") is what was said.
const CUES: &[(&str, &str)] = &[
    ("said|says to me|us|her|him", "said"),
    ("said|says", "said"),
    ("told|tells me|us|his|her _ that", "told"),
    ("told|tells me|us", "told"),
    ("told|tells him|her|them", "told"),
    ("told|tells _ that", "told"),
    ("told|tells his|her|the _", "told"),
    ("explained|explains to me?", "explained"),
    ("stated|states", "stated"),
    ("replied|added", "replied"),
    ("answered that", "replied"),
    ("reported|reports", "reported"),
    ("whispered|shouted", "said"),
    ("disclosed to me?", "disclosed"),
    ("wrote|writes", "wrote"),
    ("signed", "signed"),
    ("described|describes", "described"),
    ("mentioned|confirmed", "said"),
    ("admitted|claimed|claims|insisted|insists", "said"),
    ("shared with me that", "said"),
    ("his|her|their words were", "said"),
    ("asked me|us", "asked"),
    ("asked if|whether", "asked"),
];

/// What one person is reported to have said.
#[derive(Debug, Clone)]
pub(super) struct Speech {
    /// Verb of saying.
    pub(super) cue: Range<usize>,
    /// Said, without "that".
    pub(super) content: Range<usize>,
    /// The person's own words, as far as grammar shows.
    pub(super) direct: bool,
    pub(super) how: &'static str,
}

/// The first reported speech in these tokens.
pub(super) fn speech(tokens: &[Token], body: Range<usize>) -> Option<Speech> {
    body.clone().find_map(|at| {
        let (stop, how) = CUES
            .iter()
            .filter_map(|(pattern, how)| Some((match_at(tokens, at, body.end, pattern)?, *how)))
            .max_by_key(|(stop, _)| *stop)?;
        let comma = tokens
            .get(stop - 1)
            .is_some_and(|t| t.gap.contains([',', ':', '"', '“', '‘']));
        let that = match_at(tokens, stop, body.end, "that");
        let already = tokens.get(stop - 1).is_some_and(|t| t.lower == "that");
        let from = that.unwrap_or(stop);
        let own = tokens.get(from).is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "i" | "i'm" | "i've" | "i'd" | "i'll" | "my" | "we"
            )
        });
        let direct = that.is_none() && !already && (comma || own);
        (from < body.end).then_some(Speech {
            cue: at..stop,
            content: from..body.end,
            direct,
            how,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, speech};

    #[test]
    fn direct_and_indirect() {
        for (said, content, direct) in [
            ("Tyler said, when dad shouts I hide", "when", true),
            ("He told me that he is happy", "he", false),
            ("she said I am just tired", "i", true),
        ] {
            let t = tokens(said);
            let found =
                speech(&t, 0..t.len()).map(|s| (t[s.content.start].lower.clone(), s.direct));
            assert_eq!(found, Some((content.to_owned(), direct)), "{said}");
        }
    }
}
