//! Time and randomness as the composition root hands them in: nothing here reads either by itself.

use std::sync::Arc;

/// What time it is, in milliseconds since 1970, UTC.
pub trait Clock: Send + Sync {
    /// The time now.
    fn unix_millis(&self) -> i64;
}

/// Where random bytes come from.
pub trait Randomness: Send + Sync {
    /// Fills the slice with bytes that nobody can guess.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The operating system gave no random bytes. Nothing secret may be made without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes: restart the machine's entropy source")]
pub struct NoRandomness;

impl<F: Fn() -> i64 + Send + Sync> Clock for F {
    fn unix_millis(&self) -> i64 {
        self()
    }
}

impl<F: Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync> Randomness for F {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self(bytes)
    }
}

/// Both, shared by all requests.
#[derive(Clone)]
pub struct Ambient {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The random bytes.
    pub randomness: Arc<dyn Randomness>,
}

impl Ambient {
    /// The time now, in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.unix_millis()
    }

    /// `N` fresh random bytes.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// The raw value of a new id.
    pub(crate) fn mint(&self) -> Result<uuid::Uuid, NoRandomness> {
        // A clock before 1970 is broken; the id is then merely not sorted by time.
        let millis = u64::try_from(self.now()).unwrap_or(0);
        Ok(record::ids::mint(millis, self.random()?))
    }
}
