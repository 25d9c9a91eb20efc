//! Bank holidays that no rule gives: days moved or added for one year by royal proclamation.
//!
//! Add a new one here as soon as it is announced, with its source and a line in the published list
//! of the tests. Days before 2020 are left out: no timescale reaches back to them.

use jiff::civil::{Date, date};

use super::BankHoliday;

/// A regular bank holiday that was held on another day.
pub(super) struct Moved {
    /// The day that the rule gives.
    pub(super) from: Date,
    /// The day on which it was held.
    pub(super) to: Date,
    /// Where that was announced.
    pub(super) announced: &'static str,
}

pub(super) const MOVED: &[Moved] = &[
    Moved {
        from: date(2020, 5, 4),
        to: date(2020, 5, 8),
        announced: "Department for Business, Energy and Industrial Strategy, 7 June 2019: early May \
                    bank holiday 2020 moved to the 75th anniversary of VE Day",
    },
    Moved {
        from: date(2022, 5, 30),
        to: date(2022, 6, 2),
        announced: "Department for Digital, Culture, Media and Sport, 12 November 2020: spring bank \
                    holiday 2022 moved for the Platinum Jubilee",
    },
];

pub(super) const EXTRA: &[BankHoliday] = &[
    BankHoliday {
        date: date(2022, 6, 3),
        name: "Platinum Jubilee bank holiday",
        announced: Some(
            "Department for Digital, Culture, Media and Sport, 12 November 2020: extra bank holiday \
             for the Platinum Jubilee",
        ),
    },
    BankHoliday {
        date: date(2022, 9, 19),
        name: "Bank Holiday for the State Funeral of Queen Elizabeth II",
        announced: Some("Order approved by the King at the Accession Council, 10 September 2022"),
    },
    BankHoliday {
        date: date(2023, 5, 8),
        name: "Bank holiday for the coronation of King Charles III",
        announced: Some("Cabinet Office and Prime Minister’s Office, 6 November 2022"),
    },
];
