//! Multiplication of quantised weights with activations that are quantised for it: eight bits times
//! eight bits, summed exactly in 32 bits over each block, and scaled once for each block.
//!
//! A weight is level × scale + offset (levels unsigned, see `kind`); an activation is quantised as
//! ggml does before its own dot products: level × scale with the largest of a block of 32 at ±127.
//! Then the sum over a block of weight × activation is
//! `scale × scale' × Σ level × level' + offset × scale' × Σ level'`.
//!
//! Weights are packed in panels of as many rows as a register has 32-bit numbers: for each group of
//! four numbers of a block, the four of the first row, then of the second, and so on; after the block
//! the rows' scales and offsets. Activations are packed in strips of `WIDTH` columns in the same way, with
//! scale and scale × Σ level. A tile, one panel times one strip, keeps all its sums in registers.

use std::ops::Range;

use crate::kind::{BLOCK, Block};
use crate::scratch;
use crate::share::Part;
use crate::task::{Matrix, Task};

/// Numbers that an instruction multiplies and sums to one: four bytes.
const GROUP: usize = 4;

/// Strips are made for as many columns at once as fit here (the second cache of small processors).
const STRIPS_BYTES: usize = 512 * 1024;

/// The most rows in a panel, and columns in a strip.
const MOST_ROWS: usize = 16;

/// The innermost loop for a kind of processor.
///
/// # Safety
///
/// Methods may be called only where the processor has the implementation's instructions.
pub(crate) trait Tile<const WIDTH: usize> {
    /// Rows in a panel: 32-bit numbers in a register.
    const ROWS: usize;

    /// Reads a block of weights.
    unsafe fn unpack(matrix: &Matrix, bytes: &[u8]) -> Block;

    /// Multiplies a panel and a strip of `blocks` blocks; writes `ROWS` sums for each column.
    unsafe fn multiply(
        panel: *const u8,
        strip: *const u8,
        blocks: usize,
        out: &mut [[f32; MOST_ROWS]; WIDTH],
    );
}

/// Bytes of a block of a panel of `rows`: levels, scales, offsets.
pub(crate) const fn panel_block(rows: usize) -> usize {
    rows * (BLOCK + 8)
}

/// Bytes of a block of a strip of `width` columns: levels, scales, scaled sums of levels.
pub(crate) const fn strip_block(width: usize) -> usize {
    width * (BLOCK + 8)
}

/// Computes this part of a task of quantised weights.
///
/// # Safety
///
/// The task's memory must be there; the processor must have the instructions of `T`.
#[inline(always)]
pub(crate) unsafe fn multiply<T: Tile<WIDTH>, const WIDTH: usize>(task: &Task, part: Part) {
    let (rows, columns) = part.of(task.rows, task.columns, T::ROWS, WIDTH);
    if rows.is_empty() || columns.is_empty() {
        return;
    }
    let blocks = task.depth / BLOCK;
    let (panel_bytes, strip_bytes) = (panel_block(T::ROWS) * blocks, strip_block(WIDTH) * blocks);
    let strips = (STRIPS_BYTES / strip_bytes).clamp(1, columns.len().div_ceil(WIDTH));
    let (panel, packed) = scratch::room(panel_bytes, strips * strip_bytes);
    for column in columns.clone().step_by(strips * WIDTH) {
        let columns = column..columns.end.min(column + strips * WIDTH);
        // SAFETY: the caller's promise; there is room in the scratch memory.
        unsafe {
            for (at, column) in columns.clone().step_by(WIDTH).enumerate() {
                let strip = packed.add(at * strip_bytes);
                pack_strip::<WIDTH>(task, column..columns.end.min(column + WIDTH), strip);
            }
            for row in rows.clone().step_by(T::ROWS) {
                let rows = row..rows.end.min(row + T::ROWS);
                pack_panel::<T, WIDTH>(task, rows.clone(), panel);
                for (at, column) in columns.clone().step_by(WIDTH).enumerate() {
                    let columns = column..columns.end.min(column + WIDTH);
                    let mut sums = [[0.0; MOST_ROWS]; WIDTH];
                    T::multiply(panel, packed.add(at * strip_bytes), blocks, &mut sums);
                    write(task, rows.clone(), columns, &sums);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn write<const WIDTH: usize>(
    task: &Task,
    rows: Range<usize>,
    columns: Range<usize>,
    sums: &[[f32; MOST_ROWS]; WIDTH],
) {
    for (column, sums) in columns.zip(sums) {
        // SAFETY: the result has these rows and columns.
        unsafe {
            let out = task.result.add(column * task.result_stride + rows.start);
            std::ptr::copy_nonoverlapping(sums.as_ptr(), out, rows.len());
        }
    }
}

/// Packs rows of weights; missing rows become zeros.
#[inline(always)]
unsafe fn pack_panel<T: Tile<WIDTH>, const WIDTH: usize>(
    task: &Task,
    rows: Range<usize>,
    panel: *mut u8,
) {
    for row in 0..T::ROWS {
        for block in 0..task.depth / BLOCK {
            // SAFETY: the row is one of the task's; the panel has room for all blocks.
            unsafe {
                let weights = if row < rows.len() {
                    let bytes = task.weights.stretch(rows.start + row, block * BLOCK, BLOCK);
                    T::unpack(&task.weights, bytes)
                } else {
                    Block::ZERO
                };
                let place = panel.add(block * panel_block(T::ROWS));
                for (group, levels) in weights.levels.as_chunks::<GROUP>().0.iter().enumerate() {
                    let place = place.add((group * T::ROWS + row) * GROUP);
                    place.cast::<[u8; GROUP]>().write(*levels);
                }
                let scales = place.add(T::ROWS * BLOCK).cast::<f32>();
                scales.add(row).write(weights.scale);
                scales.add(T::ROWS + row).write(weights.offset);
            }
        }
    }
}

/// Quantises and packs columns of activations; missing columns become zeros.
#[inline(always)]
unsafe fn pack_strip<const WIDTH: usize>(task: &Task, columns: Range<usize>, strip: *mut u8) {
    let mut numbers = [0.0; BLOCK];
    for at in 0..WIDTH {
        for block in 0..task.depth / BLOCK {
            // SAFETY: the column is one of the task's; the strip has room for all blocks.
            unsafe {
                let quantised = if at < columns.len() {
                    let column = columns.start + at;
                    let bytes = task.activations.stretch(column, block * BLOCK, BLOCK);
                    task.activations.kind.unpack(bytes, &mut numbers);
                    Quantised::of(&numbers)
                } else {
                    Quantised::ZERO
                };
                let place = strip.add(block * strip_block(WIDTH));
                for (group, levels) in quantised.levels.as_chunks::<GROUP>().0.iter().enumerate() {
                    let place = place.add((group * WIDTH + at) * GROUP);
                    place.cast::<[i8; GROUP]>().write(*levels);
                }
                let scales = place.add(WIDTH * BLOCK).cast::<f32>();
                scales.add(at).write(quantised.scale);
                scales.add(WIDTH + at).write(quantised.sum);
            }
        }
    }
}

/// A block of activations in eight bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantised {
    pub(crate) levels: [i8; BLOCK],
    pub(crate) scale: f32,
    /// The sum of the levels, times the scale.
    pub(crate) sum: f32,
}

impl Quantised {
    pub(crate) const ZERO: Self = Self {
        levels: [0; BLOCK],
        scale: 0.0,
        sum: 0.0,
    };

    /// The nearest levels, with the largest number at 127 (ggml's `quantize_row_q8_1`, but for the
    /// scale, which isn't rounded to half precision here).
    #[inline(always)]
    pub(crate) fn of(numbers: &[f32; BLOCK]) -> Self {
        let mut largest = 0.0_f32;
        for number in numbers {
            largest = largest.max(number.abs());
        }
        let scale = largest / 127.0;
        let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        let mut levels = [0; BLOCK];
        let mut sum = 0;
        for (level, number) in levels.iter_mut().zip(numbers) {
            let nearest = nearest(number * inverse);
            sum += nearest;
            #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
            let byte = nearest as i8;
            *level = byte;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 32 × 127")]
        let sum = sum as f32 * scale;
        Self { levels, scale, sum }
    }
}

/// Rounds to the nearest whole number, halves to the even one; the number is within ±127.5.
///
/// Added to a large enough number, the fraction falls off, and what is left stands in the low bits.
/// (`round_ties_even` is a call into the C library where the processor needn't have the instruction.)
/// What isn't a number becomes 127 or so; its column is lost anyway.
#[inline(always)]
fn nearest(number: f32) -> i32 {
    const LARGE: f32 = 12_582_912.0;
    let clamped = number.clamp(-127.0, 127.0);
    let bits = (clamped + LARGE).to_bits();
    (bits & 0x7F_FFFF).cast_signed() - 0x40_0000
}
