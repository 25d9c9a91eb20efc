//! The town under attack: its servers with their logs, who attacks, and what each attack was answered.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use cli::{ambient, device::Device};
use ed25519_dalek::{Signer as _, SigningKey};
use record::{
    ids::DocumentId,
    terms::{Compartment, Discipline},
};
use serde_json::{Value, json};
use server::admin;
use store::server::Store as _;
use sync::signing;
use tests::{Engine, Served, Town};
use ureq::{Agent, http};

/// Somebody with a password and no families: an employee of the council all the same.
pub(crate) const STRANGER: &str = "mallory";

/// A town, its servers, and what the attacks so far must have left in their logs.
pub(crate) struct Siege {
    pub(crate) town: Town,
    served: Vec<Served>,
    /// Amira's, who works with the family and goes on working.
    pub(crate) amira: Device,
    /// The team's document, and a compartment's that Sam alone is a member of.
    pub(crate) team: DocumentId,
    pub(crate) compartment: DocumentId,
    agent: Agent,
    turn: usize,
    last_signed: i64,
    /// How many refusals of each route and status.
    refused: BTreeMap<(String, u16), usize>,
}

/// A request as an attacker makes it.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// As the log names it: without ids.
    pub(crate) route: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A device whose key is at hand.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) device: String,
    pub(crate) key: SigningKey,
}

impl Request {
    pub(crate) fn new(method: &'static str, route: &str) -> Self {
        Self {
            method,
            path: route.to_owned(),
            route: route.to_owned(),
            headers: vec![],
            body: vec![],
        }
    }

    /// With this in the place of the route's `{family}` and the like.
    pub(crate) fn at(mut self, id: &str) -> Self {
        if let (Some(from), Some(to)) = (self.path.find('{'), self.path.find('}')) {
            self.path.replace_range(from..=to, id);
        }
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn json(self, body: impl Into<Vec<u8>>) -> Self {
        let mut request = self.header("content-type", "application/json");
        request.body = body.into();
        request
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The problem's code.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        let kind = json["type"].as_str().unwrap_or_default();
        kind.rsplit(':').next().unwrap_or_default().to_owned()
    }
}

impl Siege {
    /// As many processes as the engine carries, the family with its team, a compartment, and a stranger.
    pub(crate) async fn of(engine: Engine) -> Result<Self> {
        let town = Town::on(engine).await?;
        let mut served = vec![Served::start(&town.database, &[]).await?];
        if engine == Engine::Postgres {
            served.push(Served::start(&town.database, &[]).await?);
        }
        let mut devices = town.settle_at(&served[0].address).await?;
        let store = town.open().await?;
        let now = ambient::now().as_millisecond();
        admin::create_account(
            &store,
            admin::NewAccount {
                id: ambient::new_id()?.into(),
                sign_in: STRANGER.to_owned(),
                name: "Mallory Finch".to_owned(),
                discipline: Discipline::ChildrensSocialWorker,
                password_hash: admin::hash_password(&town.password, ambient::random_bytes()?)?,
            },
        )
        .await?;
        let compartment = ambient::new_id()?.into();
        let family = town.prepared.family;
        let new = admin::NewCompartment {
            family,
            compartment: Compartment::PerpetratorWork,
            sign_in: "morgan".to_owned(),
            document: compartment,
            epoch: 7,
            actor: ambient::random_bytes()?,
            at: now,
        };
        admin::open_compartment(&store, new).await?;
        let kind = Compartment::PerpetratorWork;
        admin::add_member(&store, "sam", family, &kind, now).await?;
        let documents = store.begin().await?.documents_of(family).await?;
        store.close().await;
        Ok(Self {
            town,
            served,
            amira: devices.remove("amira").context("the social worker")?,
            team: documents.first().context("the team's")?.id,
            compartment,
            agent: Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .build()
                .into(),
            turn: 0,
            last_signed: 0,
            refused: BTreeMap::new(),
        })
    }

    /// The next process: attacks go to all of them in turn.
    pub(crate) fn address(&mut self) -> String {
        self.turn += 1;
        self.served[self.turn % self.served.len()].address.clone()
    }

    pub(crate) fn send(&mut self, request: &Request) -> Result<Answer> {
        let mut sent = http::Request::builder().method(request.method).uri(format!(
            "{}{}",
            self.address(),
            request.path
        ));
        for (name, value) in &request.headers {
            sent = sent.header(*name, value);
        }
        let mut answer = self.agent.run(sent.body(&request.body[..])?)?;
        Ok(Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.body_mut().read_to_vec()?,
        })
    }

    /// Sends what must be refused so; its line must stand in the log.
    pub(crate) fn refused(&mut self, request: &Request, status: u16, code: &str) -> Result<Answer> {
        let answer = self.send(request)?;
        let (found, path) = ((answer.status, answer.code()), &request.path);
        ensure!(
            found == (status, code.to_owned()),
            "{} {path}: {found:?} instead of {status} {code}",
            request.method
        );
        self.logged(&request.route, status);
        Ok(answer)
    }

    /// Notes that the log must show one more of these.
    pub(crate) fn logged(&mut self, route: &str, status: u16) {
        *self.refused.entry((route.to_owned(), status)).or_default() += 1;
    }

    /// Signs a request, as of now and never twice at one time.
    pub(crate) fn sign(&mut self, request: Request, by: &Key) -> Request {
        self.last_signed = ambient::now().as_millisecond().max(self.last_signed + 1);
        let time = self.last_signed;
        let text = signing::text(request.method, &request.path, time, &request.body);
        let signature = by.key.sign(text.as_bytes()).to_bytes();
        request
            .header(signing::DEVICE, by.device.clone())
            .header(signing::TIME, time.to_string())
            .header(signing::SIGNATURE, STANDARD.encode(signature))
    }

    /// A new device of somebody's.
    pub(crate) fn enrol(&mut self, sign_in: &str) -> Result<Key> {
        let key = SigningKey::from_bytes(&ambient::random_bytes()?);
        let body = json!({
            "sign_in": sign_in, "password": self.town.password,
            "public_key": STANDARD.encode(key.verifying_key().as_bytes()),
        });
        let answer = self.send(&Request::new("POST", "/api/devices").json(body.to_string()))?;
        ensure!(answer.status == 201, "{}", answer.json());
        let device = answer.json()["device"]
            .as_str()
            .context("an id")?
            .to_owned();
        Ok(Key { device, key })
    }

    /// A browser's cookie.
    pub(crate) fn cookie(&mut self, sign_in: &str) -> Result<String> {
        let body = json!({"sign_in": sign_in, "password": self.town.password});
        let answer = self.send(&Request::new("POST", "/api/sessions").json(body.to_string()))?;
        let cookie = answer.headers.get("set-cookie").context("a cookie")?;
        Ok(cookie
            .to_str()?
            .split(';')
            .next()
            .context("a pair")?
            .to_owned())
    }

    /// Stops the servers and gives their logs, line by line. Each refusal stands in them.
    pub(crate) async fn over(self) -> Result<(Town, Vec<Value>)> {
        self.amira.close().await;
        let mut lines = Vec::new();
        for served in self.served {
            served.terminate()?;
            for line in served.ended().await?.lines() {
                lines.push(serde_json::from_str::<Value>(line)?);
            }
        }
        let mut found: BTreeMap<(String, u16), usize> = BTreeMap::new();
        for line in &lines {
            if let (Some(route), Some(status)) = (line["route"].as_str(), line["status"].as_u64()) {
                let status = u16::try_from(status)?;
                *found.entry((route.to_owned(), status)).or_default() += 1;
            }
        }
        for (refusal, count) in &self.refused {
            let logged = found.get(refusal).copied().unwrap_or_default();
            ensure!(
                logged >= *count,
                "{refusal:?}: {count} refused, {logged} logged"
            );
        }
        Ok((self.town, lines))
    }
}
