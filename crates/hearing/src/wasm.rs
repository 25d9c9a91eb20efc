//! The bridge to JavaScript. The interfaces are `Listening` in mobile-shell/src/speech/transcriber-api.d.ts
//! and `Hearing` in mobile-shell/src/core/device-api.ts. Values cross as JSON.

use dictation::draft::{People, draft};
use jiff::civil::Date;
use js_sys::{Error, JSON};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type * as T from "../generated/types";
"#;

type Answer = Result<JsValue, JsValue>;

/// What a text says of a visit: for the core's `compose`. `people` is the core's word on whom the family's
/// record knows, `recorded_on` the day of writing as `2026-11-22`.
///
/// # Errors
/// When people or day can't be read.
#[wasm_bindgen(unchecked_return_type = "object")]
#[expect(unreachable_pub, reason = "wasm-bindgen takes public functions only")]
pub fn read(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "object")] people: &JsValue,
    recorded_on: &str,
) -> Answer {
    let people = JSON::stringify(people).ok().and_then(|it| it.as_string());
    let people = people
        .and_then(|it| People::from_json(&it).ok())
        .ok_or_else(|| bad("the family's people"))?;
    let recorded_on: Date = recorded_on.parse().map_err(|_| bad("a day"))?;
    to_js(&draft(text, &people, recorded_on))
}

/// One recording that is listened to in pieces, for the speech worker: `dictation::listening`.
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

/// The parser's words quote what it found: they stay here.
fn bad(what: &str) -> JsValue {
    Error::new(&format!("{what} can't be read")).into()
}

fn to_js<T: Serialize>(value: &T) -> Answer {
    let text = serde_json::to_string(value).map_err(|_| bad("an answer"))?;
    JSON::parse(&text)
}

fn from_js<T: DeserializeOwned>(value: &JsValue, what: &str) -> Result<T, JsValue> {
    let text = JSON::stringify(value).ok().and_then(|it| it.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok())
        .ok_or_else(|| bad(what))
}
