//! Days in a sample's file: counted from the Monday of a week, so that the sample families' visits
//! are always of these weeks and some of their actions still to come.
//!
//! `{day:-12}` becomes 2023-08-23, and `{said:-12}` what somebody says of it: Wednesday the 23rd of
//! August.

use anyhow::{Context, Result};
use jiff::{ToSpan as _, civil::Date};

/// The Monday of the working week in which `day` is; of the coming one at a weekend, so that there is
/// always something to do yet.
pub(super) fn monday_of(day: Date) -> Result<Date> {
    let after_monday = i64::from(day.weekday().to_monday_zero_offset());
    let to_monday = if after_monday < 5 { 0 } else { 7 } - after_monday;
    Ok(day.checked_add(to_monday.days())?)
}

/// The file's text with every day put in.
pub(super) fn fill(template: &str, monday: Date) -> Result<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, kind, after)) = next(rest) {
        let (offset, after) = after.split_once('}').context("a day without its end")?;
        let offset: i32 = offset.parse().context("a day is counted in whole days")?;
        let day = monday.checked_add(offset.days())?;
        filled.push_str(before);
        filled.push_str(&match kind {
            Kind::Day => day.to_string(),
            Kind::Said => said(day),
        });
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[derive(Clone, Copy)]
enum Kind {
    Day,
    Said,
}

/// The text before the first day, how it is to be written, and the text from its number on.
fn next(text: &str) -> Option<(&str, Kind, &str)> {
    let found = [("{day:", Kind::Day), ("{said:", Kind::Said)];
    let (at, mark, kind) = found
        .into_iter()
        .filter_map(|(mark, kind)| Some((text.find(mark)?, mark, kind)))
        .min_by_key(|(at, ..)| *at)?;
    Some((&text[..at], kind, &text[at + mark.len()..]))
}

fn said(day: Date) -> String {
    let suffix = match day.day() {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    format!(
        "{} the {}{suffix} of {}",
        day.strftime("%A"),
        day.day(),
        day.strftime("%B")
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_from_monday() {
        let monday = monday_of(date(2023, 9, 8)).unwrap();
        assert_eq!(monday, date(2023, 9, 4));
        assert_eq!(monday_of(monday).unwrap(), monday);
        assert_eq!(monday_of(date(2023, 9, 3)).unwrap(), monday);
        assert_eq!(monday_of(date(2023, 9, 2)).unwrap(), monday);
        let text = r#"{"on": "{day:-12}", "text": "On {said:-12} and by {said:-3}."}"#;
        assert_eq!(
            fill(text, monday).unwrap(),
            r#"{"on": "2023-08-23", "text": "On Wednesday the 23rd of August and by Friday the 1st of September."}"#
        );
    }

    #[test]
    fn a_day_that_is_none_is_an_error() {
        let monday = date(2023, 9, 4);
        for bad in ["{day:x}", "{said:1.5}", "{day:", "{day:99999999999}"] {
            assert!(fill(bad, monday).is_err(), "{bad}");
        }
    }
}
