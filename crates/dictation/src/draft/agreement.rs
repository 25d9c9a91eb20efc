//! Who shares a concern, and how far: the words of agreement and the holders they are tied to.

use std::ops::Range;

use super::{
    cast::AUTHOR,
    mention::{Form, Mention},
    note::Note,
    speech::speech,
};

/// Where the holder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Before,
    /// "unsafe to discuss this with Daniel".
    After,
}

/// Label, where its holder stands, its words; the first that matches wins.
const AGREEMENT: &[(&str, Holder, &[&str])] = &[
    (
        "unsafe to discuss",
        Holder::After,
        &[
            "unsafe for _? to discuss|raise|talk|speak|share|mention|bring|have|put|ask|tell",
            "unsafe to discuss|raise|talk|speak|share|mention|bring|have|put|ask|tell",
            "not be? safe to discuss|raise|talk|speak|share|mention|bring|have|put|ask|tell",
            "isn't|wasn't|wouldn't|won't be? safe to discuss|raise|talk|speak|share|mention|bring|have|put|ask|tell",
            "cannot|can't safely discuss|raise|share|talk",
            "cannot|can't be safely? discussed|raised|shared",
            "too dangerous|risky to raise|discuss|talk",
        ],
    ),
    (
        "not yet discussed",
        Holder::After,
        &[
            "not|haven't|hasn't|hadn't|didn't|never|yet yet|actually? yet? been? yet? discussed|discuss|raised|raise|spoken|speak|talked|talk|brought|bring|mentioned|mention|asked|put|had|broached|broach|explored|told",
            "not been able to discuss|raise|speak|talk",
            "yet to discuss|raise|speak|talk|be",
            "still need|needs|have to discuss|raise|speak|talk",
            "not|haven't had the|a chance|opportunity to",
            "to be discussed with",
        ],
    ),
    (
        "not yet discussed",
        Holder::Before,
        &[
            "does|do not know about|yet",
            "doesn't|don't know about|yet",
            "is|are not aware",
            "isn't|aren't aware",
            "unaware of|that",
        ],
    ),
    (
        "unable to say",
        Holder::Before,
        &[
            "could|can not say|tell|comment|decide",
            "couldn't|can't|cannot say|tell|comment|decide",
            "unable to say|tell|comment|decide",
            "did|does not know what|whether|if|how",
            "didn't|doesn't know what|whether|if|how",
            "not sure",
            "unsure|undecided",
            "did not want to say|comment|talk",
            "didn't want to say|comment|talk",
        ],
    ),
    (
        "shares partly",
        Holder::Before,
        &[
            "partly|partially|mostly|half|largely|somewhat share|shares|agree|agrees|accept|accepts|agreed|sees|see|understands|understand|recognises",
            "only partly|partially|half",
            "sort of agrees|accepts|sees",
            "in part",
            "partly|partially",
            "to some extent|degree",
            "to a certain? extent|degree|point",
            "up to a point",
            "some|part|parts|half|most|much of this|it|that|the|my|what|these",
            "not entirely|fully|completely|wholly|totally agree|share|accept|convinced",
            "doesn't|don't|didn't fully|entirely|completely|wholly|totally",
            "agrees|agree|accepts|accept|acknowledges|recognises|sees .. but",
            "in two minds",
            "ambivalent",
        ],
    ),
    (
        "does not share",
        Holder::Before,
        &[
            "not|never|nor really|quite|actually|even? at? all? share|shares|agree|agrees|accept|see|recognise|recognize|acknowledge|believe|feel|consider|think|understand|view",
            "doesn't|don't|didn't|won't|can't|cannot|couldn't|wouldn't really|quite|actually|even? share|agree|accept|see|recognise|recognize|acknowledge|believe|feel|consider|think|understand|view",
            "not|isn't|aren't|wasn't at? all? worried|concerned|bothered",
            "deny|denies|denied|denying",
            "disagree|disagrees|disagreed",
            "disputes|dispute|disputed|reject|rejects|rejected|dismisses|dismissed|dismiss",
            "minimise|minimises|minimised|minimizes|minimize|minimized",
            "no problem|worries|concerns|risk|issue|insight",
            "refuses|refused to accept|acknowledge|see",
            "overreacting|exaggerating|overreaction",
            "nothing wrong",
            "laughed it off",
            "shrugged it off",
            "in denial",
        ],
    ),
    (
        "sees it differently",
        Holder::Before,
        &[
            "see|sees|saw|views|view|viewed it|this|things|that very|quite? differently",
            "look|looks at it|this|things differently",
            "see|sees it|this|things in? a|another different|other? way|light",
            "has|have|had a|another very|quite? different|other? view|opinion|take|understanding|explanation",
            "different view|opinion|explanation|account",
            "disagree|disagrees about|on how|why",
            "puts|put it|this|that down to",
            "blames",
            "see|sees|saw it|this as|more",
            "thinks|says|believes it's because",
            "thinks|says|believes it is because",
        ],
    ),
    (
        "shares fully",
        Holder::Before,
        &[
            "fully|completely|totally|entirely|really|strongly|absolutely|also|both share|shares|shared|agree|agrees|agreed|accept|accepts|recognise|recognises|understand|understands",
            "share|shares|shared|sharing this|that|the|these|my|our|it|those|his|her|both|concern|concerns|worry|worries|them|in",
            "agree|agrees this|that|with|it|about|on|fully|completely|there|these|and|entirely|i|is|too|totally",
            "agreed with|about|it|this",
            "agreed that this|it|there",
            "accept|accepts|accepted this|that|it|there|these|my|the|responsibility|fully",
            "recognise|recognises|recognised|recognize|recognizes|acknowledge|acknowledges|acknowledged|understands|understand|understood|admits|admit|gets|get this|that|it|these|the|there|my|how|why|both",
            "is|are also|both|too|just|very|equally|really? as? worried|concerned|anxious about? this|that|it|too|as|for|by|the|same|well",
            "she's|he's|they're also|both|too|just|very|equally|really? as? worried|concerned|anxious about? this|that|it|too|as|for|by|the|same|well",
            "feels|feel|thinks|think|says|sees|see the same",
            "sees|see this|it too",
            "on the same page",
            "same worry|worries|concern|concerns|view",
            "wants|want help|to change",
            "agrees|agree",
        ],
    ),
];

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
                    match holder {
                        Some(holder) => all.push(Agreed {
                            label: "does not share",
                            holders: vec![holder],
                            clause: clause.clone(),
                        }),
                        None => last.clause.end = clause.end,
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
    let (label, cue, place) = AGREEMENT.iter().find_map(|&(label, place, words)| {
        let cue = note.find(clause.clone(), words)?;
        Some((label, cue, place))
    })?;
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
            .or_else(|| {
                note.mentions_in(&(start..cue.start))
                    .filter(family)
                    .next_back()
            });
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
