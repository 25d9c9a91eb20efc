//! A bad network: stands between devices and the server's processes, hands requests to them in turn, and
//! does to each request what it is told to.
//!
//! It knows HTTP/1.1 only as far as telling one request from the next. Nothing here waits for the
//! clock: what is late comes behind a later request.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
};

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does its answer.
    Pass,
    /// It never arrives.
    Lost,
    /// It arrives; its answer never does.
    AnswerLost,
    /// Half of it arrives.
    Cut,
    /// It arrives; half of its answer does.
    AnswerCut,
    /// It arrives twice; the second answer is given.
    Twice,
    /// It arrives behind the next one; its answer goes nowhere.
    Late,
}

/// Decides about each request, in order of arrival.
type Plan = Box<dyn FnMut() -> Fate + Send>;

struct Shared {
    /// The addresses of the processes that are up.
    servers: watch::Sender<Vec<String>>,
    /// How many requests have been handed out.
    turn: AtomicUsize,
    plan: Mutex<Plan>,
    late: Mutex<Vec<Vec<u8>>>,
    /// How many more bytes pass before [`Proxy::disaster`] ends.
    until_disaster: AtomicUsize,
    disaster: Notify,
}

/// The network between devices and the processes of one server.
pub struct Proxy {
    /// Where devices reach the server through it.
    pub address: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Proxy {
    /// A network before processes at addresses such as `http://127.0.0.1:41234`.
    pub async fn before(
        servers: impl IntoIterator<Item = &str>,
        plan: impl FnMut() -> Fate + Send + 'static,
    ) -> Result<Self> {
        let servers = servers.into_iter().map(str::to_owned).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            servers: watch::Sender::new(servers),
            turn: AtomicUsize::new(0),
            plan: Mutex::new(Box::new(plan)),
            late: Mutex::default(),
            until_disaster: AtomicUsize::new(usize::MAX),
            disaster: Notify::new(),
        });
        let on = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = Arc::clone(&on);
                // A connection that breaks is what this is for.
                tokio::spawn(async move { shared.exchange(client).await.ok() });
            }
        });
        Ok(Self {
            address,
            shared,
            accepting,
        })
    }

    /// From now on everything passes.
    pub fn mend(&self) {
        *lock(&self.shared.plan) = Box::new(|| Fate::Pass);
    }

    /// Which processes are up: they get the requests from now on. While there is none, requests wait.
    pub fn servers_are<'a>(&self, addresses: impl IntoIterator<Item = &'a str>) {
        let addresses = addresses.into_iter().map(str::to_owned).collect();
        self.shared.servers.send_replace(addresses);
    }

    /// Ends when so many more bytes have gone to or come from the server: an instant in the middle of
    /// whatever it is doing.
    pub async fn disaster(&self, after_bytes: usize) {
        let shared = &self.shared;
        shared.until_disaster.store(after_bytes, Ordering::SeqCst);
        shared.disaster.notified().await;
        shared.until_disaster.store(usize::MAX, Ordering::SeqCst);
    }
}

impl Shared {
    async fn exchange(&self, mut client: TcpStream) -> Result<()> {
        let request = read_request(&mut client).await?;
        let fate = (lock(&self.plan))();
        let half = request.len() / 2;
        match fate {
            Fate::Lost => return Ok(()),
            Fate::Late => {
                lock(&self.late).push(request);
                return Ok(());
            }
            Fate::Cut => {
                let mut server = self.connect().await?;
                return self.send(&mut server, &request[..half]).await;
            }
            Fate::Pass | Fate::AnswerLost | Fate::AnswerCut | Fate::Twice => {}
        }
        let mut answer = self.ask(&request).await?;
        if fate == Fate::Twice {
            answer = self.ask(&request).await?;
        }
        let late = std::mem::take(&mut *lock(&self.late));
        for request in late {
            self.ask(&request).await?;
        }
        match fate {
            Fate::AnswerLost => {}
            Fate::AnswerCut => client.write_all(&answer[..answer.len() / 2]).await?,
            _ => client.write_all(&answer).await?,
        }
        Ok(client.shutdown().await?)
    }

    async fn connect(&self) -> Result<TcpStream> {
        let mut servers = self.servers.subscribe();
        let up = servers.wait_for(|them| !them.is_empty()).await?.clone();
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % up.len();
        let place = up[turn]
            .strip_prefix("http://")
            .context("an http address")?;
        Ok(TcpStream::connect(place).await?)
    }

    /// One request on a connection of its own; the whole answer.
    async fn ask(&self, request: &[u8]) -> Result<Vec<u8>> {
        let mut server = self.connect().await?;
        self.send(&mut server, request).await?;
        let mut answer = Vec::new();
        loop {
            let read = server.read_buf(&mut answer).await?;
            if read == 0 {
                return Ok(answer);
            }
            self.count(read);
        }
    }

    async fn send(&self, server: &mut TcpStream, bytes: &[u8]) -> Result<()> {
        for part in bytes.chunks(256) {
            server.write_all(part).await?;
            self.count(part.len());
        }
        Ok(())
    }

    fn count(&self, bytes: usize) {
        let before = self
            .until_disaster
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| match left {
                // None is wanted, or it has been told already.
                usize::MAX | 0 => None,
                left => Some(left.saturating_sub(bytes)),
            });
        if before.is_ok_and(|left| left <= bytes) {
            self.disaster.notify_one();
        }
    }
}

/// One request, made to be the only one on its connection.
async fn read_request(client: &mut TcpStream) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break at + 4;
        }
        if client.read_buf(&mut bytes).await? == 0 {
            bail!("the client went away");
        }
    };
    let head = std::str::from_utf8(&bytes[..end])?.to_owned();
    let mut length = 0;
    let mut kept = String::new();
    for line in head.trim_end().split("\r\n") {
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if !lower.starts_with("connection:") {
            kept.push_str(line);
            kept.push_str("\r\n");
        }
    }
    kept.push_str("connection: close\r\n\r\n");
    while bytes.len() < end + length {
        if client.read_buf(&mut bytes).await? == 0 {
            bail!("the client went away");
        }
    }
    Ok([kept.as_bytes(), &bytes[end..end + length]].concat())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Numbers that look random and are the same for the same seed (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// Dice for a seed, which a failing story names.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next one, below `bound` (which is not 0).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).unwrap_or(0)
    }
}
