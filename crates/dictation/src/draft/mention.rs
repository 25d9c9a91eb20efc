//! Every place where the note speaks of a person: names, role words, groups, pronouns.
//!
//! Invariants: mentions are in text order and never overlap; a role word is tied to a name only
//! where the two stand together, where the note did so before, or where the family's file lists
//! the word as that person's other name.

use std::ops::Range;

use super::{
    cast::{AUTHOR, Cast, Person},
    childhood, identity,
    model::Doubt,
    names,
    people::People,
    phrase::match_at,
    pronoun,
    role_words::{BOTH, CHILDREN, PARENTS, ROLE_WORDS, RoleWord, Standing},
    sentence::Sentence,
    span::Span,
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
    roles(text, tokens, people, &mut cast, &mut found, doubts);
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

fn overlaps(found: &[Mention], range: &Range<usize>) -> bool {
    found
        .iter()
        .any(|m| m.tokens.start < range.end && range.start < m.tokens.end)
}

fn roles(
    text: &str,
    tokens: &[Token],
    people: &People,
    cast: &mut Cast,
    found: &mut Vec<Mention>,
    doubts: &mut Vec<Doubt>,
) {
    let words = role_words(tokens, found);
    // First those tied to a name, so that an earlier bare "mum" finds her too.
    let (tied, bare): (Vec<_>, Vec<_>) = words
        .into_iter()
        .partition(|(range, _)| tied_to(tokens, found, range).is_some());
    for (range, word) in tied {
        if let Some(who) = tied_to(tokens, found, &range) {
            bind(cast, who, &word);
            push(tokens, found, range, who);
        }
    }
    for (range, word) in bare {
        if let Some(who) = bare_role(text, tokens, people, cast, found, &range, &word, doubts) {
            push(tokens, found, range, who);
        }
    }
}

fn push(tokens: &[Token], found: &mut Vec<Mention>, range: Range<usize>, who: usize) {
    let possessive = tokens.get(range.end - 1).is_some_and(Token::possessive);
    found.push(Mention {
        tokens: range,
        who: vec![who],
        form: Form::Role,
        possessive,
    });
}

/// All role words outside names, longest first at each place.
fn role_words(tokens: &[Token], found: &[Mention]) -> Vec<(Range<usize>, RoleWord)> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let best = ROLE_WORDS
            .iter()
            .filter_map(|word| Some((role_end(tokens, at, word.0)?, word)))
            .max_by_key(|(stop, _)| *stop);
        let parents = PARENTS
            .iter()
            .find_map(|pattern| match_at(tokens, at, tokens.len(), pattern));
        match best.filter(|(stop, _)| {
            parents.is_none_or(|end| end <= *stop) && !overlaps(found, &(at..*stop))
        }) {
            Some((stop, word)) => {
                words.push((at..stop, *word));
                at = stop;
            }
            None => at = parents.unwrap_or(at + 1),
        }
    }
    words
}

/// Like a phrase match, but the last word may be possessive ("mum's").
fn role_end(tokens: &[Token], at: usize, pattern: &str) -> Option<usize> {
    match_at(tokens, at, tokens.len(), pattern).or_else(|| {
        let (lead, last) = pattern.rsplit_once(' ').unwrap_or(("", pattern));
        let stop = if lead.is_empty() {
            at
        } else {
            match_at(tokens, at, tokens.len(), lead)?
        };
        let token = tokens.get(stop).filter(|t| t.possessive())?;
        last.split('|')
            .any(|one| one == token.bare())
            .then_some(stop + 1)
    })
}

/// The name that stands directly beside this role word.
fn tied_to(tokens: &[Token], found: &[Mention], range: &Range<usize>) -> Option<usize> {
    let gap = |at: usize| tokens.get(at).map_or("", |t| t.gap.trim());
    let name = |m: &&Mention| m.form == Form::Name;
    let role = tokens.get(range.end - 1)?;
    let after = found
        .iter()
        .filter(name)
        .find(|m| m.tokens.start == range.end && !role.possessive());
    if let Some(mention) = after.filter(|_| matches!(gap(range.end - 1), "" | "," | "(")) {
        // "mum, Donna is out" and "Donna, mum": the comma belongs to whichever closes it.
        return mention.who.first().copied();
    }
    let led = ["his|her|their|the|my|our|a", ""].iter().find_map(|lead| {
        let start = if lead.is_empty() {
            range.start
        } else {
            range.start.checked_sub(1)?
        };
        (lead.is_empty() || match_at(tokens, start, range.start, lead) == Some(range.start))
            .then_some(start)
    })?;
    let before = found.iter().filter(name).find(|m| m.tokens.end == led)?;
    let comma = gap(led.checked_sub(1)?);
    let closed = matches!(gap(range.end - 1), "," | "." | ")" | ";" | ":" | "),")
        || range.end >= tokens.len();
    (matches!(comma, "," | "(") && closed && !before.possessive)
        .then(|| before.who.first().copied())
        .flatten()
}

fn bind(cast: &mut Cast, who: usize, &(_, role, standing, gender): &RoleWord) {
    let Some(person) = cast.people.get_mut(who) else {
        return;
    };
    if !person.roles.contains(&role) {
        person.roles.push(role);
    }
    person.gender = gender.or(person.gender);
    match standing {
        Standing::Professional => {
            person.professional = person.professional || person.known.is_none()
        }
        Standing::Child => person.child = true,
        Standing::Family => person.adult = true,
        Standing::Kin => {}
    }
}

/// Whom a role word without a name beside it means.
#[expect(
    clippy::too_many_arguments,
    reason = "one decision over everything known of the note so far"
)]
fn bare_role(
    text: &str,
    tokens: &[Token],
    people: &People,
    cast: &mut Cast,
    found: &[Mention],
    range: &Range<usize>,
    word: &RoleWord,
    doubts: &mut Vec<Doubt>,
) -> Option<usize> {
    let &(_, role, standing, gender) = word;
    if standing == Standing::Kin
        || (standing == Standing::Child && tokens.get(range.start)?.bare() != "baby")
    {
        return None;
    }
    // "Mark told his mum": an adult's own mother is not the family's.
    let owner = range
        .start
        .checked_sub(1)
        .and_then(|at| tokens.get(at))
        .filter(|t| matches!(t.lower.as_str(), "his" | "her"));
    let nearest = found
        .iter()
        .filter(|m| {
            m.form == Form::Name && m.tokens.end <= range.start && range.start - m.tokens.end < 12
        })
        .max_by_key(|m| m.tokens.end);
    let adults_own = owner.is_some()
        && nearest.is_some_and(|m| {
            m.who.iter().any(|&who| {
                cast.person(who)
                    .is_some_and(|p| p.adult || p.roles.contains(&role))
            })
        });
    if let Some(who) = cast.with_role(role).filter(|_| !adults_own) {
        return Some(who);
    }
    let said = &tokens[range.clone()];
    let span = Span(said.first()?.start, said.last()?.end);
    if let Some(at) = listed_as(people, role, tokens, range).filter(|_| !adults_own) {
        let who = identity::enter(at, people, cast);
        let name = cast.person(who).map(|p| p.full.clone());
        doubts.push(Doubt {
            heard: span.of(text).to_owned(),
            why: "Said by role; the family's people give the name.".to_owned(),
            suggestion: name,
            span,
        });
        bind(cast, who, word);
        return Some(who);
    }
    if let Some(known) = people
        .list
        .iter()
        .find(|known| known.role.to_lowercase() == role)
    {
        doubts.push(Doubt {
            heard: span.of(text).to_owned(),
            why: "Said by role only; no name was put here.".to_owned(),
            suggestion: Some(known.name.clone()),
            span,
        });
    }
    if adults_own {
        return None;
    }
    let short = said.iter().map(Token::bare).collect::<Vec<_>>().join(" ");
    let spoken = if matches!(role, "IDVA" | "GP") {
        role.to_owned()
    } else {
        short
    };
    let professional = standing == Standing::Professional;
    let child = standing == Standing::Child;
    Some(cast.add(Person {
        full: spoken.clone(),
        short: spoken,
        gender,
        child,
        professional,
        roles: vec![role],
        nameless: true,
        adult: !child,
        ..Person::default()
    }))
}

/// The one person whose other names in the family's file include this word (or one of its role).
fn listed_as(people: &People, role: &str, tokens: &[Token], range: &Range<usize>) -> Option<usize> {
    let said: Vec<&str> = tokens.get(range.clone())?.iter().map(Token::bare).collect();
    let said = said.join(" ");
    let same_role = |aka: &str| {
        ROLE_WORDS
            .iter()
            .any(|(pattern, r, ..)| *r == role && pattern.split('|').any(|one| one == aka))
    };
    let fits = |aka: &String| {
        let aka = aka.to_lowercase();
        aka == said || same_role(&aka)
    };
    let mut found = people
        .list
        .iter()
        .enumerate()
        .filter(|(_, known)| known.aka.iter().any(fits));
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
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
        match group.filter(|(stop, who)| !who.is_empty() && !overlaps(found, &(at..*stop))) {
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
