//! Values on their way over the bridge.

use jiff::Timestamp;
use js_sys::{Array, Error, JSON, Object, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::{DeviceError, Effects, ErrorShape, Handed, json, shapes::Syncing};

/// What a call answers or throws.
pub(super) type Answer = Result<JsValue, JsValue>;

pub(super) fn bad(what: &str) -> JsValue {
    thrown(DeviceError::BadInput(what.to_owned()))
}

/// The `Error` to throw, with the fields of [`ErrorShape`].
#[expect(clippy::needless_pass_by_value, reason = "an end of `map_err`")]
pub(super) fn thrown(error: DeviceError) -> JsValue {
    let shape: ErrorShape = error.shape();
    let thrown = Error::new(&shape.message);
    if let Ok(fields) = to_js(&shape) {
        Object::assign(&thrown, fields.unchecked_ref());
    }
    thrown.into()
}

pub(super) fn to_js<T: Serialize>(value: &T) -> Answer {
    let text = String::from_utf8(json::write(value)).map_err(|_| bad("an answer"))?;
    JSON::parse(&text)
}

pub(super) fn from_js<T: DeserializeOwned>(value: &JsValue, what: &str) -> Result<T, JsValue> {
    let text = JSON::stringify(value).ok().and_then(|it| it.as_string());
    // The parser's words quote what it found: they stay here.
    text.and_then(|text| json::read(text.as_bytes()))
        .ok_or_else(|| bad(what))
}

pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, JsValue> {
    text.parse().map_err(|_| bad("an id"))
}

pub(super) fn time(millis: f64) -> Result<Timestamp, JsValue> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked by the range just before"
    )]
    let whole = (millis.is_finite() && millis.abs() < 8.64e15).then_some(millis as i64);
    whole
        .and_then(|millis| Timestamp::from_millisecond(millis).ok())
        .ok_or_else(|| bad("a time"))
}

pub(super) fn set(object: &JsValue, field: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &JsValue::from_str(field), value).map(|_| ())
}

pub(super) fn handed(rows: &JsValue) -> Result<Vec<Handed>, JsValue> {
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

pub(super) fn effects(effects: &Effects) -> Answer {
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

pub(super) fn synced((done, syncing): &(Effects, Syncing)) -> Answer {
    let object = effects(done)?;
    set(&object, "syncing", &to_js(syncing)?)?;
    Ok(object)
}
