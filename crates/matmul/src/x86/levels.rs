//! Blocks of weights to levels in a register (AVX2): each type's packing undone with a few instructions.

use std::arch::x86_64::{
    __m128i, __m256i, _mm_and_si128, _mm_cvtph_ps, _mm_cvtsi32_si128, _mm_cvtss_f32,
    _mm_loadu_si128, _mm_movehdup_ps, _mm_set1_epi8, _mm_srli_epi16, _mm256_and_si256,
    _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_or_si256, _mm256_set_epi64x, _mm256_set_m128i,
    _mm256_set1_epi8, _mm256_set1_epi32, _mm256_set1_epi64x, _mm256_shuffle_epi8,
    _mm256_storeu_si256, _mm256_xor_si256,
};

use crate::kind::{BLOCK, Block, Kind};

/// A quantised type, as a parameter of functions that are compiled for each.
pub(super) const Q4_0: u8 = Kind::Q4_0 as u8;
pub(super) const Q4_1: u8 = Kind::Q4_1 as u8;
pub(super) const Q5_0: u8 = Kind::Q5_0 as u8;
pub(super) const Q5_1: u8 = Kind::Q5_1 as u8;
pub(super) const Q8_0: u8 = Kind::Q8_0 as u8;

/// Reads a block of whatever quantised type.
///
/// # Safety
///
/// `bytes` are a block of that type; the processor has AVX2 and F16C.
#[inline]
#[target_feature(enable = "avx2,f16c")]
pub(super) unsafe fn unpack(kind: Kind, bytes: &[u8]) -> Block {
    // SAFETY: the caller's promise.
    unsafe {
        match kind {
            Kind::Q4_0 => block::<Q4_0>(bytes),
            Kind::Q4_1 => block::<Q4_1>(bytes),
            Kind::Q5_0 => block::<Q5_0>(bytes),
            Kind::Q5_1 => block::<Q5_1>(bytes),
            _ => block::<Q8_0>(bytes),
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,f16c")]
unsafe fn block<const KIND: u8>(bytes: &[u8]) -> Block {
    let mut levels = [0; BLOCK];
    // SAFETY: a block is that long; so are the levels.
    let (scale, offset) = unsafe {
        _mm256_storeu_si256(
            levels.as_mut_ptr().cast(),
            self::levels::<KIND>(bytes.as_ptr()),
        );
        scales::<KIND>(bytes.as_ptr())
    };
    Block {
        levels,
        scale,
        offset,
    }
}

/// Scale and offset of the block at `from`.
#[inline]
#[target_feature(enable = "avx2,f16c")]
pub(super) unsafe fn scales<const KIND: u8>(from: *const u8) -> (f32, f32) {
    // Both halves at once: a load of 32 bits doesn't wait for what was in the register before, as one of
    // 16 bits does. Every block is longer than that.
    // SAFETY: the caller's promise.
    let bits = unsafe { from.cast::<i32>().read_unaligned() };
    let both = _mm_cvtph_ps(_mm_cvtsi32_si128(bits));
    let scale = _mm_cvtss_f32(both);
    let offset = match KIND {
        Q4_0 => -8.0 * scale,
        Q5_0 => -16.0 * scale,
        Q8_0 => -128.0 * scale,
        _ => _mm_cvtss_f32(_mm_movehdup_ps(both)),
    };
    (scale, offset)
}

/// The 32 levels of the block at `from`.
#[inline]
#[target_feature(enable = "avx2,f16c")]
pub(super) unsafe fn levels<const KIND: u8>(from: *const u8) -> __m256i {
    // SAFETY: a block of this type is that long.
    unsafe {
        match KIND {
            Q4_0 => nibbles(from.add(2)),
            Q4_1 => nibbles(from.add(4)),
            Q5_0 => _mm256_or_si256(nibbles(from.add(6)), fifth_bits(from.add(2))),
            Q5_1 => _mm256_or_si256(nibbles(from.add(8)), fifth_bits(from.add(4))),
            _ => _mm256_xor_si256(
                _mm256_loadu_si256(from.add(2).cast()),
                _mm256_set1_epi8(i8::MIN),
            ),
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,f16c")]
unsafe fn nibbles(from: *const u8) -> __m256i {
    // SAFETY: the caller's promise.
    let packed: __m128i = unsafe { _mm_loadu_si128(from.cast()) };
    let low = _mm_and_si128(packed, _mm_set1_epi8(0x0F));
    let high = _mm_and_si128(_mm_srli_epi16::<4>(packed), _mm_set1_epi8(0x0F));
    _mm256_set_m128i(high, low)
}

/// Bit i of the 32 bits at `from` as 0x10 in byte i.
#[inline]
#[target_feature(enable = "avx2,f16c")]
unsafe fn fifth_bits(from: *const u8) -> __m256i {
    // SAFETY: the caller's promise.
    let bits = unsafe { from.cast::<i32>().read_unaligned() };
    // Each byte of the mask eight times, then in each of the eight its own bit.
    let eight_times = _mm256_set_epi64x(
        0x0303_0303_0303_0303,
        0x0202_0202_0202_0202,
        0x0101_0101_0101_0101,
        0,
    );
    let place = _mm256_set1_epi64x(i64::from_le_bytes([1, 2, 4, 8, 16, 32, 64, 128]));
    let spread = _mm256_shuffle_epi8(_mm256_set1_epi32(bits), eight_times);
    let is_set = _mm256_cmpeq_epi8(_mm256_and_si256(spread, place), place);
    _mm256_and_si256(is_set, _mm256_set1_epi8(0x10))
}
