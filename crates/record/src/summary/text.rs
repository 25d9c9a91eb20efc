//! The summary as plain text, for the command line and for printing.

use std::fmt::Write as _;

use super::{Citation, Line, Summary, SupervisionLines, long_date};
use crate::terms::Compartment;

/// The whole summary, each line with `[author, date, entry]` behind it.
pub fn to_text(summary: &Summary) -> String {
    let mut page = Page {
        text: String::new(),
    };
    let _ = writeln!(page.text, "Summary as of {}", long_date(summary.as_of));
    // What must not be overlooked comes first.
    let warnings = summary.safety_plans.iter().flat_map(|it| &it.warning);
    let plans = summary.safety_plans.iter().flat_map(|it| &it.lines);
    page.section("Safety plan", warnings.chain(plans));
    if !summary.workers_safety.is_empty() {
        page.section("Safety of workers", summary.workers_safety.iter());
    }
    if !summary.prompts.is_empty() {
        page.section("Safety prompts", summary.prompts.iter());
    }
    page.section("Period", summary.periods.iter().take(1).map(|it| &it.line));
    page.section("Contacts", summary.contacts.iter());
    page.section(
        "Children",
        summary.children.iter().flat_map(|child| &child.lines),
    );
    page.section("Strengths", summary.strengths.iter());
    page.heading(
        "Concerns, and who shares them",
        !summary.concerns.is_empty(),
    );
    for concern in &summary.concerns {
        let domain = concern
            .domain
            .as_deref()
            .map(|it| format!("({it}) "))
            .unwrap_or_default();
        page.line(1, &domain, &concern.line);
        let width = concern
            .views
            .iter()
            .map(|view| view.holder.chars().count())
            .max()
            .unwrap_or(0);
        for view in &concern.views {
            let before = view
                .before
                .as_deref()
                .map(|it| format!(" (before: {it})"))
                .unwrap_or_default();
            let words = view
                .line
                .text
                .split_once(": “")
                .map_or("", |(_, words)| words);
            let words = if words.is_empty() {
                String::new()
            } else {
                format!(" “{words}")
            };
            let text = format!("{:width$} | {}{before}{words}", view.holder, view.agreement);
            page.line(
                2,
                "",
                &Line {
                    text,
                    ..view.line.clone()
                },
            );
        }
        if let Some(closed) = &concern.closed {
            page.line(2, "", closed);
        }
    }
    page.section(
        "Readings, side by side",
        summary.readings.iter().map(|it| &it.line),
    );
    page.section("Tools", summary.tools.iter().map(|it| &it.line));
    page.section(
        "Direction of travel",
        summary.direction.iter().map(|it| &it.line),
    );
    page.section(
        "Group supervision",
        summary
            .supervisions
            .iter()
            .flat_map(SupervisionLines::lines),
    );
    page.section("Management decisions", summary.decisions.iter());
    page.heading("Goals", !summary.goals.is_empty());
    for goal in &summary.goals {
        page.line(1, "", &goal.line);
        for news in &goal.news {
            page.line(2, "", news);
        }
    }
    page.section("Open actions", summary.actions.iter().map(|it| &it.line));
    for chapter in &summary.chapters {
        page.section(
            &format!("Chapter of the {}, this period", chapter.discipline),
            chapter.monthly_summary.iter().chain(&chapter.this_period),
        );
    }
    page.section("Gaps", summary.gaps.iter());
    page.text
}

struct Page {
    text: String,
}

impl Page {
    fn heading(&mut self, title: &str, any: bool) {
        let nothing = if any { "" } else { ": nothing recorded" };
        let _ = writeln!(self.text, "\n{title}{nothing}");
    }

    fn section<'a>(&mut self, title: &str, lines: impl Iterator<Item = &'a Line>) {
        let mut lines = lines.peekable();
        self.heading(title, lines.peek().is_some());
        for line in lines {
            self.line(1, "", line);
        }
    }

    fn line(&mut self, depth: usize, lead: &str, line: &Line) {
        let cited: Vec<_> = line.citations.iter().map(citation).collect();
        let compartments: Vec<_> = line.compartments.iter().map(Compartment::label).collect();
        // In front, where nobody who reads it out or copies it can miss it.
        let only = if compartments.is_empty() {
            String::new()
        } else {
            format!("[{} only] ", compartments.join(", "))
        };
        let _ = writeln!(
            self.text,
            "{:w$}{lead}{only}{} {}",
            "",
            line.text,
            cited.join(" "),
            w = depth * 2
        );
    }
}

fn citation(citation: &Citation) -> String {
    // The end of an id is its random part, enough to find the record by.
    let tail: String = citation
        .record
        .chars()
        .rev()
        .take(8)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let kind = if citation.entry.is_some() {
        "entry"
    } else {
        "record"
    };
    format!(
        "[{}, {}, {kind} {tail}]",
        citation.author,
        long_date(citation.date)
    )
}
