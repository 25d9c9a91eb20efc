//! Spoken punctuation ("full stop", "new line", "new paragraph") carried out in the text.
//!
//! The engine punctuates by itself, so few commands are needed, and a command wrongly seen eats
//! words of a record. Each is therefore carried out only where it stands alone between stops, or is
//! followed by a capital as a sentence is; "the school came to a full stop" and "a new line of
//! enquiry" stay as they are. Text in, text out; nothing else of the transcript changes.
//!
//! Not here: headings and fields (`draft`).

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Ends the sentence with this mark.
    Mark(char),
    /// Begins a new line.
    Line,
    /// Begins a new paragraph.
    Paragraph,
}

/// Commands as words in lower case.
const COMMANDS: &[(&[&str], Effect)] = &[
    (&["new", "paragraph"], Effect::Paragraph),
    (&["next", "paragraph"], Effect::Paragraph),
    (&["new", "line"], Effect::Line),
    (&["next", "line"], Effect::Line),
    (&["newline"], Effect::Line),
    (&["full", "stop"], Effect::Mark('.')),
    (&["question", "mark"], Effect::Mark('?')),
    (&["exclamation", "mark"], Effect::Mark('!')),
];

/// Words before a command that make it content ("a new line", "came to a full stop").
const CONTENT_BEFORE: &[&str] = &[
    "a", "an", "the", "this", "that", "each", "every", "one", "another", "no", "any", "his", "her",
    "their", "my", "your", "our", "its", "of", "to", "in", "on", "with", "for", "same",
];

/// Carries out the spoken punctuation in `text`.
///
/// ```
/// use dictation::spoken::punctuate;
/// assert_eq!(
///     punctuate("Home visit. New paragraph. Mum was in, full stop. She said it stops here."),
///     "Home visit.\n\nMum was in. She said it stops here."
/// );
/// assert_eq!(punctuate("It came to a full stop."), "It came to a full stop.");
/// ```
pub fn punctuate(text: &str) -> String {
    text.split('\n')
        .map(punctuate_line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn punctuate_line(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while at < words.len() {
        if let Some((length, effect)) = command_at(&words, at) {
            carry_out(&mut out, effect);
            at += length;
        } else {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push(' ');
            }
            out.push_str(words[at]);
            at += 1;
        }
    }
    out
}

/// The command that begins at a word, and its length in words.
fn command_at(words: &[&str], at: usize) -> Option<(usize, Effect)> {
    let &(command, effect) = COMMANDS.iter().find(|(command, _)| {
        words.get(at..at + command.len()).is_some_and(|spoken| {
            spoken
                .iter()
                .zip(*command)
                .enumerate()
                .all(|(n, (word, wanted))| {
                    let bare = word.trim_end_matches(['.', ',', ';', ':', '?', '!']);
                    // Only the last word may carry a mark: "new. Line" is no command.
                    (n + 1 == command.len() || bare.len() == word.len())
                        && bare.eq_ignore_ascii_case(wanted)
                })
        })
    })?;
    let end = at + command.len();
    let before = at.checked_sub(1).map(|before| words[before]);
    let after = words.get(end);

    let starts_clause = before.is_none_or(ends_with_mark);
    let is_content = before.is_some_and(|word| {
        CONTENT_BEFORE
            .iter()
            .any(|content| word.eq_ignore_ascii_case(content))
    });
    let stops_after = ends_with_mark(words[end - 1]) || after.is_none();
    let capital_after = after.is_some_and(|word| word.starts_with(char::is_uppercase));
    let is_command = match effect {
        // A line needs a stop or comma before it, since "new" begins many things.
        Effect::Line | Effect::Paragraph => {
            starts_clause && (stops_after || capital_after)
                || !is_content && stops_after && capital_after
        }
        Effect::Mark(_) => !is_content && (stops_after || capital_after),
    };
    is_command.then_some((command.len(), effect))
}

fn ends_with_mark(word: &str) -> bool {
    word.ends_with(['.', ',', ';', ':', '?', '!'])
}

fn carry_out(out: &mut String, effect: Effect) {
    match effect {
        Effect::Mark(mark) => {
            if out.is_empty() || out.ends_with('\n') {
                return;
            }
            // The engine's own mark before the command gives way to the one that was asked for.
            let kept = out.trim_end_matches(['.', ',', ';', ':', '?', '!']).len();
            out.truncate(kept);
            out.push(mark);
        }
        Effect::Line | Effect::Paragraph => {
            let kept = out.trim_end_matches([',', ';', ' ']).len();
            out.truncate(kept);
            if out.is_empty() {
                return;
            }
            let breaks = if effect == Effect::Line { 1 } else { 2 };
            let have = out
                .chars()
                .rev()
                .take_while(|&letter| letter == '\n')
                .count();
            out.extend(std::iter::repeat_n('\n', breaks_missing(breaks, have)));
        }
    }
}

fn breaks_missing(wanted: usize, have: usize) -> usize {
    wanted.saturating_sub(have)
}

#[cfg(test)]
mod tests {
    use super::punctuate;
    use proptest::prelude::*;

    #[test]
    fn commands_are_carried_out() {
        for (spoken, written) in [
            ("Hello. New paragraph. Next.", "Hello.\n\nNext."),
            ("Hello, new paragraph, Next.", "Hello\n\nNext."),
            ("Hello. New line. Next.", "Hello.\nNext."),
            ("Hello. New paragraph Next.", "Hello.\n\nNext."),
            ("He was fine full stop She left.", "He was fine. She left."),
            (
                "He was fine. Full stop. She left.",
                "He was fine. She left.",
            ),
            ("He was fine, full stop.", "He was fine."),
            (
                "Was he fine question mark She left.",
                "Was he fine? She left.",
            ),
            ("New paragraph. Next.", "Next."),
            ("Hello. New line. New paragraph. Next.", "Hello.\n\nNext."),
        ] {
            assert_eq!(punctuate(spoken), written, "{spoken}");
        }
    }

    #[test]
    fn content_stays() {
        for text in [
            "The car came to a full stop.",
            "There was a new line of enquiry.",
            "He started a new paragraph.",
            "She drew a question mark.",
            "A new line was drawn.",
            "Drinking must come to a full stop. He agreed.",
            "The new. Line was long.",
            "",
        ] {
            assert_eq!(punctuate(text), text);
        }
    }

    proptest! {
        #[test]
        fn words_that_are_no_commands_are_never_lost(text in "[a-z ,.?\n]{0,80}") {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&punctuate(&text)), words(&text));
        }
    }
}
