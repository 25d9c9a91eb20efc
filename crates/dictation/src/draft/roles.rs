//! Role words ("mum", "the health visitor") and whom each means.

use std::ops::Range;

use super::{
    cast::{Cast, Person},
    identity,
    mention::{Form, Mention},
    model::Doubt,
    people::People,
    phrase::match_at,
    role_words::{PARENTS, ROLE_WORDS, RoleWord, Standing},
    span::Span,
    token::Token,
};

pub(super) fn overlaps(found: &[Mention], range: &Range<usize>) -> bool {
    found
        .iter()
        .any(|m| m.tokens.start < range.end && range.start < m.tokens.end)
}

pub(super) fn read(
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
            person.professional = person.professional || person.known.is_none();
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
