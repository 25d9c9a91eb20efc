//! Slows down guessing: after a few failed sign-ins to one account it has to wait.
//!
//! Kept in memory, with a bounded number of accounts; a restart forgets it, which costs an attacker
//! nothing worth having. Unknown accounts are counted like known ones, so that waiting tells nobody
//! which exist.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use sha2::{Digest as _, Sha256};

/// Failures that are free.
const FREE: u32 = 5;
/// The first wait, in milliseconds; each further failure doubles it.
const FIRST_WAIT: i64 = 30_000;
/// The longest wait, in milliseconds. Also how long a quiet account is remembered.
const LONGEST_WAIT: i64 = 15 * 60_000;
/// How many accounts are remembered.
const CAPACITY: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
}

impl Failures {
    /// When the account may try again, in milliseconds since 1970.
    fn open_again(self) -> i64 {
        let Some(over) = self.count.checked_sub(FREE) else {
            return self.last;
        };
        let wait = FIRST_WAIT.saturating_mul(1_i64.checked_shl(over.min(16)).unwrap_or(i64::MAX));
        self.last.saturating_add(wait.min(LONGEST_WAIT))
    }
}

/// Failed sign-ins by account.
#[derive(Default)]
pub(crate) struct Throttle {
    // By hash: names of any length take the same room, and none stands in a memory dump.
    by_name: Mutex<HashMap<[u8; 32], Failures>>,
}

impl Throttle {
    /// Counts an attempt as failed until [`Throttle::succeeded`] says otherwise, so that many at
    /// once can't slip through. `Err` holds the milliseconds to wait; such an attempt is not counted.
    pub(crate) fn attempt(&self, sign_in: &str, now: i64) -> Result<(), i64> {
        let key: [u8; 32] = Sha256::digest(sign_in.as_bytes()).into();
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = by_name
            .get(&key)
            .copied()
            .filter(|known| now - known.last < LONGEST_WAIT);
        let failures = failures.unwrap_or(Failures {
            count: 0,
            last: now,
        });
        let wait = failures.open_again() - now;
        if failures.count >= FREE && wait > 0 {
            return Err(wait);
        }
        if by_name.len() >= CAPACITY && !by_name.contains_key(&key) {
            make_room(&mut by_name, now);
        }
        by_name.insert(
            key,
            Failures {
                count: failures.count.saturating_add(1),
                last: now,
            },
        );
        Ok(())
    }

    /// Takes back one attempt that was counted and then never tried.
    pub(crate) fn forgive(&self, sign_in: &str) {
        let key: [u8; 32] = Sha256::digest(sign_in.as_bytes()).into();
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failures) = by_name.get_mut(&key) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    /// Forgets the failures of an account whose owner has just signed in.
    pub(crate) fn succeeded(&self, sign_in: &str) {
        let key: [u8; 32] = Sha256::digest(sign_in.as_bytes()).into();
        self.by_name
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&key);
    }
}

/// Drops what has run out, and the quietest tenth when that is not enough.
fn make_room(by_name: &mut HashMap<[u8; 32], Failures>, now: i64) {
    by_name.retain(|_, failures| now - failures.last < LONGEST_WAIT);
    if by_name.len() < CAPACITY {
        return;
    }
    let mut last: Vec<_> = by_name
        .values()
        .map(|failures| (failures.count, failures.last))
        .collect();
    last.sort_unstable();
    let Some(&border) = last.get(CAPACITY / 10) else {
        return;
    };
    by_name.retain(|_, failures| (failures.count, failures.last) > border);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_failures_are_free_and_then_the_wait_doubles() {
        let throttle = Throttle::default();
        for _ in 0..FREE {
            throttle.attempt("amira", 0).unwrap();
        }
        assert_eq!(throttle.attempt("amira", 0), Err(FIRST_WAIT));
        assert_eq!(throttle.attempt("amira", FIRST_WAIT - 1), Err(1));
        assert_eq!(throttle.attempt("amira", FIRST_WAIT), Ok(()));
        assert_eq!(throttle.attempt("amira", FIRST_WAIT), Err(2 * FIRST_WAIT));
        assert_eq!(throttle.attempt("someone else", FIRST_WAIT), Ok(()));
    }

    #[test]
    fn signing_in_clears_it() {
        let throttle = Throttle::default();
        for _ in 0..20 {
            throttle.attempt("amira", 0).unwrap();
            throttle.succeeded("amira");
        }
    }

    #[test]
    fn memory_is_bounded_and_the_worst_guessed_account_is_kept() {
        let throttle = Throttle::default();
        for _ in 0..FREE {
            throttle.attempt("amira", 0).unwrap();
        }
        for name in 0..3 * CAPACITY {
            throttle.attempt(&name.to_string(), 1).unwrap();
        }
        assert!(throttle.by_name.lock().unwrap().len() <= CAPACITY);
        assert!(throttle.attempt("amira", 2).is_err());
    }
}
