//! `workbook demo`: the main job from end to end, with real parts.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use jiff::civil::Date;

use crate::demo::{self, Plan};

/// What `demo` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Three professionals of the sample family Brennan write without network: two dictate (real
recordings, recognised on this machine), one types. The server is a process of its own, started,
killed and started again. Then all devices sync, in both orders, and the manager's summary is
printed with [author, date, entry] behind every line.

It leaves server.db in the folder, which `workbook serve --db FOLDER/server.db` opens, and prints
how to sign in. A folder of an earlier demo is replaced; any other that is not empty is refused.")]
pub struct Arguments {
    /// The folder for the databases of the server and the devices
    #[arg(long, value_name = "FOLDER", default_value = "workbook-demo")]
    pub dir: PathBuf,

    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,

    /// The day of the demo, on whose evening everybody writes: YYYY-MM-DD
    #[arg(long, value_name = "DATE", default_value = "2023-09-08")]
    pub on: Date,

    /// Another recording for the social worker (WAV or FLAC)
    #[arg(long, value_name = "FILE")]
    pub social_worker: Option<PathBuf>,

    /// Another recording for the recovery worker (WAV or FLAC)
    #[arg(long, value_name = "FILE")]
    pub recovery_worker: Option<PathBuf>,

    /// The speech model: a name from `workbook model list`, or the path of a model file
    #[arg(long, value_name = "NAME|PATH")]
    pub model: Option<String>,
}

/// Runs the demo.
pub fn run(arguments: &Arguments) -> Result<()> {
    let plan = Plan {
        folder: arguments.dir.clone(),
        json: arguments.json,
        on: arguments.on,
        social_worker: demo::recording(
            arguments.social_worker.as_deref(),
            include_bytes!("../../recordings/social-worker.flac"),
        )?,
        recovery_worker: demo::recording(
            arguments.recovery_worker.as_deref(),
            include_bytes!("../../recordings/recovery-worker.flac"),
        )?,
        model: arguments.model.clone(),
    };
    let runtime = tokio::runtime::Runtime::new().context("starting the demo's threads failed")?;
    runtime.block_on(demo::run(&plan))
}
