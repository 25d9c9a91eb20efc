//! `docs/record-format.md` tells a stranger everything about a document. Its tables come from the
//! types themselves; `UPDATE=1 cargo test -p record format` writes them anew.

mod source;
mod tables;

use std::{fs, path::PathBuf};

use record::model::Collection;

use crate::fixtures::fields;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/record-format.md")
}

/// Puts a table between the marks that bear its name.
fn put(page: &str, name: &str, table: &str) -> String {
    let (start, end) = (
        format!("<!-- generated: {name} -->\n"),
        format!("<!-- end: {name} -->"),
    );
    let (before, rest) = page.split_once(&start).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{start}\n{table}\n{end}{after}")
}

#[test]
fn format_page_is_what_the_types_say() {
    let page = fs::read_to_string(path()).unwrap();
    let generated = [
        ("collections", tables::collections()),
        ("records", tables::records()),
        ("codes", tables::codes()),
        ("rules", tables::rules()),
    ];
    let fresh = generated
        .iter()
        .fold(page.clone(), |page, (name, table)| put(&page, name, table));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path(), &fresh).unwrap();
        return;
    }
    assert!(
        page == fresh,
        "docs/record-format.md is stale: run `UPDATE=1 cargo test -p record format`"
    );
}

#[test]
fn format_page_names_every_collection_and_field() {
    let tables = tables::records() + &tables::collections();
    for collection in Collection::ALL {
        assert!(
            tables.contains(&format!("`{}`", collection.name())),
            "{collection:?}"
        );
    }
    for field in fields::names_of_fields() {
        assert!(tables.contains(&format!("`{field}`")), "{field}");
    }
}
