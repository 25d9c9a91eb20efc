//! Everything that no server has, as data: for the encrypted export.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use record::{contents, ids::DocumentId};

use crate::{
    Device,
    held::Waiting,
    quarantine::shown,
    shapes::{Rescue, RescuedChange},
};

const VERSION: u32 = 1;

impl Device {
    /// What would be lost with this phone.
    pub fn rescue(&self) -> Rescue {
        let held = self.documents.iter().flat_map(|(document, held)| {
            let waiting = held.outbox.iter().chain(&held.stranded);
            waiting.map(|it| rescued(*document, &held.card.family_name, it))
        });
        let orphans = self
            .orphans
            .iter()
            .flat_map(|(document, waiting)| waiting.iter().map(|it| rescued(*document, "", it)));
        let damaged = self.damaged.iter();
        Rescue {
            version: VERSION,
            name: self.profile.name.clone(),
            waiting: held.chain(orphans).collect(),
            refused: self.quarantine(),
            drafts: self.drafts.values().cloned().collect(),
            damaged: damaged
                .map(|(key, (bytes, _))| (key.clone(), STANDARD.encode(bytes)))
                .collect(),
        }
    }
}

fn rescued(document: DocumentId, family_name: &str, waiting: &Waiting) -> RescuedChange {
    RescuedChange {
        document,
        family_name: family_name.to_owned(),
        written: waiting.change.written(),
        records: shown(&contents(&waiting.change).unwrap_or_default()),
        change: STANDARD.encode(waiting.change.bytes()),
    }
}
