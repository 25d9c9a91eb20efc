//! Two texts are compared as Whisper's authors compare them.
//!
//! A port of `EnglishTextNormalizer` of openai/whisper (`whisper/normalizers/english.py`, MIT
//! licence; described in appendix C of "Robust Speech Recognition via Large-Scale Weak
//! Supervision", Radford et al. 2022): fillers and bracketed remarks go, contractions are spelt
//! out, numbers are written in digits (`numbers`), British spellings in American ones
//! (`spelling.txt`, their list, which is tysto.com's). Word error rates are comparable with
//! published ones because of this, peculiarities included.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use super::numbers::{pattern, standardize};

/// Contractions and titles, in the order in which they are replaced.
const REPLACERS: &[(&str, &str)] = &[
    (r"\bwon't\b", "will not"),
    (r"\bcan't\b", "can not"),
    (r"\blet's\b", "let us"),
    (r"\bain't\b", "aint"),
    (r"\by'all\b", "you all"),
    (r"\bwanna\b", "want to"),
    (r"\bkinda\b", "kind of"),
    (r"\bsorta\b", "sort of"),
    (r"\bdunno\b", "do not know"),
    (r"\bgotta\b", "got to"),
    (r"\bgonna\b", "going to"),
    (r"\bi'ma\b", "i am going to"),
    (r"\bimma\b", "i am going to"),
    (r"\bwoulda\b", "would have"),
    (r"\bcoulda\b", "could have"),
    (r"\bshoulda\b", "should have"),
    (r"\bcause\b", "because"),
    (r"\bma'am\b", "madam"),
    (r"\bmr\b", "mister "),
    (r"\bmrs\b", "missus "),
    (r"\bst\b", "saint "),
    (r"\bdr\b", "doctor "),
    (r"\bprof\b", "professor "),
    (r"\bcapt\b", "captain "),
    (r"\bgov\b", "governor "),
    (r"\bald\b", "alderman "),
    (r"\bgen\b", "general "),
    (r"\bsen\b", "senator "),
    (r"\brep\b", "representative "),
    (r"\bpres\b", "president "),
    (r"\brev\b", "reverend "),
    (r"\bhon\b", "honorable "),
    (r"\basst\b", "assistant "),
    (r"\bassoc\b", "associate "),
    (r"\blt\b", "lieutenant "),
    (r"\bcol\b", "colonel "),
    (r"\bjr\b", "junior "),
    (r"\bsr\b", "senior "),
    (r"\besq\b", "esquire "),
    (r"'d been\b", " had been"),
    (r"'s been\b", " has been"),
    (r"'d gone\b", " had gone"),
    (r"'s gone\b", " has gone"),
    (r"'d done\b", " had done"),
    (r"'s got\b", " has got"),
    (r"n't\b", " not"),
    (r"'re\b", " are"),
    (r"'s\b", " is"),
    (r"'d\b", " would"),
    (r"'ll\b", " will"),
    (r"'t\b", " not"),
    (r"'ve\b", " have"),
    (r"'m\b", " am"),
];

/// Letters that decomposition leaves whole.
const LETTERS: &[(char, &str)] = &[
    ('œ', "oe"),
    ('ø', "o"),
    ('æ', "ae"),
    ('ß', "ss"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
];

static REPLACE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let compiled = REPLACERS.iter().map(|(pattern, by)| {
        #[expect(clippy::expect_used, reason = "literals that a test compiles")]
        (Regex::new(pattern).expect("a valid pattern"), *by)
    });
    compiled.collect()
});

static SPELLING: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    include_str!("spelling.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
});

pattern!(BRACKETS, r"[<\[][^>\]]*[>\]]");
pattern!(PARENTHESES, r"\(([^)]+?)\)");
pattern!(FILLERS, r"\b(hmm|mm|mhm|mmm|uh|um)\b");
pattern!(APOSTROPHE, r"\s+'");
pattern!(THOUSANDS, r"(\d),(\d)");
pattern!(STOP, r"\.([^0-9]|$)");
pattern!(MARK, r"^\p{Mn}$");
pattern!(SYMBOL, r"^[\p{M}\p{S}\p{P}]$");
pattern!(LOOSE_SIGN, r"[.$¢€£]([^0-9])");
pattern!(LOOSE_PERCENT, r"([^0-9])%");

/// A text as words to compare.
///
/// ```
/// use dictation::eval::normalise;
/// assert_eq!(normalise("She didn't come at twenty-two, Mr Grey."), "she did not come at 22 mister gray");
/// ```
pub fn normalise(text: &str) -> String {
    // Engines and keyboards write either apostrophe; the original knows the straight one only.
    let text = text.to_lowercase().replace('’', "'");
    let text = BRACKETS.replace_all(&text, "");
    let text = PARENTHESES.replace_all(&text, "");
    let text = FILLERS.replace_all(&text, "");
    let mut text = APOSTROPHE.replace_all(&text, "'").into_owned();
    for (pattern, by) in REPLACE.iter() {
        if let std::borrow::Cow::Owned(replaced) = pattern.replace_all(&text, *by) {
            text = replaced;
        }
    }
    let text = THOUSANDS.replace_all(&text, "$1$2");
    let text = STOP.replace_all(&text, " $1");
    let text = standardize(&without_symbols(&text));
    let text: Vec<&str> = text
        .split_whitespace()
        .map(|word| SPELLING.get(word).copied().unwrap_or(word))
        .collect();
    let text = text.join(" ");
    let text = LOOSE_SIGN.replace_all(&text, " $1");
    let text = LOOSE_PERCENT.replace_all(&text, "$1 ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `remove_symbols_and_diacritics` with `.%$¢€£` kept.
fn without_symbols(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut buffer = [0; 4];
    for letter in text.nfkd() {
        if letter.is_ascii_alphanumeric() || ".%$¢€£".contains(letter) {
            out.push(letter);
        } else if let Some((_, plain)) = LETTERS.iter().find(|(one, _)| *one == letter) {
            out.push_str(plain);
        } else {
            let one: &str = letter.encode_utf8(&mut buffer);
            if MARK.is_match(one) {
            } else if SYMBOL.is_match(one) {
                out.push(' ');
            } else {
                out.push(letter);
            }
        }
    }
    out
}
