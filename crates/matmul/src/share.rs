//! Which part of the result each thread computes.
//!
//! ggml calls the kernel in all its threads with the same matrices; each must compute its own part
//! and no other, and the parts must cover the result.

use std::ops::Range;

/// From this many columns on, columns are shared out; below, rows.
const MANY_COLUMNS: usize = 64;

/// One thread of several.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Which, from 0.
    pub thread: usize,
    /// Of how many.
    pub threads: usize,
}

impl Part {
    /// All the work in one thread.
    pub const WHOLE: Self = Self {
        thread: 0,
        threads: 1,
    };

    /// The rows and columns of a result of `rows` by `columns` that this thread computes.
    pub(crate) fn of(
        self,
        rows: usize,
        columns: usize,
        row_step: usize,
        column_step: usize,
    ) -> (Range<usize>, Range<usize>) {
        if columns >= MANY_COLUMNS || columns >= rows {
            (0..rows, self.share(columns, column_step))
        } else {
            (self.share(rows, row_step), 0..columns)
        }
    }

    /// The part of `count`, in whole steps of `step` (but for the last).
    pub(crate) fn share(self, count: usize, step: usize) -> Range<usize> {
        let bound = |at: usize| {
            let rounded = (count * at / self.threads).div_ceil(step) * step;
            rounded.min(count)
        };
        bound(self.thread)..bound(self.thread + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_cover_everything_once_in_whole_steps(
            count in 0_usize..3_000, step in 1_usize..40, threads in 1_usize..20
        ) {
            let mut next = 0;
            for thread in 0..threads {
                let share = Part { thread, threads }.share(count, step);
                prop_assert_eq!(share.start, next);
                prop_assert!(share.end >= share.start);
                prop_assert!(share.end % step == 0 || share.end == count);
                next = share.end;
            }
            prop_assert_eq!(next, count);
        }
    }
}
