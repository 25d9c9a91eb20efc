//! The working-day calendar: properties over any day from 2000 to 2099.

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use proptest::prelude::*;
use record::calendar::{
    add_working_days, bank_holidays, is_bank_holiday, is_working_day, working_days_between,
};

fn day() -> impl Strategy<Value = Date> {
    (0..36_525_i32).prop_map(|n| date(2000, 1, 1).checked_add(n.days()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn adding_and_counting_are_inverse(from in day(), days in 0..300_u32) {
        prop_assert_eq!(working_days_between(from, add_working_days(from, days)), days);
    }

    #[test]
    fn what_is_added_never_ends_on_a_day_off(from in day(), days in 1..300_u32) {
        let end = add_working_days(from, days);
        prop_assert!(!matches!(end.weekday(), Weekday::Saturday | Weekday::Sunday));
        prop_assert!(!is_bank_holiday(end));
        prop_assert!(is_working_day(end));
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(from in day(), a in 0..60_u32, b in 0..60_u32) {
        let stepwise = add_working_days(add_working_days(from, a), b);
        prop_assert_eq!(stepwise, add_working_days(from, a + b));
    }

    #[test]
    fn a_year_has_its_eight_holidays_on_weekdays_of_that_year(year in 2000..2100_i16) {
        let days = bank_holidays(year);
        prop_assert!(days.len() >= 8);
        prop_assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date), "{days:?}");
        for it in days {
            prop_assert_eq!(it.date.year(), year);
            prop_assert!(!matches!(it.date.weekday(), Weekday::Saturday | Weekday::Sunday));
        }
    }
}
