//! The server's half: looks at pushed changes one by one, in order.
//!
//! Here is decided only what the record's rules can decide. Whether the caller may reach the
//! document, which compartment it holds, and whether the actor belongs to their device, the server
//! has found out before.

use std::collections::HashSet;

use record::{Change, Context, Document, Refusal, Rule, Writer, model::Record};

/// What the record says to one pushed change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It keeps every rule and has been applied to the document: append it to the log.
    New,
    /// It breaks a rule; the document is as it was.
    Refused(Refusal),
    /// It builds on a change that was refused in this push; the document is as it was.
    Blocked,
}

/// Checks the changes of one push to one document.
pub struct Receiver<'a> {
    document: &'a mut Document,
    writer: &'a Writer,
    context: Context<'a>,
    refused: HashSet<[u8; 32]>,
}

impl<'a> Receiver<'a> {
    /// Starts with the document as of the log's head, the authenticated writer, and which document
    /// it is by the server's register: [`Context::team`], or a compartment beside the team's
    /// document as of now.
    pub fn new(document: &'a mut Document, writer: &'a Writer, context: Context<'a>) -> Self {
        Self {
            document,
            writer,
            context,
            refused: HashSet::new(),
        }
    }

    /// Notes a change that was refused before it came here (another device's actor, say), so that
    /// what builds on it is blocked and not judged.
    pub fn refused_before(&mut self, change: &Change) {
        self.refused.insert(change.hash());
    }

    /// Checks one change that the log does not hold yet, and applies it if it keeps every rule.
    pub fn offer(&mut self, change: &Change) -> Verdict {
        self.judge(change, |context, document, writer| {
            record::check_in(context, document, change, writer)
        })
    }

    fn judge(
        &mut self,
        change: &Change,
        check: impl FnOnce(&Context<'_>, &Document, &Writer) -> Result<Vec<Record>, Refusal>,
    ) -> Verdict {
        if change.deps().iter().any(|dep| self.refused.contains(dep)) {
            self.refused.insert(change.hash());
            return Verdict::Blocked;
        }
        let outcome = check(&self.context, self.document, self.writer)
            .and_then(|_| self.document.apply(change));
        match outcome {
            Ok(()) => Verdict::New,
            Err(refusal) => {
                self.refused.insert(change.hash());
                Verdict::Refused(refusal)
            }
        }
    }

    /// As [`Receiver::offer`], for a change of which a [`crate::proof`] says that it had been accepted
    /// before: who wrote it was checked then, and every other rule is asked again.
    pub fn offer_again(&mut self, change: &Change) -> Verdict {
        self.judge(change, |context, document, _| {
            record::check_again(context, document, change)
        })
    }

    /// The refusal for a change whose actor the server has bound to another device.
    pub fn foreign_actor() -> Refusal {
        Refusal::new(
            Rule::ActorIsNotYours,
            "this change was written under another device's name: write it again on this device",
        )
    }
}
