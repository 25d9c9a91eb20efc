//! The numbers as they are written down.

use std::path::Path;

use serde_json::{Value, json};

/// What a number is to be.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    None,
    AtMost(f64),
    /// At most this many times the peer's.
    RatioAtMost(f64),
}

/// What was measured, in order.
#[derive(Default)]
pub(crate) struct Report(Vec<Value>);

impl Report {
    pub(crate) fn plain(&mut self, metric: &str, value: f64, unit: &str) {
        self.put(metric, value, unit, None, Goal::None);
    }

    pub(crate) fn goal(&mut self, metric: &str, value: f64, unit: &str, goal: Goal) {
        self.put(metric, value, unit, None, goal);
    }

    pub(crate) fn beside(
        &mut self,
        metric: &str,
        value: f64,
        unit: &str,
        peer: (&str, f64),
        goal: Goal,
    ) {
        self.put(metric, value, unit, Some(peer), goal);
    }

    fn put(&mut self, metric: &str, value: f64, unit: &str, peer: Option<(&str, f64)>, goal: Goal) {
        let ratio = peer.map(|(_, theirs)| value / theirs);
        let (goal, met) = match (goal, ratio) {
            (Goal::None, _) | (Goal::RatioAtMost(_), None) => (Value::Null, Value::Null),
            (Goal::AtMost(most), _) => (json!(most), json!(value <= most)),
            (Goal::RatioAtMost(most), Some(ratio)) => (json!(most), json!(ratio <= most)),
        };
        let (name, theirs) = peer.unzip();
        println!(
            "{metric:32} {value:10.3} {unit:3} {:20} {:10} ratio {:6} goal {goal} met {met}",
            name.unwrap_or(""),
            theirs.map_or_else(String::new, |it| format!("{it:.3}")),
            ratio.map_or_else(String::new, |it| format!("{it:.3}")),
        );
        self.0.push(json!({
            "metric": metric, "value": value, "unit": unit,
            "peer": name, "peer_value": theirs, "ratio": ratio,
            "goal": goal, "met": met,
        }));
    }

    pub(crate) fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, serde_json::to_vec_pretty(&self.0).unwrap()).unwrap();
        println!("written: {}", path.display());
    }
}
