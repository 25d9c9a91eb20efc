//! The bridge's half that syncs, and what is done with what the server refused.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    Device,
    values::{Answer, effects, from_js, id, set, synced, thrown, time, to_js},
};
use crate::shapes::Resubmit;

#[wasm_bindgen]
impl Device {
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
}
