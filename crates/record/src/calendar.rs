//! Working days in England: Monday to Friday, bank holidays left out.
//!
//! Invariants: the same day always gives the same answer, whatever the machine's clock or time zone;
//! a bank holiday comes from a rule of law or from a named one-off, never from a list that runs out.
//! What is due when belongs to [`crate::timescales()`], not here. A holiday proclaimed after this
//! program was built is unknown to it until `one_off` names it: dates due around it come a day
//! early, never late.

mod bank_holidays;
mod local;
mod one_off;

use jiff::civil::{Date, Weekday};

pub use bank_holidays::{BankHoliday, bank_holidays};
pub(crate) use local::instant;
pub use local::local;

/// Whether a day is a bank holiday in England.
pub fn is_bank_holiday(date: Date) -> bool {
    bank_holidays(date.year()).iter().any(|it| it.date == date)
}

/// Whether a day is a working day: no Saturday, no Sunday, no bank holiday.
pub fn is_working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_bank_holiday(date)
}

/// The `days`-th working day after `from`; the day itself does not count, whether it is a working
/// day or not. No days give `from` itself. Ends at the last day that a date can hold.
pub fn add_working_days(from: Date, days: u32) -> Date {
    let mut date = from;
    let mut left = days;
    while left > 0 {
        let Ok(next) = date.tomorrow() else {
            return date;
        };
        date = next;
        left -= u32::from(is_working_day(date));
    }
    date
}

/// How many working days lie after `from` up to and including `to`; none when `to` is not after
/// `from`. So it is what [`add_working_days`] added.
pub fn working_days_between(from: Date, to: Date) -> u32 {
    let mut date = from;
    let mut days = 0;
    while date < to {
        let Ok(next) = date.tomorrow() else {
            return days;
        };
        date = next;
        days += u32::from(is_working_day(date));
    }
    days
}

/// Calendar days from one day to another; none when `to` is not after `from`.
pub fn days_between(from: Date, to: Date) -> u32 {
    u32::try_from((to - from).get_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ten_working_days_step_over_weekends_and_holidays() {
        // Thursday before Easter 2026: Good Friday and Easter Monday do not count.
        assert_eq!(add_working_days(date(2026, 4, 2), 1), date(2026, 4, 7));
        assert_eq!(add_working_days(date(2026, 9, 6), 10), date(2026, 9, 18));
        assert_eq!(add_working_days(date(2026, 12, 24), 2), date(2026, 12, 30));
        assert_eq!(add_working_days(date(2026, 9, 5), 0), date(2026, 9, 5));
    }

    #[test]
    fn between_counts_the_last_day_and_not_the_first() {
        assert_eq!(
            working_days_between(date(2026, 9, 4), date(2026, 9, 7)),
            1,
            "Friday to Monday"
        );
        assert_eq!(
            working_days_between(date(2026, 9, 7), date(2026, 9, 4)),
            0,
            "backwards"
        );
        assert_eq!(days_between(date(2026, 9, 4), date(2026, 10, 4)), 30);
        assert_eq!(days_between(date(2026, 10, 4), date(2026, 9, 4)), 0);
    }

    #[test]
    fn the_end_of_the_calendar_is_an_end() {
        assert_eq!(add_working_days(Date::MAX, 5), Date::MAX);
    }
}
