//! Numbers in words to numbers in digits, before two texts are compared.
//!
//! A port of `EnglishNumberNormalizer` of openai/whisper (`whisper/normalizers/english.py`, MIT
//! licence), rule by rule and with its peculiarities ("oh" is a zero, "four fifteen" is 415),
//! because word error rates are only comparable under the same rules. Its steps have its names.
//! `tests/eval.rs` compares with what the original gave. Numbers beyond 128 bits begin anew.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

const ONES: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const MULTIPLIERS: &[&str] = &[
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
    "octillion",
    "nonillion",
    "decillion",
];

/// What a number word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Zero,
    One(u128),
    Ten(u128),
    Multiplier(u128),
    /// The same, said as a plural or an ordinal.
    OneWith(u128, &'static str),
    TenWith(u128, &'static str),
    MultiplierWith(u128, &'static str),
    /// "minus", "plus" …
    Before(&'static str),
    /// "pounds" …
    After(&'static str),
    /// "per cent", "percent".
    Percent,
    /// "and", "double", "triple", "point".
    Special,
}

static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(words);

fn words() -> HashMap<String, Word> {
    let mut all = HashMap::new();
    for zero in ["o", "oh", "zero"] {
        all.insert(zero.to_owned(), Word::Zero);
    }
    for (&name, value) in ONES.iter().zip(1..) {
        all.insert(name.to_owned(), Word::One(value));
        let plural = if name == "six" {
            "sixes".to_owned()
        } else {
            format!("{name}s")
        };
        all.insert(plural, Word::OneWith(value, "s"));
        let ordinal = match name {
            "one" | "two" | "three" | "five" | "twelve" => continue,
            _ if name.ends_with('t') => format!("{name}h"),
            _ => format!("{name}th"),
        };
        all.insert(ordinal, Word::OneWith(value, "th"));
    }
    for (name, value, ending) in [
        ("zeroth", 0, "th"),
        ("first", 1, "st"),
        ("second", 2, "nd"),
        ("third", 3, "rd"),
        ("fifth", 5, "th"),
        ("twelfth", 12, "th"),
    ] {
        all.insert(name.to_owned(), Word::OneWith(value, ending));
    }
    for (name, value) in TENS.iter().zip((20..).step_by(10)) {
        all.insert((*name).to_owned(), Word::Ten(value));
        all.insert(name.replace('y', "ies"), Word::TenWith(value, "s"));
        all.insert(name.replace('y', "ieth"), Word::TenWith(value, "th"));
    }
    let powers = MULTIPLIERS
        .iter()
        .zip(1_u32..)
        .map(|(name, n)| (*name, 1000_u128.pow(n)));
    for (name, value) in powers.chain([("hundred", 100)]) {
        all.insert(name.to_owned(), Word::Multiplier(value));
        all.insert(format!("{name}s"), Word::MultiplierWith(value, "s"));
        all.insert(format!("{name}th"), Word::MultiplierWith(value, "th"));
    }
    for (name, sign) in [
        ("minus", "-"),
        ("negative", "-"),
        ("plus", "+"),
        ("positive", "+"),
    ] {
        all.insert(name.to_owned(), Word::Before(sign));
    }
    for (name, sign) in [
        ("pound", "£"),
        ("euro", "€"),
        ("dollar", "$"),
        ("cent", "¢"),
    ] {
        all.insert(name.to_owned(), Word::After(sign));
        all.insert(format!("{name}s"), Word::After(sign));
    }
    for name in ["per", "percent"] {
        all.insert(name.to_owned(), Word::Percent);
    }
    for name in ["and", "double", "triple", "point"] {
        all.insert(name.to_owned(), Word::Special);
    }
    all
}

/// A number that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Number(u128),
    /// Digits one after the other, or with a decimal point.
    Digits(String),
}

impl Value {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Digits(digits) => digits.clone(),
        }
    }

    /// The whole number that this times `multiplier` is, if it is one.
    fn times(&self, multiplier: u128) -> Option<u128> {
        let text = self.text();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits: u128 = format!("{whole}{part}").parse().ok()?;
        let scale = 10_u128.checked_pow(u32::try_from(part.len()).ok()?)?;
        let product = digits.checked_mul(multiplier)?;
        (product % scale == 0).then_some(product / scale)
    }
}

/// What stands before more digits: nothing for nothing and for a bare zero, as in the original.
fn digits_of(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Number(0)) => String::new(),
        Some(value) => value.text(),
    }
}

#[derive(Default)]
struct Reader {
    prefix: Option<&'static str>,
    value: Option<Value>,
    out: Vec<String>,
}

impl Reader {
    fn put(&mut self, text: &str) {
        let prefix = self.prefix.take().unwrap_or_default();
        self.out.push(format!("{prefix}{text}"));
        self.value = None;
    }

    fn flush(&mut self) {
        if let Some(value) = self.value.take() {
            self.put(&value.text());
        }
    }

    /// Value with a smaller number behind it: added where it fits, else written behind it.
    fn joined(&self, number: u128, room: u128, before: Option<Word>) -> Value {
        match &self.value {
            None => Value::Number(number),
            Some(Value::Number(value))
                if !matches!(before, Some(Word::One(_))) && value % room == 0 =>
            {
                value
                    .checked_add(number)
                    .map_or(Value::Number(number), Value::Number)
            }
            // "one twenty three": the last zero gives way.
            Some(value) if number < 10 && matches!(before, Some(Word::Ten(_))) => {
                let text = value.text();
                let kept = text.strip_suffix('0').unwrap_or(&text);
                Value::Digits(format!("{kept}{number}"))
            }
            Some(value) => Value::Digits(format!("{}{number}", value.text())),
        }
    }
}

/// Reads the words of a text, without symbols and in lower case.
fn process_words(words: &[&str]) -> Vec<String> {
    let mut reader = Reader::default();
    let mut skip = false;
    let word_at = |at: usize| words.get(at).and_then(|word| WORDS.get(*word)).copied();
    for (at, &current) in words.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let next = words.get(at + 1).copied();
        let next_word = word_at(at + 1);
        let next_counts = next_word.is_some() || next.is_some_and(arabic);
        let before = at.checked_sub(1).and_then(word_at);
        let sign = ["-", "+", "£", "€", "$", "¢"]
            .into_iter()
            .find(|sign| current.starts_with(sign));
        let bare = sign.map_or(current, |sign| &current[sign.len()..]);
        if arabic(bare) {
            if let Some(Value::Digits(digits)) = &mut reader.value
                && digits.ends_with('.')
            {
                digits.push_str(current);
                continue;
            }
            reader.flush();
            reader.prefix = sign.or(reader.prefix);
            let value = Value::Digits(bare.to_owned());
            reader.value = Some(value.times(1).map_or(value, Value::Number));
            continue;
        }
        let Some(word) = word_at(at) else {
            reader.flush();
            reader.put(current);
            continue;
        };
        match word {
            Word::Zero => {
                reader.value = Some(Value::Digits(format!(
                    "{}0",
                    digits_of(reader.value.as_ref())
                )));
            }
            Word::One(number) => {
                let room = if number < 10 { 10 } else { 100 };
                reader.value = Some(reader.joined(number, room, before));
            }
            Word::OneWith(number, ending) => {
                let room = if number < 10 { 10 } else { 100 };
                let value = reader.joined(number, room, before);
                reader.put(&format!("{}{ending}", value.text()));
            }
            Word::Ten(number) => reader.value = Some(tens(&reader, number)),
            Word::TenWith(number, ending) => {
                let value = tens(&reader, number);
                reader.put(&format!("{}{ending}", value.text()));
            }
            Word::Multiplier(by) => match &reader.value {
                None => reader.value = Some(Value::Number(by)),
                Some(value) => match multiplied(value, by) {
                    Some(product) => reader.value = Some(Value::Number(product)),
                    None => {
                        reader.flush();
                        reader.value = Some(Value::Number(by));
                    }
                },
            },
            Word::MultiplierWith(by, ending) => match &reader.value {
                None => reader.put(&format!("{by}{ending}")),
                Some(value) => match multiplied(value, by) {
                    Some(product) => reader.put(&format!("{product}{ending}")),
                    None => {
                        reader.flush();
                        reader.put(&format!("{by}{ending}"));
                    }
                },
            },
            Word::Before(sign) => {
                reader.flush();
                if next_counts {
                    reader.prefix = Some(sign);
                } else {
                    reader.put(current);
                }
            }
            Word::After(sign) => {
                if reader.value.is_some() {
                    reader.prefix = Some(sign);
                    reader.flush();
                } else {
                    reader.put(current);
                }
            }
            Word::Percent => match reader.value.take() {
                Some(value) if current == "percent" || next == Some("cent") => {
                    reader.put(&format!("{}%", value.text()));
                    skip = current == "per";
                }
                Some(value) => {
                    reader.put(&value.text());
                    reader.put(current);
                }
                None => reader.put(current),
            },
            Word::Special if !next_counts => {
                reader.flush();
                reader.put(current);
            }
            Word::Special if current == "and" => {
                if !matches!(before, Some(Word::Multiplier(_))) {
                    reader.flush();
                    reader.put(current);
                }
            }
            Word::Special if current == "point" => {
                if matches!(next_word, Some(Word::One(_) | Word::Ten(_) | Word::Zero))
                    || next.is_some_and(arabic)
                {
                    reader.value = Some(Value::Digits(format!(
                        "{}.",
                        digits_of(reader.value.as_ref())
                    )));
                }
            }
            Word::Special => match next_word {
                Some(Word::One(_) | Word::Zero) => {
                    let repeats = if current == "double" { 2 } else { 3 };
                    let digit = match next_word {
                        Some(Word::One(number)) => number.to_string(),
                        _ => "0".to_owned(),
                    };
                    let before = digits_of(reader.value.as_ref());
                    reader.value =
                        Some(Value::Digits(format!("{before}{}", digit.repeat(repeats))));
                    skip = true;
                }
                _ => {
                    reader.flush();
                    reader.put(current);
                }
            },
        }
    }
    reader.flush();
    reader.out
}

fn tens(reader: &Reader, number: u128) -> Value {
    match &reader.value {
        None => Value::Number(number),
        Some(Value::Number(value)) if value % 100 == 0 => value
            .checked_add(number)
            .map_or(Value::Number(number), Value::Number),
        Some(value) => Value::Digits(format!("{}{number}", value.text())),
    }
}

fn multiplied(value: &Value, by: u128) -> Option<u128> {
    match value {
        Value::Digits(_) | Value::Number(0) => value.times(by),
        Value::Number(number) => {
            let (before, residual) = (number / 1000 * 1000, number % 1000);
            residual.checked_mul(by)?.checked_add(before)
        }
    }
}

/// Digits, with or without a decimal part.
fn arabic(word: &str) -> bool {
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    digits(whole) && digits(part)
}

macro_rules! pattern {
    ($name:ident, $text:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "a literal that a test compiles")]
            Regex::new($text).expect("a valid pattern")
        });
    };
}
pub(super) use pattern;

pattern!(HALF, r"\band\s+a\s+half\b");
pattern!(LETTER_DIGIT, r"([a-z])([0-9])");
pattern!(DIGIT_LETTER, r"([0-9])([a-z])");
pattern!(ENDING, r"([0-9])\s+(st|nd|rd|th|s)\b");
pattern!(CENTS, r"([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})\b");
pattern!(ONLY_CENTS, r"[€£$]0.([0-9]{1,2})\b");
pattern!(ONE, r"\b1(s?)\b");

/// "two and a half" to "two point five"; digits and letters apart, endings joined.
fn preprocess(text: &str) -> String {
    let segments: Vec<&str> = HALF.split(text).collect();
    let mut results: Vec<&str> = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        if segment.trim().is_empty() {
            continue;
        }
        results.push(segment);
        if at + 1 < segments.len() {
            let last = segment
                .split_whitespace()
                .next_back()
                .and_then(|word| WORDS.get(word));
            results.push(match last {
                Some(Word::Zero | Word::One(_) | Word::Ten(_) | Word::Multiplier(_)) => {
                    "point five"
                }
                _ => "and a half",
            });
        }
    }
    let text = results.join(" ");
    let text = LETTER_DIGIT.replace_all(&text, "$1 $2");
    let text = DIGIT_LETTER.replace_all(&text, "$1 $2");
    ENDING.replace_all(&text, "$1$2").into_owned()
}

/// "$2 and ¢7" to "$2.07"; "1" to "one".
fn postprocess(text: &str) -> String {
    let text = CENTS.replace_all(text, |found: &regex::Captures<'_>| {
        let cents: u32 = found[3].parse().unwrap_or_default();
        format!("{}{}.{cents:02}", &found[1], &found[2])
    });
    let text = ONLY_CENTS.replace_all(&text, |found: &regex::Captures<'_>| {
        format!("¢{}", found[1].parse::<u32>().unwrap_or_default())
    });
    ONE.replace_all(&text, "one$1").into_owned()
}

/// Numbers of a text in digits.
pub(super) fn standardize(text: &str) -> String {
    let text = preprocess(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    postprocess(&process_words(&words).join(" "))
}
