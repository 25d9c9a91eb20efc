//! Visits with every field, and what happens to entries, concerns and actions afterwards.

use jiff::SignedDuration;
use record::model::{ATTESTATION, Collection, Record};
use serde_json::{Value, json};

use super::Hand;
use crate::family::at;

const STATUSES: [&str; 5] = ["done", "in-progress", "not-done", "open", "superseded"];
const DOMAINS: [&str; 3] = ["alcohol", "basic-care", "housing"];

impl Hand<'_> {
    /// A visit that says what the bits are set for, with the concern, action, fact, goal and safety
    /// plan that came of it.
    pub(super) fn visit(&mut self) -> Vec<Record> {
        let entry = self.entry();
        let entry = self.record(Collection::Entries, entry);
        let id = entry.id.clone();
        let mut records = vec![entry];
        if self.says(9) {
            records.extend(self.raise(Some(&id)));
        }
        if self.says(29) {
            let person = self.person_id();
            let value = self.words("Fact");
            records.extend(person.map(|person| {
                let fact =
                    json!({"person": person, "field": "communication", "value": value, "entry": id});
                self.record(Collection::Facts, fact)
            }));
        }
        if self.says(30) && self.says(9) {
            records.extend(self.goal(Some(&id)));
            records.extend(self.safety_plan(Some(&id)));
        }
        records
    }

    fn entry(&mut self) -> Value {
        let edit = self.edit;
        let when = |bit: u32, value: Value| if edit.says(bit) { value } else { Value::Null };
        let list = |bit: u32, value: Value| {
            if edit.says(bit) {
                json!([value])
            } else {
                json!([])
            }
        };
        let either =
            |bit: u32, a: &'static str, b: &'static str| if edit.says(bit) { a } else { b };
        let (party, child) = (self.party(), self.child());
        let words = |what: &str| self.words(what);
        let about: Vec<_> = self
            .person_id()
            .into_iter()
            .filter(|_| edit.says(28))
            .collect();
        let of_child = |bit: u32, value: Value| {
            if child.is_some() {
                list(bit, value)
            } else {
                json!([])
            }
        };
        let alone = either(28, "too-young", "yes");
        let kind = match (edit.says(24), edit.says(15)) {
            (true, true) => "monthly-summary",
            (true, false) => "attempted-visit",
            (false, true) => "home-visit",
            (false, false) => "statutory-visit-cp",
        };
        let hour = edit.pick % 8 + 9;
        json!({
            "kind": kind,
            "outcome": either(26, "no-reply", "took-place"),
            "occurred": {"start": format!("{}T{hour:02}:15:00", self.day(0)),
                "end": when(23, json!(format!("{}T{hour:02}:45:00", self.day(0))))},
            "discipline": self.writer.discipline, "device": self.writer.device,
            "place": when(23, json!("at home")), "announced": when(23, json!(edit.says(10))),
            "purpose": words("Purpose"),
            "present": list(14, party.clone()),
            "absent": list(27, json!({"named": "the school nurse"})),
            "children": of_child(0, json!({"child": child, "seen": either(1, "awake", "not-seen"),
                "alone": when(2, json!(alone)), "voice": when(3, json!({"words": words("Voice"), "how": "play"}))})),
            "statements": list(16, json!({"text": words("Statement"), "nature": "reported", "source": party,
                "about": self.person_id().into_iter().collect::<Vec<_>>(), "span": {"start": 1, "end": 9}})),
            "analysis": when(17, json!({"changed": words("Changed"), "uncertain": words("Uncertain"),
                "meaning": of_child(17, json!({"child": child, "text": words("Meaning")}))})),
            "strengths": list(12, json!({"text": words("Strength")})),
            "views": self.chosen(&self.held.concerns).filter(|_| edit.says(4)).into_iter().map(|concern| json!({
                "concern": concern, "holder": party, "words": words("View"),
                "agreement": either(10, "shares-fully", "does-not-share")})).collect::<Vec<_>>(),
            "readings": list(5, json!({"scale": "safety", "holder": party, "value": edit.pick % 10,
                "because": words("Reading")})),
            "tools": list(6, json!({"tool": either(25, "phq-9", "audit"), "with": [party], "score": edit.pick % 20,
                "item9": when(25, json!(edit.pick % 2)), "reflection": words("Tool")})),
            "stageOfChange": when(18, json!("preparation")),
            "direction": list(7, json!({"domain": when(31, json!(DOMAINS[usize::from(edit.pick) % 3])),
                "direction": either(11, "improving", "worsening"), "because": words("Direction")})),
            "immediateSafety": when(19, json!("manager-informed")),
            "actionUpdates": self.chosen(&self.held.actions).filter(|_| edit.says(13)).into_iter()
                .map(|action| self.update(&json!(action))).collect::<Vec<_>>(),
            "nextContact": when(19, json!(self.day(7))),
            "significantEvent": when(20, json!({"kind": "disclosure", "text": words("Event"), "about": about})),
            "provenance": if edit.says(21) { dictated() } else { json!({"how": "typed"}) },
            "finishedLateDays": when(22, json!(2)),
            "attestation": {"statement": ATTESTATION, "at": at()},
        })
    }

    /// News of an action.
    fn update(&self, action: &Value) -> Value {
        // A little earlier or later, so that news stand before, after and beside each other.
        let at = at() + SignedDuration::from_secs(i64::from(self.edit.says >> 16 & 7) - 3);
        json!({"action": action, "status": STATUSES[usize::from(self.edit.pick) % 5],
            "note": self.words("News"), "by": self.writer.professional, "at": at})
    }

    pub(super) fn news(&mut self) -> Option<Vec<Record>> {
        let action = self.chosen(&self.held.actions)?;
        let update = self.update(&json!(action));
        Some(vec![self.record(Collection::ActionUpdates, update)])
    }

    pub(super) fn raise(&mut self, entry: Option<&str>) -> Vec<Record> {
        let children: Vec<_> = self.child().into_iter().collect();
        let about: Vec<_> = self
            .person_id()
            .into_iter()
            .filter(|_| self.says(10))
            .collect();
        let concern = json!({"entry": entry, "statement": self.words("Concern"), "domain": "alcohol",
            "children": children});
        let action = json!({"entry": entry, "text": self.words("Action"), "owner": self.party(),
            "due": self.day(4), "effect": "He sleeps", "about": about});
        vec![
            self.record(Collection::Concerns, concern),
            self.record(Collection::Actions, action),
        ]
    }

    pub(super) fn close(&mut self) -> Option<Vec<Record>> {
        let concern = self.chosen(&self.held.concerns)?;
        let closure = json!({"concern": concern, "reason": self.words("Closed")});
        Some(vec![self.record(Collection::ConcernClosures, closure)])
    }

    pub(super) fn append(&mut self) -> Option<Vec<Record>> {
        let reasons = ["correction", "late-information", "familys-comment"];
        let reason = if self.writer.is_manager() {
            "managers-comment"
        } else {
            reasons[usize::from(self.edit.pick) % 3]
        };
        let entry = self.chosen(&self.held.entries)?;
        let value = json!({"entry": entry, "reason": reason, "text": self.words("Appendment")});
        Some(vec![self.record(Collection::Appendments, value)])
    }

    pub(super) fn withdraw(&mut self) -> Option<Vec<Record>> {
        let entry = self.chosen(&self.held.entries)?;
        let value = json!({"entry": entry, "reason": self.words("Withdrawn")});
        Some(vec![self.record(Collection::Withdrawals, value)])
    }
}

fn dictated() -> Value {
    json!({"how": "dictated", "model": "small.en", "modelSha256": "ab".repeat(32),
        "audioMs": 93_000, "audioSha256": "cd".repeat(32), "wordsEdited": 7})
}
