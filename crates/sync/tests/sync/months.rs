//! A device that comes back after months, and entries completed at the same time.

use jiff::civil::date;
use record::{
    Rule,
    ids::{EntryId, RecordId},
    model::{
        ActionUpdate, Appendment, Collection, ConcernClosure, Content, Party, Record, View,
        Withdrawal,
    },
    terms::{ActionStatus, Agreement, AppendmentReason},
};
use serde_json::json;

use crate::{
    family::{
        action, at, concern, craig, donna, first_visit, id, manager, recovery_worker, set_up,
        social_worker, visit,
    },
    ledger::{Ledger, readings},
    network::{Device, Server},
};

fn appendment(device: &Device, n: u8) -> Record {
    let appendment = Appendment {
        entry: id(21),
        reason: AppendmentReason::LateInformation,
        text: "Donna rang that evening".into(),
        by: device.writer.professional,
        at: at(),
    };
    Record::new(id::<RecordId>(n), appendment)
}

fn update(device: &Device, n: u8, status: ActionStatus) -> Record {
    let update = ActionUpdate {
        action: action(),
        status,
        note: Some("as the school says".into()),
        by: device.writer.professional,
        at: at(),
    };
    Record::new(id::<RecordId>(n), update)
}

/// A session with Craig, with his view of the concern.
fn session(device: &Device, n: u8) -> Record {
    let mut entry = visit(&device.writer, 7);
    entry.purpose = Some(format!("Session {n}"));
    entry.views = vec![View {
        concern: concern(),
        holder: Party::Person(craig()),
        agreement: Agreement::DoesNotShare,
        words: Some("I was asleep".into()),
    }];
    Record::new(id::<EntryId>(n), entry)
}

fn supervision() -> Record {
    let value = json!({"date": "2026-12-14", "chair": manager().professional,
        "attendees": [{"professional": manager().professional}],
        "decisions": [{"text": "Step down", "rationale": "It has held for weeks"}],
        "by": manager().professional, "at": at()});
    Record {
        id: id::<RecordId>(72).to_string(),
        content: Content::from_value(Collection::Supervisions, value).unwrap(),
    }
}

#[test]
fn what_was_written_offline_months_ago_joins_what_was_withdrawn_closed_and_supervised_since() {
    let set_up = set_up().read();
    let mut server = Server::new();
    let mut amira = Device::new(social_worker());
    let mut joe = Device::new(recovery_worker());
    let mut morgan = Device::new(manager());
    let mut ledger = Ledger::default();
    let mut write = |device: &mut Device, records: &[Record]| {
        device.write(records).unwrap();
        ledger.wrote(&device.writer, records);
    };
    amira.sync(&mut server);
    write(&mut amira, &first_visit());
    for device in [&mut amira, &mut joe, &mut morgan] {
        device.sync(&mut server);
    }
    // September: Joe writes in a cellar, and his phone stays off until Christmas.
    let offline = [
        session(&joe, 60),
        appendment(&joe, 61),
        update(&joe, 62, ActionStatus::Done),
    ];
    for record in offline {
        write(&mut joe, &[record]);
    }
    // Meanwhile the visit that he appended to is withdrawn, the concern that he viewed is closed.
    let withdrawal = Withdrawal {
        entry: id(21),
        reason: "written about another family".into(),
        by: manager().professional,
        at: at(),
    };
    let closure = ConcernClosure {
        concern: concern(),
        reason: "no drink since October".into(),
        by: social_worker().professional,
        at: at(),
    };
    write(&mut amira, &[Record::new(id::<RecordId>(70), closure)]);
    amira.sync(&mut server);
    write(&mut morgan, &[Record::new(id::<RecordId>(71), withdrawal)]);
    write(&mut morgan, &[supervision()]);
    for device in [&mut morgan, &mut amira] {
        device.sync(&mut server);
    }

    joe.reopen();
    let news = server.pull_snapshot(joe.replica.pull());
    joe.pull(&news);
    assert_eq!(joe.replica.outbox().len(), 3, "his own words still wait");
    for device in [&mut joe, &mut amira, &mut morgan] {
        device.sync(&mut server);
    }

    let devices = [amira, joe, morgan];
    let workbook = server.document.read();
    for device in &devices {
        assert!(device.quarantine.is_empty(), "{:?}", device.quarantine);
        assert_eq!(device.replica.working().heads(), server.document.heads());
        assert_eq!(
            readings(device.replica.working()),
            readings(&server.document)
        );
    }
    ledger.nothing_is_lost(&workbook, &devices);
    ledger.nothing_was_altered(&set_up, &workbook);
    // His session of September stands in the period that the supervision has closed since.
    let summary = record::summary::summary(&workbook, date(2026, 12, 24));
    let chapter = summary
        .chapters
        .iter()
        .find(|it| it.discipline == "recovery worker")
        .unwrap();
    assert_eq!((chapter.this_period.len(), chapter.earlier.len()), (0, 1));
    // The concern was raised in the withdrawn visit; what Craig said of it later keeps it.
    let viewed = &summary.concerns[0];
    assert!(viewed.closed.is_some());
    assert_eq!(viewed.views[0].agreement, "does not share");
}

#[test]
fn two_who_complete_at_once_about_one_visit_concern_and_action_both_stand() {
    let set_up = set_up().read();
    let mut server = Server::new();
    let mut devices = [Device::new(social_worker()), Device::new(recovery_worker())];
    let mut ledger = Ledger::default();
    devices[0].sync(&mut server);
    devices[0].write(&first_visit()).unwrap();
    ledger.wrote(&social_worker(), &first_visit());
    for device in &mut devices {
        device.sync(&mut server);
    }
    let status = [ActionStatus::Done, ActionStatus::Open];
    for ((device, n), status) in devices.iter_mut().zip([60, 65]).zip(status) {
        let mut about = session(device, n);
        if let Content::Entries(entry) = &mut about.content {
            entry.present = vec![Party::Person(donna())];
        }
        let records = [
            about,
            appendment(device, n + 1),
            update(device, n + 2, status),
        ];
        device.write(&records).unwrap();
        ledger.wrote(&device.writer, &records);
    }
    for _ in 0..2 {
        for device in &mut devices {
            device.sync(&mut server);
        }
    }
    let workbook = server.document.read();
    for device in &devices {
        assert!(device.quarantine.is_empty(), "{:?}", device.quarantine);
        assert_eq!(device.replica.working().heads(), server.document.heads());
        assert_eq!(
            readings(device.replica.working()),
            readings(&server.document)
        );
    }
    ledger.nothing_is_lost(&workbook, &devices);
    ledger.nothing_was_altered(&set_up, &workbook);
    let summary = record::summary::summary(&workbook, date(2026, 9, 30));
    assert_eq!(
        summary.actions[0].status,
        ["open", "done"],
        "reopened while another closed it"
    );
    assert_eq!(
        summary.concerns[0].views.len(),
        3,
        "Craig's view as each of them recorded it"
    );
    assert_eq!(workbook.appendments.len(), 2);
}

#[test]
fn a_draft_completed_twice_by_its_author_stands_once_and_the_other_telling_is_kept_with_the_reason()
{
    let set_up = set_up().read();
    let mut server = Server::new();
    let mut laptop = Device::new(social_worker());
    laptop.writer.device = id(150);
    let mut devices = [Device::new(social_worker()), laptop];
    let mut ledger = Ledger::default();
    for device in &mut devices {
        device.sync(&mut server);
    }
    for device in &mut devices {
        let mut records = first_visit();
        // What came of the visit has ids of its own on each device, as its composer mints them.
        if device.writer.device == id(150) {
            records.truncate(1);
        }
        if let Content::Entries(entry) = &mut records[0].content {
            entry.device = device.writer.device;
            entry.purpose = Some(format!("as told on {}", device.writer.device));
            if device.writer.device == id(150) {
                entry.views.clear();
            }
        }
        device.write(&records).unwrap();
        ledger.wrote(&device.writer, &records);
    }
    // What the laptop appends to its own telling has nothing to stand beside when that is refused.
    let later = appendment(&devices[1], 61);
    devices[1].write(std::slice::from_ref(&later)).unwrap();
    ledger.wrote(&devices[1].writer, &[later]);
    for _ in 0..2 {
        for device in &mut devices {
            device.sync(&mut server);
        }
    }
    assert_eq!(devices[0].quarantine.len(), 0);
    let [refused, behind] = devices[1].quarantine.as_slice() else {
        panic!("{} in quarantine", devices[1].quarantine.len());
    };
    assert_eq!(behind.refusal.rule, Rule::UnknownReference);
    assert!(
        behind.refusal.message.contains("sync"),
        "{}",
        behind.refusal.message
    );
    assert_eq!(refused.refusal.rule, Rule::CompleteEntryImmutable);
    assert_eq!(
        refused.refusal.record,
        Some(format!("entries/{}", id::<EntryId>(21)))
    );
    assert!(
        refused.refusal.message.contains("appendment"),
        "{}",
        refused.refusal.message
    );
    let workbook = server.document.read();
    assert_eq!(workbook.unreadable, vec![]);
    assert!(workbook.entries.contains_key(&id(21)));
    for device in &devices {
        assert_eq!(device.replica.working().heads(), server.document.heads());
        assert_eq!(device.replica.working().read(), workbook);
    }
    ledger.nothing_is_lost(&workbook, &devices);
    ledger.nothing_was_altered(&set_up, &workbook);
}
