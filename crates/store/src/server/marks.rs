//! Marks of requests that were made once, for engines that one process serves: they need not outlive it,
//! because the server takes no request that was signed before it began.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// How often what has run out is looked for, in milliseconds.
const SWEEP_MILLIS: i64 = 60_000;

/// Clones share their marks.
#[derive(Debug, Clone, Default)]
pub struct Marks(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    until: HashMap<[u8; 32], i64>,
    swept: i64,
}

impl Marks {
    /// As [`Store::is_first`](super::Store::is_first).
    pub fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_sub(kept.swept).saturating_abs() >= SWEEP_MILLIS {
            kept.until.retain(|_, until| *until >= now);
            kept.swept = now;
        }
        kept.until.insert(mark, until).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_run_out_is_forgotten() {
        let marks = Marks::default();
        assert!(marks.is_first([1; 32], 1_000, 0));
        assert!(marks.is_first([2; 32], 2 * SWEEP_MILLIS, 0));
        assert!(!marks.clone().is_first([1; 32], 1_000, 999));
        assert!(marks.is_first([1; 32], 1_000, SWEEP_MILLIS));
        assert!(!marks.is_first([2; 32], 2 * SWEEP_MILLIS, SWEEP_MILLIS));
        let kept = marks.0.lock().unwrap();
        assert_eq!(kept.until.len(), 2);
    }
}
