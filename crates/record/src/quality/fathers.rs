//! Fathers with whom nobody has been in contact, and of whom nobody has written, for long
//! (why it matters: Child Safeguarding Practice Review Panel, "The Myth of Invisible Men", 2021).
//! Only fathers: step-parents and partners come and go with the household.

use jiff::civil::Date;

use super::PersonLine;
use crate::{
    Configuration,
    calendar::{days_between, local},
    ids::{EntryId, PersonId},
    model::{Entry, FactField, Party, Person},
    source::{Line, Source},
    summary::long_date,
    terms::PersonRole,
};

pub(super) fn absent(source: &Source<'_>, configuration: &Configuration) -> Vec<PersonLine> {
    source
        .workbook
        .people
        .iter()
        .filter(|(id, person)| person.role == PersonRole::Father && !has_left(source, **id))
        .filter_map(|(id, person)| {
            let after = configuration.father_absent_days();
            line(source, *id, person, after).map(|line| PersonLine { person: *id, line })
        })
        .collect()
}

/// Whether he has left the family, by death or otherwise, as somebody recorded.
fn has_left(source: &Source<'_>, father: PersonId) -> bool {
    source
        .workbook
        .current_facts(father, FactField::LeftOn)
        .iter()
        .filter_map(|(_, fact)| fact.value.parse::<Date>().ok())
        .any(|day| day <= source.as_of)
}

fn line(source: &Source<'_>, father: PersonId, person: &Person, after: u32) -> Option<Line> {
    let name = source.workbook.person_name(father);
    let mut entries = source.entries.iter();
    if let Some((id, entry)) = entries.find(|(id, entry)| is_in(source, father, *id, entry)) {
        let date = entry.occurred.start.date();
        let days = days_between(date, source.as_of);
        let text = format!(
            "No contact with, or mention of, {name} for {days} days, since {}.",
            long_date(date)
        );
        return (days >= after).then(|| source.line(text, *id, entry));
    }
    let added = local(person.at).date();
    let days = days_between(added, source.as_of);
    (days >= after).then(|| Line::new(format!(
            "No contact with, or mention of, {name} in any entry, {days} days after he was added."
        ), vec![source.cite_record(format!("people/{father}"), person.by, person.at)]))
}

/// Whether he was met in an entry, or somebody said something by or about him in it. Only what the
/// record holds as a person counts; a name in running text does not.
fn is_in(source: &Source<'_>, father: PersonId, id: EntryId, entry: &Entry) -> bool {
    let party = Party::Person(father);
    let met = entry.outcome.was_contact() && entry.present.contains(&party);
    met || entry.views.iter().any(|it| it.holder == party)
        || entry.readings.iter().any(|it| it.holder == party)
        || entry.tools.iter().any(|it| it.with.contains(&party))
        || entry.strengths.iter().any(|it| it.about.contains(&father))
        || entry
            .statements
            .iter()
            .any(|it| it.about.contains(&father) || it.source.as_ref() == Some(&party))
        || source
            .workbook
            .concerns
            .values()
            .any(|it| it.entry == Some(id) && it.adults.contains(&father))
}
