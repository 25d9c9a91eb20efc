//! Whom a run of name words names: one of the family's people, somebody named before, or somebody new.
//!
//! A misheard name becomes the family's only when exactly one person sounds so, and the change is
//! shown as a doubt; the text itself is never altered. A near miss that doesn't sound the same is
//! only suggested.

use std::ops::Range;

use super::{
    cast::{Cast, Gender, Person},
    given_names,
    model::Doubt,
    people::{Known, People},
    role_words::TITLES,
    sound,
    span::Span,
    token::Token,
};

/// Words of one name as heard.
struct Heard {
    words: Vec<String>,
    full: String,
    titled: bool,
    span: Span,
}

impl Heard {
    fn given(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// As written, a hyphen included ("Ellie-Mae").
    fn full(&self) -> String {
        self.full.clone()
    }
}

/// Gives each run its person; longest names first, so that "Donna" finds "Donna Brennan".
pub(super) fn identify(
    text: &str,
    tokens: &[Token],
    runs: &[Range<usize>],
    people: &People,
    cast: &mut Cast,
    doubts: &mut Vec<Doubt>,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(runs[at].len()), at));
    // One name that only resembles says little: somebody of the family must be named as written,
    // and among very many people some resemble any word.
    let few = people.list.len() <= 40;
    let named = runs
        .iter()
        .any(|run| exact(&heard(text, tokens, run), people).is_some());
    let mut who = vec![0; runs.len()];
    for at in order {
        let run = &runs[at];
        let heard = heard(text, tokens, run);
        let believed = few && (named || heard.words.len() > 1 || people.list.len() <= 12);
        who[at] = whom(&heard, people, believed, cast, doubts);
    }
    doubts.sort_by_key(|doubt| doubt.span);
    who
}

fn heard(text: &str, tokens: &[Token], run: &Range<usize>) -> Heard {
    let words: Vec<String> = run
        .clone()
        .map(|at| {
            let raw = Span(tokens[at].start, tokens[at].end).of(text);
            raw.strip_suffix("'s")
                .or_else(|| raw.strip_suffix("’s"))
                .unwrap_or(raw)
                .to_owned()
        })
        .collect();
    let titled = tokens
        .get(run.start)
        .is_some_and(|t| TITLES.contains(&t.lower.as_str()))
        && words.len() > 1;
    let joins = run
        .clone()
        .map(|at| if tokens[at].gap == "-" { "-" } else { " " });
    let full: String = words
        .iter()
        .zip(joins)
        .flat_map(|(word, join)| [word.as_str(), join])
        .collect();
    let full = full.trim_end_matches([' ', '-']).to_owned();
    Heard {
        words,
        full,
        titled,
        span: Span(tokens[run.start].start, tokens[run.end - 1].end),
    }
}

fn whom(
    heard: &Heard,
    people: &People,
    believed: bool,
    cast: &mut Cast,
    doubts: &mut Vec<Doubt>,
) -> usize {
    if let Some(known) = exact(heard, people) {
        return enter(known, people, cast);
    }
    if let Some(who) = same_spoken(heard, cast) {
        return who;
    }
    if let Some(known) = misheard(heard, people, believed, doubts) {
        return enter(known, people, cast);
    }
    if let Some(who) = sounds_spoken(heard, cast, doubts) {
        return who;
    }
    if !people.is_empty() && !doubts.iter().any(|doubt| doubt.span == heard.span) {
        doubts.push(doubt(
            heard,
            "This name is not among the family's people.",
            None,
        ));
    }
    let professional = heard.titled
        && matches!(
            heard.given().to_lowercase().as_str(),
            "dr" | "doctor" | "professor" | "prof" | "pc" | "dc" | "sergeant" | "nurse"
        );
    let short = if heard.titled {
        heard.full()
    } else {
        first_name(heard)
    };
    let gender = if heard.titled {
        title_gender(heard.given())
    } else {
        given_names::gender(heard.given())
    };
    cast.add(Person {
        full: heard.full(),
        short,
        gender,
        professional,
        adult: heard.titled,
        ..Person::default()
    })
}

/// The given name, both halves of a hyphened one.
fn first_name(heard: &Heard) -> String {
    heard.full.split(' ').next().unwrap_or_default().to_owned()
}

fn title_gender(title: &str) -> Option<Gender> {
    match title.to_lowercase().as_str() {
        "mr" | "uncle" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "aunt" | "auntie" | "aunty" => Some(Gender::Female),
        _ => None,
    }
}

fn same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// A family member whose name, given name or other name is exactly this.
fn exact(heard: &Heard, people: &People) -> Option<usize> {
    let surname = heard.words.last()?;
    let fits = |known: &Known| {
        let given = known.name.split_whitespace().next().unwrap_or_default();
        let last = known.name.split_whitespace().last().unwrap_or_default();
        let other = known.aka.iter().any(|aka| same(aka, &heard.full()));
        let whole = same(&known.name, &heard.full());
        whole
            || other
            || (heard.words.len() == 1 && same(given, heard.given()))
            || (heard.titled && same(last, surname))
    };
    one(people
        .list
        .iter()
        .enumerate()
        .filter(|(_, known)| fits(known))
        .map(|(at, _)| at))
}

/// A family member who sounds the same; a near miss is only noted.
fn misheard(
    heard: &Heard,
    people: &People,
    believed: bool,
    doubts: &mut Vec<Doubt>,
) -> Option<usize> {
    if heard.titled {
        return None;
    }
    let near: Vec<usize> = (0..people.list.len())
        .filter(|&at| sounds_like(heard, &people.list[at].name))
        .collect();
    let [at] = near[..] else {
        if near.len() > 1 {
            doubts.push(doubt(
                heard,
                "This sounds like more than one of the family's people.",
                None,
            ));
        } else if let Some(known) = same_given(heard, people) {
            let name = Some(people.list[known].name.clone());
            doubts.push(doubt(
                heard,
                "One of the family's people has this given name, but another surname.",
                name,
            ));
        }
        return None;
    };
    let given = people.list[at]
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned();
    let other = given_names::gender(heard.given());
    let clash =
        other.is_some() && given_names::gender(&given).is_some_and(|gender| Some(gender) != other);
    let real = given_names::known(heard.given()) && sound::key(heard.given()) != sound::key(&given);
    let name = if heard.words.len() > 1 {
        people.list[at].name.clone()
    } else {
        given
    };
    if clash || real || !believed {
        doubts.push(doubt(
            heard,
            "This name is not among the family's people, but sounds a little like one.",
            Some(name),
        ));
        return None;
    }
    doubts.push(doubt(
        heard,
        "Heard so; read as the family's person who sounds the same.",
        Some(name),
    ));
    Some(at)
}

/// The one known person with the given name of a longer heard name.
fn same_given(heard: &Heard, people: &People) -> Option<usize> {
    let fits = |known: &Known| {
        known
            .name
            .split_whitespace()
            .next()
            .is_some_and(|given| same(given, heard.given()))
    };
    let found = people
        .list
        .iter()
        .enumerate()
        .filter(|(_, known)| heard.words.len() > 1 && fits(known));
    one(found.map(|(at, _)| at))
}

fn sounds_like(heard: &Heard, name: &str) -> bool {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let given = parts.first().copied().unwrap_or_default();
    if heard.words.len() == 1 {
        return sound::close(heard.given(), given);
    }
    let alike = |left: &str, right: &str| same(left, right) || sound::close(left, right);
    let surname = parts.last().copied().unwrap_or_default();
    parts.len() > 1
        && alike(heard.given(), given)
        && heard.words.last().is_some_and(|last| alike(last, surname))
}

/// Somebody already named in the note.
fn same_spoken(heard: &Heard, cast: &Cast) -> Option<usize> {
    let fits = |person: &Person| {
        let mut parts = person.full.split_whitespace();
        let given = parts.next().unwrap_or_default();
        let last = parts.last().unwrap_or_default();
        let surname = heard.words.last().map_or("", String::as_str);
        same(&person.full, &heard.full())
            || (heard.words.len() == 1 && (same(given, heard.given()) || same(last, heard.given())))
            || (heard.titled
                && same(last, surname)
                && TITLES.contains(&given.to_lowercase().as_str()))
    };
    let found = cast.all(fits);
    found
        .iter()
        .copied()
        .find(|&who| {
            cast.person(who)
                .is_some_and(|p| same(p.full.split(' ').next().unwrap_or_default(), heard.given()))
        })
        .or(found.first().copied())
}

/// Somebody already named whose name sounds the same but was written otherwise ("Sky", "Skye").
fn sounds_spoken(heard: &Heard, cast: &Cast, doubts: &mut Vec<Doubt>) -> Option<usize> {
    if heard.words.len() != 1 || heard.titled {
        return None;
    }
    let both =
        |person: &Person| given_names::known(heard.given()) && given_names::known(&person.short);
    let found = cast.all(|person| {
        !person.nameless
            && person.known.is_none()
            && sound::close(heard.given(), &person.short)
            && sound::key(heard.given()) == sound::key(&person.short)
            && !both(person)
    });
    let who = one(found.into_iter())?;
    let name = cast.person(who)?.short.clone();
    doubts.push(doubt(
        heard,
        "Written in two ways in this note; read as one person.",
        Some(name),
    ));
    Some(who)
}

/// Brings a known person into the cast, once.
pub(super) fn enter(at: usize, people: &People, cast: &mut Cast) -> usize {
    if let Some(&who) = cast.all(|person| person.known == Some(at)).first() {
        return who;
    }
    let known = &people.list[at];
    let short = known
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned();
    let role = known.role.to_lowercase();
    let child = role.contains("child") || role.contains("sibling");
    let gender = match role.as_str() {
        "mother" => Some(Gender::Female),
        "father" => Some(Gender::Male),
        _ => given_names::gender(&short),
    };
    let professional = known.discipline.is_some();
    let roles = match role.as_str() {
        "mother" => vec!["mother"],
        "father" => vec!["father"],
        _ => Vec::new(),
    };
    cast.add(Person {
        full: known.name.clone(),
        short,
        gender,
        child,
        professional,
        roles,
        known: Some(at),
        adult: !child,
        ..Person::default()
    })
}

fn one(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn doubt(heard: &Heard, why: &str, suggestion: Option<String>) -> Doubt {
    Doubt {
        heard: heard.full(),
        why: why.to_owned(),
        suggestion,
        span: heard.span,
    }
}
