//! `workbook serve`: the council's server, on one SQLite file, or one of several on a PostgreSQL database.

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
use server::{Ambient, AppState, NoRandomness};
use tokio::net::TcpListener;

use crate::{
    ambient, sample, terminal,
    verbs::database::{Database, Place},
};

/// How long running requests may take to finish after the server was asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// What `serve` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Prints one line on stdout when it is ready, with the real port when port 0 was asked for:

  listening on http://127.0.0.1:8787

The log goes to stderr: method, route, status and milliseconds, never a name or an id. SIGTERM and
Ctrl-C let running requests finish. Everything that a device was told is accepted is on disk.

On one file there is one server. On one PostgreSQL database (15 or newer) any number may run; what one
accepts, the others tell their devices.

The server speaks plain HTTP. Beyond this machine, put a proxy with TLS in front of it.")]
pub struct Arguments {
    /// The database: a file, made when it is not there, or postgres://USER@HOST/DATABASE (its
    /// password in PGPASSWORD or PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL"
    )]
    pub db: Option<Place>,

    /// Address and port to listen on; port 0 takes a free one
    #[arg(
        long,
        env = "WORKBOOK_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8787"
    )]
    pub listen: SocketAddr,

    /// Fill a new database with sample families, and print how to sign in
    #[arg(long)]
    pub sample: bool,

    /// The folder of the built app [default: `app` beside this program, or mobile-shell/dist here;
    /// without either a small page for reading]
    #[arg(long, env = "WORKBOOK_APP", value_name = "FOLDER")]
    pub app: Option<PathBuf>,

    /// The folder of speech models that phones may fetch
    /// [default: the models of `workbook model list`]
    #[arg(long, value_name = "FOLDER")]
    pub models: Option<PathBuf>,

    /// How many days a phone may open its copies without having reached the server: 1 to 90
    #[arg(long, env = "WORKBOOK_LEASE_DAYS", value_name = "DAYS", default_value_t = 14,
        value_parser = clap::value_parser!(u16).range(1..=90))]
    pub lease_days: u16,
}

/// Serves until SIGTERM or Ctrl-C.
pub fn run(arguments: &Arguments) -> Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    let runtime = tokio::runtime::Runtime::new().context("starting the server's threads failed")?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: &Arguments) -> Result<()> {
    let settings = settings::settings(arguments)?;
    // The port first: where it is taken, no database is made.
    let listener = listen(arguments.listen).await?;
    let address = listener.local_addr().context("reading the port failed")?;
    let store = Database::open(arguments.db.as_ref()).await?;
    let sample = if arguments.sample {
        Some(sample::Party::invite(&store).await?)
    } else {
        None
    };
    let state = AppState::with(Arc::new(store.clone()), real(), settings);
    let stop = Arc::new(tokio::sync::Notify::new());
    let stopping = Arc::clone(&stop);
    let signal = stop_signal()?;
    let server = server::serve(listener, state, async move { stopping.notified().await });
    terminal::print(&format!("listening on http://{address}"))?;
    // Sample families are written over HTTP like any other, so it happens while the server runs.
    let samples = async {
        if let Some(party) = sample
            && let Err(error) = party.arrive(&format!("http://{address}")).await
        {
            terminal::fail(&error);
        }
        std::future::pending::<()>().await;
    };
    let mut server = std::pin::pin!(server);
    tokio::select! {
        ended = &mut server => ended.context("the server stopped by itself")?,
        () = samples => {}
        () = signal => {
            stop.notify_one();
            // A request that still hangs then is rolled back; nothing of it was acknowledged.
            if let Ok(ended) = tokio::time::timeout(LAST_REQUESTS, server).await {
                ended.context("stopping failed")?;
            }
        }
    }
    store.close().await;
    Ok(())
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
