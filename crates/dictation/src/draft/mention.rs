//! Every place where the note speaks of a person: names, role words, groups, pronouns.
//!
//! Invariants: mentions are in text order and never overlap; a role word is tied to a name only
//! where the two stand together, where the note did so before, or where the family's file lists
//! the word as that person's other name.

use std::ops::Range;

use super::{
    cast::{AUTHOR, Cast},
    childhood, identity,
    model::Doubt,
    names,
    people::People,
    phrase::match_at,
    pronoun,
    role_words::{BOTH, CHILDREN, PARENTS},
    roles,
    sentence::Sentence,
    token::Token,
};

/// How a person is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Name,
    Role,
    Group,
    Pronoun,
    Author,
}

/// One place where people are spoken of.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    pub(super) who: Vec<usize>,
    pub(super) form: Form,
    /// "Tyler's", "his": stands for what is theirs.
    pub(super) possessive: bool,
}

/// Finds everyone. Returns the cast and the mentions.
pub(super) fn mentions(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    people: &People,
    doubts: &mut Vec<Doubt>,
) -> (Cast, Vec<Mention>) {
    let mut cast = Cast::new();
    let runs = introduce_author(
        tokens,
        names::runs(tokens, sentences, people),
        people,
        &mut cast,
    );
    let who = identity::identify(text, tokens, &runs, people, &mut cast, doubts);
    let mut found: Vec<Mention> = runs
        .into_iter()
        .zip(who)
        .map(|(run, who)| {
            let possessive = tokens.get(run.end - 1).is_some_and(Token::possessive);
            Mention {
                tokens: run,
                who: vec![who],
                form: Form::Name,
                possessive,
            }
        })
        .collect();
    roles::read(text, tokens, people, &mut cast, &mut found, doubts);
    found.sort_by_key(|mention| mention.tokens.start);
    childhood::mark(tokens, sentences, &found, &mut cast);
    groups(tokens, &cast, &mut found);
    pronoun::resolve(text, tokens, sentences, &cast, &mut found, doubts);
    (cast, found)
}

/// "This is Ruth, health visitor": the author's own name is no person of the note.
fn introduce_author(
    tokens: &[Token],
    runs: Vec<Range<usize>>,
    people: &People,
    cast: &mut Cast,
) -> Vec<Range<usize>> {
    let author = |run: &Range<usize>| {
        let led = [
            "this is",
            "my name is",
            "recorded by",
            "note by",
            "author is?",
        ]
        .iter()
        .any(|lead| {
            let length = lead.split(' ').count();
            run.start >= length
                && match_at(tokens, run.start - length, run.start, lead) == Some(run.start)
        });
        let said: Vec<&str> = run.clone().map(|at| tokens[at].bare()).collect();
        let file = people
            .author
            .as_ref()
            .is_some_and(|name| name.to_lowercase() == said.join(" "));
        file || (led && run.start < 6)
    };
    let (own, others): (Vec<_>, Vec<_>) = runs.into_iter().partition(author);
    if let (Some(run), Some(me)) = (own.first(), cast.people.get_mut(AUTHOR)) {
        me.roles.push("author");
        me.full = run
            .clone()
            .map(|at| tokens[at].bare())
            .collect::<Vec<_>>()
            .join(" ");
    }
    others
}

/// "The children", "both parents", "they both".
fn groups(tokens: &[Token], cast: &Cast, found: &mut Vec<Mention>) {
    let children = cast.all(|person| person.child);
    let parents = parents(cast);
    let mut at = 0;
    while at < tokens.len() {
        let longest = |patterns: &[&str]| {
            patterns
                .iter()
                .filter_map(|pattern| match_at(tokens, at, tokens.len(), pattern))
                .max()
        };
        let group = longest(PARENTS)
            .map(|stop| (stop, parents.clone()))
            .or_else(|| longest(CHILDREN).map(|stop| (stop, children.clone())));
        let group = group.or_else(|| longest(BOTH).map(|stop| (stop, last_pair(cast, found, at))));
        match group.filter(|(stop, who)| !who.is_empty() && !roles::overlaps(found, &(at..*stop))) {
            Some((stop, who)) => {
                let possessive = tokens.get(stop - 1).is_some_and(Token::possessive);
                found.push(Mention {
                    tokens: at..stop,
                    who,
                    form: Form::Group,
                    possessive,
                });
                at = stop;
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|mention| mention.tokens.start);
}

fn parents(cast: &Cast) -> Vec<usize> {
    let by_role: Vec<usize> = ["mother", "father"]
        .iter()
        .filter_map(|role| cast.with_role(role))
        .filter(|&who| cast.person(who).is_some_and(|p| !p.nameless))
        .collect();
    let named = cast.named_adults();
    match (by_role.len(), named.len()) {
        (2, _) => by_role,
        (_, 2) => named,
        _ => cast.all(|person| {
            person
                .roles
                .iter()
                .any(|role| matches!(*role, "mother" | "father"))
        }),
    }
}

/// The last two different adults of the family spoken of before `at`.
fn last_pair(cast: &Cast, found: &[Mention], at: usize) -> Vec<usize> {
    let mut pair: Vec<usize> = Vec::new();
    let mut before: Vec<&Mention> = found
        .iter()
        .filter(|m| m.tokens.end <= at && m.form != Form::Group)
        .collect();
    before.sort_by_key(|m| std::cmp::Reverse(m.tokens.end));
    for who in before.iter().flat_map(|m| m.who.iter().copied()) {
        if pair.len() < 2
            && !pair.contains(&who)
            && !cast.is_child(who)
            && !cast.is_professional(who)
        {
            pair.insert(0, who);
        }
    }
    if pair.len() == 2 { pair } else { Vec::new() }
}
