//! Reads CTranslate2's `model.bin`, version 6, of a Whisper model ("WhisperSpec").
//!
//! Layout, little-endian throughout: version `u32`; specification name; revision `u32`; count
//! `u32`; then per tensor: name, rank `u8`, sizes `u32` each, element type `u8`, length in bytes
//! `u32`, the bytes. Names are a `u16` length *including* the final NUL, then the text. Aliases
//! follow and aren't needed. (Read from the format's writer, `ctranslate2/specs/model_spec.py`.)
//!
//! Invariants: nothing is trusted; every read is bounds-checked against the bytes that are there,
//! so hostile input gives [`ModelError::Malformed`], never a panic or a large allocation.

use std::collections::BTreeMap;

use half::f16;

use super::ModelError;

const VERSION: u32 = 6;
const SPECIFICATION: &str = "WhisperSpec";

/// The tensors of a model file, borrowed from its bytes.
#[derive(Debug)]
pub struct Ct2<'a> {
    tensors: BTreeMap<&'a str, Tensor<'a>>,
}

/// One tensor.
#[derive(Debug, Clone)]
pub struct Tensor<'a> {
    /// Sizes, slowest-varying first.
    pub sizes: Vec<usize>,
    kind: Kind,
    data: &'a [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    F32,
    F16,
    /// Whole numbers: settings such as the number of heads, or weights quantised to integers.
    Integer {
        bytes: usize,
    },
}

impl<'a> Ct2<'a> {
    /// Reads the table of a `model.bin`.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut cursor = Cursor { rest: bytes };
        let version = cursor.u32()?;
        if version != VERSION {
            return Err(ModelError::malformed(format!(
                "CTranslate2 version {version}, not {VERSION}"
            )));
        }
        let specification = cursor.name()?;
        if specification != SPECIFICATION {
            return Err(ModelError::malformed(format!(
                "a CTranslate2 {specification:?}, not a {SPECIFICATION:?}"
            )));
        }
        cursor.u32()?;
        let count = cursor.u32()?;
        let mut tensors = BTreeMap::new();
        for _ in 0..count {
            let name = cursor.name()?;
            tensors.insert(name, cursor.tensor(name)?);
        }
        Ok(Self { tensors })
    }

    /// The tensor of this name.
    pub fn tensor(&self, name: &str) -> Result<&Tensor<'a>, ModelError> {
        self.tensors
            .get(name)
            .ok_or_else(|| ModelError::malformed(format!("{name} is missing")))
    }

    /// The number of `prefix0`, `prefix1` … for which `prefixN` + `suffix` is there.
    pub fn count_layers(&self, prefix: &str, suffix: &str) -> usize {
        (0..64)
            .take_while(|layer| {
                self.tensors
                    .contains_key(&*format!("{prefix}{layer}{suffix}"))
            })
            .count()
    }
}

impl Tensor<'_> {
    /// The elements as 32-bit floats, row after row.
    pub fn floats(&self) -> Result<Vec<f32>, ModelError> {
        match self.kind {
            Kind::F32 => Ok(self
                .data
                .as_chunks()
                .0
                .iter()
                .map(|&b| f32::from_le_bytes(b))
                .collect()),
            Kind::F16 => Ok(self
                .data
                .as_chunks()
                .0
                .iter()
                .map(|&b| f16::from_le_bytes(b).to_f32())
                .collect()),
            Kind::Integer { .. } => Err(ModelError::malformed(
                "the weights are already quantised: give a float16 or float32 model",
            )),
        }
    }

    /// A scalar whole number.
    pub fn integer(&self) -> Option<usize> {
        match (self.kind, self.data) {
            (Kind::Integer { bytes: 1 }, &[a]) => Some(usize::from(a)),
            (Kind::Integer { bytes: 2 }, &[a, b]) => Some(usize::from(u16::from_le_bytes([a, b]))),
            _ => None,
        }
    }
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| ModelError::malformed("the file ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.take(1)?[0])
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn size(&mut self) -> Result<usize, ModelError> {
        usize::try_from(self.u32()?).map_err(|_| ModelError::malformed("a size is too large"))
    }

    fn name(&mut self) -> Result<&'a str, ModelError> {
        let bytes = self.take(2)?;
        let length = usize::from(u16::from_le_bytes([bytes[0], bytes[1]]));
        match self.take(length)? {
            [text @ .., 0] => {
                std::str::from_utf8(text).map_err(|_| ModelError::malformed("a name is not text"))
            }
            _ => Err(ModelError::malformed("a name has no end")),
        }
    }

    fn tensor(&mut self, name: &str) -> Result<Tensor<'a>, ModelError> {
        let rank = self.u8()?;
        let sizes = (0..rank)
            .map(|_| self.size())
            .collect::<Result<Vec<_>, _>>()?;
        let (kind, width) = match self.u8()? {
            0 => (Kind::F32, 4),
            1 => (Kind::Integer { bytes: 1 }, 1),
            2 => (Kind::Integer { bytes: 2 }, 2),
            3 => (Kind::Integer { bytes: 4 }, 4),
            4 => (Kind::F16, 2),
            other => {
                return Err(ModelError::malformed(format!(
                    "{name} has element type {other}, which is not known"
                )));
            }
        };
        let length = self.size()?;
        let expected = sizes
            .iter()
            .try_fold(width, |product: usize, &size| product.checked_mul(size));
        if expected != Some(length) {
            return Err(ModelError::malformed(format!(
                "{name} has {length} bytes, which is not its shape"
            )));
        }
        let data = self.take(length)?;
        Ok(Tensor { sizes, kind, data })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A file with the given tensors: name, sizes, element type, bytes.
    pub(in crate::model) fn file(tensors: &[(&str, &[u32], u8, Vec<u8>)]) -> Vec<u8> {
        let mut out = VERSION.to_le_bytes().to_vec();
        push_name(&mut out, SPECIFICATION);
        out.extend(3_u32.to_le_bytes());
        out.extend(u32::try_from(tensors.len()).unwrap().to_le_bytes());
        for (name, sizes, kind, data) in tensors {
            push_name(&mut out, name);
            out.push(u8::try_from(sizes.len()).unwrap());
            out.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
            out.push(*kind);
            out.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
            out.extend(data);
        }
        out
    }

    fn push_name(out: &mut Vec<u8>, name: &str) {
        out.extend(u16::try_from(name.len() + 1).unwrap().to_le_bytes());
        out.extend(name.as_bytes());
        out.push(0);
    }

    fn small() -> Vec<u8> {
        file(&[
            ("a", &[2], 4, vec![0, 0x3C, 0, 0xC0]),
            ("b", &[], 2, vec![6, 0]),
            ("c", &[1], 0, 1.5_f32.to_le_bytes().to_vec()),
        ])
    }

    #[test]
    fn tensors_are_read_by_name() {
        let bytes = small();
        let model = Ct2::parse(&bytes).unwrap();
        assert_eq!(model.tensor("a").unwrap().floats().unwrap(), [1.0, -2.0]);
        assert_eq!(model.tensor("b").unwrap().integer(), Some(6));
        assert_eq!(model.tensor("c").unwrap().floats().unwrap(), [1.5]);
        assert!(model.tensor("b").unwrap().floats().is_err());
        assert!(model.tensor("d").is_err());
    }

    #[test]
    fn every_shorter_file_is_refused() {
        let bytes = small();
        for length in 0..bytes.len() {
            assert!(Ct2::parse(&bytes[..length]).is_err(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Ct2::parse(&noise);
        }

        #[test]
        fn flipped_bytes_never_panic(at in 0_usize..60, value in any::<u8>()) {
            let mut bytes = small();
            let at = at % bytes.len();
            bytes[at] = value;
            if let Ok(model) = Ct2::parse(&bytes) {
                let _ = model.tensor("a").map(Tensor::floats);
            }
        }
    }
}
