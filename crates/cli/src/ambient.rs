//! The clock and the source of randomness: the only file in the workspace that may read them.
//!
//! Everything else takes times, ids and random bytes as arguments, so that it can be tested with
//! given ones (`clippy.toml` forbids the calls elsewhere).

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::{Timestamp, Zoned};
use uuid::Uuid;

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "the composition root's clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today by this machine's clock and time zone.
#[expect(clippy::disallowed_methods, reason = "the composition root's clock")]
pub fn today() -> jiff::civil::Date {
    Zoned::now().date()
}

/// The moment at which a day ends by this machine's time zone.
pub fn end_of(day: jiff::civil::Date) -> Result<Timestamp> {
    let next = day.tomorrow().context("the last day of the calendar")?;
    let midnight = next
        .to_zoned(jiff::tz::TimeZone::system())
        .context("that day can't be placed in this time zone")?;
    Ok(midnight.timestamp())
}

/// A stopwatch that started with this call; it never runs backwards.
#[expect(clippy::disallowed_methods, reason = "the composition root's clock")]
pub fn stopwatch() -> impl Fn() -> Duration {
    let start = Instant::now();
    move || start.elapsed()
}

/// `N` bytes from the operating system's secure source.
#[expect(
    clippy::disallowed_methods,
    reason = "the composition root's randomness"
)]
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).context("the operating system gave no random bytes: try again")?;
    Ok(bytes)
}

/// A new id (UUID version 7) that sorts by the time at which it was made.
pub fn new_id() -> Result<Uuid> {
    let millis = u64::try_from(now().as_millisecond()).context("the clock is set before 1970")?;
    let builder = uuid::Builder::from_unix_timestamp_millis(millis, &random_bytes()?);
    Ok(builder.into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_7_and_differ() {
        let (a, b) = (new_id().unwrap(), new_id().unwrap());
        assert_eq!(a.get_version_num(), 7);
        assert_ne!(a, b);
    }

    #[test]
    fn a_stopwatch_runs_forwards() {
        let elapsed = stopwatch();
        let first = elapsed();
        assert!(elapsed() >= first);
    }
}
