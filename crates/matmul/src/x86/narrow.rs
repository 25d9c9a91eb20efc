//! AVX2: 256-bit registers; and bytes times bytes in one instruction instead of three, where the
//! processor has it (AVX-VNNI on laptops, a part of AVX-512 VNNI elsewhere).

use std::arch::x86_64::{
    __m256, __m256i, _mm_add_ps, _mm_add_ss, _mm_cvtss_f32, _mm_loadu_si128, _mm_movehdup_ps,
    _mm_movehl_ps, _mm256_add_epi16, _mm256_add_epi32, _mm256_add_ps, _mm256_castps256_ps128,
    _mm256_castsi256_si128, _mm256_cvtepi8_epi16, _mm256_cvtepi32_ps, _mm256_cvtepu8_epi16,
    _mm256_cvtph_ps, _mm256_dpbusd_avx_epi32, _mm256_dpbusd_epi32, _mm256_extractf128_ps,
    _mm256_extracti128_si256, _mm256_fmadd_ps, _mm256_load_ps, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi16,
    _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256, _mm256_storeu_ps,
};

use super::levels::{self, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0};
use crate::integer::{Quantised, Tile, panel_block, strip_block};
use crate::integer_dot::Dot;
use crate::kind::{BLOCK, Block, Kind};
use crate::lanes::Lanes;
use crate::share::Part;
use crate::task::{Matrix, Task};

/// Rows of a panel of bytes: 32-bit numbers in a register.
const ROWS: usize = 8;
/// Columns of a strip of bytes: sums in 16 and 32 bits and in floats, each its own register of sixteen.
const COLUMNS: usize = 4;
/// Registers of rows in a panel of floats.
const REGISTERS: usize = 2;

#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn float(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::float::multiply::<Eight, REGISTERS>(task, part) }
}

#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn float_dot(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::float_dot::multiply::<Eight>(task, part) }
}

#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn integer(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::integer::multiply::<Avx2, COLUMNS>(task, part) }
}

#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn integer_dot(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::integer_dot::multiply::<Avx2>(task, part) }
}

#[target_feature(enable = "avx2,fma,f16c,avxvnni")]
pub(super) unsafe fn vnni_integer(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::integer::multiply::<AvxVnni, COLUMNS>(task, part) }
}

#[target_feature(enable = "avx2,fma,f16c,avxvnni")]
pub(super) unsafe fn vnni_integer_dot(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::integer_dot::multiply::<AvxVnni>(task, part) }
}

#[target_feature(enable = "avx2,fma,f16c,avx512f,avx512vl,avx512vnni")]
pub(super) unsafe fn avx512_integer_dot(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::integer_dot::multiply::<Avx512Vnni>(task, part) }
}

#[derive(Clone, Copy)]
struct Eight(__m256);

impl Lanes for Eight {
    const WIDTH: usize = 8;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller's promise, here and below.
        unsafe { Self(_mm256_set1_ps(value)) }
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        unsafe { Self(_mm256_loadu_ps(from)) }
    }

    #[inline(always)]
    unsafe fn load_halves(from: *const u16) -> Self {
        unsafe { Self(_mm256_cvtph_ps(_mm_loadu_si128(from.cast()))) }
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        unsafe { _mm256_storeu_ps(to, self.0) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        unsafe { Self(_mm256_add_ps(self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn multiply_add(self, a: Self, b: Self) -> Self {
        unsafe { Self(_mm256_fmadd_ps(a.0, b.0, self.0)) }
    }
}

/// Bytes times bytes, as each of the two kinds of processor does it.
trait Bytes {
    /// Adds to `sums` the products of a block of a panel and of a strip.
    unsafe fn add_block(panel: *const u8, strip: *const u8, sums: &mut [__m256i; COLUMNS]);

    /// Eight sums of four products each, of a block of weights of type `KIND` with activations.
    unsafe fn products<const KIND: u8>(levels: __m256i, activations: __m256i) -> __m256i;
}

struct Avx2;

impl Bytes for Avx2 {
    /// Two products of a level up to 31 and a byte are at most 7,874: the sum of four such pairs fits
    /// into 16 bits, so that one widening does for four groups. (Levels of 8 bits are left to `float`.)
    #[inline(always)]
    unsafe fn add_block(panel: *const u8, strip: *const u8, sums: &mut [__m256i; COLUMNS]) {
        // SAFETY: the caller's promise.
        unsafe {
            for half in 0..2 {
                let mut pairs = [_mm256_setzero_si256(); COLUMNS];
                for group in half * 4..half * 4 + 4 {
                    let weights = _mm256_load_si256(panel.add(group * 32).cast());
                    for (at, pair) in pairs.iter_mut().enumerate() {
                        let place = strip.add((group * COLUMNS + at) * 4).cast::<i32>();
                        let products = _mm256_maddubs_epi16(weights, _mm256_set1_epi32(*place));
                        *pair = _mm256_add_epi16(*pair, products);
                    }
                }
                for (sum, pair) in sums.iter_mut().zip(pairs) {
                    let wide = _mm256_madd_epi16(pair, _mm256_set1_epi16(1));
                    *sum = _mm256_add_epi32(*sum, wide);
                }
            }
        }
    }

    #[inline(always)]
    unsafe fn products<const KIND: u8>(levels: __m256i, activations: __m256i) -> __m256i {
        // SAFETY: the caller's promise.
        unsafe {
            if KIND != Q8_0 {
                let pairs = _mm256_maddubs_epi16(levels, activations);
                return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
            }
            let low = _mm256_madd_epi16(
                _mm256_cvtepu8_epi16(_mm256_castsi256_si128(levels)),
                _mm256_cvtepi8_epi16(_mm256_castsi256_si128(activations)),
            );
            let high = _mm256_madd_epi16(
                _mm256_cvtepu8_epi16(_mm256_extracti128_si256::<1>(levels)),
                _mm256_cvtepi8_epi16(_mm256_extracti128_si256::<1>(activations)),
            );
            _mm256_add_epi32(low, high)
        }
    }
}

/// One instruction for thirty-two products: the same in two encodings.
macro_rules! vnni {
    ($name:ident, $products:ident) => {
        struct $name;

        impl Bytes for $name {
            #[inline(always)]
            unsafe fn add_block(panel: *const u8, strip: *const u8, sums: &mut [__m256i; COLUMNS]) {
                // SAFETY: the caller's promise.
                unsafe {
                    for group in 0..8 {
                        let weights = _mm256_load_si256(panel.add(group * 32).cast());
                        for (at, sum) in sums.iter_mut().enumerate() {
                            let place = strip.add((group * COLUMNS + at) * 4).cast::<i32>();
                            *sum = $products(*sum, weights, _mm256_set1_epi32(*place));
                        }
                    }
                }
            }

            #[inline(always)]
            unsafe fn products<const KIND: u8>(levels: __m256i, activations: __m256i) -> __m256i {
                // SAFETY: the caller's promise.
                unsafe { $products(_mm256_setzero_si256(), levels, activations) }
            }
        }
    };
}

vnni!(AvxVnni, _mm256_dpbusd_avx_epi32);
vnni!(Avx512Vnni, _mm256_dpbusd_epi32);

impl<B: Bytes> Tile<COLUMNS> for B {
    const ROWS: usize = ROWS;

    #[inline(always)]
    unsafe fn unpack(matrix: &Matrix, bytes: &[u8]) -> Block {
        // SAFETY: the caller's promise.
        unsafe { levels::unpack(matrix.kind, bytes) }
    }

    #[inline(always)]
    unsafe fn multiply(
        panel: *const u8,
        strip: *const u8,
        blocks: usize,
        out: &mut [[f32; 16]; COLUMNS],
    ) {
        // SAFETY: panel and strip hold `blocks` blocks and are aligned; the processor has the instructions.
        unsafe {
            let mut sums = [_mm256_setzero_ps(); COLUMNS];
            for block in 0..blocks {
                let panel = panel.add(block * panel_block(ROWS));
                let strip = strip.add(block * strip_block(COLUMNS));
                let mut products = [_mm256_setzero_si256(); COLUMNS];
                B::add_block(panel, strip, &mut products);
                let scales = panel.add(ROWS * BLOCK).cast::<f32>();
                let (scale, offset) = (_mm256_load_ps(scales), _mm256_load_ps(scales.add(ROWS)));
                let others = strip.add(COLUMNS * BLOCK).cast::<f32>();
                for (at, (sum, product)) in sums.iter_mut().zip(products).enumerate() {
                    let both = _mm256_mul_ps(scale, _mm256_set1_ps(*others.add(at)));
                    *sum = _mm256_fmadd_ps(both, _mm256_cvtepi32_ps(product), *sum);
                    let level_sum = _mm256_set1_ps(*others.add(COLUMNS + at));
                    *sum = _mm256_fmadd_ps(offset, level_sum, *sum);
                }
            }
            for (out, sum) in out.iter_mut().zip(sums) {
                _mm256_storeu_ps(out.as_mut_ptr(), sum);
            }
        }
    }
}

impl<B: Bytes> Dot for B {
    #[inline(always)]
    unsafe fn dot(matrix: &Matrix, row: &[u8], activations: &[Quantised]) -> f32 {
        // SAFETY: the caller's promise.
        unsafe {
            match matrix.kind {
                Kind::Q4_0 => dot::<B, Q4_0>(row, activations),
                Kind::Q4_1 => dot::<B, Q4_1>(row, activations),
                Kind::Q5_0 => dot::<B, Q5_0>(row, activations),
                Kind::Q5_1 => dot::<B, Q5_1>(row, activations),
                _ => dot::<B, Q8_0>(row, activations),
            }
        }
    }
}

#[inline(always)]
unsafe fn dot<B: Bytes, const KIND: u8>(row: &[u8], activations: &[Quantised]) -> f32 {
    // SAFETY: the row has a block for each of the activations; the processor has the instructions.
    unsafe {
        let mut sums = _mm256_setzero_ps();
        let mut offsets = 0.0;
        let bytes = row.len() / activations.len().max(1);
        for (at, activation) in activations.iter().enumerate() {
            let from = row.as_ptr().add(at * bytes);
            let (scale, offset) = levels::scales::<KIND>(from);
            let others = _mm256_loadu_si256(activation.levels.as_ptr().cast());
            let products = B::products::<KIND>(levels::levels::<KIND>(from), others);
            let both = _mm256_set1_ps(scale * activation.scale);
            sums = _mm256_fmadd_ps(both, _mm256_cvtepi32_ps(products), sums);
            offsets += offset * activation.sum;
        }
        total(sums) + offsets
    }
}

/// The sum of eight numbers.
#[inline(always)]
unsafe fn total(sums: __m256) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let four = _mm_add_ps(
            _mm256_castps256_ps128(sums),
            _mm256_extractf128_ps::<1>(sums),
        );
        let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
    }
}
