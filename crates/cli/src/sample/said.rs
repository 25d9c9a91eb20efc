//! What an author answers when their draft asks for what the note did not say. Nothing is answered for
//! them: a note whose draft asks for something that no answer is given to stays a draft.

use anyhow::{Context, Result, ensure};
use jiff::civil::Time;
use record::{
    EntryDraft, Unsaid,
    model::Occurred,
    terms::{EntryKind, Outcome},
};
use serde::Deserialize;

/// The answers, as labels. An answer to what the note itself said is an error.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    kind: Option<String>,
    outcome: Option<String>,
    /// `HH:MM`, or `unknown`.
    time: Option<String>,
}

impl Said {
    /// That the contact took place.
    pub fn took_place() -> Self {
        Self {
            outcome: Some("took place".to_owned()),
            ..Self::default()
        }
    }

    /// That the contact took place, at a time that its author no longer knows.
    pub fn took_place_at_some_time() -> Self {
        Self {
            time: Some("unknown".to_owned()),
            ..Self::took_place()
        }
    }

    /// Whether kind, outcome and time are answered.
    #[cfg(test)]
    pub(super) fn answers(&self) -> [bool; 3] {
        [
            self.kind.is_some(),
            self.outcome.is_some(),
            self.time.is_some(),
        ]
    }

    /// Gives the answers to a draft.
    pub fn tell(&self, draft: &mut EntryDraft) -> Result<()> {
        let given = [
            (Unsaid::Kind, self.kind.is_some()),
            (Unsaid::Outcome, self.outcome.is_some()),
            (Unsaid::Start, self.time.is_some()),
        ];
        for (field, given) in given {
            let asked = draft.unsaid.contains(&field);
            ensure!(
                asked || !given,
                "the note says {field:?} itself: leave the answer out"
            );
            ensure!(
                given || !asked,
                "the note's author must answer: {}",
                field.message()
            );
        }
        if let Some(label) = &self.kind {
            draft.say_kind(EntryKind::from_label(label).context("no such kind")?);
        }
        if let Some(label) = &self.outcome {
            draft.say_outcome(Outcome::from_label(label).context("no such outcome")?);
        }
        if let Some(time) = &self.time {
            let day = draft.entry.occurred.start.date();
            draft.say_occurred(if time == "unknown" {
                Occurred::on(day)
            } else {
                let time: Time = time.parse().context("a time is written as HH:MM")?;
                Occurred::at(day.to_datetime(time), None)
            });
        }
        Ok(())
    }
}
