//! Signing in at an identity provider: a real one (npm `oidc-provider`), and one that lies in every
//! way that a token can be wrong. Both are started here, with the real server before them.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context as _, Result, ensure};
use server::admin;
use tests::{Engine, Town, root, workbook};
use ureq::{Agent, http::Response};

/// A process that ends with the test.
struct Running {
    child: Child,
    /// What it printed after the word that it was to begin a line with.
    said: String,
    /// Kept open: a program that can't write ends.
    _output: BufReader<ChildStdout>,
}

impl Running {
    /// Starts a program and waits for a line that begins with `word`.
    fn start(command: &mut Command, word: &str) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().context("an output")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        while output.read_line(&mut line)? > 0 {
            if let Some(said) = line.strip_prefix(word) {
                let said = said.trim().to_owned();
                return Ok(Self {
                    child,
                    said,
                    _output: output,
                });
            }
            line.clear();
        }
        drop(child.kill());
        anyhow::bail!("it ended before it said {word}")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Node with the script's packages; fetched by `npm ci` where they are not there.
fn node(script: &str) -> Result<Command> {
    // One story fetches, the others wait. npm writes the hidden lock file last.
    static FETCHING: Mutex<()> = Mutex::new(());
    let _fetching = FETCHING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = root().join("tests/oidc");
    if !folder.join("node_modules/.package-lock.json").is_file() {
        let status = Command::new("npm")
            .args(["ci", "--silent"])
            .current_dir(&folder)
            .status()
            .context("npm is needed to fetch the identity provider of the tests")?;
        ensure!(status.success(), "npm ci failed in tests/oidc");
    }
    let mut command = Command::new("node");
    command.arg(script).current_dir(folder);
    Ok(command)
}

/// A port that was free a moment ago: the provider must know the server's address before it runs.
fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}

/// A browser: cookies by host and port, and no redirect followed by itself.
struct Browser {
    agent: Agent,
    cookies: BTreeMap<(String, String), String>,
}

struct Page {
    status: u16,
    location: Option<String>,
    set: Vec<String>,
    body: String,
}

impl Browser {
    fn new() -> Self {
        let agent = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        Self {
            agent,
            cookies: BTreeMap::new(),
        }
    }

    fn cookie_header(&self, host: &str) -> String {
        let cookies = self.cookies.iter().filter(|((of, _), _)| of == host);
        let pairs: Vec<_> = cookies
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn get(&mut self, url: &str) -> Result<Page> {
        let host = host_of(url)?;
        let request = self
            .agent
            .get(url)
            .header("cookie", self.cookie_header(&host));
        let page = page(request.call()?)?;
        for cookie in &page.set {
            let pair = cookie.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("a cookie")?;
            self.cookies
                .insert((host.clone(), name.to_owned()), value.to_owned());
        }
        Ok(page)
    }

    /// Follows redirects until the next one leads to an address that begins with `stop`, and returns
    /// that one unvisited.
    fn follow(&mut self, from: &str, stop: &str) -> Result<String> {
        let mut url = from.to_owned();
        for _ in 0..10 {
            let page = self.get(&url)?;
            let next = page.location.context("a redirect")?;
            url = if next.starts_with('/') {
                format!("http://{}{next}", host_of(&url)?)
            } else {
                next
            };
            if url.starts_with(stop) {
                return Ok(url);
            }
        }
        anyhow::bail!("redirected for ever")
    }
}

/// An address without one of the parameters that it has.
fn without(url: &str, name: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let begins = format!("{name}=");
    let kept: Vec<_> = query
        .split('&')
        .filter(|it| !it.starts_with(&begins))
        .collect();
    assert!(kept.len() < query.split('&').count(), "{url} has no {name}");
    format!("{path}?{}", kept.join("&"))
}

fn host_of(url: &str) -> Result<String> {
    let uri: ureq::http::Uri = url.parse()?;
    Ok(uri.authority().context("a host")?.to_string())
}

fn page(mut response: Response<ureq::Body>) -> Result<Page> {
    let text = |name: &str| {
        let values = response.headers().get_all(name).iter();
        let texts = values.filter_map(|it| it.to_str().ok().map(str::to_owned));
        texts.collect::<Vec<_>>()
    };
    Ok(Page {
        status: response.status().as_u16(),
        location: text("location").pop(),
        set: text("set-cookie"),
        body: response.body_mut().read_to_string()?,
    })
}

impl Page {
    fn problem(&self) -> String {
        let json: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        let kind = json["type"].as_str().unwrap_or_default();
        kind.rsplit(':').next().unwrap_or_default().to_owned()
    }
}

/// The server before a provider.
fn serve(town: &Town, port: u16, issuer: &str, claim: &str) -> Result<Running> {
    let secret = town.folder.path().join("secret");
    std::fs::write(&secret, "a-secret-of-the-tests\n")?;
    let address = format!("127.0.0.1:{port}");
    Running::start(
        Command::new(workbook()?)
            .args(["serve", "--listen", &address, "--db"])
            .arg(town.file())
            .args(["--oidc-issuer", issuer, "--oidc-client-id", "workbook"])
            .arg("--oidc-secret-file")
            .arg(secret)
            .args(["--oidc-claim", claim, "--public-address"])
            .arg(format!("http://{address}")),
        "listening on ",
    )
}

async fn link(database: &Path, issuer: &str, subject: &str) -> Result<()> {
    let store = store_sqlite::SqliteStore::open(database).await?;
    admin::link_identity(&store, "amira", issuer, subject, 1).await?;
    store.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_person_signs_in_at_a_real_provider_and_nobody_else() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let port = free_port()?;
    let ours = format!("http://127.0.0.1:{port}");
    let callback = format!("{ours}/api/oidc/callback");
    let provider = Running::start(node("provider.mjs")?.arg(&callback), "issuer ")?;
    link(town.file(), &provider.said, "object-of-person-one").await?;
    let _server = serve(&town, port, &provider.said, "oid")?;
    let sign_in_as = |name: &str| -> Result<()> {
        let address = format!("{}/as/{name}", provider.said);
        Browser::new().agent.post(&address).send_empty()?;
        Ok(())
    };

    sign_in_as("person-one")?;
    let mut browser = Browser::new();
    let start = format!("{ours}/api/oidc/start");
    let back = browser.follow(&start, &callback)?;
    let before = browser.cookies.clone();
    let page = browser.get(&back)?;
    assert_eq!(
        (page.status, page.location.as_deref()),
        (303, Some("/")),
        "{}",
        page.body
    );
    let session = page
        .set
        .iter()
        .find(|it| it.starts_with("__Host-workbook_session="));
    let session = session.context("a session")?;
    for part in ["; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/"] {
        assert!(session.contains(part), "{session}");
    }
    let me = browser.get(&format!("{ours}/api/me"))?;
    assert!(me.body.contains("Amira"), "{}", me.body);

    // The provider says in each answer whose it is (RFC 9207). One that says otherwise, or nothing, is
    // refused before its code goes anywhere: the right one is still good for the sign-in after it.
    let mut mixed_up = Browser::new();
    let answer = mixed_up.follow(&start, &callback)?;
    let cookies = mixed_up.cookies.clone();
    for wrong in [
        without(&answer, "iss"),
        format!(
            "{}&iss=https%3A%2F%2Fother.example",
            without(&answer, "iss")
        ),
        format!("{}&iss=", without(&answer, "iss")),
    ] {
        mixed_up.cookies.clone_from(&cookies);
        let page = mixed_up.get(&wrong)?;
        assert_eq!(
            (page.status, page.problem()),
            (401, "provider-refused".to_owned()),
            "{wrong}"
        );
    }
    mixed_up.cookies = cookies;
    assert_eq!(mixed_up.get(&answer)?.status, 303);

    // The same answer again, in the same browser with its cookies of before: the code was used.
    let mut again = Browser::new();
    again.cookies = before;
    let page = again.get(&back)?;
    assert_eq!(
        (page.status, page.problem()),
        (401, "provider-refused".to_owned())
    );
    // In another browser, with another attempt, and with a state that was changed.
    sign_in_as("person-one")?;
    let mut thief = Browser::new();
    let stolen = thief.follow(&start, &callback)?;
    assert_eq!(Browser::new().get(&stolen)?.problem(), "not-begun-here");
    let mut victim = Browser::new();
    victim.get(&start)?;
    assert_eq!(victim.get(&stolen)?.problem(), "not-begun-here");
    let changed = stolen.replace("state=", "state=x");
    assert_eq!(thief.get(&changed)?.problem(), "not-begun-here");

    // Somebody whom nobody linked, although their e-mail claim names Amira.
    sign_in_as("person-two")?;
    let mut stranger = Browser::new();
    let back = stranger.follow(&start, &callback)?;
    let page = stranger.get(&back)?;
    assert_eq!(
        (page.status, page.problem()),
        (403, "not-linked".to_owned())
    );
    assert_eq!(stranger.get(&format!("{ours}/api/me"))?.status, 401);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_wrong_in_any_way_signs_nobody_in() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let liar = Running::start(&mut node("liar.mjs")?, "issuer ")?;
    link(town.file(), &liar.said, "amira-at-the-council").await?;
    let port = free_port()?;
    let ours = format!("http://127.0.0.1:{port}");
    let _server = serve(&town, port, &liar.said, "sub")?;
    for (lie, expected) in [
        ("truth", ""),
        ("named", ""),
        ("mixed-up", "provider-refused"),
        // The clocks may differ by two minutes.
        ("behind", ""),
        ("ahead", ""),
        ("justover", ""),
        ("issuer", "provider-refused"),
        ("audience", "provider-refused"),
        ("audiences", "provider-refused"),
        ("nonce", "provider-refused"),
        ("nononce", "provider-refused"),
        ("expired", "provider-refused"),
        ("old", "provider-refused"),
        ("future", "provider-refused"),
        ("none", "provider-refused"),
        ("hmac", "provider-refused"),
        ("key", "provider-refused"),
        ("unlinked", "not-linked"),
        ("email", "not-linked"),
    ] {
        let mut browser = Browser::new();
        let start = browser.get(&format!("{ours}/api/oidc/start"))?;
        let location = start.location.context("to the provider")?;
        let asked = |name: &str| {
            let query = location.split('?').nth(1).unwrap_or_default();
            let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
            pairs
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        };
        assert_eq!(asked("code_challenge_method").as_deref(), Some("S256"));
        let (state, nonce) = (
            asked("state").context("state")?,
            asked("nonce").context("nonce")?,
        );
        // This one doesn't say in its answers whose they are; where it does, it must be itself.
        let iss = match lie {
            "mixed-up" => "&iss=http%3A%2F%2F127.0.0.1%3A1".to_owned(),
            "named" => format!("&iss={}", liar.said),
            _ => String::new(),
        };
        let page = browser.get(&format!(
            "{ours}/api/oidc/callback?state={state}&code={lie}.{nonce}{iss}"
        ))?;
        assert_eq!(page.problem(), expected, "{lie}: {}", page.body);
        let session = browser.get(&format!("{ours}/api/me"))?.status;
        let signed_in = if expected.is_empty() { 200 } else { 401 };
        assert_eq!(session, signed_in, "{lie}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_calls_itself_something_else_is_not_believed() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let liar = Running::start(&mut node("liar.mjs")?, "issuer ")?;
    let port = free_port()?;
    let other = liar.said.replace("127.0.0.1", "localhost");
    let _server = serve(&town, port, &other, "sub")?;
    let page = Browser::new().get(&format!("http://127.0.0.1:{port}/api/oidc/start"))?;
    assert_eq!(
        (page.status, page.problem()),
        (503, "provider-unreachable".to_owned())
    );
    Ok(())
}
