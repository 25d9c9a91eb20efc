//! Between typed values and JSON, by way of a neutral value tree: the one way in which records are read
//! and written, in documents, in pages and in the phone's rows.
//!
//! As `serde_json::from_value`, but for two things. A struct is a map and never a list of its fields in
//! order: that is stricter, and leaves half of the readers out of the phone's core. And what does not
//! fit is a [`Misfit`], which says what was wrong and never what was found: what was found may be
//! narrative, and the words of all the readers below (the date library's above all) stay out of the core.

mod misfit;
mod write;

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, IntoDeserializer, MapAccess,
        SeqAccess, Unexpected, VariantAccess, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Number, Value};

pub use misfit::Misfit;
pub use write::to_vec;

/// Reads a typed value out of a tree.
///
/// # Errors
/// Says which field is missing, unknown or of the wrong type.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Misfit> {
    T::deserialize(Tree(value))
}

/// Reads a typed value out of JSON text.
///
/// # Errors
/// When it is no JSON; else as [`from_value`].
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Misfit> {
    from_value(serde_json::from_slice(bytes).map_err(|_| Misfit::NoJson)?)
}

/// A value on its way into a type.
struct Tree(Value);

impl IntoDeserializer<'_, Misfit> for Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn items<'de>(items: Vec<Value>) -> impl SeqAccess<'de, Error = Misfit> {
    SeqDeserializer::new(items.into_iter().map(Tree))
}

fn fields<'de>(fields: serde_json::Map<String, Value>) -> impl MapAccess<'de, Error = Misfit> {
    MapDeserializer::new(fields.into_iter().map(|(key, value)| (key, Tree(value))))
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(number) => visit_number(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(list) => visitor.visit_seq(items(list)),
            Value::Object(map) => visitor.visit_map(fields(map)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Object(map) => visitor.visit_map(fields(map)),
            other => Err(Misfit::invalid_type(unexpected(&other), &visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Array(list) => visitor.visit_seq(items(list)),
            other => Err(Misfit::invalid_type(unexpected(&other), &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match &self.0 {
            Value::Array(list) if list.len() != len => {
                Err(Misfit::invalid_length(list.len(), &visitor))
            }
            _ => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let (variant, value) = match self.0 {
            Value::String(variant) => (variant, None),
            Value::Object(map) if map.len() == 1 => match map.into_iter().next() {
                Some((variant, value)) => (variant, Some(value)),
                None => return Err(Misfit::custom("expected one key")),
            },
            Value::Object(_) => {
                let found = Unexpected::Map;
                return Err(Misfit::invalid_value(found, &"map with a single key"));
            }
            other => {
                return Err(Misfit::invalid_type(unexpected(&other), &"string or map"));
            }
        };
        visitor.visit_enum(Variant { variant, value })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Misfit> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(it), _, _) => visitor.visit_u64(it),
        (_, Some(it), _) => visitor.visit_i64(it),
        (_, _, it) => visitor.visit_f64(it.unwrap_or_default()),
    }
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(it) => Unexpected::Bool(*it),
        Value::Number(it) => match (it.as_u64(), it.as_i64(), it.as_f64()) {
            (Some(it), _, _) => Unexpected::Unsigned(it),
            (_, Some(it), _) => Unexpected::Signed(it),
            (_, _, it) => Unexpected::Float(it.unwrap_or_default()),
        },
        Value::String(it) => Unexpected::Str(it),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

/// One variant of an enumeration, with what it holds.
struct Variant {
    variant: String,
    value: Option<Value>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Held;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Held), Misfit> {
        let variant = seed.deserialize(Tree(Value::String(self.variant)))?;
        Ok((variant, Held(self.value)))
    }
}

/// What a variant holds.
struct Held(Option<Value>);

impl<'de> VariantAccess<'de> for Held {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        match self.0 {
            None => Ok(()),
            Some(value) => Err(Misfit::invalid_type(unexpected(&value), &"unit variant")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Misfit> {
        match self.0 {
            Some(value) => seed.deserialize(Tree(value)),
            None => Err(Misfit::invalid_type(
                Unexpected::UnitVariant,
                &"newtype variant",
            )),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Some(value) => Tree(value).deserialize_tuple(len, visitor),
            None => Err(Misfit::invalid_type(
                Unexpected::UnitVariant,
                &"tuple variant",
            )),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Some(value) => Tree(value).deserialize_map(visitor),
            None => Err(Misfit::invalid_type(
                Unexpected::UnitVariant,
                &"struct variant",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Party, Provenance, RoughDate};

    #[test]
    fn it_reads_what_serde_json_reads() {
        for value in [
            json!({"date": "2026-10-12", "precision": "exact"}),
            json!({"date": "2026-10-12", "precision": "sometimes"}),
            json!({"date": "2026-10-12"}),
            json!({"date": 7, "precision": "exact"}),
            json!({"date": "2026-10-12", "precision": "exact", "more": 1}),
            json!("2026-10-12"),
            json!(null),
        ] {
            let (ours, theirs) = (
                from_value::<RoughDate>(value.clone()),
                serde_json::from_value::<RoughDate>(value.clone()),
            );
            assert_eq!(ours.ok(), theirs.ok(), "{value}");
        }
        for value in [
            json!({"named": "Nan Pat"}),
            json!({"named": 3}),
            json!({"nobody": "x"}),
            json!("named"),
            json!({}),
        ] {
            let (ours, theirs) = (
                from_value::<Party>(value.clone()),
                serde_json::from_value::<Party>(value.clone()),
            );
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{value}");
        }
        let typed: Provenance = from_value(json!({"how": "typed"})).unwrap();
        assert_eq!(typed, Provenance::Typed);
    }

    #[test]
    fn what_is_wrong_is_told_and_never_what_was_found() {
        let read = |value| from_value::<RoughDate>(value).unwrap_err();
        let told = [
            (
                json!({"date": "Nan Pat", "precision": "exact"}),
                "a value is not one that its field allows",
            ),
            (json!({"date": "2026-10-12"}), "missing field `precision`"),
            (
                json!({"date": 7, "precision": "exact"}),
                "a value has the wrong type, expected a date string",
            ),
            (
                json!({"date": "2026-10-12", "precision": "exact", "Nan Pat": 1}),
                "unknown field: there are date, precision",
            ),
            (
                json!(null),
                "a value has the wrong type, expected struct RoughDate",
            ),
        ];
        for (value, words) in told {
            assert_eq!(read(value).to_string(), words);
        }
        assert_eq!(from_slice::<RoughDate>(b"Nan Pat"), Err(Misfit::NoJson));
    }

    #[test]
    fn a_struct_is_no_list() {
        let list = json!(["2026-10-12", "exact"]);
        assert!(serde_json::from_value::<RoughDate>(list.clone()).is_ok());
        assert!(from_value::<RoughDate>(list).is_err());
    }
}
