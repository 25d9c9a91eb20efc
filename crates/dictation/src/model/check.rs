//! Whether bytes are a whole whisper.cpp model: header, filter bank, tokens, and every tensor of
//! the right shape, to the last byte.
//!
//! whisper.cpp reads without looking at the end of the file and asserts on nonsense, so this looks
//! first. Any quantised type of whisper.cpp's own downloads passes, in any order of tensors.

use std::collections::HashMap;

use super::ModelError;
use super::ggml::{MAGIC, TYPE_F16, TYPE_F32};
use super::layout::{Numbers, Storage, TensorSpec, tensors};
use super::mel::BINS;

/// Storage types of the header: type of the file, type of its matrices, block, bytes of a block.
const FILE_TYPES: [(u32, u32, usize, usize); 7] = [
    (0, TYPE_F32, 1, 4),
    (1, TYPE_F16, 1, 2),
    (2, 2, 32, 18),
    (3, 3, 32, 20),
    (7, 8, 32, 34),
    (8, 6, 32, 22),
    (9, 7, 32, 24),
];

/// The longest token in any Whisper vocabulary is 66 bytes.
const MAX_TOKEN_BYTES: usize = 256;

/// Checks the whole file.
pub fn check(bytes: &[u8]) -> Result<Numbers, ModelError> {
    let mut cursor = Cursor { rest: bytes };
    if cursor.number()? != MAGIC as usize {
        return Err(ModelError::malformed("it does not begin like a ggml file"));
    }
    let mut list = [0; 10];
    for number in &mut list {
        *number = cursor.number()?;
    }
    let numbers = Numbers::from_list(list);
    if !numbers.is_plausible() {
        return Err(ModelError::malformed(
            "its header is not that of a Whisper model",
        ));
    }
    let file_type = cursor.number()? % 1000;
    let matrix = FILE_TYPES
        .iter()
        .find(|known| known.0 as usize == file_type)
        .ok_or_else(|| {
            ModelError::malformed(format!("its storage type {file_type} is not known"))
        })?;

    if cursor.number()? != numbers.mels || cursor.number()? != BINS {
        return Err(ModelError::malformed("its filter bank has the wrong size"));
    }
    cursor.take(numbers.mels * BINS * 4)?;

    let tokens = cursor.number()?;
    if tokens > numbers.vocabulary {
        return Err(ModelError::malformed(
            "it lists more tokens than its vocabulary has",
        ));
    }
    for _ in 0..tokens {
        let length = cursor.number()?;
        if length > MAX_TOKEN_BYTES {
            return Err(ModelError::malformed("a token is too long"));
        }
        cursor.take(length)?;
    }

    let mut missing: HashMap<String, TensorSpec> = tensors(&numbers)
        .into_iter()
        .map(|spec| (spec.name.clone(), spec))
        .collect();
    while !cursor.rest.is_empty() {
        tensor(&mut cursor, &mut missing, matrix)?;
    }
    match missing.keys().min() {
        Some(name) => Err(ModelError::malformed(format!("{name} is missing"))),
        None => Ok(numbers),
    }
}

fn tensor(
    cursor: &mut Cursor<'_>,
    missing: &mut HashMap<String, TensorSpec>,
    matrix: &(u32, u32, usize, usize),
) -> Result<(), ModelError> {
    let (rank, length, kind) = (cursor.number()?, cursor.number()?, cursor.number()?);
    if !(1..=3).contains(&rank) || length > 64 {
        return Err(ModelError::malformed("a tensor's header is damaged"));
    }
    let sizes = (0..rank)
        .map(|_| cursor.number())
        .collect::<Result<Vec<_>, _>>()?;
    let name = String::from_utf8_lossy(cursor.take(length)?).into_owned();
    let spec = missing
        .remove(&name)
        .ok_or_else(|| ModelError::malformed(format!("{name:?} doesn't belong, or comes twice")))?;
    // A 32-bit model stores its convolutions in 32 bits too.
    let half = if matrix.1 == TYPE_F32 {
        TYPE_F32
    } else {
        TYPE_F16
    };
    let (expected_kind, block, block_bytes) = match spec.storage {
        Storage::Full => (TYPE_F32, 1, 4),
        Storage::Half if half == TYPE_F32 => (TYPE_F32, 1, 4),
        Storage::Half => (TYPE_F16, 1, 2),
        Storage::Quantised => (matrix.1, matrix.2, matrix.3),
    };
    if sizes != spec.sizes || kind != expected_kind as usize {
        return Err(ModelError::malformed(format!(
            "{name} has the wrong shape or type"
        )));
    }
    cursor.take(spec.elements() / block * block_bytes)?;
    Ok(())
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

    fn number(&mut self) -> Result<usize, ModelError> {
        let bytes = self.take(4)?;
        let number = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        usize::try_from(number).map_err(|_| ModelError::malformed("a number is too large"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ggml;
    use proptest::prelude::*;

    /// The smallest numbers that pass: the width of tiny, but one layer fewer than any real model
    /// isn't plausible, so this is tiny itself with constant weights.
    fn tiny() -> Vec<u8> {
        let numbers = Numbers::from_list([51_864, 1500, 384, 6, 4, 448, 384, 6, 4, 80]);
        ggml::write(&numbers, &[b"!".to_vec()], &mut |spec| {
            Ok(vec![0.5; spec.elements()])
        })
        .unwrap()
    }

    #[test]
    fn what_we_write_passes_and_nothing_shorter_longer_or_other_does() {
        let bytes = tiny();
        check(&bytes).unwrap();
        assert_eq!(bytes, tiny(), "the same input gives the same bytes");
        for length in [0, 3, 4, 47, 60, 70_000, bytes.len() / 2, bytes.len() - 1] {
            assert!(check(&bytes[..length]).is_err(), "{length}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(check(&longer).is_err());
        for at in [0, 4, 20, 44, 48, 64_380] {
            let mut other = bytes.clone();
            other[at] ^= 0x40;
            assert!(check(&other).is_err(), "{at}");
        }
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = check(&noise);
        }
    }
}
