//! The report for people.

use std::fmt::Write as _;

use super::report::{DraftRow, DraftTotals, Report, Totals, WordRow, ratio};

/// The report as text. `details` adds what each draft got wrong and each correction.
pub(crate) fn table(report: &Report, details: bool) -> String {
    let mut out = String::new();
    if !report.recordings.is_empty() {
        recordings(&mut out, report);
        spoken_totals(&mut out, report);
    }
    let (from_text, from_speech) = (
        &report.totals.draft_from_text,
        &report.totals.draft_from_speech,
    );
    drafts(&mut out, "Drafts from what was said", from_text.as_ref());
    drafts(
        &mut out,
        "Drafts from our transcripts",
        from_speech.as_ref(),
    );
    if details {
        list_details(&mut out, report);
    }
    let texts = report.texts.iter().filter_map(|it| it.draft.as_ref());
    let recordings = report.recordings.iter().filter_map(|it| it.draft.as_ref());
    let mut unscored: Vec<&str> = texts
        .chain(recordings)
        .flat_map(|it| &it.unscored)
        .map(String::as_str)
        .collect();
    unscored.sort_unstable();
    unscored.dedup();
    if !unscored.is_empty() {
        line(
            &mut out,
            &format!(
                "Not scored, for they are no fields of a draft: {}",
                unscored.join(", ")
            ),
        );
    }
    if from_text.is_none() && report.recordings.is_empty() {
        line(
            &mut out,
            "Nothing to compare: there are neither recordings nor NAME.gold.json files.",
        );
    }
    out.trim_end().to_owned()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "–".to_owned(), |rate| format!("{:.1}", rate * 100.0))
}

fn plain(number: Option<f64>, digits: usize) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.digits$}"))
}

const HEAD: [&str; 10] = [
    "words",
    "WER %",
    "names %",
    "numbers %",
    "negations %",
    "risk %",
    "terms %",
    "draft F1",
    "s",
    "RTF",
];

fn row(out: &mut String, width: usize, name: &str, cells: &[String; 10]) {
    let _ = write!(out, "{name:width$}");
    for (cell, head) in cells.iter().zip(HEAD) {
        let _ = write!(out, "  {cell:>0$}", head.len().max(5));
    }
    out.push('\n');
}

fn cells(words: &WordRow, f1: Option<f64>, audio_ms: u64, engine_ms: u64) -> [String; 10] {
    [
        words.words.said.to_string(),
        percent(words.error_rate),
        percent(words.name_error_rate),
        percent(words.number_error_rate),
        percent(words.negation_error_rate),
        percent(words.risk_word_error_rate),
        percent(words.term_error_rate),
        plain(f1, 2),
        plain(ratio(audio_ms, 1_000), 1),
        plain(ratio(engine_ms, audio_ms), 3),
    ]
}

fn recordings(out: &mut String, report: &Report) {
    let names = report.recordings.iter().map(|it| it.file.chars().count());
    let width = names.chain([22]).max().unwrap_or_default();
    if let Some(model) = &report.model {
        line(out, &format!("Model {} ({})", model.name, model.sha256));
    }
    line(
        out,
        "Error rates after names and terms were corrected; normalised as whisper's EnglishTextNormalizer does\n",
    );
    row(out, width, "Recording", &HEAD.map(str::to_owned));
    for it in &report.recordings {
        let f1 = it.draft.as_ref().map(|it| it.score.f1);
        row(
            out,
            width,
            &it.file,
            &cells(&it.corrected, f1, it.audio_ms, it.engine_ms),
        );
    }
    let totals = &report.totals;
    let f1 = totals.draft_from_speech.as_ref().map(|it| it.overall.f1);
    row(
        out,
        width,
        "All",
        &cells(&totals.corrected, f1, totals.audio_ms, totals.engine_ms),
    );
    row(
        out,
        width,
        "All, before correction",
        &cells(&totals.heard, None, totals.audio_ms, totals.engine_ms),
    );
    out.push('\n');
}

fn spoken_totals(out: &mut String, report: &Report) {
    let Totals {
        corrected,
        corrections,
        ..
    } = &report.totals;
    let totals = &report.totals;
    let megabytes = totals.peak_memory_bytes.map(|bytes| bytes / 1_048_576);
    let megabytes = megabytes.map_or_else(|| "–".to_owned(), |it| format!("{it} MB"));
    for (what, value) in [
        (
            "Names right after correction",
            format!("{} %", percent(totals.name_recall)),
        ),
        (
            "Corrections",
            format!(
                "{}, wrong words in them {} ({} per 500 words said)",
                corrections.made,
                corrections.wrong_words,
                plain(totals.wrong_replacements_per_500_words, 2)
            ),
        ),
        (
            "Edits per 100 words",
            format!(
                "{} words in {} places",
                plain(totals.edits_per_100_words, 1),
                plain(totals.places_per_100_words, 1)
            ),
        ),
        (
            "Words left out, added",
            format!("{}, {}", corrected.words.deleted, corrected.words.inserted),
        ),
        (
            "Words where nobody speaks",
            format!(
                "{} in {} recordings",
                totals.invented_words, totals.silent_recordings
            ),
        ),
        ("Peak memory", megabytes),
    ] {
        line(out, &format!("{what:30}{value}"));
    }
    out.push('\n');
}

fn drafts(out: &mut String, title: &str, totals: Option<&DraftTotals>) {
    let Some(totals) = totals else { return };
    line(out, &format!("{title} ({})", totals.drafts));
    line(
        out,
        &format!(
            "{:26}{:>6}{:>7}{:>8}  precision  recall     F1",
            "", "right", "extra", "missed"
        ),
    );
    let fields = totals
        .fields
        .iter()
        .map(|(field, score)| (field.as_str(), score));
    for (field, score) in fields.chain([("all fields", &totals.overall)]) {
        line(
            out,
            &format!(
                "{field:26}{:>6}{:>7}{:>8}  {:>9.3}  {:>6.3}  {:>5.3}",
                score.count.right,
                score.count.extra,
                score.count.missed,
                score.precision,
                score.recall,
                score.f1
            ),
        );
    }
    out.push('\n');
}

fn list_details(out: &mut String, report: &Report) {
    let texts = report.texts.iter().map(|it| (&it.name, it.draft.as_ref()));
    let recordings = report
        .recordings
        .iter()
        .map(|it| (&it.file, it.draft.as_ref()));
    for (name, draft) in texts.chain(recordings) {
        let Some(DraftRow { score, misses, .. }) = draft else {
            continue;
        };
        line(out, &format!("{name}: F1 {:.3}", score.f1));
        for miss in misses {
            let missed = miss.missed.iter().map(|it| format!("missed {it}"));
            let extra = miss.extra.iter().map(|it| format!("extra {it}"));
            let what: Vec<String> = missed.chain(extra).collect();
            line(out, &format!("    {}: {}", miss.field, what.join(", ")));
        }
    }
    for it in &report.recordings {
        for one in &it.corrections {
            line(
                out,
                &format!(
                    "{}: heard “{}”, written “{}”",
                    it.file, one.heard, one.written
                ),
            );
        }
    }
    out.push('\n');
}
