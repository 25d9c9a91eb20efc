//! Families that the council erased: nothing of them stays on this phone.
//!
//! Unlike a family that is no longer its reader's, even what was never sent goes: outbox, quarantine,
//! drafts and their recordings. What stays is a mark that this happened, without a name (ids
//! alone), for the phone to tell its owner once and to look for recordings.

use record::ids::{DocumentId, FamilyId};

use crate::{
    Device,
    drafts::rows_of,
    json,
    rows::{Effects, Key},
};

impl Device {
    /// Drops everything of the families that these documents belong to. Returns the families.
    pub(crate) fn drop_erased(
        &mut self,
        documents: &[DocumentId],
        effects: &mut Effects,
    ) -> Vec<FamilyId> {
        // Few of each: lists are as good as sets, and make the core smaller.
        let families = self.families_of(documents);
        let held = self.documents.values().map(|it| &it.card);
        let held = held.filter(|it| families.contains(&it.family));
        let documents: Vec<DocumentId> = held
            .map(|it| it.document)
            .chain(documents.iter().copied())
            .collect();
        for document in &documents {
            self.documents.remove(document);
            self.orphans.remove(document);
            self.pushing.remove(document);
            effects.delete.push(format!("outbox/{document}/"));
        }
        for family in &families {
            effects.delete.push(format!("family/{family}/"));
        }
        self.quarantine.retain(|id, it| {
            let goes = documents.contains(&it.document) || families.contains(&it.family);
            if goes {
                effects.delete(&Key::Quarantine(*id));
            }
            !goes
        });
        self.drafts.retain(|id, kept| {
            let goes = families.contains(&kept.family);
            if goes {
                effects.delete(&Key::Draft(*id));
                effects.delete.extend(rows_of(kept.recording.as_deref()));
            }
            !goes
        });
        self.damaged.retain(|key, _| match key.parse() {
            Ok(Key::Outbox(document, _)) => !documents.contains(&document),
            Ok(Key::Card(family, _) | Key::Page(family, _) | Key::Document(family, _)) => {
                !families.contains(&family)
            }
            _ => true,
        });
        if !documents.is_empty() {
            self.actor = None;
            effects.put(&Key::ErasedNotice, json::write(&families));
        }
        families
    }

    /// The families of documents, as far as this phone knows: from what it holds of them, or from
    /// what was refused.
    fn families_of(&self, documents: &[DocumentId]) -> Vec<FamilyId> {
        let held = documents.iter().filter_map(|it| self.documents.get(it));
        let held = held.map(|it| it.card.family);
        let refused = self.quarantine.values();
        let refused = refused.filter(|it| documents.contains(&it.document));
        each_once(held.chain(refused.map(|it| it.family)))
    }

    /// Documents that this phone does not hold any more but keeps something for: the server is asked
    /// of them too, so that what is erased goes from there as well.
    pub(crate) fn kept_for(&self) -> Vec<DocumentId> {
        let refused = self.quarantine.values().map(|it| it.document);
        let all = refused.chain(self.orphans.keys().copied());
        each_once(all.filter(|it| !self.documents.contains_key(it)))
    }
}

fn each_once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}
