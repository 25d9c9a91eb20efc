//! whisper.cpp as whisper-rs ships it: `peer MODEL THREADS FILE…` recognises 16-bit WAV files (16 kHz, mono)
//! greedily, each in one call, and prints `{load_s, wall_s, cpu_s, peak_mb, texts}`.

use std::time::Instant;

use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().ok_or("no model")?;
    let threads = arguments.next().ok_or("no threads")?.parse()?;
    let start = Instant::now();
    whisper_rs::install_logging_hooks();
    let context = WhisperContext::new_with_params(&model, WhisperContextParameters::default())?;
    let mut state = context.create_state()?;
    let load_s = start.elapsed().as_secs_f64();
    let (start, cpu) = (Instant::now(), cpu_s()?);
    let mut texts = Vec::new();
    for file in arguments {
        let bytes = std::fs::read(file)?;
        let samples: Vec<f32> = bytes[44..]
            .chunks_exact(2)
            .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
            .collect();
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        parameters.set_n_threads(threads);
        parameters.set_language(Some("en"));
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);
        state.full(parameters, &samples)?;
        let text: Vec<String> = state
            .as_iter()
            .map(|segment| segment.to_str_lossy().map(|text| text.trim().to_owned()))
            .collect::<Result<_, _>>()?;
        texts.push(text.join(" "));
    }
    let measured = serde_json::json!({
        "load_s": load_s,
        "wall_s": start.elapsed().as_secs_f64(),
        "cpu_s": cpu_s()? - cpu,
        "peak_mb": peak_mb()?,
        "texts": texts,
    });
    println!("{measured}");
    Ok(())
}

/// Processor time of this process, from Linux's own count in hundredths of a second.
fn cpu_s() -> Result<f64, Box<dyn std::error::Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').ok_or("no fields")?.1;
    let ticks = fields.split_whitespace().skip(11).take(2);
    Ok(ticks.map(|it| it.parse::<f64>()).sum::<Result<f64, _>>()? / 100.0)
}

fn peak_mb() -> Result<f64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|it| it.split_whitespace().next()).ok_or("no peak")?;
    Ok(kilobytes.parse::<f64>()? / 1024.0)
}
