//! Saved documents taken apart and put together again, as no Automerge would: what a hostile server,
//! backup or disk can hold.

use std::io::{Read as _, Write as _};

use crate::forge::{document, unsigned};

const DEFLATED: u64 = 8;

/// Specifications with their data, unpacked.
pub(crate) type Columns = Vec<(u64, Vec<u8>)>;

/// A document chunk in its parts.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) actors: Vec<Vec<u8>>,
    pub(crate) heads: Vec<u8>,
    /// The columns of the changes, and those of the operations.
    pub(crate) blocks: [Columns; 2],
    pub(crate) rest: Vec<u8>,
}

fn number(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for place in 0.. {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

fn take(bytes: &mut &[u8], length: u64) -> Vec<u8> {
    let (taken, rest) = bytes.split_at(usize::try_from(length).unwrap());
    *bytes = rest;
    taken.to_vec()
}

pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::DeflateEncoder::new(vec![], flate2::Compression::best());
    packed.write_all(data).unwrap();
    packed.finish().unwrap()
}

impl Parts {
    /// Takes an honest document apart.
    pub(crate) fn of(saved: &[u8]) -> Self {
        let mut bytes = &saved[9..];
        number(&mut bytes);
        let count = number(&mut bytes);
        let actors = (0..count).map(|_| {
            let length = number(&mut bytes);
            take(&mut bytes, length)
        });
        let actors = actors.collect();
        let heads = number(&mut bytes);
        let heads = take(&mut bytes, heads * 32);
        let mut described = [(); 2].map(|()| {
            let count = number(&mut bytes);
            let columns = (0..count).map(|_| (number(&mut bytes), number(&mut bytes)));
            columns.collect::<Vec<_>>()
        });
        let blocks = described.each_mut().map(|columns| {
            let columns = columns.iter().map(|(spec, length)| {
                let data = take(&mut bytes, *length);
                if spec & DEFLATED == 0 {
                    return (*spec, data);
                }
                let mut unpacked = vec![];
                let mut unpacking = flate2::read::DeflateDecoder::new(data.as_slice());
                unpacking.read_to_end(&mut unpacked).unwrap();
                (spec & !DEFLATED, unpacked)
            });
            columns.collect()
        });
        Self {
            actors,
            heads,
            blocks,
            rest: bytes.to_vec(),
        }
    }

    /// Replaces or adds a column.
    pub(crate) fn with(&self, block: usize, spec: u64, data: Vec<u8>) -> Self {
        let mut parts = self.clone();
        let columns = &mut parts.blocks[block];
        columns.retain(|(other, _)| *other != spec);
        columns.push((spec, data));
        columns.sort();
        parts
    }

    /// The chunk, with the right length and checksum; its columns deflated or not.
    pub(crate) fn bytes(&self, packed: bool) -> Vec<u8> {
        let mut body = unsigned(self.actors.len() as u64);
        for actor in &self.actors {
            body.extend(unsigned(actor.len() as u64));
            body.extend(actor);
        }
        body.extend(unsigned(self.heads.len() as u64 / 32));
        body.extend(&self.heads);
        let mut data = vec![];
        for columns in &self.blocks {
            body.extend(unsigned(columns.len() as u64));
            for (spec, column) in columns {
                let (spec, column) = if packed {
                    (spec | DEFLATED, deflate(column))
                } else {
                    (*spec, column.clone())
                };
                body.extend(unsigned(spec));
                body.extend(unsigned(column.len() as u64));
                data.extend(column);
            }
        }
        body.extend(data);
        body.extend(&self.rest);
        document(&body)
    }
}
