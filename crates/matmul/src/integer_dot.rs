//! Few columns of quantised weights, as when one word after the other is written: a dot product for
//! each number of the result. Weights are unpacked on the way, since nothing is gained by packing what
//! is used once.

use crate::integer::Quantised;
use crate::kind::BLOCK;
use crate::share::Part;
use crate::task::{Matrix, Task};

/// Rows that a thread takes at a time, so that two threads don't write to one cache line.
const STEP: usize = 16;

/// The longest rows, in blocks: 5120 numbers are the widest of the largest Whisper model.
pub(crate) const MOST_BLOCKS: usize = 160;

/// The dot product for a kind of processor.
///
/// # Safety
///
/// Methods may be called only where the processor has the implementation's instructions.
pub(crate) trait Dot {
    /// The dot product of a row of weights, `row`, and as many blocks of activations.
    unsafe fn dot(matrix: &Matrix, row: &[u8], activations: &[Quantised]) -> f32;
}

/// Computes this part of a task of quantised weights; rows have at most [`MOST_BLOCKS`] blocks.
///
/// # Safety
///
/// The task's memory must be there; the processor must have the instructions of `D`.
#[inline(always)]
pub(crate) unsafe fn multiply<D: Dot>(task: &Task, part: Part) {
    let mut column_blocks = [Quantised::ZERO; MOST_BLOCKS];
    let activations = &mut column_blocks[..task.depth / BLOCK];
    for column in 0..task.columns {
        let mut numbers = [0.0; BLOCK];
        for (at, block) in activations.iter_mut().enumerate() {
            // SAFETY: the column is one of the task's.
            let bytes = unsafe { task.activations.stretch(column, at * BLOCK, BLOCK) };
            task.activations.kind.unpack(bytes, &mut numbers);
            *block = Quantised::of(&numbers);
        }
        for row in part.share(task.rows, STEP) {
            // SAFETY: the caller's promise.
            unsafe {
                let weights = task.weights.stretch(row, 0, task.depth);
                let sum = D::dot(&task.weights, weights, activations);
                task.result
                    .add(column * task.result_stride + row)
                    .write(sum);
            }
        }
    }
}
