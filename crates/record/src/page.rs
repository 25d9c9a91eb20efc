//! The page of a family: what its summary reads, small enough to open at once however old the
//! record is.
//!
//! Loading a document and reading it whole grows with its history. A [`Page`] is a reduced
//! [`Workbook`]: the newest entries, and of older ones only those that still say the latest word on
//! something (`page/keep.rs` says which). It is kept beside the document, named by the heads that it was
//! made from, and carried on by each accepted change from that change's records alone. So opening
//! reads the page; the document itself is loaded only to write, to sync, or to read back in time.
//!
//! A page is a cache and nothing else. Whenever it can't tell ([`Stale`]), was made by another
//! version, or names other heads, it is thrown away and made anew from the document. It holds
//! personal data: seal it like the document. `docs/opening-speed.md` has the measurements.
//!
//! ```
//! use jiff::civil::date;
//! use record::{Document, Page};
//!
//! let document = Document::genesis();
//! let today = date(2026, 10, 12);
//! let kept = Page::of(&document, today).to_bytes();
//! // The next time:
//! let page = Page::from_bytes(&kept)
//!     .filter(|page| page.is_of(&document.heads()))
//!     .unwrap_or_else(|| Page::of(&document, today));
//! assert!(page.summary(today).is_ok());
//! ```

mod keep;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Change, Document, Summary, Workbook,
    ids::{ActionId, EntryId},
    json,
    model::{Content, Record},
    summary,
};

/// Counts every alteration of what a page keeps or how the model is written.
const VERSION: u32 = 4;

/// The page can't tell: make it anew from the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this page can't tell: make it anew from the document")]
pub struct Stale;

/// What the summary of a family reads, as of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Page {
    version: u32,
    /// The document's heads, sorted.
    heads: Vec<[u8; 32]>,
    as_of: Date,
    workbook: Workbook,
}

/// What a record can bring back although the page has let it go: an entry to be cited, an action
/// that was over.
enum Named {
    Entry(EntryId),
    Action(ActionId),
}

fn named(record: &Record) -> Vec<Named> {
    let cites = |entry: Option<EntryId>| entry.map(Named::Entry).into_iter().collect();
    match &record.content {
        Content::Entries(entry) => {
            let updates = entry.action_updates.iter();
            updates.map(|it| Named::Action(it.action)).collect()
        }
        Content::ActionUpdates(update) => vec![Named::Action(update.action)],
        Content::Concerns(concern) => cites(concern.entry),
        Content::Actions(action) => cites(action.entry),
        Content::Goals(goal) => cites(goal.entry),
        Content::SafetyPlans(plan) => cites(plan.entry),
        _ => vec![],
    }
}

impl Page {
    /// Makes the page of a document from scratch.
    pub fn of(document: &Document, as_of: Date) -> Self {
        let mut workbook = document.read();
        keep::reduce(&mut workbook, as_of);
        Self {
            version: VERSION,
            heads: document.heads(),
            as_of,
            workbook,
        }
    }

    /// Carries the page on by changes that the document accepted since, each with the records that
    /// [`crate::check`] or [`crate::contents`] read out of it, each once, in the order of acceptance.
    ///
    /// # Errors
    /// [`Stale`] when the records bring back what the page has let go, or the day is an earlier one.
    pub fn carried_on(
        mut self,
        accepted: impl IntoIterator<Item = (Change, Vec<Record>)>,
        as_of: Date,
    ) -> Result<Self, Stale> {
        if !self.is_good_on(as_of) {
            return Err(Stale);
        }
        for (change, records) in accepted {
            self.take(records)?;
            let deps = change.deps();
            self.heads.retain(|head| !deps.contains(head));
            self.heads.push(change.hash());
        }
        self.heads.sort_unstable();
        self.as_of = as_of;
        keep::reduce(&mut self.workbook, as_of);
        Ok(self)
    }

    fn take(&mut self, records: Vec<Record>) -> Result<(), Stale> {
        let named: Vec<_> = records.iter().flat_map(named).collect();
        for record in records {
            // What a withdrawn entry had replaced may have to come back.
            if matches!(record.content, Content::Withdrawals(_)) {
                return Err(Stale);
            }
            self.workbook
                .put(&record.id, record.content)
                .map_err(|_| Stale)?;
        }
        let here = named.into_iter().all(|named| match named {
            Named::Entry(id) => self.workbook.entries.contains_key(&id),
            Named::Action(id) => self.workbook.actions.contains_key(&id),
        });
        if here { Ok(()) } else { Err(Stale) }
    }

    /// The heads of the document that this is the page of.
    pub fn heads(&self) -> &[[u8; 32]] {
        &self.heads
    }

    /// Whether this is the page of a document with these heads.
    pub fn is_of(&self, heads: &[[u8; 32]]) -> bool {
        self.heads == heads
    }

    /// Whether the page can tell on a day: not on one before its own.
    pub fn is_good_on(&self, day: Date) -> bool {
        day >= self.as_of
    }

    /// The summary. Where it lists what was said over time (each child, readings, tools,
    /// strengths, a chapter's entries), the list is that of the newest, older ones only as they
    /// stay for other reasons; everything else is as in the document's own.
    ///
    /// # Errors
    /// [`Stale`] for a day before the page's.
    pub fn summary(&self, as_of: Date) -> Result<Summary, Stale> {
        if !self.is_good_on(as_of) {
            return Err(Stale);
        }
        Ok(summary::summary(&self.workbook, as_of))
    }

    /// The reduced workbook, for boards. Entries that are not among the newest have no narrative
    /// here, and most are not here at all: never show it as the record.
    pub fn workbook(&self) -> &Workbook {
        &self.workbook
    }

    /// The page as bytes, to be kept, sealed, beside the document.
    pub fn to_bytes(&self) -> Vec<u8> {
        json::to_vec(self)
    }

    /// Reads a kept page. `None` when it is damaged or of another version: make it anew.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        json::from_slice(bytes)
            .ok()
            .filter(|page: &Self| page.version == VERSION)
    }
}
