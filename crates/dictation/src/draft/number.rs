//! Numbers in words and digits: "22", "twenty-two", "five and a half", "4.5".
//!
//! What a number counts (a score, a day, an hour) doesn't belong here.

use super::token::Token;

const UNITS: &[(&str, u32)] = &[
    ("nought", 0),
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
];
const TENS: &[(&str, u32)] = &[
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];
const ORDINALS: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
];

fn lookup(table: &[(&str, u32)], word: &str) -> Option<u32> {
    table
        .iter()
        .find(|(name, _)| *name == word)
        .map(|&(_, value)| value)
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.lower.as_str())
}

/// A whole number at `at`, and where it ends.
pub(super) fn whole(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let here = word(tokens, at);
    if here.starts_with(|c: char| c.is_ascii_digit()) {
        return here.parse().ok().map(|value| (value, at + 1));
    }
    let (mut value, mut end) = below_hundred(tokens, at)?;
    if word(tokens, end) == "hundred" {
        value *= 100;
        end += 1;
        let rest = if word(tokens, end) == "and" {
            end + 1
        } else {
            end
        };
        if let Some((more, stop)) = below_hundred(tokens, rest) {
            value += more;
            end = stop;
        }
    }
    Some((value, end))
}

fn below_hundred(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let here = word(tokens, at);
    if let Some(value) = lookup(UNITS, here) {
        return Some((value, at + 1));
    }
    let tens = lookup(TENS, here)?;
    match lookup(UNITS, word(tokens, at + 1)) {
        Some(unit @ 1..=9) => Some((tens + unit, at + 2)),
        _ => Some((tens, at + 1)),
    }
}

/// A number that may have a fraction ("five and a half", "4.5", "six point five").
pub(super) fn decimal(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let here = word(tokens, at);
    if here.contains('.') {
        return digits(here).map(|value| (value, at + 1));
    }
    let (value, end) = whole(tokens, at)?;
    if [
        word(tokens, end),
        word(tokens, end + 1),
        word(tokens, end + 2),
    ] == ["and", "a", "half"]
    {
        return Some((f64::from(value) + 0.5, end + 3));
    }
    if word(tokens, end) == "point"
        && let Some((tenths @ 0..=9, stop)) = whole(tokens, end + 1)
    {
        return Some((f64::from(value) + f64::from(tenths) / 10.0, stop));
    }
    Some((f64::from(value), end))
}

/// A number in digits with at most one point, such as "4.5". The standard library's reader takes
/// exponents too, and brings tables of ten kilobytes into the phone's core.
pub(super) fn digits(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all = format!("{whole}{fraction}");
    if all.len() > 15 || !all.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    // Both are whole numbers that an `f64` holds exactly: the quotient is the nearest to what was said.
    let scale = u32::try_from(fraction.len()).ok()?;
    let (all, scale): (u64, u64) = (all.parse().ok()?, 10_u64.checked_pow(scale)?);
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most 15 digits, 53 bits hold all"
    )]
    Some(all as f64 / scale as f64)
}

/// A day of the month as an ordinal: "6th", "sixth", "twenty second".
pub(super) fn ordinal(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let here = word(tokens, at);
    if let Ok(value) = here.parse() {
        return matches!(word(tokens, at + 1), "st" | "nd" | "rd" | "th")
            .then_some((value, at + 2));
    }
    if let Some(value) = lookup(ORDINALS, here) {
        return Some((value, at + 1));
    }
    let tens = lookup(TENS, here)?;
    let unit = lookup(ORDINALS, word(tokens, at + 1)).filter(|unit| *unit < 10)?;
    Some((tens + unit, at + 2))
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, decimal, digits, ordinal, whole};

    #[test]
    fn words_and_digits_agree() {
        for (said, value) in [
            ("22", 22),
            ("twenty-two", 22),
            ("a", 0),
            ("one hundred and five", 105),
            ("nought", 0),
        ] {
            let parsed = whole(&tokens(said), 0).map(|(value, _)| value);
            assert_eq!(parsed, (said != "a").then_some(value), "{said}");
        }
        assert_eq!(decimal(&tokens("five and a half"), 0), Some((5.5, 4)));
        assert_eq!(ordinal(&tokens("twenty second of May"), 0), Some((22, 2)));
        assert_eq!(ordinal(&tokens("3rd"), 0), Some((3, 2)));
    }

    #[test]
    fn digits_are_read_as_the_standard_library_reads_them() {
        for text in [
            "4.5",
            "0.1",
            "6",
            "10.25",
            "0.30000000000001",
            ".5",
            "5.",
            "999999999999.99",
        ] {
            assert_eq!(digits(text), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "1.2.3", "-1", "1e5", "four", "1234567890.1234567"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
