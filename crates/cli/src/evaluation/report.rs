//! The measurements added up, in the shape that `--json` prints (docs/json-output.md).

use std::collections::BTreeMap;

use dictation::{
    correct::Correction,
    eval::{Count, Kind, Miss, Replaced, Scored, Words},
    transcript::ModelStamp,
};
use serde::Serialize;

use super::measure::{Measured, OfRecording};

/// The whole report.
#[derive(Serialize)]
pub(crate) struct Report {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) model: Option<ModelStamp>,
    pub(crate) texts: Vec<TextRow>,
    pub(crate) recordings: Vec<RecordingRow>,
    pub(crate) totals: Totals,
    /// What could not be used, and why.
    pub(crate) problems: Vec<String>,
}

/// One text.
#[derive(Serialize)]
pub(crate) struct TextRow {
    pub(crate) name: String,
    pub(crate) words: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draft: Option<DraftRow>,
}

/// One recording.
#[derive(Serialize)]
pub(crate) struct RecordingRow {
    pub(crate) file: String,
    pub(crate) text: String,
    pub(crate) heard_text: String,
    pub(crate) heard: WordRow,
    pub(crate) corrected: WordRow,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) audio_ms: u64,
    pub(crate) engine_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draft: Option<DraftRow>,
}

/// Word errors with their rates.
#[derive(Serialize)]
pub(crate) struct WordRow {
    #[serde(flatten)]
    pub(crate) words: Words,
    pub(crate) error_rate: Option<f64>,
    pub(crate) name_error_rate: Option<f64>,
    pub(crate) number_error_rate: Option<f64>,
    pub(crate) negation_error_rate: Option<f64>,
    pub(crate) risk_word_error_rate: Option<f64>,
    pub(crate) term_error_rate: Option<f64>,
}

/// A draft beside its gold.
#[derive(Serialize)]
pub(crate) struct DraftRow {
    pub(crate) score: Score,
    pub(crate) misses: Vec<Miss>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unscored: Vec<String>,
}

/// Right, extra and missed, and what follows from them.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Score {
    #[serde(flatten)]
    pub(crate) count: Count,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

/// Drafts added up.
#[derive(Serialize)]
pub(crate) struct DraftTotals {
    pub(crate) drafts: usize,
    pub(crate) overall: Score,
    pub(crate) fields: BTreeMap<String, Score>,
}

/// Everything added up.
#[derive(Serialize)]
pub(crate) struct Totals {
    pub(crate) texts: usize,
    pub(crate) recordings: usize,
    pub(crate) heard: WordRow,
    pub(crate) corrected: WordRow,
    pub(crate) corrections: Replaced,
    /// Per 500 words that were said.
    pub(crate) wrong_replacements_per_500_words: Option<f64>,
    /// Share of the names that were said which are right after correction.
    pub(crate) name_recall: Option<f64>,
    /// Words to change in the corrected text, and places where there is something to change.
    pub(crate) edits_per_100_words: Option<f64>,
    pub(crate) places_per_100_words: Option<f64>,
    /// Recordings in which nobody speaks, and words that were written for them.
    pub(crate) silent_recordings: usize,
    pub(crate) invented_words: usize,
    pub(crate) draft_from_text: Option<DraftTotals>,
    pub(crate) draft_from_speech: Option<DraftTotals>,
    pub(crate) audio_ms: u64,
    pub(crate) engine_ms: u64,
    pub(crate) real_time_factor: Option<f64>,
    pub(crate) peak_memory_bytes: Option<u64>,
}

/// Adds everything up.
pub(crate) fn report(measured: Measured) -> Report {
    let totals = totals(&measured);
    Report {
        model: measured.model,
        texts: measured
            .texts
            .into_iter()
            .map(|it| TextRow {
                name: it.name,
                words: it.words,
                draft: it.draft.map(draft_row),
            })
            .collect(),
        recordings: measured.recordings.into_iter().map(recording_row).collect(),
        totals,
        problems: Vec::new(),
    }
}

fn recording_row(it: OfRecording) -> RecordingRow {
    RecordingRow {
        file: it.file,
        text: it.text_name,
        heard: word_row(it.heard),
        corrected: word_row(it.corrected),
        corrections: it.corrections,
        audio_ms: it.transcript.audio_ms,
        engine_ms: it.transcript.engine_ms,
        heard_text: it.transcript.text,
        draft: it.draft.map(draft_row),
    }
}

fn totals(measured: &Measured) -> Totals {
    let (mut heard, mut corrected) = (Words::default(), Words::default());
    let (mut corrections, mut silent, mut invented) = (Replaced::default(), 0, 0);
    let (mut audio_ms, mut engine_ms) = (0, 0);
    for it in &measured.recordings {
        audio_ms += it.transcript.audio_ms;
        engine_ms += it.transcript.engine_ms;
        if it.heard.said == 0 {
            silent += 1;
            invented += it.heard.inserted;
            continue;
        }
        heard.add(&it.heard);
        corrected.add(&it.corrected);
        corrections.add(it.replaced);
    }
    let said = corrected.said;
    Totals {
        texts: measured.texts.len(),
        recordings: measured.recordings.len(),
        wrong_replacements_per_500_words: per(corrections.wrong_words, said, 500.0),
        name_recall: per(
            corrected.names.said - corrected.names.missed,
            corrected.names.said,
            1.0,
        ),
        edits_per_100_words: per(corrected.errors(), said, 100.0),
        places_per_100_words: per(corrected.places, said, 100.0),
        heard: word_row(heard),
        corrected: word_row(corrected),
        corrections,
        silent_recordings: silent,
        invented_words: invented,
        draft_from_text: draft_totals(measured.texts.iter().filter_map(|it| it.draft.as_ref())),
        draft_from_speech: draft_totals(
            measured
                .recordings
                .iter()
                .filter_map(|it| it.draft.as_ref()),
        ),
        audio_ms,
        engine_ms,
        real_time_factor: ratio(engine_ms, audio_ms),
        peak_memory_bytes: measured.peak_memory,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn per(part: usize, whole: usize, each: f64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64 * each)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of days of audio")]
pub(crate) fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn word_row(words: Words) -> WordRow {
    WordRow {
        words,
        error_rate: words.error_rate(),
        name_error_rate: Kind::rate(&words.names),
        number_error_rate: Kind::rate(&words.numbers),
        negation_error_rate: Kind::rate(&words.negations),
        risk_word_error_rate: Kind::rate(&words.risk_words),
        term_error_rate: Kind::rate(&words.terms),
    }
}

fn draft_row(scored: Scored) -> DraftRow {
    DraftRow {
        score: scoring(scored.total()),
        misses: scored.misses,
        unscored: scored.unscored,
    }
}

fn scoring(count: Count) -> Score {
    Score {
        count,
        precision: count.precision(),
        recall: count.recall(),
        f1: count.f1(),
    }
}

fn draft_totals<'a>(all: impl Iterator<Item = &'a Scored>) -> Option<DraftTotals> {
    let (mut drafts, mut overall) = (0, Count::default());
    let mut fields: BTreeMap<String, Count> = BTreeMap::new();
    for scored in all {
        drafts += 1;
        overall.add(scored.total());
        for (field, count) in &scored.fields {
            fields.entry(field.clone()).or_default().add(*count);
        }
    }
    (drafts > 0).then(|| DraftTotals {
        drafts,
        overall: scoring(overall),
        fields: fields
            .into_iter()
            .map(|(field, count)| (field, scoring(count)))
            .collect(),
    })
}
