//! The bridge to JavaScript: one class, values as plain objects, errors as `Error` with a code.
//!
//! Values cross as JSON, so that what JavaScript gets is what the record's files say; bytes cross as
//! `Uint8Array`. Nothing is decided here. A panic is a bare `RuntimeError`: the core is built without
//! panic messages, which may hold what somebody wrote. Whoever meets one drops the device and opens it
//! again from its rows.

use jiff::Timestamp;
use js_sys::{Array, Error, JSON, Object, Reflect, Uint8Array};
use record::{
    ids::{EntryId, FamilyId, PersonId, RecordId},
    model::FactField,
    terms::{AppendmentReason, EntryKind},
};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};

use crate::{
    DeviceError, Effects, ErrorShape, Handed, Need, Row, json,
    shapes::{Resubmit, Syncing, Terms},
};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type * as T from "../generated/types";
/** Effects, and what the sync did. */
export type Synced = T.Effects & { syncing: T.Syncing };
/** Effects, and the draft that a refused entry became. */
export type Resubmitted = T.Effects & { draft?: T.EntryId };
/** The JSON body of a request: send `JSON.stringify` of it. */
export type Body = { readonly [key: string]: unknown };
"#;

type Answer = Result<JsValue, JsValue>;

/// The phone's record. `now` is milliseconds since 1970; `entropy` at least 32 fresh random bytes.
/// Every method may throw an `Error` that has the fields of `ErrorShape`.
#[wasm_bindgen]
pub struct Device(crate::Device);

#[wasm_bindgen]
impl Device {
    /// Opens a device: `profile` as enrolment answered it; `rows` are all cards, outbox, quarantine and
    /// draft rows (others are ignored).
    #[wasm_bindgen(unchecked_return_type = "Device")]
    pub fn open(
        #[wasm_bindgen(unchecked_param_type = "T.Profile")] profile: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "T.Row[]")] rows: &JsValue,
    ) -> Result<Device, JsValue> {
        let profile = from_js(profile, "a profile")?;
        let rows = handed(rows)?
            .into_iter()
            .map(|row| {
                Ok(Row {
                    key: row.key,
                    bytes: row.bytes.ok_or_else(|| bad("a row's bytes"))?,
                })
            })
            .collect::<Result<_, JsValue>>()?;
        crate::Device::open(profile, rows)
            .map(Device)
            .map_err(thrown)
    }

    /// Keys to hand over first; none when everything is held. Ask again after `hold`. "page" for
    /// family, plan, cast and compose; "record" for entries, entry, chronology and all writing.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn needs(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "\"page\" | \"record\"")] what: &str,
        now: f64,
    ) -> Answer {
        let what = match what {
            "page" => Need::Page,
            "record" => Need::Record,
            _ => return Err(bad("what is needed")),
        };
        let keys = self.0.needs(id(family)?, what, time(now)?);
        to_js(&keys.map_err(thrown)?)
    }

    /// Hands over what was asked for; `bytes` absent where the vault has no such row. The effects are
    /// caches made anew.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    pub fn hold(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.Handed[]")] rows: &JsValue,
        now: f64,
    ) -> Answer {
        let rows = handed(rows)?;
        effects(&self.0.hold(&rows, time(now)?))
    }

    /// Forgets records and pages that were handed over, of one family or of all, to free memory.
    pub fn release(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId | undefined")] family: Option<String>,
    ) -> Result<(), JsValue> {
        let family = family.as_deref().map(id::<FamilyId>).transpose()?;
        self.0.release(family);
        Ok(())
    }

    /// Today's list.
    #[wasm_bindgen(unchecked_return_type = "T.Today")]
    pub fn today(&self, now: f64) -> Answer {
        to_js(&self.0.today(time(now)?))
    }

    /// A family's page. Needs its pages.
    #[wasm_bindgen(unchecked_return_type = "T.FamilyPage")]
    pub fn family(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        now: f64,
    ) -> Answer {
        to_js(&self.0.family(id(family)?, time(now)?).map_err(thrown)?)
    }

    /// Who and what a draft can name. Needs the pages.
    #[wasm_bindgen(unchecked_return_type = "T.Cast")]
    pub fn cast(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        now: f64,
    ) -> Answer {
        to_js(&self.0.cast(id(family)?, time(now)?).map_err(thrown)?)
    }

    /// The family's plan. Needs the pages.
    #[wasm_bindgen(unchecked_return_type = "T.Plan")]
    pub fn plan(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        now: f64,
    ) -> Answer {
        to_js(&self.0.plan(id(family)?, time(now)?).map_err(thrown)?)
    }

    /// The family's chronology. Needs the record.
    #[wasm_bindgen(unchecked_return_type = "T.Chronology")]
    pub fn chronology(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        now: f64,
    ) -> Answer {
        to_js(&self.0.chronology(id(family)?, time(now)?).map_err(thrown)?)
    }

    /// The family's entries, newest first. Needs the record.
    #[wasm_bindgen(unchecked_return_type = "T.EntryLine[]")]
    pub fn entries(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        now: f64,
    ) -> Answer {
        to_js(&self.0.entries(id(family)?, time(now)?).map_err(thrown)?)
    }

    /// One entry. Needs the record.
    #[wasm_bindgen(unchecked_return_type = "T.EntryPage")]
    pub fn entry(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.EntryId")] entry: &str,
        now: f64,
    ) -> Answer {
        let page = self.0.entry(id(family)?, id::<EntryId>(entry)?, time(now)?);
        to_js(&page.map_err(thrown)?)
    }

    /// The entries that the server does not have; all others are "in-the-workbook".
    #[wasm_bindgen(unchecked_return_type = "{ [entry: T.EntryId]: T.SyncState }")]
    pub fn states(&self) -> Answer {
        to_js(&self.0.states())
    }

    /// Composes a draft. It is not kept yet. Needs the pages.
    #[wasm_bindgen(unchecked_return_type = "T.Composed")]
    pub fn compose(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.FamilyId")] family: &str,
        #[wasm_bindgen(unchecked_param_type = "T.WriteRequest")] request: &JsValue,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let request = from_js(request, "what to write")?;
        let composed = self.0.compose(id(family)?, request, time(now)?, entropy);
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

    /// The body of the next pull.
    #[wasm_bindgen(js_name = pullRequest, unchecked_return_type = "Body")]
    pub fn pull_request(&self) -> Answer {
        to_js(&self.0.pull_request())
    }

    /// Keys to hand over before `pulled` of this answer.
    #[wasm_bindgen(js_name = pulledNeeds, unchecked_return_type = "string[]")]
    pub fn pulled_needs(&self, body: &[u8]) -> Answer {
        to_js(&self.0.pulled_needs(body).map_err(thrown)?)
    }

    /// Takes the answer to a pull.
    #[wasm_bindgen(unchecked_return_type = "Synced")]
    pub fn pulled(&mut self, body: &[u8], now: f64, entropy: &[u8]) -> Answer {
        synced(&self.0.pulled(body, time(now)?, entropy).map_err(thrown)?)
    }

    /// The body of the next push; `undefined` when nothing waits.
    #[wasm_bindgen(js_name = pushRequest, unchecked_return_type = "Body | undefined")]
    pub fn push_request(&mut self) -> Answer {
        self.0
            .push_request()
            .map_or(Ok(JsValue::UNDEFINED), |it| to_js(&it))
    }

    /// Keys to hand over before `pushed` of this answer.
    #[wasm_bindgen(js_name = pushedNeeds, unchecked_return_type = "string[]")]
    pub fn pushed_needs(&self, body: &[u8]) -> Answer {
        to_js(&self.0.pushed_needs(body).map_err(thrown)?)
    }

    /// Takes the answer to a push.
    #[wasm_bindgen(unchecked_return_type = "Synced")]
    pub fn pushed(&mut self, body: &[u8], now: f64, entropy: &[u8]) -> Answer {
        synced(&self.0.pushed(body, time(now)?, entropy).map_err(thrown)?)
    }

    /// What the server refused, newest first.
    #[wasm_bindgen(unchecked_return_type = "T.Refused[]")]
    pub fn quarantine(&self) -> Answer {
        to_js(&self.0.quarantine())
    }

    /// Sends a refused change again. "draft" needs nothing; the others need the record.
    #[wasm_bindgen(unchecked_return_type = "Resubmitted")]
    pub fn resubmit(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "T.RecordId")] refused: &str,
        #[wasm_bindgen(js_name = "as", unchecked_param_type = "T.Resubmit")] how: &JsValue,
        now: f64,
        entropy: &[u8],
    ) -> Answer {
        let how: Resubmit = from_js(how, "how to send it again")?;
        let done = self.0.resubmit(id(refused)?, how, time(now)?, entropy);
        let (done, draft) = done.map_err(thrown)?;
        let object = effects(&done)?;
        if let Some(draft) = draft {
            set(&object, "draft", &JsValue::from_str(&draft.to_string()))?;
        }
        Ok(object)
    }

    /// Everything that no server has, for the encrypted export.
    #[wasm_bindgen(unchecked_return_type = "T.Rescue")]
    pub fn rescue(&self) -> Answer {
        to_js(&self.0.rescue())
    }

    /// Deletes everything: the device has been revoked.
    #[wasm_bindgen(unchecked_return_type = "T.Effects")]
    pub fn wipe(&mut self) -> Answer {
        effects(&self.0.wipe())
    }

    /// The text that the device signs under a request.
    #[wasm_bindgen(js_name = signingText)]
    pub fn signing_text(
        method: &str,
        path: &str,
        millis: f64,
        body: &[u8],
    ) -> Result<String, JsValue> {
        let millis = time(millis)?.as_millisecond();
        Ok(sync::signing::text(method, path, millis, body))
    }

    /// The field's enumerations with their labels.
    #[wasm_bindgen(unchecked_return_type = "T.Terms")]
    pub fn terms() -> Answer {
        to_js(&Terms::built_in())
    }
}

fn bad(what: &str) -> JsValue {
    thrown(DeviceError::BadInput(what.to_owned()))
}

/// The `Error` to throw, with the fields of [`ErrorShape`].
#[expect(clippy::needless_pass_by_value, reason = "an end of `map_err`")]
fn thrown(error: DeviceError) -> JsValue {
    let shape: ErrorShape = error.shape();
    let thrown = Error::new(&shape.message);
    if let Ok(fields) = to_js(&shape) {
        Object::assign(&thrown, fields.unchecked_ref());
    }
    thrown.into()
}

fn to_js<T: Serialize>(value: &T) -> Answer {
    let text = String::from_utf8(json::write(value)).map_err(|_| bad("an answer"))?;
    JSON::parse(&text)
}

fn from_js<T: DeserializeOwned>(value: &JsValue, what: &str) -> Result<T, JsValue> {
    let text = JSON::stringify(value).ok().and_then(|it| it.as_string());
    // The parser's words quote what it found: they stay here.
    text.and_then(|text| json::read(text.as_bytes()))
        .ok_or_else(|| bad(what))
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, JsValue> {
    text.parse().map_err(|_| bad("an id"))
}

fn time(millis: f64) -> Result<Timestamp, JsValue> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked by the range just before"
    )]
    let whole = (millis.is_finite() && millis.abs() < 8.64e15).then_some(millis as i64);
    whole
        .and_then(|millis| Timestamp::from_millisecond(millis).ok())
        .ok_or_else(|| bad("a time"))
}

fn set(object: &JsValue, field: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &JsValue::from_str(field), value).map(|_| ())
}

fn handed(rows: &JsValue) -> Result<Vec<Handed>, JsValue> {
    let rows = rows.dyn_ref::<Array>().ok_or_else(|| bad("rows"))?;
    rows.iter()
        .map(|row| {
            let field = |name: &str| Reflect::get(&row, &JsValue::from_str(name));
            let key = field("key")?
                .as_string()
                .ok_or_else(|| bad("a row's key"))?;
            let bytes = field("bytes")?;
            let bytes = if bytes.is_undefined() || bytes.is_null() {
                None
            } else {
                let bytes = bytes
                    .dyn_ref::<Uint8Array>()
                    .ok_or_else(|| bad("a row's bytes"))?;
                Some(bytes.to_vec())
            };
            Ok(Handed { key, bytes })
        })
        .collect()
}

fn effects(effects: &Effects) -> Answer {
    let object = JsValue::from(Object::new());
    let put = Array::new();
    for row in &effects.put {
        let item = JsValue::from(Object::new());
        set(&item, "key", &JsValue::from_str(&row.key))?;
        set(&item, "bytes", &Uint8Array::from(&row.bytes[..]))?;
        put.push(&item);
    }
    set(&object, "put", &put)?;
    set(&object, "delete", &to_js(&effects.delete)?)?;
    Ok(object)
}

fn synced((done, syncing): &(Effects, Syncing)) -> Answer {
    let object = effects(done)?;
    set(&object, "syncing", &to_js(syncing)?)?;
    Ok(object)
}

/// One recording that is listened to in pieces, for the speech worker: `dictation::listening`. The
/// interface is `Listening` in mobile-shell/src/speech/transcriber-api.d.ts.
#[wasm_bindgen]
#[derive(Default)]
pub struct Listening(dictation::listening::Listening);

#[wasm_bindgen]
impl Listening {
    /// Nothing heard yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next samples, 16 kHz mono, in order; pieces of 10 seconds keep the memory small.
    pub fn hear(&mut self, samples: &[i16]) {
        let samples: Vec<f32> = samples
            .iter()
            .map(|level| f32::from(*level) / 32_768.0)
            .collect();
        self.0.hear(&samples);
    }

    /// The windows in which somebody speaks, each below 29 s: `{start, end}` in samples.
    #[wasm_bindgen(unchecked_return_type = "{ start: number; end: number }[]")]
    pub fn windows(&mut self) -> Answer {
        to_js(&self.0.windows())
    }

    /// What the engine heard in a window, at its place in the recording.
    #[wasm_bindgen(unchecked_return_type = "T.Segment[]")]
    pub fn place(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "object[]")] heard: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "{ start: number; end: number }")] window: &JsValue,
    ) -> Answer {
        let heard = from_js(heard, "what was heard")?;
        to_js(&self.0.place(heard, from_js(window, "a window")?))
    }

    /// The whole recording as text. `engine_ms` is the time that recognition took.
    #[wasm_bindgen(unchecked_return_type = "T.Transcript")]
    pub fn transcript(
        &self,
        #[wasm_bindgen(unchecked_param_type = "T.Segment[]")] segments: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "T.ModelStamp")] model: &JsValue,
        engine_ms: u32,
    ) -> Answer {
        let segments = from_js(segments, "segments")?;
        let model = from_js(model, "a model")?;
        to_js(&self.0.transcript(segments, model, engine_ms.into()))
    }
}
