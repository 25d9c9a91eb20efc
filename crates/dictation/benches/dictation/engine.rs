//! Our own engine in a process of its own, so that its peak of memory is its own: whole recordings through
//! the whole pipeline, decoding and finding speech included.

use std::path::Path;
use std::time::Instant;

use dictation::audio::Recording;
use dictation::listen::{self, Watch};
use dictation::model::cache;
use dictation::whisper::Whisper;

/// `MODEL THREADS FILE…`, as the peers take it; prints what they print.
pub(crate) fn run(arguments: &[String]) {
    let start = Instant::now();
    let model = cache::load(Path::new(&arguments[0])).unwrap();
    let mut engine = Whisper::load(&model, arguments[1].parse().unwrap()).unwrap();
    drop(model);
    let load_s = start.elapsed().as_secs_f64();
    let (start, cpu) = (Instant::now(), cpu_s());
    let texts: Vec<String> = arguments[2..]
        .iter()
        .map(|file| {
            let elapsed = || start.elapsed();
            let sound = Recording::at(file);
            listen::transcribe(&sound, &mut engine, &elapsed, &mut Nobody).unwrap().text
        })
        .collect();
    let (kernel, taken) = Whisper::kernel();
    let measured = serde_json::json!({
        "load_s": load_s,
        "wall_s": start.elapsed().as_secs_f64(),
        "cpu_s": cpu_s() - cpu,
        "peak_mb": peak_mb(),
        "texts": texts,
        "kernel": if taken > 0 { kernel } else { "none" },
    });
    println!("{measured}");
}

struct Nobody;

impl Watch for Nobody {}

/// Processor time of this process, from Linux's own count in hundredths of a second.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit_once(')').unwrap().1.split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).map(|it| it.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1024.0
}
