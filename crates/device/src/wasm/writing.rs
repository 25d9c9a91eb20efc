//! The bridge's half that writes: drafts, entries and what is appended to them.

use record::{
    ids::{PersonId, RecordId},
    model::FactField,
    terms::{AppendmentReason, EntryKind},
};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    Device,
    values::{Answer, bad, effects, from_js, id, thrown, time, to_js},
};

#[wasm_bindgen]
impl Device {
    /// Whom a text of this family may name: for `read` of the module `hearing`. Needs the pages.
    #[wasm_bindgen(unchecked_return_type = "object")]
    pub fn people(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        now: f64,
    ) -> Answer {
        to_js(&self.0.people(id(family)?, time(now)?).map_err(thrown)?)
    }

    /// Composes a draft of what `read` of the module `hearing` found in the text. It is not kept yet.
    /// Needs the pages.
    #[wasm_bindgen(unchecked_return_type = "T.Composed")]
    pub fn compose(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.WriteRequest")] request: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "object")] spoken: &JsValue,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let request = from_js(request, "what to write")?;
        let spoken = from_js(spoken, "what was read")?;
        let composed = self
            .0
            .compose(id(family)?, request, spoken, time(now)?, entropy);
        to_js(&composed.map_err(thrown)?)
    }

    /// Begins a draft with nothing in it. It is not kept yet.
    #[wasm_bindgen(unchecked_return_type = "T.Composed")]
    pub fn begin(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.EntryKind | undefined")] kind: Option<String>,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let kind = kind.map(|code| EntryKind::from_code(&code).ok_or_else(|| bad("a kind")));
        let begun = self
            .0
            .begin(id(family)?, kind.transpose()?, time(now)?, entropy);
        to_js(&begun.map_err(thrown)?)
    }

    /// Keeps a draft as its author left it.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    pub fn keep(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.Kept")] kept: &JsValue,
    ) -> Answer {
        let kept = from_js(kept, "a draft")?;
        effects(&self.0.keep(kept).map_err(thrown)?)
    }

    /// The drafts on this phone, newest first.
    #[wasm_bindgen(unchecked_return_type = "T.DraftCard[]")]
    pub fn drafts(&self, now: f64) -> Answer {
        to_js(&self.0.drafts(time(now)?))
    }

    /// A kept draft.
    #[wasm_bindgen(unchecked_return_type = "T.Kept")]
    pub fn draft(&self, #[wasm_bindgen(unchecked_param_type = "T.EntryId")] draft: &str) -> Answer {
        to_js(self.0.draft(id(draft)?).map_err(thrown)?)
    }

    /// Throws a draft away, with its recording.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    pub fn discard(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.EntryId")] draft: &str,
    ) -> Answer {
        effects(&self.0.discard(id(draft)?).map_err(thrown)?)
    }

    /// What a draft still lacks.
    #[wasm_bindgen(unchecked_return_type = "T.Review")]
    pub fn review(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.Kept")] kept: &JsValue,
        now: f64,
    ) -> Answer {
        to_js(&self.0.review(&from_js(kept, "a draft")?, time(now)?))
    }

    /// Completes a kept draft: the author's attestation. Needs the record.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    pub fn complete(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.EntryId")] draft: &str,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let done = self.0.complete(id(draft)?, time(now)?, entropy);
        effects(&done.map_err(thrown)?)
    }

    /// Appends to a complete entry. Needs the record.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    pub fn append(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.EntryId")] entry: &str,
        #[wasm_bindgen(unchecked_param_type = "T.AppendmentReason")] reason: &str,
        text: String,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let reason = AppendmentReason::from_code(reason).ok_or_else(|| bad("a reason"))?;
        let (family, entry) = (id(family)?, id(entry)?);
        let done = self
            .0
            .append(family, entry, (reason, text), time(now)?, entropy);
        effects(&done.map_err(thrown)?)
    }

    /// Settles a disagreement of facts. Needs the record.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    #[expect(clippy::too_many_arguments, reason = "one call from JavaScript")]
    pub fn settle(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.PersonId")] person: &str,
        #[wasm_bindgen(unchecked_param_type = "T.FactField")] field: &JsValue,
        value: String,
        #[wasm_bindgen(unchecked_param_type = "T.RecordId[]")] supersedes: &JsValue,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let field: FactField = from_js(field, "a field")?;
        let supersedes: Vec<RecordId> = from_js(supersedes, "facts")?;
        let said = (id::<PersonId>(person)?, field, value);
        let done = self
            .0
            .settle(id(family)?, said, supersedes, time(now)?, entropy);
        effects(&done.map_err(thrown)?)
    }

    /// Gives news of an action. Needs the record.
    #[wasm_bindgen(js_name = actionNews, unchecked_return_type = "T.Effects")]
    pub fn action_news(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.ActionNews")] news: &JsValue,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let news = from_js(news, "an action's news")?;
        let done = self.0.action_news(id(family)?, news, time(now)?, entropy);
        effects(&done.map_err(thrown)?)
    }
}
