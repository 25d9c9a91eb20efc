//! `workbook serve`: the council's server, on one SQLite file, or one of several on a PostgreSQL database.

pub mod config;
mod settings;

use std::{
    io::{ErrorKind, IsTerminal as _},
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use config::{Config, LogFormat};
use server::{Ambient, AppState, NoRandomness};
use tokio::net::TcpListener;

use crate::{ambient, terminal, verbs::database::Database};

/// What `serve` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Prints one line on stdout when it is ready, with the real port when port 0 was asked for:

  listening on http://127.0.0.1:8787

The log goes to stderr: method, route, status and milliseconds, never a name or an id. SIGTERM and
Ctrl-C let running requests finish. Everything that a device was told is accepted is on disk.

Beyond this machine it needs TLS: give it a certificate (--tls-cert, --tls-key), or put a proxy with
TLS in front of it (--behind-proxy). Every setting may stand in a file: `workbook config schema`.

On one file there is one server. On one PostgreSQL database (15 or newer) any number may run; what one
accepts, the others tell their devices.")]
pub struct Arguments {
    /// Read settings from this file, TOML; flags and environment variables go before it
    #[arg(long = "config", env = "WORKBOOK_CONFIG", value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Fill a new database with sample families, and print how to sign in
    #[arg(long)]
    pub sample: bool,

    /// The settings.
    #[command(flatten)]
    pub config: Config,
}

/// Serves until SIGTERM or Ctrl-C.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut config = arguments.config.clone();
    if let Some(file) = &arguments.file {
        config = config.over(Config::read(file)?);
    }
    log(config.log_format.unwrap_or(LogFormat::Text));
    let runtime = tokio::runtime::Runtime::new().context("starting the server's threads failed")?;
    runtime.block_on(serve(arguments.sample, &config))
}

fn log(format: LogFormat) {
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_target(false);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

async fn serve(sample: bool, config: &Config) -> Result<()> {
    let settings = settings::settings(config)?;
    let certificate = settings::certificate(config)?;
    let scheme = if certificate.is_some() {
        "https"
    } else {
        "http"
    };
    // The ports first: where one is taken, no database is made.
    let metrics_listener = match config.metrics_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let listener = listen(config.listen()).await?;
    let address = listener.local_addr().context("reading the port failed")?;
    let store = Database::open(config.db.as_ref()).await?;
    let party = if sample {
        Some(crate::sample::Party::invite(&store).await?)
    } else {
        None
    };
    let state = AppState::with(Arc::new(store.clone()), real(), settings);
    let signal = stop_signal()?;
    if let Some(listener) = metrics_listener {
        let address = listener.local_addr().context("reading the port failed")?;
        tracing::info!(%address, "metrics");
        let metrics = state.metrics().clone();
        tokio::spawn(server::serve_metrics(
            listener,
            metrics,
            std::future::pending(),
        ));
    }
    tokio::spawn(close_leavers(store.clone()));
    let server = server::serve(listener, state, certificate, signal);
    terminal::print(&format!("listening on {scheme}://{address}"))?;
    // Sample families are written over HTTP like any other, so it happens while the server runs.
    let samples = async {
        if let Some(party) = party
            && let Err(error) = party.arrive(&format!("{scheme}://{address}")).await
        {
            terminal::fail(&error);
        }
        std::future::pending::<()>().await;
    };
    let mut server = std::pin::pin!(server);
    tokio::select! {
        ended = &mut server => ended.context("the server stopped by itself")?,
        () = samples => {}
    }
    store.close().await;
    Ok(())
}

/// How often it is looked whose last day is over. The server refuses them from that moment on anyway.
const LEAVERS: Duration = Duration::from_mins(1);

async fn close_leavers(store: Database) {
    let mut every = tokio::time::interval(LEAVERS);
    loop {
        every.tick().await;
        let now = ambient::now().as_millisecond();
        match server::admin::close_due_accounts(&store, now).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "accounts closed"),
            Err(error) => tracing::error!(%error, "closing accounts failed"),
        }
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "{address} is in use by another program: stop that one, or choose another port with --listen"
        ),
        Err(error) => Err(error)
            .with_context(|| format!("can't listen on {address}: choose another with --listen")),
    }
}

/// The machine's clock and randomness.
fn real() -> Ambient {
    Ambient {
        clock: Arc::new(|| ambient::now().as_millisecond()),
        randomness: Arc::new(|bytes: &mut [u8]| {
            for part in bytes.chunks_mut(32) {
                let random: [u8; 32] = ambient::random_bytes().map_err(|_| NoRandomness)?;
                part.copy_from_slice(&random[..part.len()]);
            }
            Ok(())
        }),
    }
}

/// Ends at the first SIGTERM or Ctrl-C. Listens from this call on, so that none is missed.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM failed")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for Ctrl-C failed")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends at the first Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
