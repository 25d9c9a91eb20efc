//! Encoded changes put together by hand, as no Automerge would: what a hostile device can send.

use std::io::Write as _;

use sha2::{Digest as _, Sha256};

/// A change chunk in its parts. The default is one that creates an empty record.
#[derive(Clone)]
pub(crate) struct Forged {
    pub(crate) deps: Vec<[u8; 32]>,
    pub(crate) deps_claimed: Option<u64>,
    pub(crate) actor: Vec<u8>,
    pub(crate) seq: u64,
    pub(crate) start: u64,
    pub(crate) time: i64,
    pub(crate) message: Vec<u8>,
    pub(crate) message_claimed: Option<u64>,
    pub(crate) others: Vec<Vec<u8>>,
    /// Specifications with their data.
    pub(crate) columns: Vec<(u64, Vec<u8>)>,
    pub(crate) footer: Vec<u8>,
}

/// How many of something a run claims.
pub(crate) const BOMB: i64 = 1 << 60;

pub(crate) fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = vec![];
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
    bytes
}

pub(crate) fn signed(mut number: i64) -> Vec<u8> {
    let mut bytes = vec![];
    loop {
        let byte = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if (number == 0 && byte & 0x40 == 0) || (number == -1 && byte & 0x40 != 0) {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

/// A run of one value, `count` times.
pub(crate) fn run(count: i64, value: &[u8]) -> Vec<u8> {
    [signed(count), value.to_vec()].concat()
}

pub(crate) fn text(text: &str) -> Vec<u8> {
    [unsigned(text.len() as u64), text.as_bytes().to_vec()].concat()
}

impl Forged {
    /// Makes a map under `key` in the collection whose map is operation `collection` of the genesis.
    pub(crate) fn record(deps: Vec<[u8; 32]>, start: u64, collection: u64, key: &str) -> Self {
        Self {
            deps,
            deps_claimed: None,
            actor: vec![66; 16],
            seq: 1,
            start,
            time: 1_790_000_000,
            message: vec![],
            message_claimed: None,
            others: vec![vec![0; 16]],
            columns: vec![
                (0x01, run(-1, &[1])),
                (0x02, run(-1, &unsigned(collection))),
                (0x15, run(-1, &text(key))),
                (0x34, vec![1]),
                (0x42, run(-1, &[0])),
                (0x56, run(-1, &[0])),
                (0x70, run(-1, &[0])),
            ],
            footer: vec![],
        }
    }

    /// Replaces or adds a column.
    pub(crate) fn with(mut self, spec: u64, data: Vec<u8>) -> Self {
        self.columns.retain(|(other, _)| *other != spec);
        self.columns.push((spec, data));
        self.columns.sort();
        self
    }

    fn body(&self) -> Vec<u8> {
        let mut body = unsigned(self.deps_claimed.unwrap_or(self.deps.len() as u64));
        body.extend(self.deps.iter().flatten());
        let actor = |actor: &[u8]| [unsigned(actor.len() as u64), actor.to_vec()].concat();
        body.extend(actor(&self.actor));
        body.extend(unsigned(self.seq));
        body.extend(unsigned(self.start));
        body.extend(signed(self.time));
        body.extend(unsigned(
            self.message_claimed.unwrap_or(self.message.len() as u64),
        ));
        body.extend(&self.message);
        body.extend(unsigned(self.others.len() as u64));
        body.extend(self.others.iter().flat_map(|it| actor(it)));
        body.extend(unsigned(self.columns.len() as u64));
        for (spec, data) in &self.columns {
            body.extend(unsigned(*spec));
            body.extend(unsigned(data.len() as u64));
        }
        body.extend(self.columns.iter().flat_map(|(_, data)| data));
        body.extend(&self.footer);
        body
    }

    /// The chunk, with the right length and checksum.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let body = self.body();
        chunk(1, &body, &body)
    }

    /// The same, deflated.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let body = self.body();
        let mut packed = flate2::write::DeflateEncoder::new(vec![], flate2::Compression::best());
        packed.write_all(&body).unwrap();
        chunk(2, &packed.finish().unwrap(), &body)
    }
}

/// A chunk around some data; the checksum is that of a plain change with `summed` as its body.
pub(crate) fn chunk(kind: u8, data: &[u8], summed: &[u8]) -> Vec<u8> {
    around(kind, data, &checksum(1, summed))
}

/// A saved document around its body, with the right checksum.
pub(crate) fn document(body: &[u8]) -> Vec<u8> {
    around(0, body, &checksum(0, body))
}

fn checksum(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    hashed.extend(unsigned(body.len() as u64));
    hashed.extend(body);
    Sha256::digest(&hashed)[..4].to_vec()
}

fn around(kind: u8, data: &[u8], checksum: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend(checksum);
    bytes.push(kind);
    bytes.extend(unsigned(data.len() as u64));
    bytes.extend(data);
    bytes
}
