//! What syncing costs the server, side by side with Automerge's JavaScript server and with bare inserts; the
//! numbers go to `target/bench/sync.json` (`make bench-sync`). Linux only: it reads `/proc`.
//!
//! Give names of parts to measure only those: `make bench-sync PARTS="live rate"`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench measures time and prints"
)]

mod caseload;
mod council;
mod gauge;
mod growth;
mod idle;
mod live;
mod log;
mod news;
mod peer;
mod rate;
mod report;
mod visit;
mod wire;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, bail};
use report::Report;

const PARTS: [&str; 6] = ["live", "caseload", "news", "idle", "growth", "rate"];

#[tokio::main]
async fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| !it.starts_with("--"))
        .collect();
    match run(&named).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(named: &[String]) -> Result<()> {
    let mut report = Report::default();
    let parts: Vec<&str> = if named.is_empty() {
        PARTS.to_vec()
    } else {
        named.iter().map(String::as_str).collect()
    };
    for part in parts {
        match part {
            "live" => live::measure(&mut report).await?,
            "caseload" => caseload::measure(&mut report).await?,
            "news" => news::measure(&mut report).await?,
            "idle" => idle::measure(&mut report).await?,
            "growth" => growth::measure(&mut report).await?,
            "rate" => rate::measure(&mut report).await?,
            other => bail!("there is no part {other:?}: {}", PARTS.join(", ")),
        }
        report.write(&target().join("bench/sync.json"))?;
    }
    Ok(())
}

/// Cargo's target folder.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| tests::root().join("target"), PathBuf::from)
}
