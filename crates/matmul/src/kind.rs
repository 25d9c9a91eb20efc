//! How ggml stores numbers: types by number, blocks byte by byte, and plain unpacking to floats.
//!
//! Blocks hold 32 numbers that share a scale (and, in the "_1" types, an offset); scales and offsets
//! are half-precision. It is the file format of published models, which can't change. Source: ggml's
//! `ggml-common.h` and `ggml-quants.c`.

/// Numbers in a block of a quantised type.
pub const BLOCK: usize = 32;

/// A type of number that is multiplied here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Single precision.
    F32,
    /// Half precision.
    F16,
    /// scale × (level − 8), level 0 to 15.
    Q4_0,
    /// scale × level + offset, level 0 to 15.
    Q4_1,
    /// scale × (level − 16), level 0 to 31.
    Q5_0,
    /// scale × level + offset, level 0 to 31.
    Q5_1,
    /// scale × level, level −128 to 127.
    Q8_0,
}

impl Kind {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::F32,
        Self::F16,
        Self::Q4_0,
        Self::Q4_1,
        Self::Q5_0,
        Self::Q5_1,
        Self::Q8_0,
    ];

    /// ggml's type of this number, if it is one of ours.
    pub fn of(number: i32) -> Option<Self> {
        match number {
            0 => Some(Self::F32),
            1 => Some(Self::F16),
            2 => Some(Self::Q4_0),
            3 => Some(Self::Q4_1),
            6 => Some(Self::Q5_0),
            7 => Some(Self::Q5_1),
            8 => Some(Self::Q8_0),
            _ => None,
        }
    }

    /// Whether numbers come in blocks with a scale.
    pub fn is_quantised(self) -> bool {
        !matches!(self, Self::F32 | Self::F16)
    }

    /// Numbers that are stored together.
    pub fn block(self) -> usize {
        if self.is_quantised() { BLOCK } else { 1 }
    }

    /// Bytes that they take.
    pub fn block_bytes(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 => 2,
            Self::Q4_0 => 18,
            Self::Q4_1 => 20,
            Self::Q5_0 => 22,
            Self::Q5_1 => 24,
            Self::Q8_0 => 34,
        }
    }

    /// Unpacks `out.len()` numbers (whole blocks) from `bytes`.
    #[inline(always)]
    pub(crate) fn unpack(self, bytes: &[u8], out: &mut [f32]) {
        match self {
            Self::F32 => {
                for (to, from) in out.iter_mut().zip(bytes.as_chunks().0) {
                    *to = f32::from_le_bytes(*from);
                }
            }
            Self::F16 => {
                for (to, from) in out.iter_mut().zip(bytes.as_chunks().0) {
                    *to = half_to_float(u16::from_le_bytes(*from));
                }
            }
            _ => {
                let blocks = bytes.chunks_exact(self.block_bytes());
                for (to, from) in out.as_chunks_mut::<BLOCK>().0.iter_mut().zip(blocks) {
                    let block = Block::unpack(self, from);
                    for (to, level) in to.iter_mut().zip(block.levels) {
                        *to = f32::from(level) * block.scale + block.offset;
                    }
                }
            }
        }
    }
}

/// One block: number = level × scale + offset, for every quantised type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    pub(crate) levels: [u8; BLOCK],
    pub(crate) scale: f32,
    pub(crate) offset: f32,
}

impl Block {
    /// Thirty-two zeros.
    pub(crate) const ZERO: Self = Self {
        levels: [0; BLOCK],
        scale: 0.0,
        offset: 0.0,
    };

    /// Reads a block of a quantised type; `bytes` are exactly its own.
    #[inline(always)]
    pub(crate) fn unpack(kind: Kind, bytes: &[u8]) -> Self {
        let scale = half_at(bytes, 0);
        let (levels, offset) = match kind {
            Kind::Q4_0 => (nibbles(&bytes[2..]), -8.0 * scale),
            Kind::Q4_1 => (nibbles(&bytes[4..]), half_at(bytes, 2)),
            Kind::Q5_0 => (with_fifth(&bytes[6..], &bytes[2..6]), -16.0 * scale),
            Kind::Q5_1 => (with_fifth(&bytes[8..], &bytes[4..8]), half_at(bytes, 2)),
            Kind::Q8_0 => (shifted(&bytes[2..]), -128.0 * scale),
            Kind::F32 | Kind::F16 => ([0; BLOCK], 0.0),
        };
        Self {
            levels,
            scale,
            offset,
        }
    }
}

#[inline(always)]
fn half_at(bytes: &[u8], at: usize) -> f32 {
    half_to_float(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}

/// The low four bits of each byte are numbers 0 to 15, the high ones 16 to 31.
#[inline(always)]
fn nibbles(bytes: &[u8]) -> [u8; BLOCK] {
    let mut levels = [0; BLOCK];
    for at in 0..BLOCK / 2 {
        levels[at] = bytes[at] & 0x0F;
        levels[at + BLOCK / 2] = bytes[at] >> 4;
    }
    levels
}

/// Bit i of `fifth` is the top bit of number i.
#[inline(always)]
fn with_fifth(bytes: &[u8], fifth: &[u8]) -> [u8; BLOCK] {
    let mut levels = nibbles(bytes);
    for (at, level) in levels.iter_mut().enumerate() {
        *level |= ((fifth[at / 8] >> (at % 8)) & 1) << 4;
    }
    levels
}

/// −128..127 as 0..255.
#[inline(always)]
fn shifted(bytes: &[u8]) -> [u8; BLOCK] {
    let mut levels = [0; BLOCK];
    for at in 0..BLOCK {
        levels[at] = bytes[at] ^ 0x80;
    }
    levels
}

/// A half-precision number, exactly: normal, denormal, zero, infinite or not a number.
///
/// Exponent and fraction are moved to their place in the wider format, where they stand for a number
/// that is too small by the difference of the exponents' offsets (127 − 15 = 112); a multiplication
/// mends that, and brings denormals right on the way.
#[inline(always)]
pub(crate) fn half_to_float(half: u16) -> f32 {
    let sign = (u32::from(half) & 0x8000) << 16;
    let rest = (u32::from(half) & 0x7FFF) << 13;
    let number = f32::from_bits(rest) * f32::from_bits(0x7780_0000);
    let endless = if rest >= 0x7C00 << 13 { 0x7F80_0000 } else { 0 };
    f32::from_bits(number.to_bits() | endless | sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_is_read_exactly() {
        for bits in 0..=u16::MAX {
            let (ours, theirs) = (half_to_float(bits), half::f16::from_bits(bits).to_f32());
            assert!(
                ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan()),
                "{bits:#x}: {ours} {theirs}"
            );
        }
    }

    #[test]
    fn blocks_read_as_their_types_say() {
        // Scale 2, offset 1 where there is one; number 0 has level 3, number 16 level 5 and its fifth bit.
        let half = |value: f32| half::f16::from_f32(value).to_le_bytes().to_vec();
        let fifth = (1_u32 << 16).to_le_bytes().to_vec();
        let mut packed = vec![0_u8; 16];
        packed[0] = 0x53;
        let mut bytes = vec![0_u8; 32];
        (bytes[0], bytes[16]) = (3, 0xFB);
        for (kind, parts, expected) in [
            (Kind::Q4_0, vec![half(2.0), packed.clone()], (-10.0, -6.0)),
            (
                Kind::Q4_1,
                vec![half(2.0), half(1.0), packed.clone()],
                (7.0, 11.0),
            ),
            (
                Kind::Q5_0,
                vec![half(2.0), fifth.clone(), packed.clone()],
                (-26.0, 10.0),
            ),
            (
                Kind::Q5_1,
                vec![half(2.0), half(1.0), fifth, packed],
                (7.0, 43.0),
            ),
            (Kind::Q8_0, vec![half(2.0), bytes], (6.0, -10.0)),
        ] {
            let block = parts.concat();
            assert_eq!(block.len(), kind.block_bytes());
            let mut out = [0.0; BLOCK];
            kind.unpack(&block, &mut out);
            assert_eq!((out[0], out[16]), expected, "{kind:?}");
        }
    }
}
