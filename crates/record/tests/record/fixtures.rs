//! Documents written by every released version load and read for ever.
//!
//! The files of the version at hand are written anew with `UPDATE=1 cargo test -p record fixtures`
//! until it is released; after that they are never touched again, and the next version adds its own.

pub(crate) mod fields;

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Once};

use record::{Document, WholeFamily, terms::Compartment};
use serde_json::{Value, json};

use crate::full;

/// The version that writes now.
const VERSION: &str = "v1";
/// The hash of the one change that every document of this version begins with.
const GENESIS: &str = "1652a44660ab2e66b188b4310b92a5f16ba0c016541e0c9de64c80183d62c173";

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// What a fixture holds, in the shape of the document: collections, records by id, fields.
pub(crate) fn shape(document: &Document) -> Value {
    let mut value = serde_json::to_value(document.read()).unwrap();
    value["cover"] = json!({"cover": value["cover"]});
    value
}

/// The committed documents of every version, by file name without ending.
fn committed() -> BTreeMap<String, Document> {
    static UPDATED: Once = Once::new();
    if std::env::var_os("UPDATE").is_some() {
        UPDATED.call_once(update);
    }
    fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "automerge"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let document = Document::load(&fs::read(&path).unwrap()).unwrap();
            (name, document)
        })
        .collect()
}

/// The team's document of the version at hand.
pub(crate) fn team() -> Document {
    committed().remove(&format!("{VERSION}-team")).unwrap()
}

fn update() {
    let team = full::team();
    let documents =
        std::iter::once((Compartment::Team, team.clone())).chain(full::compartments(&team));
    fs::create_dir_all(folder()).unwrap();
    for (compartment, document) in documents {
        let path = folder().join(format!("{VERSION}-{}", compartment.code()));
        let text = serde_json::to_string_pretty(&shape(&document)).unwrap();
        fs::write(path.with_extension("automerge"), document.save()).unwrap();
        fs::write(path.with_extension("json"), text + "\n").unwrap();
    }
}

#[test]
fn fixtures_of_every_version_read_as_they_were_written() {
    let committed = committed();
    for compartment in Compartment::ALL {
        let name = format!("{VERSION}-{}", compartment.code());
        assert!(committed.contains_key(&name), "{name} is missing");
    }
    for (name, document) in committed {
        let path = folder().join(format!("{name}.json"));
        let expected: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(shape(&document), expected, "{name}");
        assert_eq!(document.read().unreadable, vec![], "{name}");
    }
}

#[test]
fn fixtures_of_one_version_read_as_one_family() {
    let mut documents = committed();
    let team = documents.remove(&format!("{VERSION}-team")).unwrap();
    let ours = documents
        .iter()
        .filter(|(name, _)| name.starts_with(VERSION));
    let whole = ours.fold(WholeFamily::new(team.read()), |family, (_, document)| {
        family.with(document.read()).unwrap()
    });
    assert_eq!(whole.held().count(), Compartment::ALL.len() - 1);
    assert_eq!(whole.whole().unreadable, vec![]);
}

#[test]
fn fixtures_begin_with_the_pinned_genesis() {
    let genesis = Document::genesis().heads();
    assert_eq!(
        genesis.iter().map(hex::encode).collect::<Vec<_>>(),
        [GENESIS]
    );
    for (name, document) in committed() {
        assert!(document.holds(&genesis[0]), "{name}");
    }
}
