//! What the fuzzers begin with: honest changes, documents and alterations. `UPDATE=1` writes them
//! anew.

use std::{
    fs,
    path::{Path, PathBuf},
};

use record::{Change, Document};

use crate::{
    forge_document::Parts,
    full::team,
    mutate::{must_hold, mutated, subject},
};

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target)
}

/// Every seed of a target, by name; written before where that was asked for.
fn seeds(target: &str, made: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<Vec<u8>> {
    let folder = folder(target);
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in made {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
    let files = fs::read_dir(&folder).unwrap();
    let seeds: Vec<_> = files
        .map(|it| fs::read(it.unwrap().path()).unwrap())
        .collect();
    assert!(seeds.iter().all(|it| it.len() < 8192), "a seed is small");
    seeds
}

/// The body of a chunk.
fn body(chunk: &[u8]) -> Vec<u8> {
    let length = chunk[9..].iter().take_while(|it| **it & 0x80 != 0).count();
    chunk[10 + length..].to_vec()
}

#[test]
fn changes_are_read() {
    let (_, honest) = subject();
    let mut changes = team().changes();
    changes.push(honest);
    let made = changes.iter().enumerate().flat_map(|(n, it)| {
        let plain = automerge::Change::from_bytes(it.bytes().to_vec()).unwrap();
        [
            (format!("change-{n}"), it.bytes().to_vec()),
            (format!("body-{n}"), body(plain.raw_bytes())),
        ]
    });
    let seeds = seeds("decode", made);
    let read = |bytes: &[u8]| Change::decode(bytes).is_ok();
    assert_eq!(seeds.iter().filter(|it| read(it)).count(), 6);
    let as_body = |it: &&Vec<u8>| read(&crate::forge::chunk(1, it, it));
    assert_eq!(seeds.iter().filter(as_body).count(), 6);
}

#[test]
fn every_alteration_is_tried() {
    let made = (0u8..32).map(|what| {
        let again = [what, 7, 3, 1, what, 40, 200, 9];
        (format!("alteration-{what:02}"), again.to_vec())
    });
    let (document, honest) = subject();
    let seeds = seeds("rules", made);
    assert_eq!(seeds.len(), 32);
    for seed in seeds {
        must_hold(&document, &mutated(&honest, seed.as_chunks().0));
    }
}

#[test]
fn documents_are_opened() {
    let family = crate::family::with_visit().0.save();
    let parts = Parts::of(&family);
    let mut made = vec![
        ("genesis".to_owned(), Document::genesis().save()),
        ("body".to_owned(), body(&parts.bytes(false))),
        ("family".to_owned(), family),
        ("team".to_owned(), team().save()),
    ];
    // As the target reads them: which column, and what stands in it.
    for (n, (_, data)) in (0u8..).zip(parts.blocks.iter().flatten()) {
        made.push((format!("column-{n:02}"), [&[n][..], data].concat()));
    }
    let seeds = seeds("document", made);
    let opened = seeds.iter().filter(|it| Document::load(it).is_ok());
    assert_eq!(opened.count(), 3);
    let as_body = |it: &&Vec<u8>| Document::load(&crate::forge::document(it)).is_ok();
    assert_eq!(seeds.iter().filter(as_body).count(), 1);
}
