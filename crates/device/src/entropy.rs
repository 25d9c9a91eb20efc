//! Ids and actors from random bytes that the caller passes in.

use jiff::Timestamp;
use record::ids;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::DeviceError;

/// The fewest random bytes that one call needs.
pub const MIN_ENTROPY: usize = 16;

/// As many ids as one call needs, out of one helping of random bytes: SHA-256 of them and a counter.
#[derive(Debug, Clone)]
pub struct Ids {
    seed: Vec<u8>,
    millis: u64,
    given: u64,
}

impl Ids {
    /// From fresh random bytes, never used before, and the time.
    ///
    /// # Errors
    /// [`DeviceError::TooLittleEntropy`] for fewer than [`MIN_ENTROPY`] bytes.
    pub fn new(entropy: &[u8], now: Timestamp) -> Result<Self, DeviceError> {
        if entropy.len() < MIN_ENTROPY {
            return Err(DeviceError::TooLittleEntropy);
        }
        Ok(Self {
            seed: entropy.to_vec(),
            // A clock before 1970 is wrong, and an id is an id all the same.
            millis: u64::try_from(now.as_millisecond()).unwrap_or(0),
            given: 0,
        })
    }

    fn random(&mut self) -> [u8; 32] {
        self.given += 1;
        let mut hash = Sha256::new();
        hash.update(&self.seed);
        hash.update(self.given.to_be_bytes());
        hash.finalize().into()
    }

    /// A new id that sorts by the time at which it was made.
    pub fn id(&mut self) -> Uuid {
        let random = self.random();
        let mut ten = [0; 10];
        ten.copy_from_slice(&random[..10]);
        ids::mint(self.millis, ten)
    }

    /// A fresh Automerge actor.
    pub fn actor(&mut self) -> [u8; 16] {
        let random = self.random();
        let mut sixteen = [0; 16];
        sixteen.copy_from_slice(&random[..16]);
        sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_follow_their_seed() {
        let now = Timestamp::UNIX_EPOCH;
        let mut one = Ids::new(&[1; 32], now).unwrap();
        let mut other = Ids::new(&[2; 32], now).unwrap();
        let ids = [one.id(), one.id(), other.id()];
        assert!(ids[0] != ids[1] && ids[0] != ids[2], "{ids:?}");
        assert_eq!(Ids::new(&[1; 32], now).unwrap().id(), ids[0]);
        assert!(Ids::new(&[1; 15], now).is_err());
    }
}
