//! The function that ggml asks.

use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::kind::Kind;
use crate::share::Part;
use crate::task::{Matrix, Task};
use crate::{Variant, run};

/// The beginning of ggml's `ggml_compute_params`, which is all that is read of it.
#[repr(C)]
pub struct Parameters {
    thread: c_int,
    threads: c_int,
}

/// Multiplications taken by the first of ggml's threads.
static TAKEN: AtomicU64 = AtomicU64::new(0);

/// How many multiplications ggml has left to us so far: 0 after a recognition if the engine was built
/// without the hook, and is slow.
pub fn taken() -> u64 {
    TAKEN.load(Ordering::Relaxed)
}

/// Name and arguments are ggml's: `m` rows of weights `a`, `n` rows of activations `b`, each `k` blocks
/// of the weights' type long; strides in blocks of their types; result `c`.
///
/// # Safety
///
/// ggml's promise: the matrices are there, and each of its threads calls with its own number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn llamafile_sgemm(
    parameters: *const Parameters,
    m: i64,
    n: i64,
    k: i64,
    a: *const c_void,
    lda: i64,
    b: *const c_void,
    ldb: i64,
    c: *mut c_void,
    ldc: i64,
    a_type: c_int,
    b_type: c_int,
    c_type: c_int,
) -> bool {
    let task = || {
        let matrix = |start: *const c_void, kind: Kind, stride: i64| {
            let stride = usize::try_from(stride)
                .ok()?
                .checked_mul(kind.block_bytes())?;
            let start = start.cast::<u8>();
            let is_aligned = kind != Kind::F32 || start.cast::<f32>().is_aligned();
            is_aligned.then_some(Matrix {
                kind,
                start,
                stride,
            })
        };
        let weights = Kind::of(a_type)?;
        Some(Task {
            weights: matrix(a, weights, lda)?,
            activations: matrix(b, Kind::of(b_type)?, ldb)?,
            rows: usize::try_from(m).ok()?,
            columns: usize::try_from(n).ok()?,
            depth: usize::try_from(k).ok()?.checked_mul(weights.block())?,
            result: c.cast(),
            result_stride: usize::try_from(ldc).ok()?,
        })
    };
    if Kind::of(c_type) != Some(Kind::F32) || !c.cast::<f32>().is_aligned() {
        return false;
    }
    // SAFETY: ggml's promise.
    let Parameters { thread, threads } = unsafe { parameters.read() };
    let (Some(task), Ok(thread), Ok(threads)) =
        (task(), usize::try_from(thread), usize::try_from(threads))
    else {
        return false;
    };
    if thread >= threads {
        return false;
    }
    // SAFETY: ggml's promise; the best variant is available.
    let taken = unsafe { run(Variant::best(), &task, Part { thread, threads }) };
    if taken && thread == 0 {
        TAKEN.fetch_add(1, Ordering::Relaxed);
    }
    taken
}
