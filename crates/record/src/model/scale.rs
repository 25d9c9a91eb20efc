//! A reading on a scale from 0 to 10.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A value on a 0 to 10 scale, in tenths: people do say "five and a half".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ScaleValue(#[cfg_attr(feature = "ts", ts(type = "number"))] u8);

/// A number that is not on the scale.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("a scale reading is a number from 0 to 10 with at most one decimal")]
pub struct BadScaleValue;

impl ScaleValue {
    /// From tenths, 0 to 100.
    pub fn from_tenths(tenths: u8) -> Result<Self, BadScaleValue> {
        if tenths <= 100 {
            Ok(Self(tenths))
        } else {
            Err(BadScaleValue)
        }
    }

    /// In tenths, 0 to 100.
    pub fn tenths(self) -> u8 {
        self.0
    }
}

impl TryFrom<f64> for ScaleValue {
    type Error = BadScaleValue;

    fn try_from(value: f64) -> Result<Self, BadScaleValue> {
        // 0 to 10 in tenths is 101 values: looking for the nearest is exact and can't overflow.
        (0..=100u8)
            .find(|tenths| (f64::from(*tenths) / 10.0 - value).abs() < 1e-9)
            .map(Self)
            .ok_or(BadScaleValue)
    }
}

impl std::fmt::Display for ScaleValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}

impl Serialize for ScaleValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(10) {
            serializer.serialize_u8(self.0 / 10)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 10.0)
        }
    }
}

impl<'de> Deserialize<'de> for ScaleValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(f64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_and_half_values_round_trip() {
        for text in ["0", "5", "5.5", "10"] {
            let value: ScaleValue = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
            assert_eq!(value.to_string(), text);
        }
    }

    #[test]
    fn what_is_off_the_scale_is_refused() {
        for text in ["11", "-1", "5.55", "1e300", "\"5\""] {
            assert!(serde_json::from_str::<ScaleValue>(text).is_err(), "{text}");
        }
    }
}
