//! Random writing and random sync by three devices: everyone ends with the same, and with all.

use proptest::prelude::*;
use record::{
    ids::{EntryId, RecordId},
    model::{Appendment, Party, Reading, Record, ScaleValue, View},
    terms::{Agreement, AppendmentReason},
};

use crate::{
    family::{at, concern, donna, first_visit, id, manager, recovery_worker, social_worker, visit},
    network::{Device, Server},
};

#[derive(Debug, Clone)]
enum Step {
    /// A device completes a visit with a view and a reading.
    Visit(usize),
    /// A device appends to the first visit.
    Append(usize),
    Push {
        device: usize,
        answer_lost: bool,
    },
    Pull {
        device: usize,
        lost: bool,
        snapshot: bool,
    },
    /// An answer to a pull arrives after a later one.
    StalePull {
        device: usize,
    },
    Reopen(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let device = 0..3usize;
    prop_oneof![
        device.clone().prop_map(Step::Visit),
        device.clone().prop_map(Step::Append),
        (device.clone(), any::<bool>()).prop_map(|(device, answer_lost)| Step::Push {
            device,
            answer_lost
        }),
        (device.clone(), any::<bool>(), any::<bool>()).prop_map(|(device, lost, snapshot)| {
            Step::Pull {
                device,
                lost,
                snapshot,
            }
        }),
        device.clone().prop_map(|device| Step::StalePull { device }),
        device.prop_map(Step::Reopen),
    ]
}

/// What one visit asserts: a view and a reading that name its number.
fn visit_records(device: &Device, n: u8) -> Vec<Record> {
    let mut entry = visit(&device.writer, 8);
    entry.purpose = Some(format!("visit {n}"));
    entry.views = vec![View {
        concern: concern(),
        holder: Party::Person(donna()),
        agreement: Agreement::SharesPartly,
        words: Some(format!("view {n}")),
    }];
    entry.readings = vec![Reading {
        scale: "safety".into(),
        holder: Party::Person(donna()),
        value: ScaleValue::from_tenths(n % 101).unwrap(),
        because: Some(format!("reading {n}")),
    }];
    vec![Record::new(id::<EntryId>(n), entry)]
}

fn appendment(device: &Device, n: u8) -> Vec<Record> {
    let appendment = Appendment {
        entry: id(21),
        reason: AppendmentReason::LateInformation,
        text: format!("appendment {n}"),
        by: device.writer.professional,
        at: at(),
    };
    vec![Record::new(id::<RecordId>(n), appendment)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_all_end_alike(steps in prop::collection::vec(step(), 1..60)) {
        let mut server = Server::new();
        let mut devices =
            vec![Device::new(social_worker()), Device::new(recovery_worker()), Device::new(manager())];
        devices[0].sync(&mut server);
        devices[0].write(&first_visit()).unwrap();
        for device in &mut devices {
            device.sync(&mut server);
        }

        let mut written = Vec::new();
        for (n, step) in (100..).zip(&steps) {
            match *step {
                Step::Visit(at) => {
                    let records = visit_records(&devices[at], n);
                    devices[at].write(&records).unwrap();
                    written.extend([format!("view {n}"), format!("reading {n}")]);
                }
                Step::Append(at) => {
                    let records = appendment(&devices[at], n);
                    devices[at].write(&records).unwrap();
                    written.push(format!("appendment {n}"));
                }
                Step::Push { device, answer_lost } => devices[device].push(&mut server, answer_lost),
                Step::Pull { device, lost, snapshot } => {
                    let cursor = devices[device].replica.pull();
                    let news =
                        if snapshot { server.pull_snapshot(cursor) } else { server.pull(cursor) };
                    if !lost {
                        devices[device].pull(&news);
                    }
                }
                Step::StalePull { device } => {
                    let cursor = devices[device].replica.pull();
                    let stale = server.pull(cursor);
                    devices[device].pull(&server.pull(cursor));
                    // The same news a second time: refused as a whole or without effect.
                    let actor = devices[device].actor();
                    let writer = devices[device].writer.clone();
                    let _ = devices[device].replica.pulled(&stale, &writer, &actor);
                }
                Step::Reopen(device) => devices[device].reopen(),
            }
        }
        for _ in 0..2 {
            for device in &mut devices {
                device.sync(&mut server);
            }
        }

        for device in &devices {
            prop_assert_eq!(device.replica.working().heads(), server.document.heads());
            prop_assert!(device.quarantine.is_empty(), "{:?}", device.quarantine);
        }
        let workbook = server.document.read();
        prop_assert!(workbook.unreadable.is_empty());
        let mut held: Vec<String> = workbook
            .entries
            .values()
            .flat_map(|entry| {
                let views = entry.views.iter().filter_map(|it| it.words.clone());
                views.chain(entry.readings.iter().filter_map(|it| it.because.clone()))
            })
            .chain(workbook.appendments.values().map(|it| it.text.clone()))
            .filter(|text| text != "he is fine when he has not had a drink")
            .collect();
        held.sort();
        written.sort();
        prop_assert_eq!(held, written);
    }
}
