//! The HTTP client of a device: each request signed with the device's key.

use std::{
    io::Write as _,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use flate2::{Compression, write::GzEncoder};
use record::ids::{DeviceId, ProfessionalId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::device::Profile;
use sync::{
    signing,
    wire::{
        Cursor, MAX_FRAME_BYTES, PullRequest, PullResponse, PushDocument, PushRequest, PushResponse,
    },
};

use crate::ambient;

/// How long a request may take. A phone's signal comes and goes: better to try again than to wait.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Bodies from this size on are packed.
const PACKED_FROM: usize = 512;

/// What somebody types to sign in.
#[derive(Clone, Serialize)]
pub struct SignIn {
    /// The sign-in name.
    pub sign_in: String,
    /// The password.
    pub password: String,
}

/// A device's line to its server.
pub struct Client {
    agent: ureq::Agent,
    pub(super) server: String,
    pub(super) device: DeviceId,
    pub(super) key: SigningKey,
    signed: AtomicI64,
}

#[derive(Deserialize)]
struct Enrolled {
    device: DeviceId,
    professional: ProfessionalId,
    name: String,
    discipline: String,
}

/// The server's own words on a failure (RFC 9457).
#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .build()
        .into()
}

/// Enrols a device: the server learns its public key, the secret one stays here.
pub(super) async fn enrol(server: &str, sign_in: &SignIn, secret_key: [u8; 32]) -> Result<Profile> {
    let public_key = SigningKey::from_bytes(&secret_key).verifying_key();
    let body = serde_json::to_vec(&serde_json::json!({
        "sign_in": sign_in.sign_in,
        "password": sign_in.password,
        "public_key": STANDARD.encode(public_key.as_bytes()),
    }))?;
    let enrolled: Enrolled = send(agent(), format!("{server}/api/devices"), vec![], body).await?;
    Ok(Profile {
        device: enrolled.device,
        professional: enrolled.professional,
        name: enrolled.name,
        discipline: enrolled.discipline,
        server: server.to_owned(),
        secret_key,
    })
}

impl Client {
    pub(super) fn new(profile: &Profile) -> Self {
        Self {
            agent: agent(),
            server: profile.server.clone(),
            device: profile.device,
            key: SigningKey::from_bytes(&profile.secret_key),
            signed: AtomicI64::new(0),
        }
    }

    /// The time to sign at, in milliseconds since 1970: now, but never one that was signed at before. The
    /// server takes the same signature for a copy of the request.
    pub(super) fn signing_time(&self) -> i64 {
        let now = ambient::now().as_millisecond();
        let next = |last: i64| now.max(last + 1);
        let signed = &self.signed;
        let last = signed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| Some(next(it)));
        next(last.unwrap_or_else(|last| last))
    }

    pub(super) async fn push(&self, documents: Vec<PushDocument>) -> Result<PushResponse> {
        self.post("/api/sync/push", &PushRequest { documents })
            .await
    }

    pub(super) async fn pull(&self, documents: Vec<Cursor>) -> Result<PullResponse> {
        self.post("/api/sync/pull", &PullRequest { documents })
            .await
    }

    async fn post<A: DeserializeOwned + Send + 'static>(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<A> {
        let (body, packed) = pack(serde_json::to_vec(request)?)?;
        let now = self.signing_time();
        let signature = self
            .key
            .sign(signing::text("POST", path, now, &body).as_bytes());
        // The signature is over the body as it goes over the wire.
        let mut headers = vec![
            (signing::DEVICE, self.device.to_string()),
            (signing::TIME, now.to_string()),
            (signing::SIGNATURE, STANDARD.encode(signature.to_bytes())),
        ];
        if packed {
            headers.push(("content-encoding", "gzip".to_owned()));
        }
        send(
            self.agent.clone(),
            format!("{}{path}", self.server),
            headers,
            body,
        )
        .await
    }
}

/// Packs a body for the wire where that pays, and whether it did: base64 takes a third more than the
/// bytes that it stands for, and this takes it back.
fn pack(body: Vec<u8>) -> Result<(Vec<u8>, bool)> {
    if body.len() < PACKED_FROM {
        return Ok((body, false));
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&body)?;
    Ok((packed.finish()?, true))
}

async fn send<A: DeserializeOwned + Send + 'static>(
    agent: ureq::Agent,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
) -> Result<A> {
    let exchange = move || {
        let mut request = agent.post(&url).content_type("application/json");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let mut response = request
            .send(&body[..])
            .map_err(|source| unreachable(&source))?;
        let status = response.status();
        // A pull may carry a snapshot beside its page of changes.
        let answer = response
            .body_mut()
            .with_config()
            .limit(8 * MAX_FRAME_BYTES as u64)
            .read_to_vec()
            .map_err(|source| unreachable(&source))?;
        if !status.is_success() {
            return Err(refused(status.as_u16(), &answer));
        }
        serde_json::from_slice(&answer)
            .context("the server's answer makes no sense: check its address and version")
    };
    match tokio::task::spawn_blocking(exchange).await {
        Ok(answer) => answer,
        Err(stopped) => bail!("the request was cut off: {stopped}"),
    }
}

pub(super) fn unreachable(source: &ureq::Error) -> anyhow::Error {
    anyhow!(
        "the server can't be reached ({source}): your entries stay on this device, sync again later"
    )
}

pub(super) fn refused(status: u16, answer: &[u8]) -> anyhow::Error {
    match serde_json::from_slice::<Problem>(answer) {
        Ok(Problem { title, detail }) if !detail.is_empty() => {
            let title = if title.is_empty() {
                String::new()
            } else {
                format!("{title}: ")
            };
            anyhow!("the server refused ({status}): {title}{detail}")
        }
        _ => anyhow!("the server refused ({status}): sync again later"),
    }
}
