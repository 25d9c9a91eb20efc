//! A team document's board, drawn up in the transaction that accepts a change.
//!
//! From the page ([`record::Page`]), which is carried on by the accepted changes alone: what a push
//! costs does not grow with the record. Pages are kept beside the documents in memory; each names the
//! heads that it is of, so one that does not fit is never used, and without one it is made anew from
//! the document.

use std::{
    collections::VecDeque,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use jiff::civil::Date;
use record::{
    Board, Change, Configuration, ConfigurationError, Document, Page, ids::DocumentId,
    model::Collection,
};
use store::server::BoardRow;

/// How many pages are kept: each is some 130 kB as bytes, and a few times that in memory.
const CAPACITY: usize = 64;

/// The visiting rules.
static RULES: LazyLock<Result<Configuration, ConfigurationError>> =
    LazyLock::new(Configuration::built_in);

/// The visiting rules can't be read. Only a program whose tests failed says so.
#[derive(Debug, thiserror::Error)]
#[error("the visiting rules that come with this program can't be read: {0}")]
pub(crate) struct NoRules(&'static ConfigurationError);

/// The rules that boards are drawn up by.
pub(crate) fn rules() -> Result<&'static Configuration, NoRules> {
    RULES.as_ref().map_err(NoRules)
}

/// The most recently used pages, newest last.
#[derive(Default)]
pub(crate) struct Pages {
    kept: Mutex<VecDeque<(DocumentId, Arc<Page>)>>,
}

impl Pages {
    /// Takes out the page of a document as of these heads, if it is here.
    pub(crate) fn take(&self, id: DocumentId, heads: &[[u8; 32]]) -> Option<Arc<Page>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(of, _)| *of == id)?;
        let (_, page) = kept.remove(at)?;
        page.is_of(heads).then_some(page)
    }

    /// Lets go of a document's page, whatever it is of.
    pub(crate) fn let_go(&self, id: DocumentId) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, _)| *of != id);
    }

    /// Keeps a page, committed or not: one that was rolled back names heads that no document has.
    pub(crate) fn keep(&self, id: DocumentId, page: Arc<Page>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, _)| *of != id);
        if kept.len() >= CAPACITY {
            kept.pop_front();
        }
        kept.push_back((id, page));
    }
}

/// The page after changes were accepted, from the one before where there is one.
pub(super) fn carry_on(
    before: Option<Arc<Page>>,
    accepted: &[&Change],
    after: &Document,
    today: Date,
) -> Page {
    let carried = before.and_then(|page| {
        let records: Result<Vec<_>, _> = accepted
            .iter()
            .map(|change| record::contents(change).map(|records| ((*change).clone(), records)))
            .collect();
        Arc::unwrap_or_clone(page)
            .carried_on(records.ok()?, today)
            .ok()
    });
    carried
        .filter(|page| page.is_of(&after.heads()))
        .unwrap_or_else(|| Page::of(after, today))
}

/// The row that is kept of a document's board.
pub(crate) fn row(
    page: &Page,
    document: &Document,
    seq: u64,
    today: Date,
) -> Result<BoardRow, NoRules> {
    let board = Board::of(page.workbook(), rules()?, today);
    Ok(BoardRow {
        seq,
        entries: document.count(Collection::Entries) as u64,
        children: board.open_children() as u64,
        body: board.to_bytes(),
    })
}
