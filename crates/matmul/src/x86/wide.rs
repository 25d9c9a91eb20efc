//! AVX-512 with VNNI: 512-bit registers, thirty-two of them.

use std::arch::x86_64::{
    __m512, _mm256_loadu_si256, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_cvtph_ps,
    _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_load_ps, _mm512_load_si512, _mm512_loadu_ps,
    _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512,
    _mm512_storeu_ps,
};

use super::levels;
use crate::integer::{Tile, panel_block, strip_block};
use crate::kind::{BLOCK, Block};
use crate::lanes::Lanes;
use crate::share::Part;
use crate::task::{Matrix, Task};

/// Rows of a panel of bytes: 32-bit numbers in a register.
const ROWS: usize = 16;
/// Columns of a strip of bytes: each has a register of sums in 32 bits and one in floats.
const COLUMNS: usize = 12;
/// Registers of rows in a panel of floats: 64 rows, the width of an attention head.
const REGISTERS: usize = 4;

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c")]
pub(super) unsafe fn float(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::float::multiply::<Sixteen, REGISTERS>(task, part) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c")]
pub(super) unsafe fn float_dot(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::float_dot::multiply::<Sixteen>(task, part) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c")]
pub(super) unsafe fn integer(task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe { crate::integer::multiply::<Vnni, COLUMNS>(task, part) }
}

#[derive(Clone, Copy)]
struct Sixteen(__m512);

impl Lanes for Sixteen {
    const WIDTH: usize = 16;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        // SAFETY: the caller's promise, here and below.
        unsafe { Self(_mm512_set1_ps(value)) }
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        unsafe { Self(_mm512_loadu_ps(from)) }
    }

    #[inline(always)]
    unsafe fn load_halves(from: *const u16) -> Self {
        unsafe { Self(_mm512_cvtph_ps(_mm256_loadu_si256(from.cast()))) }
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        unsafe { _mm512_storeu_ps(to, self.0) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        unsafe { Self(_mm512_add_ps(self.0, other.0)) }
    }

    #[inline(always)]
    unsafe fn multiply_add(self, a: Self, b: Self) -> Self {
        unsafe { Self(_mm512_fmadd_ps(a.0, b.0, self.0)) }
    }
}

struct Vnni;

impl Tile<COLUMNS> for Vnni {
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
            let mut sums = [_mm512_setzero_ps(); COLUMNS];
            for block in 0..blocks {
                let panel = panel.add(block * panel_block(ROWS));
                let strip = strip.add(block * strip_block(COLUMNS));
                let mut products = [_mm512_setzero_si512(); COLUMNS];
                for group in 0..8 {
                    let weights = _mm512_load_si512(panel.add(group * 64).cast());
                    for (at, product) in products.iter_mut().enumerate() {
                        let place = strip.add((group * COLUMNS + at) * 4).cast::<i32>();
                        *product =
                            _mm512_dpbusd_epi32(*product, weights, _mm512_set1_epi32(*place));
                    }
                }
                let scales = panel.add(ROWS * BLOCK).cast::<f32>();
                let (scale, offset) = (_mm512_load_ps(scales), _mm512_load_ps(scales.add(ROWS)));
                let others = strip.add(COLUMNS * BLOCK).cast::<f32>();
                for (at, (sum, product)) in sums.iter_mut().zip(products).enumerate() {
                    let both = _mm512_mul_ps(scale, _mm512_set1_ps(*others.add(at)));
                    *sum = _mm512_fmadd_ps(both, _mm512_cvtepi32_ps(product), *sum);
                    let level_sum = _mm512_set1_ps(*others.add(COLUMNS + at));
                    *sum = _mm512_fmadd_ps(offset, level_sum, *sum);
                }
            }
            for (out, sum) in out.iter_mut().zip(sums) {
                _mm512_storeu_ps(out.as_mut_ptr(), sum);
            }
        }
    }
}
