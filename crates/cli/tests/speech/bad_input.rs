//! Recordings that can't be transcribed: one line each, nothing written.

use std::fs;

use crate::workbook::{assert_refused, run};
use crate::{recognition, required_model};

/// A 16 kHz mono 16-bit WAV header that announces `announced` bytes of sound.
fn wav_header(announced: u32) -> Vec<u8> {
    let mut out = b"RIFF".to_vec();
    out.extend((36 + announced).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(16_000_u32.to_le_bytes());
    out.extend(32_000_u32.to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(announced.to_le_bytes());
    out
}

#[test]
fn each_bad_recording_is_one_line_and_nothing_is_written() {
    let Some(models) = required_model::folder("bad recordings") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut cut = wav_header(64_000);
    cut.resize(32_044, 1);
    for (name, bytes, said) in [
        ("empty.wav", vec![], "empty"),
        ("cut.wav", cut, "breaks off"),
        ("text.wav", b"Dear colleague".to_vec(), "not an audio file"),
        ("none.wav", wav_header(0), "no sound"),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        for format in ["text", "json"] {
            let file = file.to_str().unwrap();
            let output = run(&models, &["transcribe", file, "--format", format]);
            assert_refused(&output, &[name, said]);
        }
    }
    let output = run(&models, &["transcribe", "no-such-file.wav"]);
    assert_refused(&output, &["no-such-file.wav"]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
}

#[test]
fn a_bad_recording_does_not_keep_the_others_from_being_done() {
    let Some(models) = required_model::folder("a bad one among good ones") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.wav");
    fs::write(&bad, b"text").unwrap();
    let good = recognition::fixture("goforward.flac");
    let output = run(
        &models,
        &["transcribe".as_ref(), bad.as_path(), good.as_path()],
    );
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("bad.wav"), "{error}");
    assert!(
        String::from_utf8_lossy(&output.stdout)
            .to_lowercase()
            .contains("forward")
    );
}

#[test]
fn an_hour_of_silence_is_an_empty_transcript_and_says_so() {
    let Some(models) = required_model::folder("an hour of silence") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hour.wav");
    let bytes = 60 * 60 * 32_000;
    let mut wav = wav_header(bytes);
    wav.resize(44 + bytes as usize, 0);
    fs::write(&file, wav).unwrap();

    let file = file.to_str().unwrap();
    let output = run(&models, &["transcribe", "--format", "json", file]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("nobody speaks"), "{error}");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json[0]["text"], "");
    assert_eq!(json[0]["audio_ms"], 3_600_000);
    assert_eq!(json[0]["engine_ms"], 0, "the engine did not run");

    let output = run(&models, &["transcribe", file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "no sentence is invented");
}
