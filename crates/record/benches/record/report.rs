//! The numbers as they are written down.

use std::path::Path;

use serde_json::{Value, json};

/// What a number is to be.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    None,
    AtMost(f64),
}

/// What was measured, in order.
#[derive(Default)]
pub(crate) struct Report(Vec<Value>);

impl Report {
    pub(crate) fn plain(&mut self, metric: &str, value: f64, unit: &str) {
        self.goal(metric, value, unit, Goal::None);
    }

    pub(crate) fn time(&mut self, metric: &str, seconds: f64) {
        self.plain(metric, seconds * 1e3, "ms");
    }

    pub(crate) fn goal(&mut self, metric: &str, value: f64, unit: &str, goal: Goal) {
        let (goal, met) = match goal {
            Goal::None => (Value::Null, Value::Null),
            Goal::AtMost(most) => (json!(most), json!(value <= most)),
        };
        println!("{metric:36} {value:12.3} {unit:5} goal {goal} met {met}");
        self.0.push(json!({
            "metric": metric, "value": value, "unit": unit,
            "peer": null, "peer_value": null, "ratio": null,
            "goal": goal, "met": met,
        }));
    }

    pub(crate) fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, serde_json::to_vec_pretty(&self.0).unwrap()).unwrap();
        println!("written: {}", path.display());
    }
}
