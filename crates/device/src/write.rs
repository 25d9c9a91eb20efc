//! Writing into the record: always through the outbox, always checked by the record's own rules first.

use jiff::Timestamp;
use record::{
    Context, Document,
    ids::{DocumentId, EntryId, FamilyId, PersonId, RecordId},
    model::{ActionUpdate, Appendment, Collection, Fact, FactField, Record},
    terms::{AppendmentReason, Compartment},
};

use crate::{
    Device, DeviceError, Ids,
    device::Need,
    held::{Held, Waiting},
    rows::{Effects, Key},
    shapes::ActionNews,
};

/// Where a document stands for the rules.
pub(crate) fn context<'a>(
    held: &Held,
    team: Option<&'a Document>,
    me: record::ids::ProfessionalId,
) -> Context<'a> {
    match (held.compartment(), team) {
        (Some(Compartment::AuthorOnly), Some(team)) => Context::author_only(me, team),
        (Some(compartment), Some(team)) if compartment != Compartment::Team => {
            Context::compartment(compartment, team)
        }
        _ => Context::team(),
    }
}

impl Device {
    /// Writes records as one change: into the working state and the outbox. Page and card follow.
    pub(crate) fn write(
        &mut self,
        document: DocumentId,
        records: &[Record],
        now: Timestamp,
        ids: &mut Ids,
    ) -> Result<Effects, DeviceError> {
        let writer = self.writer();
        let held = self
            .documents
            .get(&document)
            .ok_or(DeviceError::UnknownDocument)?;
        let team = if held.card.is_team() {
            None
        } else {
            self.team_document(held.card.family)
        };
        let context = context(held, team.as_ref(), writer.professional);
        let mut replica = held
            .replica
            .clone()
            .ok_or_else(|| DeviceError::NeedsRows(vec![held.document_key().to_string()]))?;
        let actor = self.actor.unwrap_or_else(|| ids.actor());
        let change = replica.write(records, &writer, &actor, now, &context)?;
        self.actor = Some(actor);
        let mut effects = Effects::default();
        let held = self
            .documents
            .get_mut(&document)
            .ok_or(DeviceError::UnknownDocument)?;
        held.replica = Some(replica);
        held.last_n += 1;
        effects.put(&Key::Outbox(document, held.last_n), change.bytes().to_vec());
        held.outbox.push(Waiting {
            n: held.last_n,
            change: change.clone(),
        });
        let carried = Some(vec![(change, records.to_vec())]);
        self.follow(document, carried, now, &mut effects);
        Ok(effects)
    }

    /// The document of the family that holds a record.
    pub(crate) fn holder(
        &self,
        family: FamilyId,
        collection: Collection,
        id: &str,
    ) -> Option<DocumentId> {
        self.of_family(family).into_iter().find(|document| {
            let held = self.documents.get(document);
            let replica = held.and_then(|held| held.replica.as_ref());
            replica.is_some_and(|it| it.working().contains(collection, id))
        })
    }

    /// Completes a kept draft: its author has read it and confirms that it is their record. The draft
    /// and its recording go with the same effects that put the entry into the outbox.
    ///
    /// # Errors
    /// While something is unsaid or doubtful words are not settled, when it can't go where it would
    /// go, or when a rule refuses it. The draft stays then.
    pub fn complete(
        &mut self,
        id: EntryId,
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<Effects, DeviceError> {
        let kept = self
            .drafts
            .get(&id)
            .ok_or(DeviceError::UnknownDraft)?
            .clone();
        let review = self.review(&kept, now);
        if let Some(held) = review.held {
            return Err(DeviceError::Held(held));
        }
        if !review.unsettled.is_empty() {
            return Err(DeviceError::Unsettled(review.unsettled));
        }
        self.require(kept.family, Need::Record, now)?;
        let document = self.document_of(kept.family, &kept.compartment)?;
        let mut ids = Ids::new(entropy, now)?;
        let recording = kept.recording.clone();
        let mut draft = crate::drafts::finished(kept);
        // A phone that was enrolled anew has another name for itself.
        draft.entry.device = self.profile.device;
        let records = draft.attest(&self.configuration, now)?;
        let mut effects = self.write(document, &records, now, &mut ids)?;
        effects.delete(&Key::Draft(id));
        effects
            .delete
            .extend(crate::drafts::rows_of(recording.as_deref()));
        self.drafts.remove(&id);
        Ok(effects)
    }

    /// Appends to a complete entry.
    ///
    /// # Errors
    /// When the entry is not here or a rule refuses it.
    pub fn append(
        &mut self,
        family: FamilyId,
        entry: EntryId,
        (reason, text): (AppendmentReason, String),
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<Effects, DeviceError> {
        self.require(family, Need::Record, now)?;
        let mut ids = Ids::new(entropy, now)?;
        let document = self
            .holder(family, Collection::Entries, &entry.to_string())
            .ok_or(DeviceError::UnknownEntry)?;
        let appendment = Appendment {
            entry,
            reason,
            text,
            by: self.profile.professional,
            at: now,
        };
        self.write(
            document,
            &[Record::new(ids.id(), appendment)],
            now,
            &mut ids,
        )
    }

    /// Settles a disagreement of facts: a new fact under the reader's own name supersedes them.
    ///
    /// # Errors
    /// When a rule refuses it.
    pub fn settle(
        &mut self,
        family: FamilyId,
        (person, field, value): (PersonId, FactField, String),
        supersedes: Vec<RecordId>,
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<Effects, DeviceError> {
        self.require(family, Need::Record, now)?;
        let mut ids = Ids::new(entropy, now)?;
        let first = supersedes
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        let document = match self.holder(family, Collection::Facts, &first) {
            Some(document) => document,
            None => self.team_of(family)?,
        };
        let fact = Fact {
            person,
            field,
            value,
            supersedes,
            entry: None,
            by: self.profile.professional,
            at: now,
        };
        self.write(document, &[Record::new(ids.id(), fact)], now, &mut ids)
    }

    /// Gives news of an action.
    ///
    /// # Errors
    /// When the action is not here or a rule refuses it.
    pub fn action_news(
        &mut self,
        family: FamilyId,
        news: ActionNews,
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<Effects, DeviceError> {
        self.require(family, Need::Record, now)?;
        let mut ids = Ids::new(entropy, now)?;
        let document = self
            .holder(family, Collection::Actions, &news.action.to_string())
            .ok_or(DeviceError::UnknownEntry)?;
        let update = ActionUpdate {
            action: news.action,
            status: news.status,
            note: news.note,
            by: self.profile.professional,
            at: now,
        };
        self.write(document, &[Record::new(ids.id(), update)], now, &mut ids)
    }
}
