//! The bridge to JavaScript: one class, values as plain objects, errors as `Error` with a code.
//!
//! Values cross as JSON, so that what JavaScript gets is what the record's files say; bytes cross as
//! `Uint8Array`. Nothing is decided here. A panic is a bare `RuntimeError`: the core is built without
//! panic messages, which may hold what somebody wrote. Whoever meets one drops the device and opens it
//! again from its rows.

mod sending;
mod values;
mod writing;

use record::ids::{EntryId, FamilyId};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{Need, Row, shapes::Terms};
use values::{Answer, bad, effects, from_js, handed, id, thrown, time, to_js};

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
