//! Which day a spoken date means, counted from the visit and the day of recording.
//!
//! The visit lies on or before the day of recording; what is due lies on or after the visit.
//! Days of the week count from the weekday that the *speaker* gave the visit, right or wrong: she
//! knows which Monday she means, whatever year the date falls in.

use jiff::{ToSpan, civil::Date};

use super::date::{Turn, When};

/// The visit's day as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) date: Date,
    /// Monday is 1; as spoken, else the date's own.
    pub(super) weekday: i8,
}

impl Visit {
    pub(super) fn on(date: Date, spoken: Option<i8>) -> Self {
        Self {
            date,
            weekday: spoken.unwrap_or_else(|| date.weekday().to_monday_one_offset()),
        }
    }
}

fn days(date: Date, count: i64) -> Option<Date> {
    date.checked_add(count.days()).ok()
}

/// The most recent day that a spoken visit date can mean, and the weekday spoken with it.
pub(super) fn past(when: When, recorded: Date) -> Option<(Date, Option<i8>)> {
    match when {
        When::MonthDay {
            year: Some(year),
            month,
            day,
            weekday,
        } => Some((Date::new(year, month, day).ok()?, weekday)),
        When::MonthDay {
            year: None,
            month,
            day,
            weekday,
        } => {
            let years =
                (0..5).filter_map(|back| Date::new(recorded.year() - back, month, day).ok());
            years
                .into_iter()
                .find(|date| *date <= recorded)
                .map(|date| (date, weekday))
        }
        When::Day { day, weekday } => {
            let months = (0..12).filter_map(|back| {
                let first = recorded.first_of_month().checked_sub(back.months()).ok()?;
                Date::new(first.year(), first.month(), day).ok()
            });
            months
                .into_iter()
                .find(|date| *date <= recorded)
                .map(|date| (date, weekday))
        }
        When::Weekday { weekday, .. } => {
            let today = i64::from(recorded.weekday().to_monday_one_offset());
            Some((
                days(recorded, -(today - i64::from(weekday)).rem_euclid(7))?,
                Some(weekday),
            ))
        }
        When::Days(count) if count <= 0 => Some((days(recorded, count)?, None)),
        _ => None,
    }
}

/// The day on or after the visit that a spoken due date means.
pub(super) fn future(when: When, visit: Visit) -> Option<Date> {
    match when {
        When::MonthDay {
            year: Some(year),
            month,
            day,
            ..
        } => Date::new(year, month, day).ok(),
        When::MonthDay {
            year: None,
            month,
            day,
            ..
        } => {
            let years = (0..5).filter_map(|on| Date::new(visit.date.year() + on, month, day).ok());
            years.into_iter().find(|date| *date >= visit.date)
        }
        When::Day { day, .. } => {
            let months = (0..12).filter_map(|on| {
                let first = visit.date.first_of_month().checked_add(on.months()).ok()?;
                Date::new(first.year(), first.month(), day).ok()
            });
            months.into_iter().find(|date| *date >= visit.date)
        }
        When::Weekday { weekday, turn } => {
            let ahead = i64::from(weekday - visit.weekday);
            let coming = if ahead <= 0 { ahead + 7 } else { ahead };
            let count = match turn {
                Turn::Coming => coming,
                Turn::Next => ahead + 7,
                Turn::Last => return None,
                Turn::Later(weeks) => coming + 7 * weeks,
            };
            days(visit.date, count)
        }
        When::Days(count) if count >= 0 => days(visit.date, count),
        When::Days(_) => None,
        When::Months(count) => visit.date.checked_add(count.months()).ok(),
        When::EndOfWeek(weeks) => {
            let ahead = i64::from(5 - visit.weekday);
            days(
                visit.date,
                (if ahead < 0 { ahead + 7 } else { ahead }) + 7 * weeks,
            )
        }
        When::EndOfMonth(months) => visit
            .date
            .first_of_month()
            .checked_add(months.months())
            .ok()
            .map(Date::last_of_month),
        When::WorkingDays(count) => working_days(visit, count),
    }
}

/// Weekends are skipped; bank holidays are configuration and not known here.
fn working_days(visit: Visit, count: i64) -> Option<Date> {
    let (mut date, mut weekday, mut left) = (visit.date, visit.weekday, count);
    while left > 0 {
        date = days(date, 1)?;
        weekday = weekday % 7 + 1;
        if weekday <= 5 {
            left -= 1;
        }
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{
        super::date::{Turn, When},
        Visit, future, past,
    };

    #[test]
    fn the_visit_is_the_most_recent_such_day() {
        let said = When::MonthDay {
            year: None,
            month: 12,
            day: 3,
            weekday: None,
        };
        assert_eq!(
            past(said, date(2026, 1, 10)),
            Some((date(2025, 12, 3), None))
        );
    }

    #[test]
    fn weekdays_count_from_the_weekday_that_was_spoken() {
        // 7 September 2026 is a Monday; the speaker said Thursday, so her Monday is the 11th.
        let visit = Visit::on(date(2026, 9, 7), Some(4));
        assert_eq!(
            future(
                When::Weekday {
                    weekday: 1,
                    turn: Turn::Coming
                },
                visit
            ),
            Some(date(2026, 9, 11))
        );
        assert_eq!(
            future(
                When::Weekday {
                    weekday: 4,
                    turn: Turn::Next
                },
                visit
            ),
            Some(date(2026, 9, 14))
        );
        assert_eq!(future(When::WorkingDays(2), visit), Some(date(2026, 9, 11)));
    }
}
