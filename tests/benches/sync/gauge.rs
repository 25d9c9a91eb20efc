//! What a process has used, as Linux keeps it.

use anyhow::{Context as _, Result};

/// Ticks of `/proc/*/stat` in a second: fixed for user space on Linux.
const TICKS: f64 = 100.0;

/// A running process.
#[derive(Clone, Copy)]
pub(crate) struct Gauge(pub(crate) u32);

impl Gauge {
    /// This very process.
    pub(crate) fn own() -> Self {
        Self(std::process::id())
    }

    /// Seconds of processor time so far, all threads, in user and kernel.
    #[expect(clippy::cast_precision_loss, reason = "ticks of minutes")]
    pub(crate) fn cpu(self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        // The name in parentheses may hold spaces; after it come state and numbers.
        let (_, rest) = stat.rsplit_once(')').context("a stat file")?;
        let numbers: Vec<&str> = rest.split_whitespace().collect();
        let ticks: u64 = numbers[11].parse::<u64>()? + numbers[12].parse::<u64>()?;
        Ok(ticks as f64 / TICKS)
    }

    /// The most memory that it ever held, in megabytes.
    pub(crate) fn peak(self) -> Result<f64> {
        Ok(self.status("VmHWM:")? / 1e6)
    }

    /// Memory that it holds now, in bytes.
    pub(crate) fn resident(self) -> Result<f64> {
        self.status("VmRSS:")
    }

    fn status(self, field: &str) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        let kilobytes = line.context("a status file")?.split_whitespace().next();
        Ok(kilobytes.context("a number")?.parse::<f64>()? * 1024.0)
    }
}
