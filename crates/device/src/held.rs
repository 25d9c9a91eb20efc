//! One document on the device, as much of it as has been handed over: the card always, the page when
//! it is read, the record when it is written, synced or read whole.

use jiff::{Timestamp, civil::Date};
use record::{
    Change, Configuration, Document, Page, Workbook, calendar, ids::ProfessionalId,
    terms::Compartment,
};
use sync::{
    replica::Replica,
    wire::{Bytes, Cursor, PulledDocument},
};

use crate::{
    card::{Card, Gist},
    rows::{Effects, Key},
};

/// A change of the outbox, with its place in the order.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) n: u64,
    pub(crate) change: Change,
}

/// A document.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) card: Card,
    /// What waits for the server's word, in order.
    pub(crate) outbox: Vec<Waiting>,
    /// The highest number that an outbox row ever had here, readable or not.
    pub(crate) last_n: u64,
    page: Option<Page>,
    /// Whether the vault has been asked for the page.
    page_asked: bool,
    pub(crate) replica: Option<Replica>,
    /// The whole record, read once from the replica.
    workbook: Option<Workbook>,
    /// The document's row was missing or damaged: everything comes again from the server, and what
    /// waits is written anew on top of it.
    pub(crate) from_scratch: bool,
    /// Changes that do not fit the document; they are written anew when there is a record again.
    pub(crate) stranded: Vec<Waiting>,
}

/// The local day.
pub(crate) fn day(now: Timestamp) -> Date {
    calendar::local(now).date()
}

impl Held {
    pub(crate) fn new(card: Card) -> Self {
        Self {
            card,
            outbox: vec![],
            last_n: 0,
            page: None,
            page_asked: false,
            replica: None,
            workbook: None,
            from_scratch: false,
            stranded: vec![],
        }
    }

    /// A document that the server has just told of.
    pub(crate) fn begun(news: &PulledDocument) -> Result<Self, sync::replica::ProtocolError> {
        let cursor = Cursor {
            document: news.document,
            epoch: news.epoch,
            seq: 0,
        };
        let mut held = Self::new(Card::new(news.document, news.family, cursor));
        held.replica = Some(Replica::open(cursor, &Document::genesis().save(), &[])?);
        Ok(held)
    }

    pub(crate) fn compartment(&self) -> Option<Compartment> {
        Compartment::from_code(&self.card.compartment)
    }

    fn key(&self, key: fn(record::ids::FamilyId, record::ids::DocumentId) -> Key) -> Key {
        key(self.card.family, self.card.document)
    }

    pub(crate) fn card_key(&self) -> Key {
        self.key(Key::Card)
    }

    pub(crate) fn page_key(&self) -> Key {
        self.key(Key::Page)
    }

    pub(crate) fn document_key(&self) -> Key {
        self.key(Key::Document)
    }

    /// The page, if it is here and good on this day.
    pub(crate) fn page(&self, today: Date) -> Option<&Page> {
        self.page.as_ref().filter(|page| page.is_good_on(today))
    }

    /// What to hand over before the page can be read.
    pub(crate) fn needs_page(&self, today: Date) -> Option<Key> {
        if self.page(today).is_some() {
            return None;
        }
        if self.page_asked {
            return self.needs_record();
        }
        Some(self.page_key())
    }

    /// What to hand over before the record can be read or written.
    pub(crate) fn needs_record(&self) -> Option<Key> {
        self.replica.is_none().then(|| self.document_key())
    }

    /// Takes the page's row: kept only when it is the page of what this device has.
    pub(crate) fn hold_page(&mut self, bytes: Option<&[u8]>) {
        self.page_asked = true;
        let page = bytes.and_then(Page::from_bytes);
        self.page = page.filter(|page| hex_heads(page.heads()) == self.card.heads);
    }

    /// Takes the document's row. What does not fit is set aside and never lost.
    pub(crate) fn hold_document(&mut self, bytes: Option<&[u8]>) {
        let outbox: Vec<_> = self.outbox.iter().map(|it| bytes_of(&it.change)).collect();
        let cursor = self.card.cursor;
        let whole = bytes.and_then(|bytes| Replica::open(cursor, bytes, &outbox).ok());
        if let Some(replica) = whole {
            self.replica = Some(replica.with_standing(self.card.standing.clone()));
            return;
        }
        self.stranded.append(&mut self.outbox);
        let accepted = bytes.and_then(|bytes| Replica::open(cursor, bytes, &[]).ok());
        let accepted = accepted.map(|it| it.with_standing(self.card.standing.clone()));
        self.replica = accepted.or_else(|| {
            self.from_scratch = true;
            let cursor = Cursor { seq: 0, ..cursor };
            Replica::open(cursor, &Document::genesis().save(), &[]).ok()
        });
        self.page = None;
    }

    /// Where to pull from.
    pub(crate) fn cursor(&self) -> Cursor {
        self.replica
            .as_ref()
            .map_or(self.card.cursor, Replica::pull)
    }

    /// The whole record, if it is here.
    pub(crate) fn workbook(&mut self) -> Option<&Workbook> {
        if self.workbook.is_none() {
            self.workbook = self.replica.as_ref().map(|it| it.working().read());
        }
        self.workbook.as_ref()
    }

    /// Forgets what can be handed over again. A restart under way lives only in the replica.
    pub(crate) fn release(&mut self) {
        if self.stranded.is_empty() && !self.from_scratch && self.cursor() == self.card.cursor {
            self.replica = None;
            self.workbook = None;
            self.page = None;
            self.page_asked = false;
        }
    }

    /// Whether a page may lie in the vault that nobody has asked for yet.
    pub(crate) fn may_have_page(&self) -> bool {
        self.page.is_none() && !self.page_asked
    }

    /// After the replica has changed: the page follows, and is stored with it. The card is then to be
    /// told, which [`crate::Device::follow`] does.
    ///
    /// `carried` are the changes that the working state has gained, each with its records, when that
    /// is all that happened to it; the page is then carried on instead of made anew.
    pub(crate) fn follow(
        &mut self,
        carried: Option<Vec<(Change, Vec<record::model::Record>)>>,
        today: Date,
        effects: &mut Effects,
    ) {
        self.workbook = None;
        let Some(replica) = &self.replica else { return };
        let heads = replica.working().heads();
        let old = self.page.take();
        let page = old
            .and_then(|page| match carried {
                Some(changes) => page.carried_on(changes, today).ok(),
                None => Some(page),
            })
            .filter(|page| page.is_of(&heads) && page.is_good_on(today))
            .unwrap_or_else(|| Page::of(replica.working(), today));
        self.card.heads = hex_heads(&heads);
        self.card.cursor = replica.cursor();
        self.card.standing = replica.standing().clone();
        effects.put(&self.page_key(), page.to_bytes());
        self.page = Some(page);
        self.page_asked = true;
    }

    /// Draws up what today's list needs, from the page; whether it is another than before. A
    /// compartment counts visits for the children of the team's record, where that is at hand.
    pub(crate) fn draw_up(&mut self, team: Option<&Workbook>, desk: &Desk<'_>) -> bool {
        let Some(page) = self.page(desk.today) else {
            return false;
        };
        let of = |workbook: &Workbook| Gist::of(workbook, desk.configuration, desk.me, desk.today);
        let gist = match team {
            _ if self.card.is_team() => of(page.workbook()),
            Some(team) => of(&team.clone().with_compartment(page.workbook())),
            None => Gist {
                children: self.card.gist.children.clone(),
                ..of(page.workbook())
            },
        };
        let news = gist != self.card.gist;
        self.card.gist = gist;
        news
    }
}

/// What drawing up a page needs beside the record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) configuration: &'a Configuration,
    pub(crate) me: ProfessionalId,
    pub(crate) today: Date,
}

pub(crate) fn bytes_of(change: &Change) -> Bytes {
    Bytes(change.bytes().to_vec())
}

fn hex_heads(heads: &[[u8; 32]]) -> Vec<String> {
    heads.iter().map(hex::encode).collect()
}
