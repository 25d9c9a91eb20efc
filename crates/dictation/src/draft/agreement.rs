//! Who shares a concern, and how far: the words of agreement and the holders they are tied to.

use std::ops::Range;

use super::{
    agreement_words::{AGREEMENT, CANNOT},
    cast::AUTHOR,
    mention::{Form, Mention},
    note::Note,
    speech::speech,
};

/// Where the holder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Before,
    /// "unsafe to discuss this with Daniel".
    After,
}

/// One agreement in a range: label, holders, and the tokens that say so.
#[derive(Debug, Clone)]
pub(super) struct Agreed {
    pub(super) label: &'static str,
    pub(super) holders: Vec<Mention>,
    pub(super) clause: Range<usize>,
}

/// Whether the range speaks of somebody's agreement.
pub(super) fn found(note: &Note<'_>, range: &Range<usize>) -> bool {
    !read(note, range).is_empty()
}

/// All agreements in a range, clause by clause.
pub(super) fn read(note: &Note<'_>, range: &Range<usize>) -> Vec<Agreed> {
    let mut all: Vec<Agreed> = Vec::new();
    // Somebody's own words are quoted with the view, never read as one.
    let own_words = speech(&note.tokens, range.clone()).filter(|said| said.direct);
    let range = &(range.start..own_words.map_or(range.end, |said| said.cue.start));
    for clause in clauses(note, range) {
        match clause_agreement(note, range, &clause) {
            Some(agreed) => all.push(agreed),
            None => {
                if let Some(last) = all.last_mut() {
                    // "Donna shares this but Craig does not."
                    let elliptic = note
                        .find(clause.clone(), &["does|do|did not", "doesn't|don't|didn't"])
                        .filter(|cue| cue.end == clause.end);
                    let holder = elliptic.and_then(|cue| note.before(cue.start, &clause).cloned());
                    if let Some(holder) = holder {
                        all.push(Agreed {
                            label: "does not share",
                            holders: vec![holder],
                            clause: clause.clone(),
                        });
                    } else {
                        last.clause.end = clause.end;
                        let but = note.opens(&clause, &["but|although|though"]).is_some();
                        if but && last.label == "shares fully" {
                            last.label = "shares partly";
                        }
                    }
                }
            }
        }
    }
    all
}

fn clause_agreement(
    note: &Note<'_>,
    range: &Range<usize>,
    clause: &Range<usize>,
) -> Option<Agreed> {
    if note.has(
        clause,
        &[
            "agreed|agrees to|that i|we",
            "we|i agreed|agree that|to|on",
            "agreement",
            "no one",
            "nobody|everyone|everybody",
        ],
    ) && !note.has(
        clause,
        &[
            "i agree about|with",
            "we agree about",
            "_ and i agree|share",
        ],
    ) {
        return None;
    }
    // "Stacey does. Lee doesn't.": answers to "do they share it?".
    let answer = note
        .mentions_in(clause)
        .next()
        .filter(|m| m.tokens.start == clause.start);
    if let Some(holder) = answer.filter(|m| !m.possessive) {
        let rest = holder.tokens.end..clause.end;
        let whole = |words: &[&str]| note.opens(&rest, words) == Some(rest.end);
        let label = if whole(&["doesn't|don't", "does|do not"]) {
            Some("does not share")
        } else if whole(&["does|do", "does|do too|fully|completely"]) {
            Some("shares fully")
        } else {
            None
        };
        if let Some(label) = label {
            let holders = vec![holder.clone()];
            return Some(Agreed {
                label,
                holders,
                clause: clause.clone(),
            });
        }
    }
    let (label, cue, place) = AGREEMENT.iter().find_map(|&(label, place, words)| {
        let cue = note.find(clause.clone(), words)?;
        Some((label, cue, place))
    })?;
    // "I can't raise it with Keeley because it is not safe to."
    let barred = note
        .find(clause.clone(), CANNOT)
        .filter(|_| note.has(clause, &["safe|unsafe|risk|danger*"]));
    let (label, cue, place) = match barred {
        Some(cue) => ("unsafe to discuss", cue, Holder::After),
        None => (label, cue, place),
    };
    let holders = holders(note, range, clause, &cue, place, label);
    (!holders.is_empty()).then(|| Agreed {
        label,
        holders,
        clause: clause.clone(),
    })
}

fn holders(
    note: &Note<'_>,
    range: &Range<usize>,
    clause: &Range<usize>,
    cue: &Range<usize>,
    place: Holder,
    label: &str,
) -> Vec<Mention> {
    let family = |m: &&Mention| !m.who.contains(&AUTHOR);
    let start = clause.start;
    let before = || {
        let nearest = note
            .mentions_in(&(start..cue.start))
            .filter(family)
            .rfind(|m| !m.possessive)
            .or_else(|| note.mentions_in(&(start..cue.start)).rfind(family));
        // "Neither parent", "Stacey and Darren both agree": the group names them; take the list.
        let nearest = nearest.or_else(|| {
            if start > range.start {
                note.mentions_in(&(range.start..start))
                    .filter(family)
                    .rfind(|m| !m.possessive)
            } else {
                None
            }
        });
        nearest
            .map(|m| list(note, m, &(range.start..cue.start)))
            .unwrap_or_default()
    };
    let after = || {
        let with = note
            .find(
                cue.start.max(cue.end.saturating_sub(2))..clause.end,
                &["with|to|by|for"],
            )
            .map_or(cue.end, |w| w.end);
        note.mentions_in(&(with..clause.end))
            .filter(family)
            .find(|m| !m.possessive)
            .or_else(|| note.mentions_in(&(cue.end..clause.end)).find(family))
            .map(|m| {
                let (who, end) = note.list_starting(m, clause);
                if who.len() > 1 {
                    note.mentions_in(&(m.tokens.start..end)).cloned().collect()
                } else {
                    vec![m.clone()]
                }
            })
            .unwrap_or_default()
    };
    match place {
        Holder::After => {
            let found = after();
            if found.is_empty() && label != "unsafe to discuss" {
                before()
            } else {
                found
            }
        }
        Holder::Before => {
            let found = before();
            if found.is_empty() && note.has(&(cue.start..clause.end), &["by", "with"]) {
                after()
            } else {
                found
            }
        }
    }
}

/// The members of the list that a mention ends.
fn list(note: &Note<'_>, last: &Mention, range: &Range<usize>) -> Vec<Mention> {
    let who = note.list_ending(last, range);
    if last.form == Form::Group || who.len() <= last.who.len() {
        let of_two = last.form == Form::Group && last.who.len() == 2;
        // "Stacey and Darren both": the word "both" repeats the list.
        let listed: Vec<Mention> = note
            .mentions_in(&(range.start..last.tokens.start))
            .filter(|m| {
                of_two
                    && m.who.iter().all(|w| last.who.contains(w))
                    && m.form != Form::Pronoun
                    && !m.possessive
            })
            .cloned()
            .collect();
        return if listed.len() == 2 {
            listed
        } else {
            vec![last.clone()]
        };
    }
    let mut members: Vec<Mention> = Vec::new();
    for m in note
        .mentions_in(range)
        .filter(|m| m.tokens.end <= last.tokens.end && !m.possessive && !m.who.contains(&AUTHOR))
    {
        if m.who.iter().all(|one| who.contains(one))
            && !members.iter().any(|seen| seen.who == m.who)
        {
            members.push(m.clone());
        }
    }
    members
}

/// Cut at "but", "while", and at "and" or a comma before another person's verb.
fn clauses(note: &Note<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut cuts = vec![range.start];
    for at in range.start + 1..range.end {
        let word = note.tokens.get(at).map_or("", |t| t.lower.as_str());
        let comma = note.gap_has(at - 1, &[',', ';']);
        let person = |from: usize| {
            note.mentions.iter().find(|m| m.tokens.start == from && !m.possessive).filter(|m| {
            note.opens(&(m.tokens.end..range.end), &["_? shares|share|does|doesn't|do|don't|agrees|agree|disagrees|denies|sees|thinks|accepts|is|has|was|says|said|only|fully|partly|isn't|hasn't|told|minimises|recognises|and"]).is_some()
        })
        };
        let contrast = matches!(word, "but" | "while" | "whereas" | "although" | "though")
            && person(at + 1).is_some();
        let joined = word == "and"
            && person(at + 1).is_some()
            && note
                .mentions_in(&(range.start..at))
                .next_back()
                .is_none_or(|m| m.tokens.end < at);
        let quoted = comma && person(at).is_some() && !note.gap_has(at - 1, &['"']);
        if contrast || joined || quoted {
            cuts.push(at);
        }
    }
    cuts.push(range.end);
    cuts.windows(2)
        .map(|pair| pair[0]..pair[1])
        .filter(|clause| !clause.is_empty())
        .collect()
}
