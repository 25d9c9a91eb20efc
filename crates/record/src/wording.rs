//! How readings write dates, labels and clauses: one way for all of them.

use jiff::civil::Date;

use crate::model::{Precision, RoughDate};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(date: Date) -> &'static str {
    usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month - 1))
        .unwrap_or(&"")
}

/// A date as people say it: `6 September 2026`.
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// A date as exactly as it is known: `6 September 2026`, `September 2026`, `2026`,
/// `about September 2026`.
pub fn rough_date(when: RoughDate) -> String {
    let date = when.date;
    match when.precision {
        Precision::Exact => long_date(date),
        Precision::Month => format!("{} {}", month_name(date), date.year()),
        Precision::Year => date.year().to_string(),
        Precision::About => format!("about {} {}", month_name(date), date.year()),
    }
}

/// A label at the start of a sentence.
pub(crate) fn capital(label: &str) -> String {
    let mut letters = label.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Words that end a sentence: with one full stop, whether or not their author wrote it.
pub(crate) fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?', '…', '”']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// `, because …` and the full stop.
pub(crate) fn push_because(text: &mut String, because: Option<&str>) {
    if let Some(because) = because {
        text.push_str(", because ");
        text.push_str(because.trim_end_matches('.'));
    }
    text.push('.');
}

/// Names in a row: `Donna, Craig and Tyler`.
pub(crate) fn in_a_row(names: &[String]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
