//! JSON text from a value.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value as compact JSON. Nothing that the record or the phone holds is anything that JSON
/// can't: were it so, the text is empty, which is no JSON and read as damaged.
///
/// By way of the value tree, as everything is read: a second way would be a second copy in the phone's
/// core.
pub fn to_vec<T: Serialize>(value: &T) -> Vec<u8> {
    let Ok(tree) = serde_json::to_value(value) else {
        return vec![];
    };
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, Compact);
    match tree.serialize(&mut serializer) {
        Ok(()) => text,
        Err(_) => vec![],
    }
}

/// Compact, with fractions by the standard library, which the core has anyway: those of `serde_json`
/// bring tables of ten kilobytes that can't be compressed.
struct Compact;

impl Formatter for Compact {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        let text = value.to_string();
        writer.write_all(text.as_bytes())?;
        // A fraction stays one when it is read again.
        if text.contains('.') {
            Ok(())
        } else {
            writer.write_all(b".0")
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let value = json!({
            "text": "quote \" and \\ and \u{1}", "none": null, "list": [1, -2, true],
            "numbers": [0.5, 6.0, -0.0, 1e21, 1.5e-9, 0.1, 0.300_000_000_000_000_04, u64::MAX, i64::MIN],
        });
        let text = to_vec(&value);
        assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), value);
        assert_eq!(to_vec(&json!([6.0, 0.5, 1])), b"[6.0,0.5,1]");
    }

    #[test]
    fn without_fractions_it_is_serde_jsons_text() {
        let value = json!({"a": [1, "\u{e9}", {"b": null}], "c": {}});
        assert_eq!(to_vec(&value), serde_json::to_vec(&value).unwrap());
    }
}
