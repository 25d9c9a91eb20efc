//! What the server refused: kept, readable, with the reason, until its author sends it again.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use record::{
    Change, EntryDraft, Refusal, Rule, contents,
    ids::{ActionId, ConcernId, DocumentId, EntryId, FamilyId, RecordId},
    model::{Appendment, Content, Record},
    terms::{AppendmentReason, Compartment},
};
use serde::{Deserialize, Serialize};

use crate::{
    Device, DeviceError, Ids,
    device::Need,
    held::{Held, day},
    json,
    rows::{Effects, Key},
    shapes::{Kept, Refused, RefusedRecord, Resubmit},
};

const VERSION: u32 = 1;

/// A refused change as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Quarantined {
    version: u32,
    pub(crate) id: RecordId,
    pub(crate) document: DocumentId,
    pub(crate) family: FamilyId,
    pub(crate) family_name: String,
    pub(crate) compartment: String,
    pub(crate) refusal: Refusal,
    pub(crate) refused: Timestamp,
    /// The change, base64.
    change: String,
}

impl Quarantined {
    pub(crate) fn new(
        held: &Held,
        refused: &sync::replica::Quarantined,
        id: RecordId,
        now: Timestamp,
    ) -> Self {
        Self {
            version: VERSION,
            id,
            document: held.card.document,
            family: held.card.family,
            family_name: held.card.family_name.clone(),
            compartment: held.card.compartment.clone(),
            refusal: refused.refusal.clone(),
            refused: now,
            change: STANDARD.encode(refused.change.bytes()),
        }
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let read: Self = json::read(bytes)?;
        (read.version == VERSION && read.change().is_some()).then_some(read)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        json::write(self)
    }

    pub(crate) fn change(&self) -> Option<Change> {
        Change::decode(&STANDARD.decode(&self.change).ok()?).ok()
    }

    pub(crate) fn records(&self) -> Vec<Record> {
        let change = self.change();
        change.and_then(|it| contents(&it).ok()).unwrap_or_default()
    }

    pub(crate) fn entry(&self) -> Option<EntryId> {
        self.records().iter().find_map(entry_id)
    }

    /// How it can be sent again.
    fn can(&self, device: &Device) -> Vec<Resubmit> {
        let records = self.records();
        let held = device.documents.contains_key(&self.document);
        let known = device.team_of(self.family).is_ok();
        let has_entry = records.iter().any(|it| entry_id(it).is_some());
        let mut can = Vec::new();
        if has_entry && known {
            can.push(Resubmit::Draft);
        }
        if held && self.appendable(&records).is_some() {
            can.push(Resubmit::Appendment);
        }
        if held && !has_entry && !records.is_empty() {
            can.push(Resubmit::Again);
        }
        can
    }

    /// The entry that it could be appended to, and with what words.
    fn appendable(&self, records: &[Record]) -> Option<(EntryId, String)> {
        records.iter().find_map(|record| match &record.content {
            Content::Appendments(it) => Some((it.entry, it.text.clone())),
            Content::Entries(entry) if self.refusal.rule == Rule::CompleteEntryImmutable => {
                let said = entry.statements.iter().map(|it| it.text.as_str());
                let text = said.collect::<Vec<_>>().join("\n");
                Some((record.id.parse().ok()?, text)).filter(|(_, text)| !text.is_empty())
            }
            _ => None,
        })
    }
}

fn entry_id(record: &Record) -> Option<EntryId> {
    match &record.content {
        Content::Entries(_) => record.id.parse().ok(),
        _ => None,
    }
}

/// Records as the screens show them.
pub(crate) fn shown(records: &[Record]) -> Vec<RefusedRecord> {
    records
        .iter()
        .map(|record| RefusedRecord {
            record: record.path(),
            content: serde_json::to_value(&record.content).unwrap_or_default(),
        })
        .collect()
}

impl Device {
    /// What was refused, newest first.
    pub fn quarantine(&self) -> Vec<Refused> {
        let mut all: Vec<_> = self
            .quarantine
            .values()
            .map(|it| {
                let change = it.change();
                Refused {
                    id: it.id,
                    document: it.document,
                    family: it.family,
                    family_name: it.family_name.clone(),
                    compartment: Compartment::from_code(&it.compartment)
                        .unwrap_or(Compartment::Team),
                    refusal: it.refusal.clone(),
                    refused: it.refused,
                    written: change.map_or(it.refused, |change| change.written()),
                    records: shown(&it.records()),
                    entry: it.entry(),
                    can: it.can(self),
                }
            })
            .collect();
        all.sort_by_key(|it| std::cmp::Reverse((it.refused, it.id)));
        all
    }

    /// Sends a refused change again: as a draft to be corrected and completed anew, as an appendment,
    /// or as it is. It leaves the quarantine with these effects, never before.
    ///
    /// # Errors
    /// When it can't be sent in this way, or the rules refuse it again.
    pub fn resubmit(
        &mut self,
        id: RecordId,
        how: Resubmit,
        now: Timestamp,
        entropy: &[u8],
    ) -> Result<(Effects, Option<EntryId>), DeviceError> {
        let refused = self
            .quarantine
            .get(&id)
            .ok_or(DeviceError::UnknownRefused)?;
        let refused = refused.clone();
        if !refused.can(self).contains(&how) {
            return Err(DeviceError::CannotResubmit(
                "this can't be sent again in that way: read what it says and write it anew".into(),
            ));
        }
        let mut ids = Ids::new(entropy, now)?;
        let records = refused.records();
        let (mut effects, draft) = match how {
            Resubmit::Draft => {
                let kept = redraft(&refused, &records, now, &mut ids)?;
                let draft = kept.id;
                (self.put_draft(kept), Some(draft))
            }
            Resubmit::Appendment => {
                self.require(refused.family, Need::Record, now)?;
                let (entry, text) = refused
                    .appendable(&records)
                    .ok_or(DeviceError::UnknownEntry)?;
                let appendment = Appendment {
                    entry,
                    reason: AppendmentReason::LateInformation,
                    text,
                    by: self.profile.professional,
                    at: now,
                };
                let record = Record::new(ids.id(), appendment);
                (
                    self.write(refused.document, &[record], now, &mut ids)?,
                    None,
                )
            }
            Resubmit::Again => {
                self.require(refused.family, Need::Record, now)?;
                (self.write(refused.document, &records, now, &mut ids)?, None)
            }
        };
        effects.delete(&Key::Quarantine(id));
        self.quarantine.remove(&id);
        Ok((effects, draft))
    }
}

/// The draft that a refused entry becomes: the same words under new ids, since the old ones may be
/// taken.
fn redraft(
    refused: &Quarantined,
    records: &[Record],
    now: Timestamp,
    ids: &mut Ids,
) -> Result<Kept, DeviceError> {
    let id = EntryId::from_uuid(ids.id());
    let mut entry = records
        .iter()
        .find_map(|it| match &it.content {
            Content::Entries(entry) => Some(entry.as_ref().clone()),
            _ => None,
        })
        .ok_or(DeviceError::UnknownEntry)?;
    entry.attestation = None;
    entry.finished_late_days = None;
    let mut draft = EntryDraft {
        id,
        entry,
        concerns: std::collections::BTreeMap::new(),
        actions: std::collections::BTreeMap::new(),
        unsaid: std::collections::BTreeSet::new(),
    };
    for record in records {
        match &record.content {
            Content::Concerns(concern) => {
                let new = ConcernId::from_uuid(ids.id());
                let old: Option<ConcernId> = record.id.parse().ok();
                for view in &mut draft.entry.views {
                    if Some(view.concern) == old {
                        view.concern = new;
                    }
                }
                draft.concerns.insert(new, concern.as_ref().clone());
            }
            Content::Actions(action) => {
                let new = ActionId::from_uuid(ids.id());
                draft.actions.insert(new, action.as_ref().clone());
            }
            _ => {}
        }
    }
    let asked = Compartment::from_code(&refused.compartment).unwrap_or(Compartment::Team);
    Ok(Kept {
        id,
        family: refused.family,
        compartment: asked.clone(),
        asked,
        must_not_share_with: vec![],
        draft,
        text: String::new(),
        words: vec![],
        marks: vec![],
        sources: vec![],
        doubts: vec![],
        recording: None,
        as_heard: None,
        recorded_on: day(now),
    })
}
