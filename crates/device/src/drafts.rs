//! Drafts: composed of what was spoken or typed, kept on this phone until their author completes them.

use std::collections::{BTreeMap, BTreeSet};

use dictation::draft::{Draft, People};
use jiff::Timestamp;
use record::{
    EntryDraft, Missing, Unsaid, Workbook,
    ids::{EntryId, FamilyId, PersonId},
    missing,
    model::{Entry, Occurred, Provenance},
    terms::{Compartment, EntryKind, Outcome},
};

use crate::{
    Device, DeviceError, Ids,
    compose::{Desk, Place, compose, people_of, place},
    device::Need,
    heard::Heard,
    held::day,
    json,
    rows::{Effects, Key},
    shapes::{Composed, DraftCard, Kept, MissingLine, Review, UnsaidLine, WriteRequest},
};

/// The longest text that a draft is composed of, in bytes: several hours of speech.
const MAX_TEXT: usize = 512 * 1024;

impl Device {
    /// The whole family as far as its pages tell, for names and open concerns.
    pub(crate) fn known_of(
        &self,
        family: FamilyId,
        now: Timestamp,
    ) -> Result<Workbook, DeviceError> {
        self.require(family, Need::Page, now)?;
        Ok(self.whole(family, now)?.whole())
    }

    /// Whom a text of this family may name, for whoever reads it.
    ///
    /// # Errors
    /// When the family is not here.
    pub fn people(&self, family: FamilyId, now: Timestamp) -> Result<People, DeviceError> {
        let workbook = self.known_of(family, now)?;
        Ok(people_of(&workbook, &self.writer()))
    }

    /// Composes a draft of a recognised recording, or of typed text, and of what `dictation::draft` read
    /// out of it with [`Device::people`]. It is not kept yet.
    ///
    /// Reading is another's work, since the phone loads the reader only when somebody writes.
    ///
    /// # Errors
    /// When the family is not here, or the request has neither text nor transcript.
    pub fn compose(
        &self,
        family: FamilyId,
        request: WriteRequest,
        spoken: Draft,
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<Composed, DeviceError> {
        let workbook = self.known_of(family, now)?;
        let mut ids = Ids::new(entropy, now)?;
        let text = match (&request.transcript, request.text) {
            (Some(transcript), None) => transcript.text.clone(),
            (None, Some(text)) => text,
            _ => return Err(DeviceError::BadInput("a transcript or a text".into())),
        };
        if text.len() > MAX_TEXT {
            return Err(DeviceError::Held(
                "this text is too long for one entry: split it".into(),
            ));
        }
        let writer = self.writer();
        let desk = Desk {
            workbook: &workbook,
            writer: &writer,
            recorded_on: request.recorded_on,
            at: now,
            provenance: request.provenance,
        };
        let draft = compose(&spoken, &desk, &mut ids);
        let asked = match place(&spoken) {
            Place::Compartment(asked) => asked,
            Place::Team | Place::AuthorChooses => Compartment::Team,
        };
        let heard = Heard::new(&text, request.transcript.as_ref());
        let (words, marks) = (heard.words(), heard.marks(&spoken));
        let (sources, doubts) = (heard.sources(&spoken), heard.doubts(&spoken));
        let kept = Kept {
            id: draft.id,
            family,
            compartment: asked.clone(),
            asked,
            must_not_share_with: spoken.must_not_share_with,
            as_heard: Some(draft.clone()),
            draft,
            text,
            words,
            marks,
            sources,
            doubts,
            recording: request.recording,
            recorded_on: request.recorded_on,
        };
        let review = self.review(&kept, now);
        Ok(Composed { kept, review })
    }

    /// Begins a draft with nothing in it. It is not kept yet.
    ///
    /// # Errors
    /// When the family is not here.
    pub fn begin(
        &self,
        family: FamilyId,
        kind: Option<EntryKind>,
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<Composed, DeviceError> {
        self.team_of(family)?;
        let mut ids = Ids::new(entropy, now)?;
        let today = day(now);
        let mut unsaid: BTreeSet<_> = Unsaid::ALL.into();
        if kind.is_some() {
            unsaid.remove(&Unsaid::Kind);
        }
        let entry = Entry::begun(
            kind.unwrap_or(EntryKind::Other),
            Outcome::TookPlace,
            Occurred::on(today),
            &self.writer(),
            now,
            Provenance::Typed,
        );
        let id = EntryId::from_uuid(ids.id());
        let kept = Kept {
            id,
            family,
            compartment: Compartment::Team,
            asked: Compartment::Team,
            must_not_share_with: vec![],
            draft: EntryDraft {
                id,
                entry,
                concerns: BTreeMap::new(),
                actions: BTreeMap::new(),
                unsaid,
            },
            text: String::new(),
            words: vec![],
            marks: vec![],
            sources: vec![],
            doubts: vec![],
            recording: None,
            as_heard: None,
            recorded_on: today,
        };
        let review = self.review(&kept, now);
        Ok(Composed { kept, review })
    }

    pub(crate) fn put_draft(&mut self, kept: Kept) -> Effects {
        let mut effects = Effects::default();
        let bytes = json::write(&kept);
        effects.put(&Key::Draft(kept.id), bytes);
        self.drafts.insert(kept.id, kept);
        effects
    }

    /// Keeps a draft as its author left it. What only the device may say (where the speaker asked that
    /// it go, its text, its provenance, its author) stays as it was kept before.
    ///
    /// # Errors
    /// When the draft's ids do not belong together.
    pub fn keep(&mut self, mut kept: Kept) -> Result<Effects, DeviceError> {
        if kept.draft.id != kept.id {
            return Err(DeviceError::BadInput("a draft's id".into()));
        }
        if let Some(before) = self.drafts.get(&kept.id) {
            kept.family = before.family;
            kept.asked = before.asked.clone();
            kept.must_not_share_with
                .clone_from(&before.must_not_share_with);
            kept.text.clone_from(&before.text);
            kept.words.clone_from(&before.words);
            kept.sources.clone_from(&before.sources);
            kept.doubts.clone_from(&before.doubts);
            kept.recording.clone_from(&before.recording);
            kept.as_heard.clone_from(&before.as_heard);
            kept.recorded_on = before.recorded_on;
            let (entry, was) = (&mut kept.draft.entry, &before.draft.entry);
            entry.at = was.at;
            entry.by = was.by;
            entry.device = was.device;
            entry.discipline = was.discipline.clone();
            entry.provenance = was.provenance.clone();
        }
        kept.draft.entry.attestation = None;
        kept.draft.entry.finished_late_days = None;
        Ok(self.put_draft(kept))
    }

    /// A kept draft.
    ///
    /// # Errors
    /// [`DeviceError::UnknownDraft`].
    pub fn draft(&self, id: EntryId) -> Result<&Kept, DeviceError> {
        self.drafts.get(&id).ok_or(DeviceError::UnknownDraft)
    }

    /// The drafts on this phone, newest first.
    pub fn drafts(&self, now: Timestamp) -> Vec<DraftCard> {
        let mut cards: Vec<_> = self
            .drafts
            .values()
            .map(|kept| {
                let entry = &kept.draft.entry;
                let team = self.team_of(kept.family).ok();
                let team = team.and_then(|team| self.documents.get(&team));
                let said = !kept.draft.unsaid.contains(&Unsaid::Kind);
                DraftCard {
                    id: kept.id,
                    family: kept.family,
                    family_name: team.map(|it| it.card.family_name.clone()),
                    kind: said.then(|| entry.kind.label().to_owned()),
                    day: entry.occurred.start.date(),
                    begun: kept.draft.begun(),
                    compartment: kept.compartment.clone(),
                    review: self.review(kept, now),
                    recording: kept.recording.clone(),
                }
            })
            .collect();
        cards.sort_by_key(|it| std::cmp::Reverse((it.begun, it.id)));
        cards
    }

    /// Throws a draft away, with its recording: only its author asks for this.
    ///
    /// # Errors
    /// [`DeviceError::UnknownDraft`].
    pub fn discard(&mut self, id: EntryId) -> Result<Effects, DeviceError> {
        let kept = self.drafts.remove(&id).ok_or(DeviceError::UnknownDraft)?;
        let mut effects = Effects::default();
        effects.delete(&Key::Draft(id));
        effects.delete.extend(rows_of(kept.recording.as_deref()));
        Ok(effects)
    }

    /// What a draft still lacks.
    pub fn review(&self, kept: &Kept, now: Timestamp) -> Review {
        let draft = &kept.draft;
        let unsaid: Vec<_> = draft
            .unsaid
            .iter()
            .map(|field| UnsaidLine {
                field: *field,
                message: field.message().to_owned(),
            })
            .collect();
        let unsettled: Vec<_> = kept
            .marks
            .iter()
            .filter(|mark| mark.must && !mark.settled)
            .map(|mark| mark.id)
            .collect();
        let held = self.held_back(kept);
        Review {
            state: draft.state(&self.configuration, now),
            late_days: draft.late_days(&self.configuration, now),
            can_complete: unsaid.is_empty() && unsettled.is_empty() && held.is_none(),
            unsaid,
            missing: missing(draft)
                .into_iter()
                .map(|what| self.missing_line(kept.family, what, now))
                .collect(),
            unsettled,
            held,
        }
    }

    fn missing_line(&self, family: FamilyId, what: Missing, now: Timestamp) -> MissingLine {
        let child = match what {
            Missing::SeenAlone(child) | Missing::Voice(child) => Some(child),
            _ => None,
        };
        MissingLine {
            what,
            child,
            name: child.and_then(|child| self.name_of(family, child, now)),
            message: what.message().to_owned(),
        }
    }

    fn name_of(&self, family: FamilyId, person: PersonId, now: Timestamp) -> Option<String> {
        let team = self.documents.get(&self.team_of(family).ok()?)?;
        let workbook = team.page(day(now))?.workbook();
        workbook
            .people
            .contains_key(&person)
            .then(|| workbook.person_name(person))
    }

    /// Why a draft can't leave this phone as it is.
    fn held_back(&self, kept: &Kept) -> Option<String> {
        let label = |it: &Compartment| it.label().to_owned();
        if self.team_of(kept.family).is_err() {
            return Some(
                "this family is not on this phone, or you are no longer allocated to it: \
                 ask its team manager"
                    .to_owned(),
            );
        }
        let to_team = kept.compartment == Compartment::Team;
        if to_team && kept.asked != Compartment::Team {
            return Some(format!(
                "this note asks for the {} compartment and never goes to the whole team",
                label(&kept.asked)
            ));
        }
        if to_team && !kept.must_not_share_with.is_empty() {
            return Some(
                "this note names people who must not learn of it: choose the compartment that it \
                 belongs in"
                    .to_owned(),
            );
        }
        if self.document_of(kept.family, &kept.compartment).is_err() {
            return Some(format!(
                "this note asks for the {} compartment, which this phone does not hold: it stays \
                 a draft until you are a member of that compartment",
                label(&kept.compartment)
            ));
        }
        None
    }
}

/// The keys under which a recording and its transcript lie. Whoever names a recording chooses from
/// letters, digits and hyphens: nothing else becomes part of a key.
pub(crate) fn rows_of(recording: Option<&str>) -> Vec<String> {
    let plain = |name: &&str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    recording.filter(plain).map_or_else(Vec::new, |name| {
        vec![format!("recording/{name}/"), format!("transcript/{name}/")]
    })
}

/// The draft as it will be attested: with how many words its author changed.
pub(crate) fn finished(kept: Kept) -> EntryDraft {
    let mut draft = kept.draft;
    let changed = kept.as_heard.map(|heard| words_changed(&heard, &draft));
    if let (Provenance::Dictated { words_edited, .. }, Some(changed)) =
        (&mut draft.entry.provenance, changed)
    {
        *words_edited = changed;
    }
    draft
}

/// How many words were added or taken away, whichever is more: a corrected word counts once.
fn words_changed(before: &EntryDraft, after: &EntryDraft) -> u32 {
    let mut balance: BTreeMap<String, i64> = BTreeMap::new();
    for (draft, step) in [(before, -1), (after, 1)] {
        for word in words_in(draft) {
            *balance.entry(word).or_default() += step;
        }
    }
    let added: i64 = balance.values().filter(|it| **it > 0).sum();
    let removed: i64 = -balance.values().filter(|it| **it < 0).sum::<i64>();
    u32::try_from(added.max(removed)).unwrap_or(u32::MAX)
}

fn words_in(draft: &EntryDraft) -> Vec<String> {
    let entry = &draft.entry;
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(entry.place.as_deref());
    texts.extend(entry.purpose.as_deref());
    texts.extend(entry.statements.iter().map(|it| it.text.as_str()));
    texts.extend(entry.strengths.iter().map(|it| it.text.as_str()));
    texts.extend(
        entry
            .children
            .iter()
            .filter_map(|it| Some(it.voice.as_ref()?.words.as_str())),
    );
    texts.extend(entry.views.iter().filter_map(|it| it.words.as_deref()));
    texts.extend(entry.readings.iter().filter_map(|it| it.because.as_deref()));
    texts.extend(
        entry
            .direction
            .iter()
            .filter_map(|it| it.because.as_deref()),
    );
    if let Some(analysis) = &entry.analysis {
        texts.extend(analysis.changed.as_deref());
        texts.extend(analysis.meaning.iter().map(|it| it.text.as_str()));
        texts.extend(analysis.uncertain.as_deref());
    }
    texts.extend(draft.concerns.values().map(|it| it.statement.as_str()));
    texts.extend(draft.actions.values().map(|it| it.text.as_str()));
    texts
        .into_iter()
        .flat_map(str::split_whitespace)
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}
