//! Passwords as Argon2id hashes, with OWASP's parameters (19 MiB, 2 passes, 1 lane).

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::peer::Peer;

/// The shortest password that an account can be given, in characters.
pub(crate) const MIN_PASSWORD_CHARS: usize = 12;
/// The longest password, in bytes: nobody types more, and hashing reads all of it.
pub(crate) const MAX_PASSWORD_BYTES: usize = 1_000;

/// How many hashes are computed at once. Each takes 19 MiB, so that an attacker's flood of sign-ins
/// queues here instead of eating the machine's memory.
const AT_ONCE: usize = 4;

/// Why a password can't be hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error(
        "the password is too short: choose at least {MIN_PASSWORD_CHARS} characters, three random words will do"
    )]
    TooShort,
    /// Too long.
    #[error("the password is too long: at most {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    /// The hash function failed.
    #[error("hashing the password failed: {0}")]
    Hash(argon2::password_hash::Error),
}

/// The hash of a new password in PHC format, for [`store::server::Account::password_hash`]. Takes
/// some 20 ms of one core. `salt` is 16 fresh random bytes.
pub fn hash_password(password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
    if password.chars().count() < MIN_PASSWORD_CHARS {
        return Err(PasswordError::TooShort);
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(PasswordError::TooLong);
    }
    compute(password, &salt).map_err(PasswordError::Hash)
}

fn compute(password: &str, salt: &[u8]) -> argon2::password_hash::Result<String> {
    let owasp = Params::new(19_456, 2, 1, None)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, owasp);
    let hash: PasswordHash = argon2.hash_password_with_salt(password.as_bytes(), salt)?;
    Ok(hash.to_string())
}

/// How many may wait for it from one address, and from all together. Whoever comes then is told to
/// come again, so that a flood from one place neither fills memory nor keeps others waiting.
const WAITING_FROM_ONE: usize = 16;
const WAITING: usize = 128;

/// Why a password was not looked at.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HashingError {
    /// Too many are waiting.
    #[error("too many people are signing in: try again in a few seconds")]
    Busy,
    /// The hashing task failed.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
}

/// Verifies passwords off the async threads, a few at a time.
pub(crate) struct Hashing {
    permits: Semaphore,
    /// Who waits, by address: never more than [`WAITING`].
    waiting: Mutex<HashMap<Peer, usize>>,
}

/// A place in the queue, given back when it is dropped.
struct Place<'a> {
    hashing: &'a Hashing,
    peer: Peer,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut waiting = self.hashing.lock();
        if let Some(count) = waiting.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                waiting.remove(&self.peer);
            }
        }
    }
}

impl Default for Hashing {
    fn default() -> Self {
        Self {
            permits: Semaphore::new(AT_ONCE),
            waiting: Mutex::default(),
        }
    }
}

impl Hashing {
    /// Whether the password belongs to the hash. Without a hash (no such account) it works just as
    /// long and says no, so that the time taken tells nobody which accounts exist.
    pub(crate) async fn verify(
        &self,
        password: String,
        hash: Option<String>,
        peer: Peer,
    ) -> Result<bool, HashingError> {
        let _place = self.queue(peer)?;
        // The semaphore is never closed; without a permit the work is merely not held back.
        let _permit = self.permits.acquire().await.ok();
        let verified =
            tokio::task::spawn_blocking(move || verify(&password, hash.as_deref())).await?;
        Ok(verified)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Peer, usize>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn queue(&self, peer: Peer) -> Result<Place<'_>, HashingError> {
        let mut waiting = self.lock();
        let all: usize = waiting.values().sum();
        let own = waiting.get(&peer).copied().unwrap_or(0);
        if own >= WAITING_FROM_ONE || all >= WAITING {
            return Err(HashingError::Busy);
        }
        waiting.insert(peer, own + 1);
        Ok(Place {
            hashing: self,
            peer,
        })
    }
}

fn verify(password: &str, hash: Option<&str>) -> bool {
    let Some(hash) = hash else {
        let _same_work = compute(password, b"sixteen bytes...");
        return false;
    };
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_only() {
        let hash = hash_password("correct horse battery", [3; 16]).unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify("correct horse battery", Some(&hash)));
        assert!(!verify("correct horse batterY", Some(&hash)));
        assert!(!verify("correct horse battery", None));
        assert!(!verify("correct horse battery", Some("not a hash")));
    }

    #[test]
    fn short_and_huge_passwords_are_turned_away() {
        assert!(matches!(
            hash_password("short", [0; 16]),
            Err(PasswordError::TooShort)
        ));
        let huge = "x".repeat(MAX_PASSWORD_BYTES + 1);
        assert!(matches!(
            hash_password(&huge, [0; 16]),
            Err(PasswordError::TooLong)
        ));
    }
}
