//! One multiplication: `result[column][row] = Σ weights[row][k] × activations[column][k]`.

use crate::kind::Kind;

/// A matrix in memory, row by row; activations are held the same way, a column of the result in each row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matrix {
    pub(crate) kind: Kind,
    pub(crate) start: *const u8,
    /// Bytes from one row to the next.
    pub(crate) stride: usize,
}

impl Matrix {
    /// The bytes of `count` numbers of a row from number `first` on (both whole blocks).
    ///
    /// # Safety
    ///
    /// The row must be there, and that long.
    #[inline(always)]
    pub(crate) unsafe fn stretch<'a>(self, row: usize, first: usize, count: usize) -> &'a [u8] {
        let (block, bytes) = (self.kind.block(), self.kind.block_bytes());
        // SAFETY: the caller's promise.
        unsafe {
            let start = self.start.add(row * self.stride + first / block * bytes);
            std::slice::from_raw_parts(start, count / block * bytes)
        }
    }
}

/// What is to be multiplied.
///
/// Every thread of one multiplication has the same task; each writes its own part of the result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task {
    pub(crate) weights: Matrix,
    pub(crate) activations: Matrix,
    /// Rows of weights.
    pub(crate) rows: usize,
    /// Rows of activations.
    pub(crate) columns: usize,
    /// Numbers in a row of either.
    pub(crate) depth: usize,
    pub(crate) result: *mut f32,
    /// Floats from one column of the result to the next.
    pub(crate) result_stride: usize,
}
