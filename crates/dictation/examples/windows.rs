//! Decodes a recording to 16-bit PCM and tells where it is cut: what the phone's speech engine is measured with.
//!
//! `cargo run -p dictation --example windows -- visit.flac visit.pcm` writes the samples (16 kHz mono,
//! little-endian) and prints `[{"start": …, "end": …}, …]` in samples. With a number of seconds after them, the
//! recording is repeated, with a breath between, until it is at least as long.

use std::path::Path;

use dictation::{audio, chunk, silence::Loudness};

#[expect(
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a program; samples are in [-1, 1]"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(recording), Some(pcm)) = (arguments.next(), arguments.next()) else {
        return Err("give a recording and where to write its samples".into());
    };
    let audio = audio::open(Path::new(&recording))?;
    let seconds: usize = arguments.next().map_or(Ok(0), |text| text.parse())?;
    let mut samples = audio.samples().to_vec();
    while samples.len() < seconds * 16_000 {
        samples.extend(std::iter::repeat_n(0.0, 8_000));
        samples.extend(audio.samples());
    }
    let bytes: Vec<u8> = samples
        .iter()
        .flat_map(|sample| ((sample * 32_767.0).round() as i16).to_le_bytes())
        .collect();
    std::fs::write(pcm, bytes)?;
    let loudness = Loudness::measure(&samples);
    let windows = chunk::windows(&loudness, &loudness.regions(), samples.len());
    println!("{}", serde_json::to_string(&windows)?);
    Ok(())
}
