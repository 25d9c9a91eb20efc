//! Local time in England from an instant and back, by the rule of the Summer Time Order 2002 (in
//! force since 2002): clocks go forward on the last Sunday in March and back on the last in October,
//! at 01:00 UTC. Written out because the record reads no time zone database.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// The rule in the POSIX notation.
const ENGLAND: &str = "GMT0BST,M3.5.0/1,M10.5.0";

fn england() -> TimeZone {
    // The notation is a constant that a test reads; without it, UTC is at most an hour off.
    TimeZone::posix(ENGLAND).unwrap_or(TimeZone::UTC)
}

/// What a clock on the wall in England shows at an instant.
pub fn local(at: Timestamp) -> DateTime {
    england().to_datetime(at)
}

/// The instant of a local time; `None` only outside the years that an instant can hold. The hour
/// that comes twice in October is taken as the first, the one that is skipped in March as after.
pub(crate) fn instant(local: DateTime) -> Option<Timestamp> {
    england().to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn summer_time_begins_and_ends_on_last_sundays() {
        for (utc, clock) in [
            ("2026-03-29T00:59:00Z", date(2026, 3, 29).at(0, 59, 0, 0)),
            ("2026-03-29T01:00:00Z", date(2026, 3, 29).at(2, 0, 0, 0)),
            ("2026-10-25T00:59:00Z", date(2026, 10, 25).at(1, 59, 0, 0)),
            ("2026-10-25T01:00:00Z", date(2026, 10, 25).at(1, 0, 0, 0)),
            ("2026-07-01T23:30:00Z", date(2026, 7, 2).at(0, 30, 0, 0)),
        ] {
            assert_eq!(local(utc.parse().unwrap()), clock, "{utc}");
        }
        let noon = date(2026, 7, 1).at(12, 0, 0, 0);
        assert_eq!(instant(noon), Some("2026-07-01T11:00:00Z".parse().unwrap()));
    }
}
