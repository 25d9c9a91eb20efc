//! From a neutral value tree to a typed value: the one way in which records are read, in documents, in
//! pages and in the phone's rows.
//!
//! As `serde_json::from_value`, with the same words in its errors, but for one thing: a struct is a map
//! and never a list of its fields in order. That is stricter, and leaves half of the readers out of the
//! phone's core.

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, IntoDeserializer, MapAccess,
        SeqAccess, Unexpected, VariantAccess, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

/// Reads a typed value out of a tree.
///
/// # Errors
/// Says which field is missing, unknown or of the wrong type.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(Tree(value))
}

/// Reads a typed value out of JSON text.
///
/// # Errors
/// When it is no JSON; else as [`from_value`].
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    from_value(serde_json::from_slice(bytes)?)
}

/// A value on its way into a type.
struct Tree(Value);

impl IntoDeserializer<'_, Error> for Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn items<'de>(items: Vec<Value>) -> impl SeqAccess<'de, Error = Error> {
    SeqDeserializer::new(items.into_iter().map(Tree))
}

fn fields<'de>(fields: serde_json::Map<String, Value>) -> impl MapAccess<'de, Error = Error> {
    MapDeserializer::new(fields.into_iter().map(|(key, value)| (key, Tree(value))))
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(list) => visitor.visit_seq(items(list)),
            Value::Object(map) => visitor.visit_map(fields(map)),
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(map) => visitor.visit_map(fields(map)),
            other => Err(Error::invalid_type(unexpected(&other), &visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(list) => visitor.visit_seq(items(list)),
            other => Err(Error::invalid_type(unexpected(&other), &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        match &self.0 {
            Value::Array(list) if list.len() != len => {
                Err(Error::invalid_length(list.len(), &visitor))
            }
            _ => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (variant, value) = match self.0 {
            Value::String(variant) => (variant, None),
            Value::Object(map) if map.len() == 1 => match map.into_iter().next() {
                Some((variant, value)) => (variant, Some(value)),
                None => return Err(Error::custom("expected one key")),
            },
            Value::Object(_) => {
                let found = Unexpected::Map;
                return Err(Error::invalid_value(found, &"map with a single key"));
            }
            other => {
                return Err(Error::invalid_type(unexpected(&other), &"string or map"));
            }
        };
        visitor.visit_enum(Variant { variant, value })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct identifier ignored_any
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
    type Error = Error;
    type Variant = Held;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Held), Error> {
        let variant = seed.deserialize(Tree(Value::String(self.variant)))?;
        Ok((variant, Held(self.value)))
    }
}

/// What a variant holds.
struct Held(Option<Value>);

impl<'de> VariantAccess<'de> for Held {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.0 {
            None => Ok(()),
            Some(value) => Err(Error::invalid_type(unexpected(&value), &"unit variant")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        match self.0 {
            Some(value) => seed.deserialize(Tree(value)),
            None => Err(Error::invalid_type(
                Unexpected::UnitVariant,
                &"newtype variant",
            )),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Some(value) => Tree(value).deserialize_tuple(len, visitor),
            None => Err(Error::invalid_type(
                Unexpected::UnitVariant,
                &"tuple variant",
            )),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Some(value) => Tree(value).deserialize_map(visitor),
            None => Err(Error::invalid_type(
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
    fn it_reads_what_serde_json_reads_with_the_same_words() {
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
            assert_eq!(
                ours.map_err(|e| e.to_string()),
                theirs.map_err(|e| e.to_string()),
                "{value}"
            );
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
    fn a_struct_is_no_list() {
        let list = json!(["2026-10-12", "exact"]);
        assert!(serde_json::from_value::<RoughDate>(list.clone()).is_ok());
        assert!(from_value::<RoughDate>(list).is_err());
    }
}
