//! Compartments: documents of their own beside the team's, which names nothing of them.

use record::{
    Context, Document, NotOfThisFamily, Rule, WholeFamily, Writer, check, check_in,
    ids::{EntryId, FamilyId, RecordId},
    model::{Appendment, ConcernClosure, Content, Party, Record, Withdrawal},
    propose_in,
    summary::{Summary, summary, summary_of_family, to_text},
    terms::{AppendmentReason, Compartment},
};

use crate::{
    family::{at, concern, date, id, manager, recovery_worker, social_worker, visit, write},
    full::{self, session},
};

fn victim_safe() -> (Document, Document) {
    let team = full::team();
    let (_, document) = full::compartments(&team)
        .into_iter()
        .find(|(compartment, _)| *compartment == Compartment::VictimSafe)
        .unwrap();
    (team, document)
}

/// What a compartment says to records.
fn refusal(records: &[Record], writer: &Writer) -> (Rule, Option<String>) {
    let (team, mut document) = victim_safe();
    let context = Context::compartment(Compartment::VictimSafe, &team);
    let refusal =
        propose_in(&context, &mut document, records, writer, &[50; 16], at()).unwrap_err();
    (refusal.rule, refusal.field)
}

fn whole() -> WholeFamily {
    let team = full::team();
    full::compartments(&team)
        .iter()
        .fold(WholeFamily::new(team.read()), |family, (_, document)| {
            family.with(document.read()).unwrap()
        })
}

#[test]
fn a_compartment_names_the_teams_people_and_never_the_other_way_round() {
    let (mut team, compartment) = victim_safe();
    assert_eq!(compartment.read().entries.len(), 1);
    let about_it = Appendment {
        entry: *compartment.read().entries.keys().next().unwrap(),
        reason: AppendmentReason::LateInformation,
        text: "from the compartment".into(),
        by: social_worker().professional,
        at: at(),
    };
    let records = [Record::new(id::<RecordId>(1), about_it)];
    let refusal = write(&mut team, &records, &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::UnknownReference);
}

#[test]
fn what_changes_how_something_stands_lives_in_its_document() {
    let by = manager().professional;
    let withdrawal = Withdrawal {
        entry: id(full::ids::VISIT),
        reason: "hidden from the team".into(),
        by,
        at: at(),
    };
    let closure = ConcernClosure {
        concern: concern(),
        reason: "hidden from the team".into(),
        by,
        at: at(),
    };
    for (record, field) in [
        (Record::new(id::<RecordId>(1), withdrawal), "entry"),
        (Record::new(id::<RecordId>(2), closure), "concern"),
    ] {
        let refused = refusal(&[record], &manager());
        assert_eq!(refused, (Rule::UnknownReference, Some(field.into())));
    }
}

#[test]
fn an_entry_lives_in_exactly_one_document() {
    let twin = visit(&social_worker(), 9);
    let records = [Record::new(id::<EntryId>(full::ids::VISIT), twin)];
    let (rule, _) = refusal(&records, &social_worker());
    assert_eq!(rule, Rule::CompleteEntryImmutable);
}

#[test]
fn a_reference_that_neither_document_holds_is_refused() {
    let mut entry = visit(&social_worker(), 9);
    entry.present = vec![Party::Person(id(199))];
    let refused = refusal(&[Record::new(id::<EntryId>(3), entry)], &social_worker());
    assert_eq!(refused, (Rule::UnknownReference, Some("present/0".into())));
}

#[test]
fn writing_into_another_compartment_is_refused() {
    let (team, victim_safe) = victim_safe();
    let entry = [session(&recovery_worker(), 5, "elsewhere")];
    let writer = recovery_worker();
    // The change is honest; only the document that it is sent to is another than it was written in.
    let mut elsewhere = victim_safe.clone();
    let right = Context::compartment(Compartment::VictimSafe, &team);
    let change = propose_in(&right, &mut elsewhere, &entry, &writer, &[51; 16], at()).unwrap();
    assert!(check_in(&right, &victim_safe, &change, &writer).is_ok());

    let wrong = Context::compartment(Compartment::PerpetratorWork, &team);
    let refused = check_in(&wrong, &victim_safe, &change, &writer).unwrap_err();
    assert_eq!(refused.rule, Rule::WrongCompartment);
    assert_eq!(refused.field.as_deref(), Some("compartment"));
    assert_eq!(refused.rule.code(), "wrong-compartment");
    let as_team = check(&victim_safe, &change, &writer).unwrap_err();
    assert_eq!(as_team.rule, Rule::WrongCompartment);
}

#[test]
fn a_cover_says_where_its_document_is() {
    let team = full::team();
    let context = Context::compartment(Compartment::Legal, &team);
    let by = manager();
    let set_up = |records: &[Record]| {
        let mut document = Document::genesis();
        propose_in(&context, &mut document, records, &by, &[52; 16], at())
            .map_err(|it| (it.rule, it.field))
    };
    let wrong = |field: &str| Err((Rule::WrongCompartment, Some(field.to_owned())));
    let cover = full::cover_of(&by, &Compartment::Legal);
    assert!(set_up(std::slice::from_ref(&cover)).is_ok());
    let health = full::cover_of(&by, &Compartment::Health);
    assert_eq!(set_up(&[health]), wrong("compartment"));
    let mut foreign = cover;
    if let Content::Covers(cover) = &mut foreign.content {
        cover.family = id::<FamilyId>(201);
    }
    assert_eq!(set_up(&[foreign]), wrong("family"));
    let entry = Record::new(id::<EntryId>(3), visit(&by, 9));
    assert_eq!(set_up(&[entry]), Err((Rule::WrongCompartment, None)));
}

#[test]
fn only_its_owner_writes_an_author_only_document() {
    let team = full::team();
    let (owner, other) = (recovery_worker(), manager());
    let cover = |writer: &Writer| [full::cover_of(writer, &Compartment::AuthorOnly)];
    let context = Context::author_only(owner.professional, &team);
    let mut document = Document::genesis();
    let mut set_up = |context: &Context<'_>, writer: &Writer| {
        propose_in(
            context,
            &mut document,
            &cover(writer),
            writer,
            &[53; 16],
            at(),
        )
        .map_err(|it| it.rule)
    };
    let ownerless = Context::compartment(Compartment::AuthorOnly, &team);
    assert_eq!(set_up(&ownerless, &owner), Err(Rule::OwnerOnly));
    assert_eq!(set_up(&context, &other), Err(Rule::OwnerOnly));
    assert!(set_up(&context, &owner).is_ok());
}

#[test]
fn the_summary_marks_what_comes_from_which_compartment() {
    let summary = summary_of_family(&whole(), date(30), false);
    assert_eq!(summary.compartments.len(), 6);
    let legal: Vec<_> = summary
        .lines()
        .into_iter()
        .filter(|line| line.text.contains("legal"))
        .collect();
    assert!(!legal.is_empty());
    for line in legal {
        assert!(line.compartments.contains(&Compartment::Legal), "{line:?}");
    }
    let team = summary_lines(&summary, |line| line.compartments.is_empty());
    assert!(team.iter().any(|text| text.contains("Tyler")), "{team:?}");
    let strength = summary
        .strengths
        .iter()
        .find(|line| line.text == "Strength known from health")
        .unwrap();
    assert_eq!(strength.compartments, [Compartment::Health]);
    let text = to_text(&summary);
    assert!(
        text.contains("[health only] Strength known from health"),
        "{text}"
    );
}

fn summary_lines(summary: &Summary, which: impl Fn(&record::summary::Line) -> bool) -> Vec<String> {
    let lines = summary.lines().into_iter().filter(|line| which(line));
    lines.map(|line| line.text.clone()).collect()
}

#[test]
fn the_teams_summary_says_nothing_of_compartments_unless_the_council_lets_it() {
    let team = full::team().read();
    let alone = summary(&team, date(30));
    let family = WholeFamily::new(team).with_sealed(Compartment::Legal);
    assert_eq!(summary_of_family(&family, date(30), false), alone);
    let text = serde_json::to_string(&alone).unwrap();
    assert!(!text.contains("compartment") && !text.contains("legal"));

    let named = summary_of_family(&family, date(30), true);
    assert_eq!(named.lines(), alone.lines());
    assert_eq!(named.compartments.len(), 1);
    assert!(!named.compartments[0].held);
}

#[test]
fn a_compartment_of_another_family_is_not_read_along() {
    let (team, victim_safe) = victim_safe();
    let mut other = victim_safe.read();
    other.cover.as_mut().unwrap().family = id(201);
    let family = || WholeFamily::new(team.read());
    assert_eq!(family().with(other), Err(NotOfThisFamily::OtherFamily));
    assert_eq!(
        family().with(team.read()),
        Err(NotOfThisFamily::NoCompartment)
    );
}

#[test]
fn an_id_that_stands_in_two_documents_is_shown_as_unreadable() {
    let (team, victim_safe) = victim_safe();
    let mut twin = victim_safe.read();
    let (entry, _) = team.read().entries.pop_first().unwrap();
    let (_, hidden) = twin.entries.pop_first().unwrap();
    twin.entries.insert(entry, hidden);
    let whole = WholeFamily::new(team.read()).with(twin).unwrap().whole();
    assert_eq!(whole.entries[&entry], team.read().entries[&entry]);
    assert_eq!(whole.unreadable.len(), 1);
}
