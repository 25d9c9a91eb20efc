//! Requests that are no honest client's.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use sync::wire::MAX_FRAME_BYTES;

use crate::siege::{Request, Siege};

const PULL: &str = "/api/sync/pull";
const PUSH: &str = "/api/sync/push";

/// Large as they are, and large when unpacked.
pub(crate) fn of_too_many_bytes(siege: &mut Siege) -> Result<()> {
    let key = siege.enrol("joe")?;
    let large = Request::new("POST", PULL).json(vec![b' '; MAX_FRAME_BYTES + 1]);
    let signed = siege.sign(large, &key);
    siege.refused(&signed, 413, "too-large")?;
    let name = json!({"sign_in": "a".repeat(MAX_FRAME_BYTES), "password": "x"});
    let large = Request::new("POST", "/api/sessions").json(name.to_string());
    siege.refused(&large, 413, "too-large")?;

    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        bomb.write_all(&vec![b' '; MAX_FRAME_BYTES])?;
    }
    let bomb = bomb.finish()?;
    ensure!(bomb.len() < MAX_FRAME_BYTES, "{}", bomb.len());
    let packed = Request::new("POST", PUSH)
        .json(bomb)
        .header("content-encoding", "gzip");
    let signed = siege.sign(packed, &key);
    siege.refused(&signed, 413, "too-large")?;
    Ok(())
}

/// Neither JSON nor a change, though it may look like either.
pub(crate) fn that_make_no_sense(siege: &mut Siege) -> Result<()> {
    let key = siege.enrol("joe")?;
    let deep = "[".repeat(100_000);
    for (body, status, code) in [
        ("", 400, "not-json"),
        ("{", 400, "not-json"),
        ("\u{0}", 400, "not-json"),
        (deep.as_str(), 400, "not-json"),
        ("[]", 422, "wrong-shape"),
        (r#"{"documents":{}}"#, 422, "wrong-shape"),
        (r#"{"documents":[{"document":"x"}]}"#, 422, "wrong-shape"),
        (r#"{"documents":[1e999]}"#, 400, "not-json"),
    ] {
        for route in [PULL, PUSH] {
            let request = siege.sign(Request::new("POST", route).json(body), &key);
            siege
                .refused(&request, status, code)
                .with_context(|| body.chars().take(40).collect::<String>())?;
        }
    }
    // Frames are JSON; CBOR is told so.
    let mut cbor = Request::new("POST", PULL).header("content-type", "application/cbor");
    cbor.body = b"\xa1\x69documents\x80".to_vec();
    let signed = siege.sign(cbor, &key);
    siege.refused(&signed, 415, "media-type")?;

    // In a good frame, what is no change: by its magic bytes alone, cut short, and random.
    let mut changes = vec![vec![], b"\x85\x6f\x4a\x83".to_vec(), vec![0xff; 4_096]];
    let whole = siege.amira.document(siege.town.prepared.family)?;
    let whole = whole.changes().pop().context("a change")?;
    let mut flipped = whole.bytes().to_vec();
    changes.push(flipped[..flipped.len() / 2].to_vec());
    if let Some(byte) = flipped.last_mut() {
        *byte ^= 1;
    }
    changes.push(flipped);
    for change in changes {
        let part = json!({
            "document": siege.team.to_string(),
            "changes": [STANDARD.encode(&change)],
        });
        let body = json!({ "documents": [part] }).to_string();
        let request = siege.sign(Request::new("POST", PUSH).json(body), &key);
        let answer = siege.send(&request)?.json();
        let word = &answer["documents"][0]["answers"][0]["answer"];
        ensure!(word == "refused", "{answer}");
    }
    Ok(())
}

/// SQL where names and ids stand, and line ends where a header or a log could take them for its own.
pub(crate) fn that_inject(siege: &mut Siege) -> Result<()> {
    let cookie = siege.cookie("amira")?;
    let hostile = [
        "x' OR '1'='1",
        "x'; DROP TABLE families; --",
        "%%%",
        "___",
        "x\" UNION SELECT password_hash FROM accounts --",
        "Br%nnan\u{0}",
        "a\r\nset-cookie: stolen=1",
    ];
    for text in hostile {
        let body = json!({ "name": text }).to_string();
        let search = Request::new("POST", "/api/families/search")
            .header("cookie", cookie.clone())
            .json(body);
        let answer = siege.send(&search)?;
        ensure!(answer.status == 200, "{text}: {}", answer.json());
        ensure!(
            answer.json()["families"] == json!([]),
            "{text}: {}",
            answer.json()
        );
        let body = json!({"sign_in": text, "password": text}).to_string();
        let sign_in = Request::new("POST", "/api/sessions").json(body);
        siege.refused(&sign_in, 401, "wrong-credentials")?;
    }
    for text in [
        "1'%20OR%20'1'='1",
        "%0d%0aset-cookie:%20stolen=1",
        "..%2f..%2fetc%2fpasswd",
        "%00",
    ] {
        let summary = Request::new("GET", "/api/families/{family}/summary")
            .at(text)
            .header("cookie", cookie.clone());
        let answer = siege.send(&summary)?;
        ensure!(
            answer.status == 400 || answer.status == 404,
            "{text}: {}",
            answer.status
        );
        ensure!(!answer.headers.contains_key("set-cookie"), "{text}");
    }
    // On the wire itself: what ends a line early, and what two servers would read as different requests.
    for head in [
        "GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: b\u{0}c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nhost: x\r\nx-a : b\r\n\r\n",
        "POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
        "POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: x\r\n\r\n",
        "POST /api/sessions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, x\r\n\r\n0\r\n\r\n",
        "POST /api/sessions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nnot-a-number\r\n",
        "GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n",
        "\u{1}\u{2}\u{3}\r\n\r\n",
    ] {
        let said = raw(&siege.address(), head)?;
        let status = said.split(' ').nth(1).unwrap_or_default();
        ensure!(matches!(status, "" | "400" | "415"), "{head:?}: {said}");
        ensure!(!said.contains("stolen"), "{head:?}");
    }
    Ok(())
}

/// Everything that the server says to these bytes before it hangs up.
fn raw(address: &str, bytes: &str) -> Result<String> {
    let host = address.strip_prefix("http://").context("an address")?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(bytes.as_bytes())?;
    stream.shutdown(std::net::Shutdown::Write)?;
    let mut said = Vec::new();
    // Hung up on without a word is an answer as well.
    if let Err(error) = stream.read_to_end(&mut said) {
        ensure!(
            error.kind() == std::io::ErrorKind::ConnectionReset,
            "{error}"
        );
    }
    Ok(String::from_utf8_lossy(&said).into_owned())
}
