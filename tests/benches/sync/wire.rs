//! Signed requests over a connection that is held open, and every byte that goes over it: lighter than a
//! device, so that what is measured is the server.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
};

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use cli::ambient;
use ed25519_dalek::{Signer as _, SigningKey};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use record::Writer;
use serde::{Serialize, de::DeserializeOwned};
use sync::signing;

/// Who signs.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) writer: Writer,
    pub(crate) key: SigningKey,
}

/// An open connection.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    host: String,
    identity: Identity,
    signed: i64,
}

/// An answer.
pub(crate) struct Answered {
    /// The body as it went over the wire.
    pub(crate) packed: usize,
    /// All of the answer: status, headers, body.
    pub(crate) whole: usize,
    body: Vec<u8>,
}

impl Answered {
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_slice(&self.body)?)
    }
}

impl Line {
    pub(crate) fn to(address: &str, identity: &Identity) -> Result<Self> {
        let host = address.strip_prefix("http://").context("plain HTTP")?;
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(16 * 1024, stream),
            host: host.to_owned(),
            identity: identity.clone(),
            signed: 0,
        })
    }

    /// Now, but never a time at which this line has signed already: that would be a copy.
    fn signing_time(&mut self) -> i64 {
        self.signed = ambient::now().as_millisecond().max(self.signed + 1);
        self.signed
    }

    /// Posts a frame, packed.
    pub(crate) fn post(&mut self, path: &str, frame: &impl Serialize) -> Result<Answered> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&serde_json::to_vec(frame)?)?;
        self.post_packed(path, &packed.finish()?)
    }

    /// Posts a body that is packed already.
    pub(crate) fn post_packed(&mut self, path: &str, body: &[u8]) -> Result<Answered> {
        self.send("POST", path, body)?;
        self.answer()
    }

    fn send(&mut self, method: &str, path: &str, body: &[u8]) -> Result<()> {
        let now = self.signing_time();
        let text = signing::text(method, path, now, body);
        let signature = self.identity.key.sign(text.as_bytes()).to_bytes();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{}: {}\r\n{}: {now}\r\n{}: {}\r\naccept-encoding: gzip\r\n",
            self.host,
            signing::DEVICE,
            self.identity.writer.device,
            signing::TIME,
            signing::SIGNATURE,
            STANDARD.encode(signature),
        );
        if !body.is_empty() {
            request.push_str(&format!(
                "content-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n",
                body.len()
            ));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        Ok(self.stream.get_mut().write_all(&bytes)?)
    }

    /// Opens the stream of news, and waits for its first event.
    pub(crate) fn listen(&mut self) -> Result<()> {
        self.send("GET", "/api/sync/events", b"")?;
        self.head()?;
        let mut line = String::new();
        while !line.starts_with("event: ") {
            line.clear();
            ensure!(
                self.stream.read_line(&mut line)? > 0,
                "the stream has ended"
            );
        }
        Ok(())
    }

    /// Status and headers, in small letters; their bytes are counted.
    fn head(&mut self) -> Result<(Vec<String>, usize)> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        loop {
            let mut line = String::new();
            bytes += self.stream.read_line(&mut line)?;
            let line = line.trim_end().to_lowercase();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let status = lines.first().context("an answer")?;
        ensure!(status.contains(" 200 "), "the server answered {status}");
        Ok((lines, bytes))
    }

    fn answer(&mut self) -> Result<Answered> {
        let (head, mut whole) = self.head()?;
        let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name));
        let mut body = Vec::new();
        if let Some(length) = header("content-length: ") {
            body.resize(length.parse()?, 0);
            self.stream.read_exact(&mut body)?;
            whole += body.len();
        } else {
            loop {
                let mut size = String::new();
                whole += self.stream.read_line(&mut size)?;
                let size = usize::from_str_radix(size.trim(), 16).context("a chunk")?;
                let mut chunk = vec![0; size + 2];
                self.stream.read_exact(&mut chunk)?;
                whole += chunk.len();
                body.extend_from_slice(&chunk[..size]);
                if size == 0 {
                    break;
                }
            }
        }
        let packed = body.len();
        if header("content-encoding: ") == Some("gzip") {
            let mut plain = Vec::new();
            GzDecoder::new(&body[..]).read_to_end(&mut plain)?;
            body = plain;
        }
        Ok(Answered {
            packed,
            whole,
            body,
        })
    }
}
