//! What passes the gate, as rows of the audit log, written in the transaction that it happens in.
//!
//! A document's rows stand in its own chain, everything else in the chain of who asked; only what
//! strangers do goes into the house's.

use access::{
    Action, Denied, Granted, PullDocument, PushDocument, ReadFamily, Subject, Way, decide,
};
use record::{
    Rule,
    ids::{DeviceId, EntryId, FamilyId, ProfessionalId},
};
use store::{
    StoreError,
    audit::{Chain, Code, Event, kind},
};
use uuid::Uuid;

use super::{Locked, Opened, Passage, Stopped};

impl Passage {
    /// Asks `access`. A no is written down and committed at once, whatever becomes of the request.
    pub(super) async fn decide<A: Action>(
        &mut self,
        subject: &Subject,
        resource: A::Resource,
        on: Asked,
    ) -> Result<Granted<A>, Stopped> {
        match decide::<A>(subject, resource) {
            Ok(granted) => Ok(granted),
            Err(denied) => Err(self.deny(subject, denied, on).await?),
        }
    }

    /// Writes down a no.
    pub(super) async fn deny(
        &mut self,
        subject: &Subject,
        denied: Denied,
        on: Asked,
    ) -> Result<Stopped, StoreError> {
        let event = Event {
            family: on.family,
            about: on.about,
            why: code(denied),
            ..self.event(kind::DENIED, subject)
        };
        let chain = Chain::of_person(ProfessionalId::from_uuid(subject.professional));
        self.txn().await?.append_audit(chain, &event).await?;
        self.commit_and_go_on().await?;
        Ok(Stopped::Denied(denied))
    }

    /// Writes down that changes of a document went out: those after `after`, up to `last`.
    pub(crate) async fn record_pull(
        &mut self,
        granted: &Granted<PullDocument>,
        opened: &Opened,
        after: u64,
        last: u64,
    ) -> Result<(), StoreError> {
        let event = Event {
            first: Some(after.saturating_add(1)),
            last: Some(last),
            ..self.event(kind::PULLED, granted.subject())
        };
        self.record(opened, event).await
    }

    /// Writes down that a family was read: the summary, or one entry.
    pub(super) async fn record_reading(
        &mut self,
        granted: &Granted<ReadFamily>,
        opened: &Opened,
        reading: Reading,
    ) -> Result<(), StoreError> {
        let event = match reading {
            Reading::Summary => self.event(kind::SUMMARY_READ, granted.subject()),
            Reading::Entry(entry) => self
                .event(kind::ENTRY_READ, granted.subject())
                .about_entry(entry),
        };
        self.record(opened, event).await
    }

    /// Writes down that changes were accepted.
    pub(crate) async fn record_push(
        &mut self,
        granted: &Granted<PushDocument>,
        locked: &Locked,
        seqs: &[u64],
    ) -> Result<(), StoreError> {
        let event = Event {
            first: seqs.iter().min().copied(),
            last: seqs.iter().max().copied(),
            count: Some(seqs.len() as u64),
            ..self.event(kind::PUSHED, granted.subject())
        };
        self.record(locked.opened(), event).await
    }

    /// Writes down that changes were refused by a rule of the record.
    pub(crate) async fn record_refused(
        &mut self,
        granted: &Granted<PushDocument>,
        locked: &Locked,
        rule: Rule,
        count: u64,
    ) -> Result<(), StoreError> {
        let event = Event {
            count: Some(count),
            why: rule.code().parse().ok(),
            ..self.event(kind::PUSH_REFUSED, granted.subject())
        };
        let (event, chain) = placed(locked.opened(), event);
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    /// Writes down something that is no family's: in the chain of whom it is about.
    pub(crate) async fn record_person(
        &mut self,
        kind: Code,
        who: ProfessionalId,
        device: Option<DeviceId>,
        about: Option<Uuid>,
    ) -> Result<(), StoreError> {
        let event = Event {
            who: Some(who),
            device,
            about,
            ..Event::new(self.now, kind)
        };
        let chain = Chain::of_person(who);
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    /// Writes down that a device's request came once more, in its owner's chain.
    pub(crate) async fn record_replay(
        &mut self,
        who: ProfessionalId,
        device: DeviceId,
    ) -> Result<(), StoreError> {
        let event = Event {
            who: Some(who),
            device: Some(device),
            why: "replayed".parse().ok(),
            ..Event::new(self.now, kind::DENIED)
        };
        let chain = Chain::of_person(who);
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    /// Writes down that a device was taken out of use, in its owner's chain.
    pub(super) async fn record_revoked(
        &mut self,
        subject: &Subject,
        owner: ProfessionalId,
        device: DeviceId,
    ) -> Result<(), StoreError> {
        let event = self
            .event(kind::DEVICE_REVOKED, subject)
            .about(*device.as_uuid());
        let chain = Chain::of_person(owner);
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    /// Writes down what somebody did about a family as a whole, in their own chain.
    pub(super) async fn record_family(
        &mut self,
        kind: Code,
        subject: &Subject,
        family: FamilyId,
        about: Uuid,
    ) -> Result<(), StoreError> {
        let event = self.event(kind, subject).of(family).about(about);
        let chain = Chain::of_person(ProfessionalId::from_uuid(subject.professional));
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    /// Writes down what somebody did that is about one thing of no family, in their own chain.
    pub(super) async fn record_about(
        &mut self,
        kind: Code,
        subject: &Subject,
        about: Uuid,
    ) -> Result<(), StoreError> {
        let event = self.event(kind, subject).about(about);
        let chain = Chain::of_person(ProfessionalId::from_uuid(subject.professional));
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    /// Writes down that a list over several families was read, in the chain of who read it.
    pub(super) async fn record_list(
        &mut self,
        kind: Code,
        subject: &Subject,
        count: usize,
    ) -> Result<(), StoreError> {
        let event = Event {
            count: Some(count as u64),
            ..self.event(kind, subject)
        };
        let chain = Chain::of_person(ProfessionalId::from_uuid(subject.professional));
        self.txn().await?.append_audit(chain, &event).await?;
        self.paid += 1;
        Ok(())
    }

    /// Writes down a failed sign-in: to a known account in its chain, to another in the house's.
    /// What was typed is not kept.
    pub(crate) async fn record_failed_sign_in(
        &mut self,
        account: Option<ProfessionalId>,
    ) -> Result<(), StoreError> {
        let event = Event {
            about: account.map(|it| *it.as_uuid()),
            ..Event::new(self.now, kind::SIGN_IN_FAILED)
        };
        let chain = account.map_or(Chain::HOUSE, Chain::of_person);
        self.txn().await?.append_audit(chain, &event).await?;
        Ok(())
    }

    async fn record(&mut self, opened: &Opened, event: Event) -> Result<(), StoreError> {
        let (event, chain) = placed(opened, event);
        self.txn().await?.append_audit(chain, &event).await?;
        self.paid += 1;
        Ok(())
    }

    fn event(&self, kind: Code, subject: &Subject) -> Event {
        let device = match subject.way {
            Way::Device { id, .. } => Some(DeviceId::from_uuid(id)),
            Way::Browser => None,
        };
        Event {
            who: Some(ProfessionalId::from_uuid(subject.professional)),
            device,
            ..Event::new(self.now, kind)
        }
    }
}

/// What is read of a family.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reading {
    /// The summary.
    Summary,
    /// One entry.
    Entry(EntryId),
}

/// What somebody asked for, as they named it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) family: Option<FamilyId>,
    pub(super) about: Option<Uuid>,
}

fn placed(opened: &Opened, event: Event) -> (Event, Chain) {
    let event = event.on(opened.id()).of(opened.family());
    (event, Chain::of_document(opened.id()))
}

/// The reason's own name as a code: `NotAllocated` becomes `not-allocated`. From its name, so that a
/// reason that is added needs no line here.
fn code(denied: Denied) -> Option<Code> {
    let mut code = String::new();
    for letter in format!("{denied:?}")
        .chars()
        .take_while(char::is_ascii_alphanumeric)
    {
        if letter.is_ascii_uppercase() && !code.is_empty() {
            code.push('-');
        }
        code.push(letter.to_ascii_lowercase());
    }
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_becomes_a_code() {
        let text = code(Denied::NotAMember).map(|it| it.as_str().to_owned());
        assert_eq!(text.as_deref(), Some("not-a-member"));
    }
}
