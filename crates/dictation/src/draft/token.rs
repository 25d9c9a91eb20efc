//! Words of the transcript with their places.
//!
//! A token is a run of letters or of digits ("14th" is two), with apostrophes inside words, and
//! with `. : /` inside numbers ("4.15", "8/10"). Letters with full stops between them are one
//! token ("p.m." is `pm`). Everything else is the gap that follows a token.
//! Meaning of words doesn't belong here.

/// One word or number.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Lower case, straight apostrophes.
    pub(super) lower: String,
    /// Begins with a capital letter.
    pub(super) capital: bool,
    /// Two or more letters, all capitals ("DASH").
    pub(super) acronym: bool,
    /// What stands between this token and the next, white space included.
    pub(super) gap: String,
}

impl Token {
    /// Whether the next token follows after white space or a hyphen only.
    pub(super) fn joins_next(&self) -> bool {
        self.gap.chars().all(|c| c.is_whitespace() || c == '-') && !self.gap.contains('\n')
    }

    /// The word without a possessive ending.
    pub(super) fn bare(&self) -> &str {
        self.lower
            .strip_suffix("'s")
            .or_else(|| self.lower.strip_suffix('\''))
            .unwrap_or(&self.lower)
    }

    /// Ends in `'s` or `s'`.
    pub(super) fn possessive(&self) -> bool {
        self.bare().len() < self.lower.len()
    }
}

/// All tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].1.is_alphanumeric() {
            at += 1;
            continue;
        }
        let end = token_end(&chars, at);
        let byte_end = chars.get(end).map_or(text.len(), |&(byte, _)| byte);
        found.push(token(text, chars[at].0, byte_end));
        at = end;
    }
    fill_gaps(text, &mut found);
    found
}

fn token_end(chars: &[(usize, char)], start: usize) -> usize {
    let is = |at: usize, test: fn(char) -> bool| chars.get(at).is_some_and(|&(_, c)| test(c));
    let letter = |c: char| c.is_alphabetic();
    let digit = |c: char| c.is_ascii_digit();
    let mut end = start + 1;
    if is(start, digit) {
        while is(end, digit) || (is(end, |c| matches!(c, '.' | ':' | '/')) && is(end + 1, digit)) {
            end += 1;
        }
        return end;
    }
    // "p.m.", "G.P.": single letters with full stops between them.
    while is(end, |c| c == '.') && is(end + 1, letter) && !is(end + 2, char::is_alphanumeric) {
        end += 2;
    }
    if end > start + 1 {
        return end;
    }
    let other = |c: char| c.is_alphanumeric() && !c.is_ascii_digit();
    while is(end, other) || (is(end, |c| matches!(c, '\'' | '’')) && is(end + 1, letter)) {
        end += 1;
    }
    end
}

fn token(text: &str, start: usize, end: usize) -> Token {
    let raw = text.get(start..end).unwrap_or_default();
    let dotted = raw.contains('.') && raw.starts_with(char::is_alphabetic);
    let kept = raw
        .chars()
        .filter(|&c| !(dotted && c == '.'))
        .map(|c| if c == '’' { '\'' } else { c });
    let plain: String = kept.collect();
    Token {
        start,
        end,
        lower: plain.to_lowercase(),
        capital: raw.starts_with(char::is_uppercase),
        acronym: plain.chars().count() > 1 && plain.chars().all(char::is_uppercase),
        gap: String::new(),
    }
}

fn fill_gaps(text: &str, found: &mut [Token]) {
    let starts: Vec<usize> = found
        .iter()
        .skip(1)
        .map(|t| t.start)
        .chain([text.len()])
        .collect();
    for (token, next) in found.iter_mut().zip(starts) {
        token.gap = String::from(text.get(token.end..next).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn times_scales_and_initials_are_single_tokens() {
        let words: Vec<_> = tokens("At 4.15 p.m. he’s 8/10, 14th.")
            .into_iter()
            .map(|t| t.lower)
            .collect();
        assert_eq!(words, ["at", "4.15", "pm", "he's", "8/10", "14", "th"]);
    }
}
