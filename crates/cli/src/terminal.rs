//! What goes to stdout and stderr, and how.
//!
//! Invariants: stdout carries results only; a closed pipe (`| head`) is no error; progress is drawn
//! on stderr and only when it is a terminal; an error is one line.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Prints a result and a line end on stdout.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("writing to stdout failed"),
    }
}

/// Tells on stderr what is going on, for verbs that take many steps.
pub(crate) fn note(text: &str) {
    // Progress is a courtesy: nothing is lost where stderr is gone.
    let _ = writeln!(io::stderr(), "{}", one_line(text));
}

/// Prints `error: …` as one line on stderr: the error and its causes, joined by ": ".
pub(crate) fn fail(error: &anyhow::Error) {
    let line = one_line(&format!("{error:#}"));
    // Nothing can be done where stderr is gone.
    let _ = writeln!(io::stderr(), "error: {line}");
}

/// Progress over `total` units with a label; invisible where stderr is no terminal.
pub(crate) fn progress(total: u64, template: &str) -> ProgressBar {
    let target = if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total), target).with_style(style)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_error_is_one_line() {
        let error = anyhow::anyhow!("no\n space").context("writing");
        assert_eq!(super::one_line(&format!("{error:#}")), "writing: no space");
    }
}
