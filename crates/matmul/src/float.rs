//! Multiplication in single precision: for weights of any type, on any processor.
//!
//! Weights are unpacked to floats in panels of a few registers' rows, side by side, so that the
//! innermost loop walks through memory in one direction; each panel stays in the innermost cache
//! while all columns are multiplied with it. Each column's sums are computed in the same order
//! whatever its neighbours are, so the result doesn't depend on the number of threads.

use std::ops::Range;

use crate::kind::{BLOCK, Kind};
use crate::lanes::Lanes;
use crate::scratch;
use crate::share::Part;
use crate::task::Task;

/// Numbers of a row that are worked on at a time; a multiple of every type's block.
const STRETCH: usize = 256;

/// Columns of a full tile: with two registers of weights on a processor with sixteen of them, all
/// sums stay in registers; and so do the columns' addresses.
const COLUMNS: usize = 6;

/// The most rows in a panel.
const MOST_ROWS: usize = 64;

/// Computes this part of the task, with `REGISTERS` registers of rows in a panel.
///
/// # Safety
///
/// The task's memory must be there; the processor must have the instructions of `V`.
#[inline(always)]
pub(crate) unsafe fn multiply<V: Lanes, const REGISTERS: usize>(task: &Task, part: Part) {
    let height = REGISTERS * V::WIDTH;
    let (rows, columns) = part.of(task.rows, task.columns, height, COLUMNS);
    if rows.is_empty() || columns.is_empty() {
        return;
    }
    let bytes = |numbers: usize| numbers * size_of::<f32>();
    let (panel, copy) = scratch::room(bytes(height * STRETCH), bytes(COLUMNS * STRETCH));
    let (panel, copy) = (panel.cast::<f32>(), copy.cast::<f32>());
    for first in (0..task.depth).step_by(STRETCH) {
        let count = STRETCH.min(task.depth - first);
        for row in rows.clone().step_by(height) {
            let step = Step {
                rows: row..rows.end.min(row + height),
                first,
                count,
                panel,
                copy,
            };
            // SAFETY: the caller's promise; there is room in the scratch memory.
            unsafe {
                pack(task, &step, height);
                multiply_panel::<V, REGISTERS>(task, columns.clone(), &step);
            }
        }
    }
}

/// A panel and where it belongs.
struct Step {
    rows: Range<usize>,
    /// Number of the row where the stretch begins.
    first: usize,
    /// Numbers in the stretch.
    count: usize,
    panel: *mut f32,
    /// Room for columns that have to be converted.
    copy: *mut f32,
}

/// Unpacks rows side by side: `panel[k * height + r]`. Missing rows become zeros.
#[inline(always)]
unsafe fn pack(task: &Task, step: &Step, height: usize) {
    // Some numbers of each row at a time: what is turned round stays in the innermost cache.
    for at in (0..step.count).step_by(BLOCK) {
        let count = BLOCK.min(step.count - at);
        let mut numbers = [[0.0; BLOCK]; MOST_ROWS];
        for (row, numbers) in numbers.iter_mut().enumerate().take(step.rows.len()) {
            // SAFETY: the row is one of the task's.
            let bytes = unsafe {
                let row = step.rows.start + row;
                task.weights.stretch(row, step.first + at, count)
            };
            task.weights.kind.unpack(bytes, &mut numbers[..count]);
        }
        for k in 0..count {
            // SAFETY: the panel has room for `height` rows of a whole stretch.
            unsafe {
                let column = step.panel.add((at + k) * height);
                for (row, numbers) in numbers.iter().enumerate().take(height) {
                    column.add(row).write(numbers[k]);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn multiply_panel<V: Lanes, const REGISTERS: usize>(
    task: &Task,
    columns: Range<usize>,
    step: &Step,
) {
    for column in columns.clone().step_by(COLUMNS) {
        let width = COLUMNS.min(columns.end - column);
        let mut inputs = [std::ptr::null::<f32>(); COLUMNS];
        for (at, input) in inputs.iter_mut().enumerate().take(width) {
            // SAFETY: the column is one of the task's; the copy has room for `COLUMNS` stretches.
            unsafe {
                let bytes = task
                    .activations
                    .stretch(column + at, step.first, step.count);
                *input = if task.activations.kind == Kind::F32 {
                    bytes.as_ptr().cast()
                } else {
                    let copy = step.copy.add(at * STRETCH);
                    let numbers = std::slice::from_raw_parts_mut(copy, step.count);
                    task.activations.kind.unpack(bytes, numbers);
                    copy
                };
            }
        }
        // SAFETY: as promised for the task.
        unsafe {
            if width == COLUMNS {
                tile::<V, REGISTERS, COLUMNS>(task, column, inputs, step);
            } else {
                for (at, &input) in inputs.iter().enumerate().take(width) {
                    tile::<V, REGISTERS, 1>(task, column + at, [input], step);
                }
            }
        }
    }
}

/// The innermost loop: a panel times `WIDTH` columns, added to the result (set, in the first stretch).
#[inline(always)]
unsafe fn tile<V: Lanes, const REGISTERS: usize, const WIDTH: usize>(
    task: &Task,
    column: usize,
    inputs: [*const f32; WIDTH],
    step: &Step,
) {
    let height = REGISTERS * V::WIDTH;
    // SAFETY: inputs hold `count` numbers, the panel `height` times as many; the result is the
    // caller's; the processor has the instructions.
    unsafe {
        let mut sums = [[V::splat(0.0); REGISTERS]; WIDTH];
        for k in 0..step.count {
            let mut weights = [V::splat(0.0); REGISTERS];
            for (at, weight) in weights.iter_mut().enumerate() {
                *weight = V::load(step.panel.add(k * height + at * V::WIDTH));
            }
            for (sums, input) in sums.iter_mut().zip(inputs) {
                let activation = V::splat(*input.add(k));
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = sum.multiply_add(weight, activation);
                }
            }
        }
        for (at, sums) in sums.iter().enumerate() {
            let out = task
                .result
                .add((column + at) * task.result_stride + step.rows.start);
            if step.rows.len() == height {
                for (register, &sum) in sums.iter().enumerate() {
                    let out = out.add(register * V::WIDTH);
                    let sum = if step.first == 0 {
                        sum
                    } else {
                        V::load(out).add(sum)
                    };
                    sum.store(out);
                }
            } else {
                // The last rows of the matrix: what lies beyond them in memory isn't ours.
                let mut numbers = [0.0; MOST_ROWS];
                for (register, &sum) in sums.iter().enumerate() {
                    sum.store(numbers.as_mut_ptr().add(register * V::WIDTH));
                }
                for (row, &number) in numbers.iter().enumerate().take(step.rows.len()) {
                    let out = out.add(row);
                    out.write(if step.first == 0 {
                        number
                    } else {
                        out.read() + number
                    });
                }
            }
        }
    }
}
