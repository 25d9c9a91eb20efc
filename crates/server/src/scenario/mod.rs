//! A small council for tests: a family, a worker allocated to it, a manager who is not, a clock that
//! is set by hand, and requests straight into the router.

mod pen;

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use record::{
    ids::{DeviceId, DocumentId, FamilyId, ProfessionalId, mint},
    terms::Discipline,
};
use serde_json::Value;
use store::memory::MemoryStore;
use tower::ServiceExt as _;

use crate::{Ambient, AppState, NoRandomness, Settings, admin};

pub(crate) use pen::Pen;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A council with one family.
pub(crate) struct Scenario {
    app: axum::Router,
    ambient: Ambient,
    settings: Settings,
    pub(crate) store: Arc<MemoryStore>,
    clock: Arc<AtomicI64>,
    pub(crate) metrics: crate::Metrics,
    state: AppState,
    /// When a device signed last: no two requests are signed alike.
    signed: AtomicI64,
    /// The family "Brennan".
    pub(crate) family: FamilyId,
    /// Its team's document.
    pub(crate) document: DocumentId,
    /// Amira, a social worker allocated to it. Signs in as `amira`.
    pub(crate) worker: ProfessionalId,
}

/// An enrolled device.
pub(crate) struct Enrolled {
    pub(crate) id: DeviceId,
    key: SigningKey,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Scenario {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let clock = Arc::new(AtomicI64::new(1_772_000_000_000));
        let counter = AtomicU64::new(1);
        let ambient = Ambient {
            clock: Arc::new({
                let clock = Arc::clone(&clock);
                move || clock.load(Ordering::SeqCst)
            }),
            randomness: Arc::new(move |bytes: &mut [u8]| {
                let count = counter.fetch_add(1, Ordering::SeqCst).to_le_bytes();
                bytes
                    .iter_mut()
                    .zip(count.iter().cycle())
                    .for_each(|(to, from)| *to = *from);
                Ok::<(), NoRandomness>(())
            }),
        };
        let store = Arc::new(MemoryStore::default());
        let state = AppState::with(store.clone(), ambient.clone(), settings.clone());
        let scenario = Self {
            metrics: state.metrics().clone(),
            app: crate::app(state.clone()),
            state,
            ambient,
            settings,
            store,
            clock,
            signed: AtomicI64::new(0),
            family: FamilyId::from(mint(1, [1; 10])),
            document: DocumentId::from(mint(1, [2; 10])),
            worker: ProfessionalId::from(mint(1, [3; 10])),
        };
        scenario.set_up().await;
        scenario
    }

    async fn set_up(&self) {
        let store = &*self.store;
        let hash = admin::hash_password(PASSWORD, [7; 16]).unwrap();
        let people = [
            (
                self.worker,
                "Amira",
                "Amira Okafor",
                Discipline::ChildrensSocialWorker,
            ),
            (
                ProfessionalId::from(mint(1, [4; 10])),
                "marcus",
                "Marcus Hale",
                Discipline::TeamManager,
            ),
        ];
        for (id, sign_in, name, discipline) in people {
            let new = admin::NewAccount {
                id,
                sign_in: sign_in.into(),
                name: name.into(),
                discipline,
                password_hash: hash.clone(),
            };
            admin::create_account(store, new).await.unwrap();
        }
        let family = admin::NewFamily {
            id: self.family,
            name: "Brennan".into(),
            document: self.document,
            epoch: 42,
            at: self.now(),
        };
        admin::create_family(store, family).await.unwrap();
        admin::allocate(store, "amira", self.family, self.now())
            .await
            .unwrap();
    }

    /// The server's state, for what is tested below HTTP.
    pub(crate) fn state(&self) -> AppState {
        self.state.clone()
    }

    /// Adds Sofia, who manages the service and is allocated to nothing. Signs in as `sofia`.
    pub(crate) async fn add_service_manager(&self) {
        let new = admin::NewAccount {
            id: ProfessionalId::from(mint(1, [5; 10])),
            sign_in: "sofia".into(),
            name: "Sofia Lind".into(),
            discipline: Discipline::ServiceManager,
            password_hash: admin::hash_password(PASSWORD, [7; 16]).unwrap(),
        };
        admin::create_account(&*self.store, new).await.unwrap();
    }

    /// Another server process on the same store: nothing of the first one's memory is left.
    pub(crate) fn restart(&mut self) {
        self.app = crate::app(AppState::with(
            self.store.clone(),
            self.ambient.clone(),
            self.settings.clone(),
        ));
    }

    /// The time now, in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    /// A new device of Amira's.
    pub(crate) async fn worker_device(&self) -> Enrolled {
        self.enrol("amira", 1).await
    }

    /// A new device of the manager, who is not allocated to the family.
    pub(crate) async fn manager_device(&self) -> Enrolled {
        self.enrol("marcus", 2).await
    }

    /// A new device with a key of its own.
    pub(crate) async fn enrol(&self, sign_in: &str, seed: u8) -> Enrolled {
        let body = serde_json::json!({
            "sign_in": sign_in, "password": PASSWORD, "public_key": public_key_text(seed),
        });
        let answer = self.post("/api/devices", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let id = answer.json()["device"].as_str().unwrap().parse().unwrap();
        Enrolled {
            id,
            key: SigningKey::from_bytes(&[seed; 32]),
        }
    }

    /// Takes a device out of use.
    pub(crate) async fn revoke(&self, device: &Enrolled) {
        admin::revoke_device(&*self.store, device.id, self.now())
            .await
            .unwrap();
    }

    /// Signs a browser in and returns its cookie as a header.
    pub(crate) async fn sign_in(&self, sign_in: &str) -> [(&'static str, String); 1] {
        let body = serde_json::json!({"sign_in": sign_in, "password": PASSWORD});
        let cookie = self
            .post("/api/sessions", &body)
            .await
            .header("set-cookie")
            .unwrap();
        [("cookie", cookie.split(';').next().unwrap().to_owned())]
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], b"").await
    }

    pub(crate) async fn get_signed(&self, device: &Enrolled, path: &str) -> Answer {
        self.send(
            Method::GET,
            path,
            &device.headers(self, "GET", path, b""),
            b"",
        )
        .await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let json = [("content-type", "application/json".to_owned())];
        self.send(Method::POST, path, &json, body.to_string().as_bytes())
            .await
    }

    /// Posts bytes as JSON, signed.
    pub(crate) async fn post_signed(&self, device: &Enrolled, path: &str, body: &[u8]) -> Answer {
        let mut headers = device.headers(self, "POST", path, body);
        headers.push(("content-type", "application/json".to_owned()));
        self.send(Method::POST, path, &headers, body).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&'static str, String)],
        body: &[u8],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, value.as_bytes());
        }
        let request = match request.body(Body::from(body.to_vec())) {
            Ok(request) => request,
            // A header that HTTP itself can't carry: as good as none.
            Err(_) => Request::builder().uri(path).body(Body::empty()).unwrap(),
        };
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let endless = parts
            .headers
            .get("content-type")
            .is_some_and(|it| it == "text/event-stream");
        let body = if endless { Body::empty() } else { body };
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

/// A stream of events that stays open.
pub(crate) struct Heard {
    headers: HeaderMap,
    body: Body,
}

impl Heard {
    /// The next piece; none at its end.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let frame = std::future::poll_fn(|context| {
            let body = std::pin::Pin::new(&mut self.body);
            axum::body::HttpBody::poll_frame(body, context)
        });
        let bytes = frame.await?.unwrap().into_data().ok().unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(value.to_str().unwrap().to_owned())
    }
}

impl Scenario {
    /// Opens a stream of events.
    pub(crate) async fn hear(&self, path: &str, headers: &[(&'static str, String)]) -> Heard {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, value.as_bytes());
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let (parts, body) = response.into_parts();
        Heard {
            headers: parts.headers,
            body,
        }
    }
}

impl Enrolled {
    /// The headers that sign a request.
    pub(crate) fn headers(
        &self,
        scenario: &Scenario,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Vec<(&'static str, String)> {
        let time = scenario
            .now()
            .max(scenario.signed.load(Ordering::SeqCst) + 1);
        scenario.signed.store(time, Ordering::SeqCst);
        let text = sync::signing::text(method, path, time, body);
        let signature = STANDARD.encode(self.key.sign(text.as_bytes()).to_bytes());
        vec![
            (sync::signing::DEVICE, self.id.to_string()),
            (sync::signing::TIME, time.to_string()),
            (sync::signing::SIGNATURE, signature),
        ]
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The body as it went over the wire.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The problem's type. Fails when this is not a problem.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type").as_deref(),
            Some("application/problem+json")
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        problem["type"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    }
}

/// The public key that belongs to a seed, as a device sends it.
pub(crate) fn public_key_text(seed: u8) -> String {
    STANDARD.encode(
        SigningKey::from_bytes(&[seed; 32])
            .verifying_key()
            .to_bytes(),
    )
}
