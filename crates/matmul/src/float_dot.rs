//! Few columns of float weights: a dot product for each number of the result, nothing packed.

use crate::kind::Kind;
use crate::lanes::Lanes;
use crate::share::Part;
use crate::task::Task;

/// Rows that a thread takes at a time, so that two threads don't write to one cache line.
const STEP: usize = 16;

/// Sums that are kept at once, so that additions don't wait for each other.
const AT_ONCE: usize = 4;

/// Computes this part of a task of half- or single-precision weights and single-precision activations.
///
/// # Safety
///
/// The task's memory must be there; the processor must have the instructions of `V`.
#[inline(always)]
pub(crate) unsafe fn multiply<V: Lanes>(task: &Task, part: Part) {
    for row in part.share(task.rows, STEP) {
        for column in 0..task.columns {
            // SAFETY: the caller's promise.
            unsafe {
                let weights = task.weights.stretch(row, 0, task.depth).as_ptr();
                let activations = task.activations.stretch(column, 0, task.depth);
                let sum = match task.weights.kind {
                    Kind::F16 => dot::<V, true>(weights, activations.as_ptr().cast(), task.depth),
                    _ => dot::<V, false>(weights, activations.as_ptr().cast(), task.depth),
                };
                task.result
                    .add(column * task.result_stride + row)
                    .write(sum);
            }
        }
    }
}

#[inline(always)]
unsafe fn dot<V: Lanes, const HALVES: bool>(
    weights: *const u8,
    activations: *const f32,
    depth: usize,
) -> f32 {
    // SAFETY: both hold `depth` numbers; the processor has the instructions.
    unsafe {
        let weight = |at: usize| {
            if HALVES {
                V::load_halves(weights.cast::<u16>().add(at))
            } else {
                V::load(weights.cast::<f32>().add(at))
            }
        };
        let mut sums = [V::splat(0.0); AT_ONCE];
        let mut at = 0;
        while at + AT_ONCE * V::WIDTH <= depth {
            for (register, sum) in sums.iter_mut().enumerate() {
                let at = at + register * V::WIDTH;
                *sum = sum.multiply_add(weight(at), V::load(activations.add(at)));
            }
            at += AT_ONCE * V::WIDTH;
        }
        while at + V::WIDTH <= depth {
            sums[0] = sums[0].multiply_add(weight(at), V::load(activations.add(at)));
            at += V::WIDTH;
        }
        let sum = sums[0].add(sums[1]).add(sums[2].add(sums[3]));
        let mut numbers = [0.0; 16];
        sum.store(numbers.as_mut_ptr());
        let mut total: f32 = numbers.iter().sum();
        for at in at..depth {
            let weight = if HALVES {
                crate::kind::half_to_float(weights.cast::<u16>().add(at).read_unaligned())
            } else {
                weights.cast::<f32>().add(at).read_unaligned()
            };
            total += weight * *activations.add(at);
        }
        total
    }
}
