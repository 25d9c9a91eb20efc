//! Which day it is in England, from a time that is passed in.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Great Britain's rule since 1996, written out so that no time zone database is needed: summer
/// time from the last Sunday of March to the last Sunday of October, changing at 01:00 UTC.
const LONDON: &str = "GMT0BST,M3.5.0/1,M10.5.0";

/// The date in London at a time in milliseconds since 1970. A time past the calendar counts as 1970.
pub(crate) fn in_london(unix_millis: i64) -> Date {
    let zone = TimeZone::posix(LONDON).unwrap_or(TimeZone::UTC);
    let time = Timestamp::from_millisecond(unix_millis).unwrap_or_default();
    zone.to_datetime(time).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_london_summer_and_winter() {
        for (time, date) in [
            ("2026-01-15T23:59:59Z", "2026-01-15"),
            ("2026-01-16T00:00:00Z", "2026-01-16"),
            ("2026-03-28T23:30:00Z", "2026-03-28"),
            ("2026-03-29T23:30:00Z", "2026-03-30"),
            ("2026-07-15T22:59:59Z", "2026-07-15"),
            ("2026-07-15T23:00:00Z", "2026-07-16"),
            ("2026-10-24T23:30:00Z", "2026-10-25"),
            ("2026-10-25T23:30:00Z", "2026-10-25"),
        ] {
            let time: Timestamp = time.parse().unwrap();
            assert_eq!(in_london(time.as_millisecond()).to_string(), date, "{time}");
        }
    }
}
