//! One schema serves one machine or many, because no query looks across documents. Each prepared
//! query names its document, or stands here with its reason.

use std::{collections::BTreeSet, fs, path::Path};

/// Tables that are keyed by document, or by a chain of the audit log: a document's or a person's own.
const KEYED: [&str; 16] = [
    "documents",
    "changes",
    "snapshots",
    "actors",
    "members",
    "replicas",
    "outbox",
    "audit",
    "audit_chains",
    "boards",
    "heads",
    "lineages",
    "returned",
    "retired",
    "forgotten",
    "erased_documents",
];

/// The beginnings of queries over those tables that name no document, and why they may.
const EXCEPTIONS: [(&str, &str); 13] = [
    (
        "SELECT m.document AS \"document!\", d.head",
        "`verify` reads everything",
    ),
    (
        "SELECT r.document AS \"document!\", count(*)",
        "`verify` reads everything",
    ),
    (
        "SELECT f.document AS \"document!\", count(*)",
        "`verify` reads everything",
    ),
    (
        "SELECT e.document AS \"document!\" FROM erased_documents",
        "`verify` reads everything",
    ),
    (
        "UPDATE members SET ended = $2 WHERE professional = $1",
        "a leaver's places end in one transaction, wherever they are",
    ),
    (
        "SELECT id, family, compartment, epoch, head, owner FROM documents WHERE family = $1",
        "a family's list",
    ),
    (
        "SELECT d.id, d.family, d.compartment, d.epoch, d.head, d.owner FROM documents d",
        "a professional's own caseload",
    ),
    (
        "SELECT d.id AS \"id!\", d.head AS \"head!\", count(c.seq)",
        "`workbook verify` reads everything",
    ),
    (
        "SELECT d.id, d.head, s.seq FROM snapshots s",
        "`workbook verify` reads everything",
    ),
    (
        "SELECT count(DISTINCT a.family)",
        "a professional's own workload",
    ),
    (
        "SELECT chain, family, length, head, anchored FROM audit_chains",
        "an export reads every chain, or a family's",
    ),
    (
        "SELECT count(*) AS \"count!: i64\" FROM audit",
        "`workbook verify` reads everything",
    ),
    (
        "SELECT document, family, family_name, compartment, epoch, cursor, bytes, standing\n         FROM replicas ORDER",
        "a device's own list",
    ),
];

fn words(sql: &str) -> BTreeSet<&str> {
    sql.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .collect()
}

#[test]
fn each_query_names_its_document() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let mut unused: BTreeSet<&str> = EXCEPTIONS.iter().map(|(start, _)| *start).collect();
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let json = fs::read_to_string(entry.unwrap().path()).unwrap();
        let query: serde_json::Value = serde_json::from_str(&json).unwrap();
        let sql = query["query"].as_str().unwrap();
        seen += 1;
        if let Some((start, _)) = EXCEPTIONS.iter().find(|(start, _)| sql.starts_with(start)) {
            unused.remove(start);
            continue;
        }
        let words = words(sql);
        if !KEYED.iter().any(|table| words.contains(table)) {
            continue;
        }
        let inserts = ["(document, ", "(chain, "]
            .iter()
            .any(|it| sql.contains(it))
            || sql.starts_with("INSERT INTO documents (id,");
        let selects = ["document = $1", "chain = $1"]
            .iter()
            .any(|it| sql.contains(it))
            || (words.contains("documents") && sql.contains("WHERE id = $1"));
        assert!(inserts || selects, "this query names no document: {sql}");
    }
    assert!(seen > 40, "only {seen} prepared queries");
    assert!(
        unused.is_empty(),
        "exceptions that no query needs any more: {unused:?}"
    );
}
