//! Writes whisper.cpp's ggml model file.
//!
//! Layout, little-endian: magic; the ten numbers of the header and the storage type; the mel filter
//! bank; the text tokens with their lengths; then the tensors of [`layout`](super::layout), each
//! with rank, length of name, type, sizes, name and data. The same input gives the same bytes.

use super::ModelError;
use super::layout::{Numbers, Storage, TensorSpec, tensors};
use super::mel;
use super::quantise;

/// "ggml" as the number that whisper.cpp compares with.
pub const MAGIC: u32 = 0x6767_6D6C;

/// The header's storage type for q5_1: quantisation version 2 in the thousands, type 9 below.
pub const FILE_TYPE_Q5_1: u32 = 2009;

/// Element types of tensors.
pub const TYPE_F32: u32 = 0;
/// 16-bit floats.
pub const TYPE_F16: u32 = 1;
/// Quantised, 5 bits and a minimum.
pub const TYPE_Q5_1: u32 = 7;

/// Writes a q5_1 model.
///
/// `tokens` are the text tokens in order of id; `weights` gives the elements of a tensor.
pub fn write(
    numbers: &Numbers,
    tokens: &[Vec<u8>],
    weights: &mut dyn FnMut(&TensorSpec) -> Result<Vec<f32>, ModelError>,
) -> Result<Vec<u8>, ModelError> {
    let mut out = Vec::new();
    put(&mut out, MAGIC);
    for number in numbers.as_list() {
        put_size(&mut out, number)?;
    }
    put(&mut out, FILE_TYPE_Q5_1);

    put_size(&mut out, numbers.mels)?;
    put_size(&mut out, mel::BINS)?;
    quantise::f32s(&mel::filters(numbers.mels), &mut out);

    put_size(&mut out, tokens.len())?;
    for token in tokens {
        put_size(&mut out, token.len())?;
        out.extend(token);
    }
    for spec in tensors(numbers) {
        let values = weights(&spec)?;
        if values.len() != spec.elements() {
            return Err(ModelError::malformed(format!(
                "{} has {} weights, not {}",
                spec.name,
                values.len(),
                spec.elements()
            )));
        }
        tensor(&mut out, &spec, &values)?;
    }
    Ok(out)
}

fn tensor(out: &mut Vec<u8>, spec: &TensorSpec, values: &[f32]) -> Result<(), ModelError> {
    put_size(out, spec.sizes.len())?;
    put_size(out, spec.name.len())?;
    put(
        out,
        match spec.storage {
            Storage::Full => TYPE_F32,
            Storage::Half => TYPE_F16,
            Storage::Quantised => TYPE_Q5_1,
        },
    );
    for &size in &spec.sizes {
        put_size(out, size)?;
    }
    out.extend(spec.name.as_bytes());
    match spec.storage {
        Storage::Full => quantise::f32s(values, out),
        Storage::Half => quantise::f16s(values, out),
        Storage::Quantised => quantise::q5_1(values, out),
    }
    Ok(())
}

fn put(out: &mut Vec<u8>, number: u32) {
    out.extend(number.to_le_bytes());
}

fn put_size(out: &mut Vec<u8>, size: usize) -> Result<(), ModelError> {
    let size = u32::try_from(size).map_err(|_| ModelError::malformed("a size is too large"))?;
    put(out, size);
    Ok(())
}
