//! Reading offline: today's list from cards alone, a family from its pages, entries from its record.

use device::{DeviceError, Need};
use record::{
    ids::EntryId,
    model::{Fact, FactField, Record},
};

use crate::world::{Phone, Server, VISIT, family, id, manager, now, social_worker};

#[test]
fn todays_list_needs_cards_alone() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    phone.reopen();
    let today = phone.device.today(now());
    assert_eq!(today.families.len(), 1);
    let card = &today.families[0];
    assert_eq!(
        (card.name.as_str(), card.problem.as_deref()),
        ("Brennan", None)
    );
    let tyler = &card.children[0];
    assert_eq!(
        (tyler.name.as_str(), tyler.last_seen),
        ("Tyler Brennan", None)
    );
    assert!(tyler.due[0].overdue_days > 0, "{:?}", tyler.due);

    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.reopen();
    let later = "2026-10-20T09:00:00Z".parse().unwrap();
    let card = &phone.device.today(later).families[0];
    assert_eq!(
        card.children[0].last_seen,
        Some("2026-10-12".parse().unwrap())
    );
    assert_eq!(card.waiting, 1);
    let action = &card.actions[0];
    assert!(
        action.mine && action.overdue,
        "due on Friday, read on Tuesday: {action:?}"
    );
}

#[test]
fn a_family_opens_from_its_page_without_the_document() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.reopen();
    let asked = phone.device.needs(family(), Need::Page, now()).unwrap();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].contains("/page/"), "{asked:?}");
    assert!(
        matches!(phone.device.family(family(), now()), Err(DeviceError::NeedsRows(keys)) if keys == asked)
    );
    phone.ready(Need::Page);
    assert!(
        !phone
            .device
            .needs(family(), Need::Record, now())
            .unwrap()
            .is_empty(),
        "no document was read"
    );

    let page = phone.device.family(family(), now()).unwrap();
    assert_eq!(
        page.prepare.said[0].words,
        "I count to a hundred when they shout"
    );
    assert_eq!(
        page.prepare.children[0].last_seen_alone,
        Some("2026-10-12".parse().unwrap())
    );
    assert_eq!(page.own[0].id, kept.id);
    assert!(!page.summary.actions.is_empty() && !page.prepare.actions.is_empty());
    let cast = phone.device.cast(family(), now()).unwrap();
    assert!(cast.people[0].child && cast.professionals.iter().any(|it| it.me));
    assert_eq!(
        phone.device.plan(family(), now()).unwrap().statuses.len(),
        1
    );
}

#[test]
fn a_page_that_is_missing_or_stale_is_made_anew() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let key = phone
        .rows
        .keys()
        .find(|it| it.contains("/page/"))
        .unwrap()
        .clone();
    for damage in [None, Some(vec![]), Some(b"{}".to_vec())] {
        match damage {
            Some(bytes) => phone.rows.insert(key.clone(), bytes),
            None => phone.rows.remove(&key),
        };
        phone.reopen();
        phone.ready(Need::Page);
        assert!(phone.device.family(family(), now()).is_ok());
        assert!(
            phone.rows[&key].len() > 100,
            "and is kept for the next time"
        );
    }
}

#[test]
fn entries_and_their_pages_come_from_the_record() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.ready(Need::Record);
    let lines = phone.device.entries(family(), now()).unwrap();
    assert_eq!((lines.len(), lines[0].author.as_str()), (1, "Amira Khan"));
    let page = phone.device.entry(family(), kept.id, now()).unwrap();
    assert_eq!(page.actions.len(), 1);
    assert!(page.actions.values().all(|it| it.here));
    assert!(
        phone
            .device
            .chronology(family(), now())
            .unwrap()
            .events
            .len()
            == 1,
        "the plan"
    );
    let unknown = phone.device.entry(family(), id::<EntryId>(99), now());
    assert!(matches!(unknown, Err(DeviceError::UnknownEntry)));
    let entropy = phone.entropy();
    let reason = record::terms::AppendmentReason::LateInformation;
    let effects = phone
        .device
        .append(
            family(),
            kept.id,
            (reason, "The school rang back".into()),
            now(),
            &entropy,
        )
        .unwrap();
    phone.store(&effects);
    phone.sync(&mut server);
    phone.ready(Need::Record);
    let page = phone.device.entry(family(), kept.id, now()).unwrap();
    assert_eq!(page.appendments[0].text, "The school rang back");
}

#[test]
fn a_disagreement_is_shown_and_settled_by_name() {
    let mut server = Server::new();
    let born = |n: u8, value: &str| {
        let fact = Fact {
            person: id(11),
            field: FactField::DateOfBirth,
            value: value.into(),
            supersedes: vec![],
            entry: None,
            by: manager().professional,
            at: now(),
        };
        Record::new(id::<uuid::Uuid>(n), fact)
    };
    server.manager_writes(&[born(40, "2018-03-01"), born(41, "2018-01-03")]);
    let mut phone = Phone::synced(social_worker(), &mut server);
    phone.ready(Need::Page);
    let page = phone.device.family(family(), now()).unwrap();
    let dispute = &page.disagreements[0];
    assert_eq!(dispute.facts.len(), 2);
    phone.ready(Need::Record);
    let entropy = phone.entropy();
    let facts = dispute.facts.iter().map(|it| it.id).collect();
    let said = (dispute.person, dispute.field, "2018-03-01".to_owned());
    let effects = phone
        .device
        .settle(family(), said, facts, now(), &entropy)
        .unwrap();
    phone.store(&effects);
    assert!(
        phone
            .device
            .family(family(), now())
            .unwrap()
            .disagreements
            .is_empty()
    );
    assert_eq!(phone.sync(&mut server), 0);
}
