//! Matrix multiplication for the speech engine, by the best instructions that the processor has.
//!
//! whisper.cpp multiplies matrices with ggml, row by row with dot products. But ggml first asks a
//! function named `llamafile_sgemm`, where one is linked in (`GGML_USE_LLAMAFILE`, set for C compilers
//! in `.cargo/config.toml`), and works itself only if that answers false. [`hook`] is our own function of
//! that name. It runs on any processor: what it may use is asked at run time.
//!
//! Four ways, by the shape and the type of the weights: many columns of quantised weights in 8-bit
//! integers (`integer`), few of them as dot products (`integer_dot`); the same in floats (`float`,
//! `float_dot`). Each is written once over a register of the processor's kind (`lanes`, `x86`).
//!
//! Invariants: whether a multiplication is taken depends only on its shape and types, so that all
//! threads decide alike; each thread writes its share and nothing else; the same input gives the same
//! result, whatever the number of threads. Unsafe code is what this crate is for; none of it leaves.
//!
//! Not here: the phone's kernel, which is C++ because the rest of its engine is
//! (`mobile-shell/speech-engine/src/kernel`).
//!
//! ```
//! use matmul::{Given, Kind, Part, Variant};
//!
//! // Ten rows of weights (row r holds r, r, …) times eight columns of ones.
//! let weights: Vec<u8> = (0..10_u8).flat_map(|row| f32::from(row).to_le_bytes().repeat(4)).collect();
//! let activations = 1.0_f32.to_le_bytes().repeat(8 * 4);
//! let weights = Given { kind: Kind::F32, bytes: &weights, stride: 16, rows: 10 };
//! let activations = Given { kind: Kind::F32, bytes: &activations, stride: 16, rows: 8 };
//! let mut result = vec![0.0; 80];
//! assert!(matmul::multiply(Variant::best(), weights, activations, 4, &mut result, 10, Part::WHOLE));
//! assert_eq!(result[13], 12.0);
//! ```
#![expect(
    unsafe_code,
    reason = "instructions of particular processors, and memory shared with ggml's threads"
)]
#![expect(
    clippy::inline_always,
    reason = "code that is written once takes on the instructions that its caller may use"
)]

mod float;
mod float_dot;
pub mod hook;
mod integer;
mod integer_dot;
mod kind;
mod lanes;
mod scratch;
mod share;
mod task;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::sync::OnceLock;

pub use kind::{BLOCK, Kind};
pub use share::Part;
use task::{Matrix, Task};

/// A set of instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// What every processor of its kind has: SSE2, NEON.
    Plain,
    /// AVX2 with FMA and F16C: Intel since 2013, AMD since 2015.
    Avx2,
    /// AVX2 and AVX-VNNI: laptops since 2021.
    AvxVnni,
    /// AVX-512 with VNNI: servers since 2019, some laptops.
    Avx512,
}

impl Variant {
    /// Every variant, the best last.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Avx2, Self::AvxVnni, Self::Avx512];

    /// Whether this processor can run it.
    pub fn is_available(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        let has = x86::has(self);
        #[cfg(not(target_arch = "x86_64"))]
        let has = self == Self::Plain;
        has
    }

    /// The best that this processor can run.
    pub fn best() -> Self {
        static BEST: OnceLock<Variant> = OnceLock::new();
        *BEST.get_or_init(|| {
            let available = Self::ALL
                .into_iter()
                .rev()
                .find(|variant| variant.is_available());
            available.unwrap_or(Self::Plain)
        })
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Avx2 => "AVX2",
            Self::AvxVnni => "AVX-VNNI",
            Self::Avx512 => "AVX-512 VNNI",
        }
    }
}

/// How a multiplication is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Float,
    FloatDot,
    Integer,
    IntegerDot,
}

/// Below this many rows or columns, packing costs more than it saves.
const FEW: usize = 8;

impl Way {
    /// How this variant does a task; `None` if it leaves it to ggml.
    fn of(variant: Variant, task: &Task) -> Option<Self> {
        let quantised = task.weights.kind.is_quantised();
        if task.activations.kind.is_quantised() || task.rows < FEW || task.depth == 0 {
            return None;
        }
        if task.columns >= FEW {
            // Sums of two products with levels of 8 bits don't fit into the 16 bits of AVX2's instruction.
            let fits = task.weights.kind != Kind::Q8_0 || variant != Variant::Avx2;
            let integer = quantised && fits && variant != Variant::Plain;
            return Some(if integer { Self::Integer } else { Self::Float });
        }
        if quantised {
            return (variant != Variant::Plain && task.depth <= integer_dot::MOST_BLOCKS * BLOCK).then_some(Self::IntegerDot);
        }
        (task.activations.kind == Kind::F32).then_some(Self::FloatDot)
    }
}

/// A matrix, as it is given.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The type of its numbers.
    pub kind: Kind,
    /// Its rows, one after the other; aligned for the type where that is [`Kind::F32`].
    pub bytes: &'a [u8],
    /// Bytes from one row to the next.
    pub stride: usize,
    /// Rows.
    pub rows: usize,
}

impl Given<'_> {
    fn holds(&self, depth: usize) -> bool {
        let row = depth / self.kind.block() * self.kind.block_bytes();
        let needed = self.rows.checked_sub(1).map_or(Some(0), |rows| {
            rows.checked_mul(self.stride)?.checked_add(row)
        });
        let aligned = self.kind != Kind::F32
            || (self.bytes.as_ptr().cast::<f32>().is_aligned() && self.stride.is_multiple_of(4));
        depth.is_multiple_of(self.kind.block())
            && aligned
            && needed.is_some_and(|needed| needed <= self.bytes.len())
    }

    fn matrix(&self) -> Matrix {
        Matrix {
            kind: self.kind,
            start: self.bytes.as_ptr(),
            stride: self.stride,
        }
    }
}

/// Computes `result[column * result_stride + row]`, the sum over `k < depth` of `weights[row][k]` times
/// `activations[column][k]`, for this part of the result.
///
/// False, with nothing written, if the variant doesn't do this shape and these types, isn't available,
/// or a matrix or the result is too short.
pub fn multiply(
    variant: Variant,
    weights: Given<'_>,
    activations: Given<'_>,
    depth: usize,
    result: &mut [f32],
    result_stride: usize,
    part: Part,
) -> bool {
    let columns = activations.rows;
    let fits = columns == 0
        || (columns - 1)
            .checked_mul(result_stride)
            .and_then(|start| start.checked_add(weights.rows))
            .is_some_and(|needed| needed <= result.len());
    let is_part = part.thread < part.threads;
    if !weights.holds(depth) || !activations.holds(depth) || !fits || !is_part {
        return false;
    }
    let task = Task {
        weights: weights.matrix(),
        activations: activations.matrix(),
        rows: weights.rows,
        columns,
        depth,
        result: result.as_mut_ptr(),
        result_stride,
    };
    // SAFETY: all of the task's memory was just found to be there.
    variant.is_available() && unsafe { run(variant, &task, part) }
}

/// `result[column][row] = Σ weights[row][k] × activations[column][k]`, in single precision by the best
/// variant and in this thread: `depth` numbers in a row of weights, and of activations from each
/// `stride` on. Rows and columns are as many as `weights` and `result` hold.
///
/// # Panics
///
/// When `activations` hold fewer columns than the result, or there are fewer than eight rows.
pub fn product(weights: &[f32], depth: usize, activations: &[f32], stride: usize, result: &mut [f32]) {
    let rows = weights.len() / depth;
    let given = |numbers: &'_ [f32], stride: usize, rows: usize| Given {
        kind: Kind::F32,
        // SAFETY: any four bytes of a float may be read.
        bytes: unsafe { std::slice::from_raw_parts(numbers.as_ptr().cast(), size_of_val(numbers)) },
        stride: stride * size_of::<f32>(),
        rows,
    };
    let columns = result.len() / rows;
    let is_done = multiply(
        Variant::best(),
        given(weights, depth, rows),
        given(activations, stride, columns),
        depth,
        result,
        rows,
        Part::WHOLE,
    );
    assert!(is_done, "{rows} rows, {columns} columns, {depth} deep don't fit");
}

/// As [`multiply`], without looking at the memory.
///
/// # Safety
///
/// The task's memory must be there, its floats aligned; the variant must be available; no other thread
/// may be given the same part.
unsafe fn run(variant: Variant, task: &Task, part: Part) -> bool {
    let Some(way) = Way::of(variant, task) else {
        return false;
    };
    // SAFETY: the caller's promise.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        if variant != Variant::Plain {
            x86::multiply(variant, way, task, part);
            return true;
        }
        match way {
            Way::FloatDot => float_dot::multiply::<lanes::Four>(task, part),
            _ => float::multiply::<lanes::Four, 2>(task, part),
        }
    }
    true
}
