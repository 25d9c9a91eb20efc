//! How the server is run: TLS with a certificate, metrics on their own address, a stop that lets
//! requests finish, and logs that name nobody.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use tests::{Engine, PRIVATE, Served, Town, workbook};
use tokio::process::Command;
use ureq::Agent;

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_servers_log_and_metrics_name_nobody() -> Result<()> {
    name_nobody(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_do_they_on_postgresql() -> Result<()> {
    name_nobody(Engine::Postgres).await
}

async fn name_nobody(engine: Engine) -> Result<()> {
    let town = Town::on(engine).await?;
    let server = Served::start(&town.database, &["--metrics-listen", "127.0.0.1:0"]).await?;
    let mut devices = town.settle_at(&server.address).await?;
    for device in devices.values_mut() {
        device.sync().await?;
    }
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let post = |path: &str, body: serde_json::Value| {
        agent
            .post(format!("{}{path}", server.address))
            .send_json(body)
            .map(|answer| answer.status().as_u16())
    };
    let signed_in = |name: &str| serde_json::json!({"sign_in": name, "password": town.password});
    assert_eq!(post("/api/sessions", signed_in("amira"))?, 200);
    assert_eq!(post("/api/sessions", signed_in("Kayleigh Brennan"))?, 401);
    let odd = format!("{}/families/Brennan?name=Kayleigh", server.address);
    assert_eq!(agent.get(&odd).call()?.status().as_u16(), 404);
    assert_eq!(
        post(
            "/api/families/search",
            serde_json::json!({"name": "Brennan"})
        )?,
        401
    );
    assert_eq!(
        post("/api/devices", serde_json::json!({"name": "Brennan"}))?,
        422
    );

    let metrics = format!(
        "http://{}/metrics",
        server.metrics.clone().context("metrics")?
    );
    let counted = agent.get(&metrics).call()?.body_mut().read_to_string()?;
    assert!(counted.contains("workbook_requests_total"), "{counted}");
    for device in devices.into_values() {
        device.close().await;
    }
    server.terminate()?;
    let log = server.ended().await?;
    assert!(log.lines().count() > 20, "{log}");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        assert!(line["timestamp"].is_string() && line["level"].is_string());
    }
    let ids = [town.prepared.family.to_string(), town.password.clone()];
    for private in PRIVATE
        .iter()
        .copied()
        .chain(ids.iter().map(String::as_str))
    {
        assert!(!log.contains(private), "the log names {private}");
        assert!(!counted.contains(private), "the metrics name {private}");
    }
    Ok(())
}

/// A request whose body is still on its way when the server is asked to stop is answered.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered_before_the_server_stops() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let server = Served::start(&town.database, &[]).await?;
    let host = server.address.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let body = serde_json::json!({"sign_in": "amira", "password": town.password}).to_string();
    let (first, rest) = body.split_at(5);
    let head = format!(
        "POST /api/sessions HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    // The server asks for the body: so it has begun to read this request.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on)?;
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(first.as_bytes())?;
    server.terminate()?;
    // It has stopped to listen: nobody new gets in.
    while TcpStream::connect(&host).is_ok() {
        tokio::task::yield_now().await;
    }
    stream.write_all(rest.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("__Host-workbook_session="), "{answer}");
    server.ended().await?;
    Ok(())
}

fn openssl(folder: &Path, arguments: &[&str]) -> Result<()> {
    let output = std::process::Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .context("openssl is needed to make this test's certificate")?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_certificate_the_server_speaks_tls_and_nothing_else() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let folder = town.folder.path();
    openssl(
        folder,
        &[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "chain.pem",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ],
    )?;
    let (chain, key) = (folder.join("chain.pem"), folder.join("key.pem"));
    let (chain_text, key_text) = (chain.to_string_lossy(), key.to_string_lossy());
    let both = ["--tls-cert", &chain_text, "--tls-key", &key_text];
    let server = Served::start(&town.database, &both).await?;
    assert!(server.address.starts_with("https://"), "{}", server.address);
    let trusted = ureq::tls::Certificate::from_pem(&std::fs::read(&chain)?)?;
    let tls = ureq::tls::TlsConfig::builder()
        .root_certs(ureq::tls::RootCerts::new_with_certs(&[trusted]))
        .build();
    let agent: Agent = Agent::config_builder().tls_config(tls).build().into();
    let mut answer = agent.get(format!("{}/healthz", server.address)).call()?;
    assert_eq!(answer.body_mut().read_to_string()?, "ok");
    let stranger = Agent::new_with_defaults();
    assert!(
        stranger
            .get(format!("{}/healthz", server.address))
            .call()
            .is_err()
    );
    let plain = server.address.replace("https://", "http://");
    assert!(stranger.get(format!("{plain}/healthz")).call().is_err());

    for (arguments, said) in [
        (vec!["--tls-cert", &*chain_text], "both"),
        (
            vec!["--tls-cert", &*key_text, "--tls-key", &*key_text],
            "no certificate",
        ),
        (
            vec!["--tls-cert", &*chain_text, "--tls-key", &*chain_text],
            "the key's file",
        ),
    ] {
        let output = Command::new(workbook()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--db"])
            .arg(folder.join("other.db"))
            .args(&arguments)
            .output()
            .await?;
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && errors.contains(said),
            "{errors}"
        );
    }
    Ok(())
}

/// A client that sends its headers drop by drop is cut off, and others are served meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_ends_its_headers_is_cut_off() -> Result<()> {
    let town = Town::on(Engine::Sqlite).await?;
    let server = Served::start(&town.database, &[]).await?;
    let host = server.address.trim_start_matches("http://").to_owned();
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(&host)?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ")?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        slow.push(stream);
    }
    let mut answer = Agent::new_with_defaults()
        .get(format!("{}/healthz", server.address))
        .call()?;
    assert_eq!(answer.body_mut().read_to_string()?, "ok");
    for mut stream in slow {
        let mut rest = Vec::new();
        // Closed or reset by the server, and not by our own time limit.
        if let Err(error) = stream.read_to_end(&mut rest) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
        }
    }
    Ok(())
}
