//! Restricted notes: to their compartment where the phone holds it, else they stay, with the reason.

use device::{DeviceError, Need, shapes::ChildCard};
use record::{
    ids::DocumentId,
    model::{Occurred, PlanStatusChange, Record},
    terms::{Compartment, EntryKind, Outcome, PlanStatus},
};

use crate::world::{
    Phone, SAFE, Server, TEAM, family, id, manager, now, social_worker, victim_worker,
};

const RESTRICTED: &str = "This is for the victim safe compartment. Specialist session with Donna \
    Brennan on Monday the 12th of October at eleven o'clock. Donna came on her own. Donna said \
    that she has packed a bag.";

fn ready(phone: &mut Phone) -> device::shapes::Kept {
    let mut kept = phone.note(RESTRICTED);
    assert_eq!(kept.asked, Compartment::VictimSafe);
    if !kept.draft.unsaid.is_empty() {
        kept.draft.say_kind(EntryKind::SpecialistSession);
        kept.draft.say_outcome(Outcome::TookPlace);
        kept.draft
            .say_occurred(Occurred::on("2026-10-12".parse().unwrap()));
    }
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    kept
}

#[test]
fn a_member_writes_into_the_compartment_and_the_team_learns_nothing() {
    let mut server = Server::new();
    let mut phone = Phone::synced(victim_worker(), &mut server);
    assert_eq!(phone.device.today(now()).families[0].compartments.len(), 2);
    let kept = ready(&mut phone);
    phone.complete(&kept).unwrap();
    phone.ready(Need::Page);
    let page = phone.device.family(family(), now()).unwrap();
    assert!(page.own.iter().any(|it| it.id == kept.id));
    phone.reopen();
    assert_eq!(phone.sync(&mut server), 0);
    assert!(server.workbook(SAFE).entries.contains_key(&kept.id));
    assert!(server.workbook(TEAM).entries.is_empty());

    let mut colleague = Phone::synced(social_worker(), &mut server);
    colleague.ready(Need::Record);
    assert!(
        colleague
            .device
            .entries(family(), now())
            .unwrap()
            .is_empty()
    );
    assert!(colleague.rows.values().all(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        !text.contains("packed a bag")
    }));
}

#[test]
fn what_is_to_be_done_in_a_compartment_is_on_its_members_list_only() {
    let mut server = Server::new();
    let mut phone = Phone::synced(victim_worker(), &mut server);
    let note = format!("{RESTRICTED} I will ring the refuge by Friday.");
    let mut kept = phone.note(&note);
    if !kept.draft.unsaid.is_empty() {
        kept.draft.say_kind(EntryKind::SpecialistSession);
        kept.draft.say_outcome(Outcome::TookPlace);
        kept.draft
            .say_occurred(Occurred::on("2026-10-12".parse().unwrap()));
    }
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    phone.complete(&kept).unwrap();
    phone.sync(&mut server);
    phone.reopen();
    let listed = |phone: &Phone| {
        let today = phone.device.today(now());
        let actions = today.families[0].actions.iter();
        let own = actions.filter(|it| it.text.contains("refuge"));
        own.map(|it| it.mine).collect::<Vec<_>>()
    };
    assert_eq!(listed(&phone), [true]);
    let colleague = Phone::synced(social_worker(), &mut server);
    assert!(listed(&colleague).is_empty());
}

/// A visit that counts for Tyler, to the victim's compartment.
fn seen_in_private(phone: &mut Phone, words: &str, day: &str) {
    let note = format!("This is for the victim safe compartment. {words}");
    let mut kept = phone.note(&note);
    kept.draft.say_kind(EntryKind::StatutoryVisitCp);
    kept.draft.say_outcome(Outcome::TookPlace);
    kept.draft.say_occurred(Occurred::on(day.parse().unwrap()));
    kept.draft.entry.next_contact = Some("2026-10-19".parse().unwrap());
    for mark in &mut kept.marks {
        mark.settled = true;
    }
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    phone.complete(&kept).unwrap();
}

/// What today's list says of Tyler is what his family's page says, where everything is read together.
fn agrees_with_the_page(phone: &mut Phone) -> ChildCard {
    phone.reopen();
    let listed = phone.device.today(now()).families[0].children[0].clone();
    phone.ready(Need::Page);
    let page = phone.device.family(family(), now()).unwrap();
    let due: Vec<_> = listed
        .due
        .iter()
        .map(|it| (it.rule.clone(), it.since, it.last, it.due))
        .collect();
    let read: Vec<_> = page
        .timescales
        .iter()
        .map(|it| (it.rule.clone(), Some(it.since), it.last, it.due))
        .collect();
    assert_eq!(due, read);
    let child = &page.prepare.children[0];
    assert_eq!(
        (listed.last_seen, listed.last_seen_alone),
        (child.last_seen, child.last_seen_alone)
    );
    listed
}

#[test]
fn a_visit_of_a_compartment_counts_on_its_members_list_only() {
    let mut server = Server::new();
    let mut phone = Phone::synced(victim_worker(), &mut server);
    let mut colleague = Phone::synced(social_worker(), &mut server);
    let before = agrees_with_the_page(&mut phone);
    assert_eq!((before.last_seen, before.compartment), (None, None));
    seen_in_private(&mut phone, "I saw Tyler alone in his room.", "2026-10-09");
    let day = Some("2026-10-09".parse().unwrap());
    // Before any contact with a server, and after.
    for _ in 0..2 {
        let tyler = agrees_with_the_page(&mut phone);
        assert_eq!(
            (tyler.last_seen, tyler.last_seen_alone, tyler.due[0].last),
            (day, day, day)
        );
        assert_eq!(tyler.compartment, Some(Compartment::VictimSafe));
        assert_eq!(tyler.due[0].overdue_days, 0);
        let next = phone.device.today(now()).families[0]
            .next_contact
            .clone()
            .unwrap();
        assert_eq!(
            (next.day, next.overdue),
            ("2026-10-19".parse().unwrap(), false)
        );
        assert_eq!(next.compartment, Some(Compartment::VictimSafe));
        phone.sync(&mut server);
    }
    colleague.sync(&mut server);
    let theirs = agrees_with_the_page(&mut colleague);
    assert_eq!((theirs.last_seen, theirs.compartment), (None, None));
    assert!(theirs.due[0].overdue_days > 0);
    assert_eq!(colleague.device.today(now()).families[0].next_contact, None);

    // What the team learns later stands beside it: a newer visit, and a plan that begins anew.
    let mut kept = colleague.note(crate::world::VISIT);
    kept.draft.say_kind(EntryKind::StatutoryVisitCp);
    let effects = colleague.device.keep(kept.clone()).unwrap();
    colleague.store(&effects);
    colleague.complete(&kept).unwrap();
    colleague.sync(&mut server);
    phone.sync(&mut server);
    let tyler = agrees_with_the_page(&mut phone);
    assert_eq!(
        (tyler.last_seen, tyler.compartment),
        (Some("2026-10-12".parse().unwrap()), None)
    );
    let looked_after = PlanStatusChange {
        child: id(11),
        status: PlanStatus::LookedAfter,
        category: None,
        supersedes: vec![],
        from: "2026-10-05".parse().unwrap(),
        by: manager().professional,
        at: now(),
    };
    server.manager_writes(&[Record::new(id::<uuid::Uuid>(77), looked_after)]);
    phone.sync(&mut server);
    agrees_with_the_page(&mut phone);
    // No longer a member: nothing of it stays on the list.
    let log = server.logs.get_mut(&id::<DocumentId>(SAFE)).unwrap();
    log.members.retain(|it| *it != victim_worker().professional);
    phone.sync(&mut server);
    agrees_with_the_page(&mut phone);
    let card = phone.device.today(now()).families.remove(0);
    assert_eq!((card.compartments.len(), card.next_contact), (1, None));
}

#[test]
fn a_day_that_was_named_and_has_passed_is_overdue_until_the_next_entry() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let mut kept = phone.note(crate::world::VISIT);
    kept.draft.entry.next_contact = Some("2026-10-14".parse().unwrap());
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    phone.complete(&kept).unwrap();
    phone.reopen();
    let later = "2026-10-16T09:00:00Z".parse().unwrap();
    let next = phone.device.today(later).families[0]
        .next_contact
        .clone()
        .unwrap();
    assert_eq!((next.overdue, next.compartment), (true, None));
    let again = phone.note(&crate::world::VISIT.replace("two p.m.", "four p.m."));
    phone.complete(&again).unwrap();
    assert_eq!(phone.device.today(later).families[0].next_contact, None);
}

#[test]
fn without_the_compartment_it_stays_a_draft_and_never_goes_to_the_team() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let mut kept = ready(&mut phone);
    let review = phone.device.review(&kept, now());
    assert!(
        review.held.as_deref().unwrap().contains("does not hold"),
        "{review:?}"
    );
    assert!(matches!(phone.complete(&kept), Err(DeviceError::Held(_))));
    kept.compartment = Compartment::Team;
    kept.asked = Compartment::Team;
    phone.device.keep(kept.clone()).unwrap();
    assert!(matches!(phone.complete(&kept), Err(DeviceError::Held(_))));
    phone.sync(&mut server);
    assert!(server.workbook(TEAM).entries.is_empty());
    assert_eq!(phone.device.drafts(now()).len(), 1);
}

#[test]
fn a_note_that_somebody_must_not_learn_of_waits_for_its_author_to_choose() {
    let mut server = Server::new();
    let mut phone = Phone::synced(victim_worker(), &mut server);
    let mut kept = ready(&mut phone);
    kept.id = kept.draft.id;
    kept.asked = Compartment::Team;
    kept.compartment = Compartment::Team;
    kept.must_not_share_with = vec!["Craig".into()];
    let review = phone.device.review(&kept, now());
    assert!(
        review
            .held
            .as_deref()
            .unwrap()
            .contains("choose the compartment")
    );
    kept.compartment = Compartment::VictimSafe;
    assert!(phone.device.review(&kept, now()).can_complete);
}
