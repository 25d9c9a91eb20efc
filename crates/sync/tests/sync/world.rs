//! Five devices of four people, one server, and a network that drops, repeats and reorders.

use proptest::prelude::*;
use record::{
    Workbook, Writer,
    ids::EntryId,
    model::{Collection, Content, Record},
    terms::Discipline,
};
use serde_json::json;
use sync::wire::{PulledDocument, PushDocument};

use crate::{
    edits::{Edit, Kind, Written, edit},
    family::{at, first_visit, id, manager, recovery_worker, social_worker, visit},
    ledger::{Ledger, readings},
    network::{Device, Server},
};

/// The social worker's phone and laptop, the recovery worker, the manager, and somebody whose device
/// lies in a drawer for months.
const DEVICES: usize = 5;
const MANAGER: usize = 3;
const DRAWER: usize = 4;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A device writes something.
    Write(usize, Edit),
    /// One draft, opened on the social worker's phone and laptop, is completed on both.
    CompleteTwice,
    Push {
        device: usize,
        lost: Lost,
    },
    /// An earlier push arrives once more; its answer goes nowhere.
    PushAgain(usize),
    Pull {
        device: usize,
        lost: bool,
        snapshot: bool,
    },
    /// News that will arrive late.
    Hold(usize),
    /// They arrive, behind whatever came since.
    Late(usize),
    /// The same news twice.
    PullTwice(usize),
    /// The app is killed and opened again.
    Reopen(usize),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Lost {
    Nothing,
    /// The request never arrives.
    Push,
    /// The answer never arrives.
    Answer,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    // The one in the drawer only writes: it syncs at the very end.
    let device = 0..DRAWER;
    let lost = prop::sample::select(&[Lost::Nothing, Lost::Nothing, Lost::Push, Lost::Answer][..]);
    prop_oneof![
        8 => (0..DEVICES, edit()).prop_map(|(device, edit)| Step::Write(device, edit)),
        1 => Just(Step::CompleteTwice),
        3 => (device.clone(), lost).prop_map(|(device, lost)| Step::Push { device, lost }),
        1 => device.clone().prop_map(Step::PushAgain),
        3 => (device.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(device, lost, snapshot)| Step::Pull { device, lost, snapshot }),
        1 => device.clone().prop_map(Step::Hold),
        1 => device.clone().prop_map(Step::Late),
        1 => device.clone().prop_map(Step::PullTwice),
        1 => (0..DEVICES).prop_map(Step::Reopen),
    ]
}

pub(crate) struct World {
    server: Server,
    devices: Vec<Device>,
    written: Vec<Written>,
    ledger: Ledger,
    pushed: Vec<Option<PushDocument>>,
    held: Vec<Option<PulledDocument>>,
    drafts: u8,
}

impl World {
    /// Everybody has the family and the first visit; from here on they meet by sync alone.
    pub(crate) fn new() -> Self {
        let mut laptop = social_worker();
        laptop.device = id(150);
        let drawer = Writer {
            professional: id(4),
            discipline: Discipline::FamilySupportWorker,
            device: id(104),
        };
        let writers = [
            social_worker(),
            laptop,
            recovery_worker(),
            manager(),
            drawer,
        ];
        let mut world = Self {
            server: Server::new(),
            devices: writers.into_iter().map(Device::new).collect(),
            written: (1..=5).map(Written::on).collect(),
            ledger: Ledger::default(),
            pushed: vec![None; DEVICES],
            held: vec![None; DEVICES],
            drafts: 0,
        };
        world.sync_all();
        let drawer = json!({"name": "Sam Field", "discipline": "family-support-worker",
            "from": "2026-09-01", "by": manager().professional, "at": at()});
        let drawer = Record {
            id: world.devices[DRAWER].writer.professional.to_string(),
            content: Content::from_value(Collection::Professionals, drawer).unwrap(),
        };
        world.write(MANAGER, &[drawer]);
        world.write(0, &first_visit());
        world.sync_all();
        world
    }

    fn sync_all(&mut self) {
        for device in &mut self.devices {
            device.sync(&mut self.server);
        }
    }

    fn write(&mut self, device: usize, records: &[Record]) {
        let device = &mut self.devices[device];
        device.write(records).unwrap();
        self.ledger.wrote(&device.writer, records);
    }

    fn edit(&mut self, device: usize, edit: Edit) {
        let device = if edit.kind.needs_manager() {
            MANAGER
        } else {
            device
        };
        let held = self.devices[device].replica.working().read();
        let writer = self.devices[device].writer.clone();
        if let Some(records) = self.written[device].records(&held, edit, &writer) {
            self.write(device, &records);
        }
    }

    /// The same draft, so the same id, with what was changed on each device before completing.
    fn complete_twice(&mut self) {
        self.drafts += 1;
        let draft: EntryId = id(210 + self.drafts % 40);
        for device in [0, 1] {
            if self.devices[device]
                .replica
                .working()
                .contains(Collection::Entries, &draft.to_string())
            {
                continue;
            }
            let mut entry = visit(&self.devices[device].writer, 12);
            entry.purpose = Some(format!(
                "Draft {} as completed on device {device}",
                self.drafts
            ));
            self.write(device, &[Record::new(draft, entry)]);
        }
    }

    pub(crate) fn take(&mut self, step: &Step) {
        match *step {
            Step::Write(device, edit) => self.edit(device, edit),
            Step::CompleteTwice => self.complete_twice(),
            Step::Push { device, lost } => {
                self.pushed[device] = self.devices[device].replica.push(3);
                match lost {
                    Lost::Push => {}
                    Lost::Nothing => self.devices[device].push(&mut self.server, false),
                    Lost::Answer => self.devices[device].push(&mut self.server, true),
                }
            }
            Step::PushAgain(device) => {
                if let Some(part) = &self.pushed[device] {
                    self.server.push(&self.devices[device].writer, part);
                }
            }
            Step::Pull {
                device,
                lost,
                snapshot,
            } => {
                let cursor = self.devices[device].replica.pull();
                let news = if snapshot {
                    self.server.pull_snapshot(cursor)
                } else {
                    self.server.pull(cursor)
                };
                if !lost {
                    self.devices[device].pull(&news);
                }
            }
            Step::Hold(device) => {
                self.held[device] = Some(self.server.pull(self.devices[device].replica.pull()));
            }
            Step::Late(device) => {
                if let Some(news) = self.held[device].take() {
                    self.devices[device].pull_again(&news);
                }
            }
            Step::PullTwice(device) => {
                let news = self.server.pull(self.devices[device].replica.pull());
                self.devices[device].pull(&news);
                self.devices[device].pull_again(&news);
            }
            Step::Reopen(device) => self.devices[device].reopen(),
        }
    }

    /// Months go by: what the one in the drawer wrote about is withdrawn, closed and supervised.
    pub(crate) fn months_pass(&mut self) {
        let edit = |kind, day| Edit {
            kind,
            day,
            says: 1,
            pick: 0,
        };
        for kind in [
            Kind::Withdraw,
            Kind::Close,
            Kind::Supervision,
            Kind::Settle,
            Kind::Decision,
        ] {
            self.edit(MANAGER, edit(kind, 28));
        }
        for _ in 0..2 {
            for device in &mut self.devices[..DRAWER] {
                device.sync(&mut self.server);
            }
        }
        let news = self
            .server
            .pull_snapshot(self.devices[DRAWER].replica.pull());
        self.devices[DRAWER].pull(&news);
        for _ in 0..2 {
            self.sync_all();
        }
    }

    /// No device shows anything otherwise than its author completed it, at any time.
    pub(crate) fn nothing_was_altered(&self, set_up: &Workbook) {
        for device in &self.devices {
            let held = device.replica.working().read();
            self.ledger.nothing_was_altered(set_up, &held);
        }
    }

    /// Everybody has the same and reads the same, and nothing that anybody said is lost.
    pub(crate) fn must_hold(&self, set_up: &Workbook) {
        let workbook = self.server.document.read();
        assert_eq!(workbook.unreadable, vec![]);
        for device in &self.devices {
            assert_eq!(
                device.replica.working().heads(),
                self.server.document.heads()
            );
            assert_eq!(device.replica.working().read(), workbook);
            assert_eq!(
                readings(device.replica.working()),
                readings(&self.server.document)
            );
        }
        self.ledger.nothing_is_lost(&workbook, &self.devices);
        self.ledger.nothing_came_from_nowhere(set_up, &workbook);
        self.ledger.nothing_was_altered(set_up, &workbook);
    }
}
