//! The device itself: what it holds, and how rows become it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use record::{
    Change, Configuration, Document, Writer,
    ids::{DocumentId, EntryId, FamilyId, RecordId},
    terms::Compartment,
};

use crate::{
    DeviceError, Profile,
    card::Card,
    held::{Desk, Held, Waiting, day},
    json,
    quarantine::Quarantined,
    rows::{Effects, Handed, Key, Row},
    shapes::{CompartmentCard, Damaged, Kept},
};

/// What [`Device::needs`] is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To read the family's page, or to draft.
    Page,
    /// To read everything, or to write.
    Record,
}

/// A phone's record: everything that it knows, over rows that somebody else seals and keeps.
///
/// Every call that changes something returns [`Effects`]. Whoever keeps the rows stores them in one
/// transaction before anything else; if that fails, they drop the device and open it again.
#[derive(Debug)]
pub struct Device {
    pub(crate) profile: Profile,
    pub(crate) configuration: Configuration,
    pub(crate) documents: BTreeMap<DocumentId, Held>,
    /// Changes that wait for a document of which there is no card.
    pub(crate) orphans: BTreeMap<DocumentId, Vec<Waiting>>,
    pub(crate) drafts: BTreeMap<EntryId, Kept>,
    pub(crate) quarantine: BTreeMap<RecordId, Quarantined>,
    /// Rows that can't be read, with why.
    pub(crate) damaged: BTreeMap<String, (Vec<u8>, &'static str)>,
    /// The hashes of what the last push request carried.
    pub(crate) pushing: BTreeMap<DocumentId, Vec<[u8; 32]>>,
    /// Under which Automerge actor this device writes: one from opening on, since a document with an
    /// actor for each change loads at half the speed. Given up as soon as one of its changes is taken
    /// back, so that no number is used twice.
    pub(crate) actor: Option<[u8; 16]>,
}

impl Device {
    /// Opens a device from its rows: cards, outbox, quarantine and drafts. Others are left alone. A
    /// row that can't be read is set aside, told of, and never deleted.
    ///
    /// # Errors
    /// Only when the program's own configuration is broken.
    pub fn open(profile: Profile, rows: Vec<Row>) -> Result<Self, DeviceError> {
        let configuration = Configuration::built_in()
            .map_err(|_| DeviceError::BadInput("the program's own configuration".to_owned()))?;
        let mut device = Self {
            profile,
            configuration,
            documents: BTreeMap::new(),
            orphans: BTreeMap::new(),
            drafts: BTreeMap::new(),
            quarantine: BTreeMap::new(),
            damaged: BTreeMap::new(),
            pushing: BTreeMap::new(),
            actor: None,
        };
        let mut last: BTreeMap<DocumentId, u64> = BTreeMap::new();
        for row in rows {
            let Ok(key) = row.key.parse::<Key>() else {
                continue;
            };
            if let Key::Outbox(document, n) = key {
                let last = last.entry(document).or_default();
                *last = n.max(*last);
            }
            if let Err(why) = device.take(key, &row.bytes) {
                device.damaged.insert(row.key, (row.bytes, why));
            }
        }
        let orphans = std::mem::take(&mut device.orphans);
        for (document, mut waiting) in orphans {
            waiting.sort_by_key(|it| it.n);
            match device.documents.get_mut(&document) {
                Some(held) => held.outbox = waiting,
                None => {
                    device.orphans.insert(document, waiting);
                }
            }
        }
        for (document, n) in last {
            if let Some(held) = device.documents.get_mut(&document) {
                held.last_n = n;
            }
        }
        Ok(device)
    }

    fn take(&mut self, key: Key, bytes: &[u8]) -> Result<(), &'static str> {
        match key {
            Key::Card(family, document) => {
                let card = Card::from_bytes(bytes)
                    .filter(|card| card.family == family && card.document == document)
                    .ok_or("what this phone keeps of a family can't be read: sync it anew")?;
                self.documents.insert(document, Held::new(card));
            }
            Key::Outbox(document, n) => {
                let change = Change::decode(bytes)
                    .map_err(|_| "something complete can't be read: export it and ask for help")?;
                let waiting = self.orphans.entry(document).or_default();
                waiting.push(Waiting { n, change });
            }
            Key::Quarantine(id) => {
                let refused = Quarantined::from_bytes(bytes)
                    .filter(|it| it.id == id)
                    .ok_or("something refused can't be read: export it and ask for help")?;
                self.quarantine.insert(id, refused);
            }
            Key::Draft(id) => {
                let kept: Kept = json::read(bytes)
                    .filter(|kept: &Kept| kept.id == id && kept.draft.id == id)
                    .ok_or("a draft can't be read: export it and ask for help")?;
                self.drafts.insert(id, kept);
            }
            // The notice is read by whoever shows it.
            Key::Profile | Key::Page(..) | Key::Document(..) | Key::ErasedNotice => {}
        }
        Ok(())
    }

    /// Who writes here.
    pub fn writer(&self) -> Writer {
        self.profile.writer()
    }

    /// The documents of a family, the team's first.
    pub(crate) fn of_family(&self, family: FamilyId) -> Vec<DocumentId> {
        let mut documents: Vec<_> = self
            .documents
            .values()
            .filter(|held| held.card.family == family)
            .map(|held| (!held.card.is_team(), held.card.document))
            .collect();
        documents.sort_unstable();
        documents
            .into_iter()
            .map(|(_, document)| document)
            .collect()
    }

    pub(crate) fn team_of(&self, family: FamilyId) -> Result<DocumentId, DeviceError> {
        self.document_of(family, &Compartment::Team)
            .map_err(|_| DeviceError::UnknownFamily)
    }

    pub(crate) fn document_of(
        &self,
        family: FamilyId,
        compartment: &Compartment,
    ) -> Result<DocumentId, DeviceError> {
        self.documents
            .values()
            .find(|held| held.card.family == family && held.card.compartment == compartment.code())
            .map(|held| held.card.document)
            .ok_or(DeviceError::UnknownDocument)
    }

    pub(crate) fn compartments(&self, family: FamilyId) -> Vec<CompartmentCard> {
        let documents = self.of_family(family).into_iter();
        documents
            .filter_map(|document| {
                let compartment = self.documents.get(&document)?.compartment()?;
                Some(CompartmentCard {
                    label: compartment.label().to_owned(),
                    compartment,
                    document,
                })
            })
            .collect()
    }

    /// The keys of the rows to hand over first; none when everything is here.
    ///
    /// # Errors
    /// [`DeviceError::UnknownFamily`].
    pub fn needs(
        &self,
        family: FamilyId,
        what: Need,
        now: Timestamp,
    ) -> Result<Vec<String>, DeviceError> {
        let documents = self.of_family(family);
        if documents.is_empty() {
            return Err(DeviceError::UnknownFamily);
        }
        let needs = documents.iter().filter_map(|document| {
            let held = self.documents.get(document)?;
            match what {
                Need::Page => held.needs_page(day(now)),
                Need::Record => held.needs_record(),
            }
        });
        Ok(needs.map(|key| key.to_string()).collect())
    }

    /// Like [`Device::needs`], as an error for calls that can't do without.
    pub(crate) fn require(
        &self,
        family: FamilyId,
        what: Need,
        now: Timestamp,
    ) -> Result<(), DeviceError> {
        let keys = self.needs(family, what, now)?;
        if keys.is_empty() {
            Ok(())
        } else {
            Err(DeviceError::NeedsRows(keys))
        }
    }

    /// Takes rows that were asked for. The effects are caches made anew.
    pub fn hold(&mut self, rows: &[Handed], now: Timestamp) -> Effects {
        let mut effects = Effects::default();
        for row in rows {
            let bytes = row.bytes.as_deref();
            match row.key.parse() {
                Ok(Key::Page(_, document)) => {
                    if let Some(held) = self.documents.get_mut(&document) {
                        held.hold_page(bytes);
                    }
                }
                Ok(Key::Document(_, document)) => {
                    let held = self.documents.get_mut(&document);
                    let Some(held) = held.filter(|held| held.replica.is_none()) else {
                        continue;
                    };
                    held.hold_document(bytes);
                    if held.page(day(now)).is_none() && !held.from_scratch {
                        self.follow(document, None, now, &mut effects);
                    }
                }
                _ => {}
            }
        }
        effects
    }

    /// After a document's replica has changed: its page and card follow, and are stored with it; after
    /// the team's, the cards of the compartments whose pages are at hand as well, since for whom their
    /// visits count is the team's to say.
    pub(crate) fn follow(
        &mut self,
        document: DocumentId,
        carried: Option<Vec<(Change, Vec<record::model::Record>)>>,
        now: Timestamp,
        effects: &mut Effects,
    ) {
        let desk = Desk {
            configuration: &self.configuration,
            me: self.profile.professional,
            today: day(now),
        };
        let Some(held) = self.documents.get_mut(&document) else {
            return;
        };
        held.follow(carried, desk.today, effects);
        let (family, is_team) = (held.card.family, held.card.is_team());
        let of_family = |held: &&mut Held| held.card.family == family;
        let team = self
            .documents
            .values()
            .find(|held| held.card.family == family && held.card.is_team());
        let team = team.and_then(|held| held.page(desk.today));
        let team = team.map(|page| page.workbook().for_compartments());
        for held in self.documents.values_mut().filter(of_family) {
            let itself = held.card.document == document;
            if !itself && !is_team {
                continue;
            }
            let news = held.draw_up(team.as_ref(), &desk);
            if itself || news {
                effects.put(&held.card_key(), held.card.to_bytes());
            }
        }
    }

    /// Forgets the records and pages that were handed over, of one family or of all, to free memory.
    pub fn release(&mut self, family: Option<FamilyId>) {
        for held in self.documents.values_mut() {
            if family.is_none_or(|family| held.card.family == family) {
                held.release();
            }
        }
    }

    /// Rows that can't be read.
    pub fn damaged(&self) -> Vec<Damaged> {
        let damaged = self.damaged.iter().map(|(key, (_, why))| Damaged {
            key: key.clone(),
            why: (*why).to_owned(),
        });
        damaged.collect()
    }

    /// Deletes everything: this device has been revoked.
    pub fn wipe(&mut self) -> Effects {
        self.documents.clear();
        self.orphans.clear();
        self.drafts.clear();
        self.quarantine.clear();
        self.damaged.clear();
        let kinds = [
            "family/",
            "outbox/",
            "quarantine/",
            "draft/",
            "recording/",
            "transcript/",
            "notice/",
        ];
        let mut delete: Vec<_> = kinds.iter().map(|it| (*it).to_owned()).collect();
        delete.push(Key::Profile.to_string());
        Effects {
            put: vec![],
            delete,
        }
    }

    /// The team's working document, as compartments beside it see it.
    pub(crate) fn team_document(&self, family: FamilyId) -> Option<Document> {
        let team = self.team_of(family).ok()?;
        let replica = self.documents.get(&team)?.replica.as_ref()?;
        Some(replica.working().clone())
    }
}
