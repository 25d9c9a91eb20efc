//! A device's stream of news: says when to sync, never what was written.

use std::{
    io::{BufRead, BufReader, Read},
    time::Duration,
};

use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer as _;
use record::ids::DocumentId;
use serde::Deserialize;
use sync::signing;

use super::{
    Device,
    client::{Client, refused, unreachable},
};
use crate::ambient;

const PATH: &str = "/api/sync/events";
/// How long the server may take to open a stream.
const OPENED_WITHIN: Duration = Duration::from_secs(30);
/// How long no event may come before the stream is given up: a caller who waits for one.
const SILENCE: Duration = Duration::from_mins(1);

/// One piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A document has grown.
    Grown {
        /// The document.
        document: DocumentId,
        /// Its newest change as of then.
        seq: u64,
    },
    /// Something may have been missed: sync.
    CatchUp,
}

/// An open stream.
pub struct Events {
    /// None while it is read.
    lines: Option<BufReader<Box<dyn Read + Send>>>,
}

#[derive(Deserialize)]
struct Grown {
    document: DocumentId,
    seq: u64,
}

impl Device {
    /// Opens the server's stream of news.
    pub async fn events(&self) -> Result<Events> {
        self.client.events().await
    }
}

impl Client {
    async fn events(&self) -> Result<Events> {
        let now = self.signing_time();
        let text = signing::text("GET", PATH, now, b"");
        let signature = STANDARD.encode(self.key.sign(text.as_bytes()).to_bytes());
        let (url, device) = (format!("{}{PATH}", self.server), self.device.to_string());
        let open = move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .timeout_recv_response(Some(OPENED_WITHIN))
                .timeout_recv_body(None)
                .http_status_as_error(false)
                .build()
                .into();
            let mut response = agent
                .get(&url)
                .header(signing::DEVICE, device)
                .header(signing::TIME, now.to_string())
                .header(signing::SIGNATURE, signature)
                .call()
                .map_err(|source| unreachable(&source))?;
            let status = response.status();
            if !status.is_success() {
                let answer = response.body_mut().read_to_vec().unwrap_or_default();
                return Err(refused(status.as_u16(), &answer));
            }
            let body: Box<dyn Read + Send> = Box::new(response.into_body().into_reader());
            Ok(Events {
                lines: Some(BufReader::with_capacity(512, body)),
            })
        };
        tokio::task::spawn_blocking(open).await?
    }
}

impl Events {
    /// Waits for the next piece of news; none when the stream has ended: open another one.
    ///
    /// # Errors
    /// When no event comes for a minute. The stream is of no use then.
    pub async fn next(&mut self) -> Result<Option<Event>> {
        let Some(mut lines) = self.lines.take() else {
            return Ok(None);
        };
        let read = tokio::task::spawn_blocking(move || (next_event(&mut lines), lines));
        let read = tokio::time::timeout(SILENCE, read).await;
        let (event, lines) =
            read.context("the server told of nothing for a minute: sync again later")??;
        if event.is_some() {
            self.lines = Some(lines);
        }
        Ok(event)
    }
}

/// The next event; a stream that breaks off has ended.
fn next_event(lines: &mut impl BufRead) -> Option<Event> {
    let (mut kind, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(name) = line.strip_prefix("event: ") {
            name.trim_end().clone_into(&mut kind);
        }
        let Some(data) = line.strip_prefix("data: ") else {
            continue;
        };
        match kind.as_str() {
            "catch-up" => return Some(Event::CatchUp),
            "grown" => {
                let Grown { document, seq } = serde_json::from_str(data).ok()?;
                return Some(Event::Grown { document, seq });
            }
            // Of a newer server.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_between_signs_of_life() {
        let text = ":\n\nevent: catch-up\ndata: {}\n\n:\n\nevent: other\ndata: 1\n\n\
            event: grown\ndata: {\"document\":\"0198f1a0-0000-7000-8000-000000000001\",\"seq\":7}\n\nevent";
        let mut lines = text.as_bytes();
        assert_eq!(next_event(&mut lines), Some(Event::CatchUp));
        assert!(matches!(
            next_event(&mut lines),
            Some(Event::Grown { seq: 7, .. })
        ));
        assert_eq!(next_event(&mut lines), None);
    }
}
