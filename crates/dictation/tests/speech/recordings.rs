//! What good and broken recordings decode to.

use std::io::Cursor;
use std::path::Path;

use dictation::audio::{self, Audio, AudioError};
use dictation::silence::Loudness;

use crate::wav::{pcm16, tone, wav};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(name)).unwrap()
}

fn decode(bytes: Vec<u8>) -> Result<Audio, AudioError> {
    audio::decode(Cursor::new(bytes))
}

#[test]
fn real_recordings_decode_to_their_length_and_hold_speech() {
    for (name, length_ms) in [("jfk.flac", 11_000), ("goforward.flac", 2_780)] {
        let audio = decode(fixture(name)).unwrap();
        assert!(
            audio.duration_ms().abs_diff(length_ms) < 60,
            "{}",
            audio.duration_ms()
        );
        assert!(
            !Loudness::measure(audio.samples()).regions().is_empty(),
            "{name}"
        );
    }
}

#[test]
fn every_usual_kind_of_wav_gives_the_same_second() {
    let stereo: Vec<u8> = tone(44_100, 44_100)
        .iter()
        .flat_map(|s| [s.to_le_bytes(), s.to_le_bytes()].concat())
        .collect();
    let floats: Vec<u8> = tone(48_000, 48_000)
        .iter()
        .flat_map(|&s| (f32::from(s) / 32_768.0).to_le_bytes())
        .collect();
    let bytes24: Vec<u8> = tone(8_000, 8_000)
        .iter()
        .flat_map(|&s| (i32::from(s) << 8).to_le_bytes()[..3].to_vec())
        .collect();
    for file in [
        pcm16(16_000, &tone(16_000, 16_000)),
        wav(1, 2, 44_100, 16, &stereo),
        wav(3, 1, 48_000, 32, &floats),
        wav(1, 1, 8_000, 24, &bytes24),
    ] {
        let audio = decode(file).unwrap();
        assert_eq!(audio.duration_ms(), 1000);
        let power: f32 = audio.samples().iter().map(|s| s * s).sum::<f32>() / 16_000.0;
        assert!((power.sqrt() - 0.2158).abs() < 0.01, "{}", power.sqrt());
    }
}

#[test]
fn a_file_cut_off_says_how_much_was_readable() {
    let mut cut = pcm16(16_000, &tone(16_000, 32_000));
    cut.truncate(44 + 16_000 * 2);
    let error = decode(cut.clone()).unwrap_err();
    assert!(
        matches!(
            error,
            AudioError::Truncated {
                declared_ms: 2000,
                readable_ms: 900..=1000
            }
        ),
        "{error:?}"
    );
    // The same with a RIFF length that fits the file: the data chunk still says more.
    let fitting = u32::try_from(cut.len() - 8).unwrap().to_le_bytes();
    cut[4..8].copy_from_slice(&fitting);
    assert!(matches!(decode(cut), Err(AudioError::Truncated { .. })));

    let mut flac = fixture("jfk.flac");
    flac.truncate(flac.len() / 2);
    let error = decode(flac).unwrap_err();
    assert!(
        matches!(
            error,
            AudioError::Truncated {
                declared_ms: 11_000,
                readable_ms: 3_000..=8_000
            }
        ),
        "{error:?}"
    );
}

#[test]
fn a_recorder_that_never_wrote_its_lengths_is_read_to_the_end() {
    let mut streamed = pcm16(16_000, &tone(16_000, 16_000));
    streamed[4..8].fill(0xFF);
    streamed[40..44].fill(0xFF);
    let audio = decode(streamed).unwrap();
    assert!(
        audio.duration_ms().abs_diff(1000) < 80,
        "{}",
        audio.duration_ms()
    );
}

#[test]
fn what_is_no_recording_says_what_to_do() {
    for (bytes, expected) in [
        (vec![], "empty"),
        (
            b"Dear colleague, please find attached".to_vec(),
            "not an audio file",
        ),
        (pcm16(16_000, &[]), "no sound"),
        (b"ID3\x04\0\0\0\0\0\0\0\0".to_vec(), "MP3"),
        (b"RIFF\x04\0\0\0WAVE".to_vec(), "damaged"),
        (wav(0x55, 1, 16_000, 16, &[0; 64]), "not supported"),
        (wav(1, 1, 1, 16, &[0; 64]), "not supported"),
        (wav(1, 0, 16_000, 16, &[0; 64]), "damaged"),
    ] {
        let message = decode(bytes).unwrap_err().to_string();
        assert!(message.contains(expected), "{expected}: {message}");
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn a_recorder_left_running_for_days_is_refused_before_it_fills_memory() {
    let mut endless = pcm16(16_000, &[0; 100]);
    endless[40..44].copy_from_slice(&4_000_000_000_u32.to_le_bytes());
    assert!(matches!(decode(endless), Err(AudioError::TooLong)));
}
