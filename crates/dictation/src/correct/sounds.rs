//! How unlike two words sound, from their letters.
//!
//! A word becomes a row of sounds: consonants by what is heard, each group of vowels one `V`. Speech
//! engines keep that skeleton and lose the rest: "Pre-inear" and "Priya Nair" are the same one.

/// Letters that are one sound, longer ones first.
const TOGETHER: &[(&str, &str)] = &[
    ("tch", "x"),
    ("sch", "sk"),
    ("igh", "i"),
    ("augh", "o"),
    ("ough", "o"),
    ("ph", "f"),
    ("ck", "k"),
    ("kn", "n"),
    ("wr", "r"),
    ("sh", "x"),
    ("ch", "x"),
    ("th", "t"),
    ("dg", "j"),
    ("gh", "g"),
    ("qu", "kw"),
    ("x", "ks"),
];
/// Consonants that differ by the voice only, which engines confuse.
const PAIRS: &[(char, char)] = &[
    ('k', 'g'),
    ('t', 'd'),
    ('p', 'b'),
    ('f', 'v'),
    ('s', 'z'),
    ('x', 'j'),
    ('m', 'n'),
];

/// The sounds of one or more words.
pub(super) fn sounds(words: &str) -> Vec<char> {
    let mut rest = words.to_lowercase();
    for (letters, sound) in TOGETHER {
        rest = rest.replace(letters, sound);
    }
    let letters: Vec<char> = rest.chars().filter(|c| c.is_alphabetic()).collect();
    let mut row: Vec<char> = Vec::new();
    for (at, &letter) in letters.iter().enumerate() {
        let soft = matches!(letters.get(at + 1), Some('e' | 'i' | 'y'));
        let last = at + 1 == letters.len();
        let sound = match letter {
            'c' if soft => 's',
            'c' | 'q' => 'k',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'V',
            // "h" and "w" after a vowel only lengthen it.
            'h' | 'w' if row.last() == Some(&'V') => continue,
            other => other,
        };
        let silent = last && letter == 'e' && row.len() > 2 && row.last() != Some(&'V');
        if !silent && row.last() != Some(&sound) {
            row.push(sound);
        }
    }
    // A British final r is not heard.
    if row.len() > 2 && row.last() == Some(&'r') {
        row.pop();
    }
    row
}

/// Differences between two rows of sounds, as a share of the longer one: 0 is the same, 1 nothing alike.
pub(super) fn unlike(one: &[char], other: &[char]) -> f32 {
    let longest = one.len().max(other.len());
    if longest == 0 {
        return 1.0;
    }
    let weak = |sound: char| {
        if matches!(sound, 'V' | 'h' | 'w' | 'r' | 'l') {
            1
        } else {
            2
        }
    };
    let mut above: Vec<u16> = vec![0];
    for &sound in other {
        above.push(above.last().copied().unwrap_or_default() + weak(sound));
    }
    for &left in one {
        let mut here = vec![above[0] + weak(left)];
        for (at, &right) in other.iter().enumerate() {
            let pair = PAIRS.contains(&(left, right)) || PAIRS.contains(&(right, left));
            let change = match (left == right, pair) {
                (true, _) => 0,
                (_, true) => 1,
                _ => 2,
            };
            let best = (above[at] + change)
                .min(above[at + 1] + weak(left))
                .min(here[at] + weak(right));
            here.push(best);
        }
        above = here;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen sounds")]
    let longest = 2.0 * longest as f32;
    f32::from(above.last().copied().unwrap_or_default()) / longest
}

#[cfg(test)]
mod tests {
    use super::{sounds, unlike};

    fn far(one: &str, other: &str) -> f32 {
        unlike(&sounds(one), &sounds(other))
    }

    #[test]
    fn what_engines_wrote_for_names_is_near_and_other_names_are_far() {
        for (heard, said) in [
            ("pre-inear", "Priya Nair"),
            ("Preya", "Priya"),
            ("Sky", "Skye"),
            ("Kreg", "Craig"),
            ("Kali", "Kelly"),
            ("Coel", "Cole"),
            ("Tila", "Tyler"),
        ] {
            assert!(
                far(heard, said) < 0.15,
                "{heard} {said} {}",
                far(heard, said)
            );
        }
        for (one, other) in [
            ("Norland", "Norman"),
            ("Raman", "Brennan"),
            ("Redbore", "Webb"),
            ("Mark", "Lark"),
            ("Tom", "Tyler"),
        ] {
            assert!(far(one, other) > 0.15, "{one} {other} {}", far(one, other));
        }
    }
}
