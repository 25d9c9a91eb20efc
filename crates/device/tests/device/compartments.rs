//! Restricted notes: to their compartment where the phone holds it, else they stay, with the reason.

use device::{DeviceError, Need};
use record::{
    model::Occurred,
    terms::{Compartment, EntryKind, Outcome},
};

use crate::world::{Phone, SAFE, Server, TEAM, family, now, social_worker, victim_worker};

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
