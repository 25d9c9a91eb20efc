//! Refused: kept, readable, and sent again.

use device::{
    DeviceError, Need,
    shapes::{Resubmit, SyncState},
};
use record::{Rule, ids::DocumentId, terms::AppendmentReason};

use crate::world::{Phone, Server, TEAM, VISIT, family, id, now, social_worker};

/// A phone whose owner is no longer allocated; what it wrote was refused.
fn deallocated(server: &mut Server) -> (Phone, record::ids::EntryId) {
    let mut phone = Phone::synced(social_worker(), server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    let members = &mut server
        .logs
        .get_mut(&id::<DocumentId>(TEAM))
        .unwrap()
        .members;
    members.retain(|it| *it != social_worker().professional);
    let pulled = phone.pull(server);
    assert_eq!(pulled.gone, [family()]);
    (phone, kept.id)
}

#[test]
fn what_a_former_colleague_wrote_is_kept_and_readable() {
    let mut server = Server::new();
    let (mut phone, entry) = deallocated(&mut server);
    phone.reopen();
    let refused = phone.device.quarantine();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].refusal.rule, Rule::NotAllocated);
    assert_eq!(
        (refused[0].entry, refused[0].family_name.as_str()),
        (Some(entry), "Brennan")
    );
    assert!(refused[0].can.is_empty(), "the family is not here");
    assert_eq!(phone.device.states()[&entry], SyncState::Refused);
    assert!(phone.device.today(now()).families.is_empty());
    let left: Vec<_> = phone
        .rows
        .keys()
        .filter(|it| !it.starts_with("quarantine/"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let again = phone
        .device
        .resubmit(refused[0].id, Resubmit::Draft, now(), &[1; 32]);
    assert!(matches!(again, Err(DeviceError::CannotResubmit(_))));
    assert_eq!(phone.device.quarantine().len(), 1);
}

#[test]
fn back_in_the_team_it_is_sent_again_as_a_draft() {
    let mut server = Server::new();
    let (mut phone, entry) = deallocated(&mut server);
    let members = &mut server
        .logs
        .get_mut(&id::<DocumentId>(TEAM))
        .unwrap()
        .members;
    members.push(social_worker().professional);
    phone.sync(&mut server);
    let refused = phone.device.quarantine();
    assert_eq!(refused[0].can, [Resubmit::Draft]);
    let entropy = phone.entropy();
    let done = phone
        .device
        .resubmit(refused[0].id, Resubmit::Draft, now(), &entropy);
    let (effects, draft) = done.unwrap();
    phone.store(&effects);
    phone.reopen();
    assert!(phone.device.quarantine().is_empty());
    let kept = phone.device.draft(draft.unwrap()).unwrap().clone();
    assert_ne!(kept.id, entry);
    assert_eq!(kept.draft.actions.len(), 1);
    phone.complete(&kept).unwrap();
    assert_eq!(phone.sync(&mut server), 0);
    let workbook = server.workbook(TEAM);
    assert!(workbook.entries.contains_key(&kept.id));
    assert_eq!(workbook.actions.len(), 1);
}

#[test]
fn a_rule_of_the_record_refuses_at_once_and_the_phone_is_as_it_was() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let kept = phone.note(VISIT);
    phone.complete(&kept).unwrap();
    phone.ready(Need::Record);
    let said = (AppendmentReason::ManagersComment, "well done".to_owned());
    let refused = phone
        .device
        .append(family(), kept.id, said, now(), &[1; 32]);
    let Err(DeviceError::Refused(refusal)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(refusal.rule, Rule::ManagerOnly);
    assert_eq!(phone.device.today(now()).waiting, 1);
}
