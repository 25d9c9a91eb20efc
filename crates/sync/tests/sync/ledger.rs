//! What everybody wrote, word for word, and what must have become of it.

use std::collections::{BTreeMap, BTreeSet};

use record::{Document, Workbook, Writer, contents, model::Record};
use serde_json::Value;

use crate::network::Device;

/// A record as its author completed it.
#[derive(Debug)]
struct Said {
    path: String,
    value: Value,
    writer: Writer,
}

/// Everything that anybody wrote, in the order of writing.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Vec<Said>);

/// Every record of a workbook by its path, as JSON.
pub(crate) fn by_path(workbook: &Workbook) -> BTreeMap<String, Value> {
    let Value::Object(collections) = serde_json::to_value(workbook).unwrap() else {
        panic!("a workbook is a map");
    };
    let mut records = BTreeMap::new();
    for (collection, held) in collections {
        if collection == "cover" {
            records.insert("cover/cover".to_owned(), held);
            continue;
        }
        let Value::Object(held) = held else {
            panic!("something can't be read: {held}");
        };
        records.extend(
            held.into_iter()
                .map(|(id, it)| (format!("{collection}/{id}"), it)),
        );
    }
    records
}

impl Ledger {
    pub(crate) fn wrote(&mut self, writer: &Writer, records: &[Record]) {
        self.0.extend(records.iter().map(|record| Said {
            path: record.path(),
            value: serde_json::to_value(&record.content).unwrap(),
            writer: writer.clone(),
        }));
    }

    /// Everything that stands under an id somewhere is what one author completed, word for word.
    pub(crate) fn nothing_was_altered(&self, set_up: &Workbook, held: &Workbook) {
        let set_up = by_path(set_up);
        let mut completed: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for said in &self.0 {
            completed.entry(&said.path).or_default().push(&said.value);
        }
        let mut readable = held.clone();
        readable.unreadable.clear();
        for (path, value) in by_path(&readable) {
            let as_written = completed
                .get(path.as_str())
                .is_some_and(|it| it.contains(&&value));
            assert!(
                as_written || set_up.get(&path) == Some(&value),
                "{path} is nobody's: {value}"
            );
        }
        // The only thing that a device can't show for a while is one draft completed twice, until
        // the server has said which of the two stands.
        for unreadable in &held.unreadable {
            let versions = completed
                .get(unreadable.record.as_str())
                .map_or(0, Vec::len);
            assert!(versions > 1, "{unreadable:?}");
        }
    }

    /// Each assertion stands in the workbook under its author's name, or waits with its author, on
    /// the device that it was written on, with a reason that says what to do.
    pub(crate) fn nothing_is_lost(&self, workbook: &Workbook, devices: &[Device]) {
        let standing = by_path(workbook);
        let mut kept: BTreeMap<&str, Vec<(String, Value)>> = BTreeMap::new();
        let ids: Vec<String> = devices
            .iter()
            .map(|it| it.writer.device.to_string())
            .collect();
        for (device, id) in devices.iter().zip(&ids) {
            for refused in &device.quarantine {
                assert!(refused.refusal.message.len() > 20, "{:?}", refused.refusal);
                let records = contents(&refused.change).unwrap();
                kept.entry(id).or_default().extend(
                    records
                        .iter()
                        .map(|it| (it.path(), serde_json::to_value(&it.content).unwrap())),
                );
            }
        }
        for said in &self.0 {
            assert_eq!(said.value["by"], said.writer.professional.to_string());
            let stands = standing.get(&said.path) == Some(&said.value);
            let device = said.writer.device.to_string();
            let waits = kept.get(device.as_str()).is_some_and(|it| {
                it.iter()
                    .any(|(path, value)| *path == said.path && *value == said.value)
            });
            assert!(
                stands != waits,
                "{} stands: {stands}, waits: {waits}",
                said.path
            );
        }
    }

    /// Nothing stands that nobody wrote.
    pub(crate) fn nothing_came_from_nowhere(&self, set_up: &Workbook, workbook: &Workbook) {
        let mut known: BTreeSet<String> = by_path(set_up).into_keys().collect();
        known.extend(self.0.iter().map(|it| it.path.clone()));
        for path in by_path(workbook).keys() {
            assert!(known.contains(path), "{path} was written by nobody");
        }
    }
}

/// Everything that a reader is shown, as JSON: equal on all devices.
pub(crate) fn readings(document: &Document) -> Vec<Value> {
    let workbook = document.read();
    let today = jiff::civil::date(2026, 9, 30);
    let mut readings = vec![
        serde_json::to_value(record::summary::summary(&workbook, today)).unwrap(),
        serde_json::to_value(record::chronology(&workbook)).unwrap(),
    ];
    let children = workbook.people.iter().filter(|(_, it)| it.role.is_child());
    readings.extend(
        children.map(|(id, _)| {
            serde_json::to_value(record::child_file(&workbook, *id, today)).unwrap()
        }),
    );
    readings
}
