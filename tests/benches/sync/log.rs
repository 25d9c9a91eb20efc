//! Changes written ahead of time, so that nobody waits for the one who writes them.

use anyhow::{Result, ensure};
use record::{Change, Document, ids::DocumentId};
use sync::wire::{Answer, Bytes, PushDocument, PushRequest, PushResponse};

use crate::{
    visit,
    wire::{Identity, Line},
};

/// One author's changes to one document, each a visit, and how far they have been written.
pub(crate) struct Log {
    copy: Document,
    pub(crate) document: DocumentId,
    by: Identity,
    series: u32,
    written: u32,
}

impl Log {
    /// Goes on from what a device has of this document.
    pub(crate) fn from(copy: &Document, document: DocumentId, by: &Identity, series: u32) -> Self {
        Self {
            copy: copy.clone(),
            document,
            by: by.clone(),
            series,
            written: 0,
        }
    }

    /// Writes the next visit.
    pub(crate) fn next(&mut self) -> Result<Change> {
        self.written += 1;
        let by = &self.by.writer;
        let record = visit::visit(by, self.series, self.written);
        let mut actor = [9; 16];
        actor[..4].copy_from_slice(&self.series.to_be_bytes());
        let at = visit::at(self.written);
        Ok(record::propose(&mut self.copy, &[record], by, &actor, at)?)
    }

    /// The push of these changes.
    pub(crate) fn push(&self, changes: &[Change]) -> PushRequest {
        PushRequest {
            documents: vec![PushDocument {
                document: self.document,
                changes: changes
                    .iter()
                    .map(|it| Bytes(it.bytes().to_vec()))
                    .collect(),
                known: None,
                proofs: Vec::new(),
            }],
        }
    }

    /// Writes `count` visits and pushes them, a hundred at a time.
    pub(crate) fn fill(&mut self, line: &mut Line, count: usize) -> Result<()> {
        let mut left = count;
        while left > 0 {
            let changes: Vec<_> = (0..left.min(100))
                .map(|_| self.next())
                .collect::<Result<_>>()?;
            accepted(line, &self.push(&changes))?;
            left -= changes.len();
        }
        Ok(())
    }
}

/// Pushes, and makes sure that everything was accepted.
pub(crate) fn accepted(line: &mut Line, push: &PushRequest) -> Result<()> {
    all_accepted(&line.post("/api/sync/push", push)?.read()?)
}

/// Makes sure that everything was accepted.
pub(crate) fn all_accepted(response: &PushResponse) -> Result<()> {
    for answer in response.documents.iter().flat_map(|it| &it.answers) {
        ensure!(matches!(answer, Answer::Accepted { .. }), "{answer:?}");
    }
    Ok(())
}
