//! Recognition beside faster-whisper (8 bits) and beside whisper.cpp as whisper-rs ships it: same recordings, same
//! weights, same threads, one run. `make bench-dictation` writes `target/bench/dictation.json`.
//!
//! `RECORDINGS` names a folder of recordings with transcripts (default: the small ones in the repository), `THREADS` how many
//! threads each engine has (2), `ROUNDS` how often each is measured (2; the best counts), `LONG_MINUTES` how
//! long the recording is whose memory is measured (30).
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time, prints, and may fail loudly"
)]

mod engine;
mod peers;
mod recordings;
mod report;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use dictation::eval::{Words, compare};
use serde::Deserialize;

use peers::Model;
use recordings::Spoken;
use report::{Goal, Report};

/// Tells a child process to be our engine.
const ENGINE: &str = "--engine";

/// What each engine says of itself.
#[derive(Debug, Deserialize)]
struct Measured {
    load_s: f64,
    wall_s: f64,
    cpu_s: f64,
    peak_mb: f64,
    texts: Vec<String>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|it| it == ENGINE) {
        engine::run(&arguments[at + 1..]);
        return;
    }
    let work = target().join("bench/dictation");
    let folder = std::env::var_os("RECORDINGS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"),
        PathBuf::from,
    );
    let spoken = recordings::read(&folder, &work.join("recordings"));
    let peers = peers::ready(&work);
    let bench = Bench {
        threads: number("THREADS", 2).to_string(),
        rounds: number("ROUNDS", 2),
        spoken: &spoken,
        seconds: spoken.iter().map(|one| one.seconds).sum(),
    };
    let mut report = Report::default();
    report.plain("recordings", bench.seconds, "s");
    for model in &peers.models {
        bench.compare(model, &peers, &mut report);
    }
    let long = work.join("long.wav");
    recordings::long(&spoken, 60 * number("LONG_MINUTES", 30), &long);
    let tiny = &peers.models[0];
    let measured = measure(&mut ours(tiny, &bench.threads), &[&long]);
    report.goal("tiny.en-long-peak-memory", measured.peak_mb, "MB", Goal::AtMost(200.0));
    report.plain("tiny.en-long-processor-time", measured.cpu_s, "s");
    report.write(&target().join("bench/dictation.json"));
}

struct Bench<'a> {
    threads: String,
    rounds: usize,
    spoken: &'a [Spoken],
    seconds: f64,
}

impl Bench<'_> {
    fn compare(&self, model: &Model, peers: &peers::Peers, report: &mut Report) {
        let wavs: Vec<&Path> = self.spoken.iter().map(|one| one.wav.as_path()).collect();
        let mut results: [Vec<Measured>; 3] = Default::default();
        for round in 0..self.rounds {
            println!("{}, round {} …", model.name, round + 1);
            let mut faster = Command::new(&peers.python);
            faster
                .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/dictation/faster_whisper_peer.py"))
                .arg(&model.folder)
                .arg(&self.threads)
                .env("OMP_NUM_THREADS", &self.threads);
            let mut shipped = Command::new(&peers.whisper_cpp);
            shipped.arg(&model.ggml).arg(&self.threads);
            let mut commands = [ours(model, &self.threads), faster, shipped];
            for (results, command) in results.iter_mut().zip(&mut commands) {
                results.push(measure(command, &wavs));
            }
        }
        let [ours, faster, shipped] = results.map(|rounds| Best::of(&rounds));
        self.beside(model, &ours, ("faster-whisper-int8", &faster), Goal::RatioAtMost(1.25), report);
        self.beside(model, &ours, ("whisper.cpp", &shipped), Goal::RatioAtMost(1.0), report);
    }

    fn beside(
        &self,
        model: &Model,
        ours: &Best,
        (peer, theirs): (&str, &Best),
        time: Goal,
        report: &mut Report,
    ) {
        let mut put = |metric: &str, unit, of: &dyn Fn(&Best) -> f64, goal| {
            let metric = format!("{}-{metric}", model.name);
            report.beside(&metric, of(ours), unit, (peer, of(theirs)), goal);
        };
        put("processor-time", "s", &|it| it.cpu_s, time);
        put("real-time-factor", "", &|it| it.wall_s / self.seconds, Goal::None);
        put("loading", "s", &|it| it.load_s, Goal::None);
        put("peak-memory", "MB", &|it| it.peak_mb, Goal::None);
        let errors = |it: &Best| self.word_error_rate(&it.texts);
        put("word-error-rate", "", &errors, Goal::RatioAtMost(1.0));
    }

    fn word_error_rate(&self, texts: &[String]) -> f64 {
        let mut all = Words::default();
        for (one, text) in self.spoken.iter().zip(texts) {
            all.add(&compare(&one.text, text, &HashSet::new()));
        }
        all.error_rate().unwrap()
    }
}

/// The least of each number over the rounds; the texts are the same each time.
struct Best {
    load_s: f64,
    wall_s: f64,
    cpu_s: f64,
    peak_mb: f64,
    texts: Vec<String>,
}

impl Best {
    fn of(rounds: &[Measured]) -> Self {
        let least = |of: fn(&Measured) -> f64| rounds.iter().map(of).fold(f64::MAX, f64::min);
        Self {
            load_s: least(|it| it.load_s),
            wall_s: least(|it| it.wall_s),
            cpu_s: least(|it| it.cpu_s),
            peak_mb: least(|it| it.peak_mb),
            texts: rounds[0].texts.clone(),
        }
    }
}

fn ours(model: &Model, threads: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(ENGINE).arg(&model.ggml).arg(threads);
    command
}

fn measure(command: &mut Command, wavs: &[&Path]) -> Measured {
    let output = command.args(wavs).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {words}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

fn target() -> PathBuf {
    let own = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    own.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"))
}
