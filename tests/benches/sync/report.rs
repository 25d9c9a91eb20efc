//! The numbers as they are written down, and what is compared with whom.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// What a number is to be.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    None,
    AtMost(f64),
    AtLeast(f64),
}

/// Who did the same work, and their number.
pub(crate) type Peer<'a> = Option<(&'a str, f64)>;

/// What was measured, in order.
#[derive(Default)]
pub(crate) struct Report(Vec<Value>);

impl Report {
    /// A number without a goal.
    pub(crate) fn plain(&mut self, metric: &str, value: f64, unit: &str) {
        self.row(metric, value, unit, None, Goal::None);
    }

    /// A number whose goal is about itself.
    pub(crate) fn goal(&mut self, metric: &str, value: f64, unit: &str, goal: Goal) {
        self.row(metric, value, unit, None, goal);
    }

    /// A number beside a peer's; the goal is about their ratio, ours by theirs.
    pub(crate) fn beside(
        &mut self,
        metric: &str,
        value: f64,
        unit: &str,
        peer: (&str, f64),
        goal: Goal,
    ) {
        self.row(metric, value, unit, Some(peer), goal);
    }

    fn row(&mut self, metric: &str, value: f64, unit: &str, peer: Peer<'_>, goal: Goal) {
        let ratio = peer.map(|(_, theirs)| value / theirs);
        let judged = ratio.unwrap_or(value);
        let (goal, met) = match goal {
            Goal::None => (Value::Null, Value::Null),
            Goal::AtMost(most) => (json!(most), json!(judged <= most)),
            Goal::AtLeast(least) => (json!(least), json!(judged >= least)),
        };
        let (name, theirs) = peer.unzip();
        println!(
            "{metric:44} {value:12.3} {unit:10} {:12} ratio {:8} goal {goal} met {met}",
            theirs.map_or(String::new(), |it| format!("{it:.3}")),
            ratio.map_or(String::new(), |it| format!("{it:.3}")),
        );
        self.0.push(json!({
            "metric": metric, "value": value, "unit": unit,
            "peer": name, "peer_value": theirs, "ratio": ratio,
            "goal": goal, "met": met,
        }));
    }

    /// Writes what there is so far.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        std::fs::write(path, serde_json::to_vec_pretty(&self.0)?)?;
        println!("written: {}", path.display());
        Ok(())
    }
}
