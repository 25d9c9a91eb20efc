//! The bank holidays of one year in England, by the rules that make them.
//!
//! Sources: Banking and Financial Dealings Act 1971, section 1 and schedule 1 (Easter Monday, the
//! last Mondays in May and August, the days after Christmas); yearly royal proclamation under the
//! same section (New Year's Day since 1974, the first Monday in May since 1978); common law (Good
//! Friday, Christmas Day). The rules are applied to every year, so years before 1978 get holidays
//! that they did not have yet. One-off days and moved days are [`super::one_off`]'s.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::one_off::{EXTRA, MOVED};

/// A bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day off work: the substitute day where the day itself falls on a weekend.
    pub date: Date,
    /// What gov.uk calls it.
    pub name: &'static str,
    /// Where a one-off or a moved day was announced; `None` for a day that a rule gives.
    pub announced: Option<&'static str>,
}

/// The bank holidays of a year, by date.
pub fn bank_holidays(year: i16) -> Vec<BankHoliday> {
    let mut days: Vec<_> = regular(year)
        .into_iter()
        .filter_map(|(name, date)| {
            let date = date?;
            let moved = MOVED.iter().find(|it| it.from == date);
            Some(BankHoliday {
                date: moved.map_or(date, |it| it.to),
                name,
                announced: moved.map(|it| it.announced),
            })
        })
        .collect();
    days.extend(EXTRA.iter().filter(|it| it.date.year() == year).copied());
    days.sort_by_key(|it| it.date);
    days
}

/// What the rules give. A day is `None` only outside the years that a date can hold.
fn regular(year: i16) -> [(&'static str, Option<Date>); 8] {
    let easter = easter_sunday(year);
    let (christmas, boxing) = christmas(year);
    [
        ("New Year’s Day", new_years_day(year)),
        (
            "Good Friday",
            easter.and_then(|it| it.checked_sub(2.days()).ok()),
        ),
        (
            "Easter Monday",
            easter.and_then(|it| it.checked_add(1.day()).ok()),
        ),
        ("Early May bank holiday", monday(year, 5, 1)),
        ("Spring bank holiday", monday(year, 5, -1)),
        ("Summer bank holiday", monday(year, 8, -1)),
        ("Christmas Day", christmas),
        ("Boxing Day", boxing),
    ]
}

/// The first (1) or last (-1) Monday of a month.
fn monday(year: i16, month: i8, nth: i8) -> Option<Date> {
    Date::new(year, month, 1)
        .and_then(|it| it.nth_weekday_of_month(nth, Weekday::Monday))
        .ok()
}

/// 1 January, or the Monday after where it falls on a weekend.
fn new_years_day(year: i16) -> Option<Date> {
    let day = Date::new(year, 1, 1).ok()?;
    let wait = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    day.checked_add(wait.days()).ok()
}

/// Christmas Day and Boxing Day, each with its substitute day. A Christmas on a Sunday is made up
/// for on Tuesday, because Monday is Boxing Day already.
fn christmas(year: i16) -> (Option<Date>, Option<Date>) {
    let day = |day| Date::new(year, 12, day).ok();
    match day(25).map(Date::weekday) {
        Some(Weekday::Friday) => (day(25), day(28)),
        Some(Weekday::Saturday) => (day(27), day(28)),
        Some(Weekday::Sunday) => (day(27), day(26)),
        _ => (day(25), day(26)),
    }
}

/// Easter Sunday in the Gregorian calendar, by the algorithm that Nature printed anonymously in 1876
/// (Meeus, Astronomical Algorithms, chapter 8).
fn easter_sunday(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let count = epact + weekday - 7 * late + 114;
    let month = i8::try_from(count / 31).ok()?;
    let day = i8::try_from(count % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// England and Wales as published on <https://www.gov.uk/bank-holidays>, 2020 to 2028: month and
    /// day, in order.
    const PUBLISHED: [(i16, &str); 9] = [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (
            2022,
            "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        ),
        (
            2023,
            "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        ),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ];

    #[test]
    fn the_rules_give_the_published_lists() {
        for (year, days) in PUBLISHED {
            let expected: Vec<Date> = days
                .split(' ')
                .map(|day| format!("{year}-{day}").parse().unwrap())
                .collect();
            let computed: Vec<Date> = bank_holidays(year).iter().map(|it| it.date).collect();
            assert_eq!(computed, expected, "{year}");
        }
    }

    #[test]
    fn every_one_off_says_where_it_was_announced() {
        let named: Vec<_> = [2020, 2022, 2023]
            .into_iter()
            .flat_map(bank_holidays)
            .filter(|it| it.announced.is_some())
            .map(|it| (it.date.to_string(), it.name))
            .collect();
        assert_eq!(
            named,
            [
                ("2020-05-08".to_owned(), "Early May bank holiday"),
                ("2022-06-02".to_owned(), "Spring bank holiday"),
                ("2022-06-03".to_owned(), "Platinum Jubilee bank holiday"),
                (
                    "2022-09-19".to_owned(),
                    "Bank Holiday for the State Funeral of Queen Elizabeth II"
                ),
                (
                    "2023-05-08".to_owned(),
                    "Bank holiday for the coronation of King Charles III"
                ),
            ]
        );
    }

    #[test]
    fn the_first_and_last_years_have_what_fits() {
        assert!(bank_holidays(9999).len() >= 8);
        assert!(bank_holidays(-9999).len() <= 8);
    }
}
