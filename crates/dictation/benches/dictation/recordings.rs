//! What is recognised: a folder of recordings with what was said in them.
//!
//! `NAME.txt` is what was said in `NAME.flac` and `NAME.VOICE.flac`; a `transcripts.tsv` of `FILE<tab>text` does
//! for many. All engines get the same 16-bit WAV files, made once.

use std::fs;
use std::path::{Path, PathBuf};

use dictation::audio;

/// A recording, and what was said.
pub(crate) struct Spoken {
    pub(crate) wav: PathBuf,
    pub(crate) text: String,
    pub(crate) seconds: f64,
}

/// All of a folder, in order of name, as WAV files in `work`.
pub(crate) fn read(folder: &Path, work: &Path) -> Vec<Spoken> {
    fs::create_dir_all(work).unwrap();
    let listed = fs::read_to_string(folder.join("transcripts.tsv")).unwrap_or_default();
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let Some(text) = said(folder, &name, &listed) else {
            continue;
        };
        let audio = audio::open(&file).unwrap();
        let wav = work.join(format!("{name}.wav"));
        write(&wav, audio.samples());
        #[expect(clippy::cast_precision_loss, reason = "below an hour")]
        let seconds = audio.duration_ms() as f64 / 1000.0;
        found.push(Spoken { wav, text, seconds });
    }
    assert!(!found.is_empty(), "no recordings with transcripts in {}", folder.display());
    found
}

fn said(folder: &Path, name: &str, listed: &str) -> Option<String> {
    let (stem, ending) = name.split_once('.')?;
    if !["flac", "wav", "mp3", "opus", "m4a"].iter().any(|known| ending.ends_with(known)) {
        return None;
    }
    let line = listed.lines().filter_map(|line| line.split_once('\t')).find(|(file, _)| *file == name);
    let own = || fs::read_to_string(folder.join(format!("{stem}.txt"))).ok();
    line.map(|(_, text)| text.to_owned()).or_else(own)
}

/// All of them on end, again and again with a second between, until it lasts `seconds`.
pub(crate) fn long(spoken: &[Spoken], seconds: usize, wav: &Path) {
    let mut samples: Vec<f32> = Vec::new();
    for one in spoken.iter().cycle() {
        samples.extend(audio::open(&one.wav).unwrap().samples());
        samples.extend([0.0; 16_000]);
        if samples.len() >= seconds * 16_000 {
            break;
        }
    }
    samples.truncate(seconds * 16_000);
    write(wav, &samples);
}

fn write(wav: &Path, samples: &[f32]) {
    let length = u32::try_from(samples.len() * 2).unwrap();
    let mut out = b"RIFF".to_vec();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(16_000_u32.to_le_bytes());
    out.extend(32_000_u32.to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(length.to_le_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "samples are in [-1, 1]")]
    out.extend(samples.iter().flat_map(|sample| ((sample * 32_767.0).round() as i16).to_le_bytes()));
    fs::write(wav, out).unwrap();
}
