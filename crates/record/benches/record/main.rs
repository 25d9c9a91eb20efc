//! What the record costs at 500, 2,000 and 5,000 entries of 2.5 kB by 12 authors; the numbers go to
//! `target/bench/record.json` (`make bench-record`). Peak memory is that of a process of its own.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a bench measures time, prints, and may fail loudly"
)]

mod family;
mod report;

use std::{hint::black_box, path::PathBuf, process::Command, time::Instant};

use record::{Change, Document, Page, check, summary::summary};

use family::{Family, today};
use report::{Goal, Report};

const SIZES: [u32; 3] = [500, 2_000, 5_000];
/// Tells a child process to open a document of its own and stop there.
const OPEN: &str = "--open-and-stop";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|it| it == OPEN) {
        open_and_stop(&arguments[at + 1]);
        return;
    }
    let mut report = Report::default();
    let mut measured = Vec::new();
    for size in SIZES {
        println!("{size} entries …");
        measured.push(Measured::of(size, &mut report));
    }
    let [small, _, large] = &measured[..] else {
        return;
    };
    let ratio = |of: fn(&Measured) -> f64| of(large) / of(small);
    report.goal(
        "adding-an-entry-5000-to-500",
        ratio(|it| it.add),
        "ratio",
        Goal::AtMost(1.5),
    );
    report.goal(
        "opening-5000-to-500",
        ratio(|it| it.open),
        "ratio",
        Goal::AtMost(2.0),
    );
    report.goal(
        "opening-by-loading-5000-to-500",
        ratio(|it| it.open_whole),
        "ratio",
        Goal::None,
    );
    merge(0, Goal::AtMost(0.3), &mut report);
    merge(2_000, Goal::None, &mut report);
    report.write(&target().join("bench/record.json"));
}

/// What is compared between sizes, in seconds.
struct Measured {
    add: f64,
    open: f64,
    open_whole: f64,
}

impl Measured {
    fn of(size: u32, report: &mut Report) -> Self {
        let mut family = Family::with_entries(size);
        let saved = family.document.save();
        let kept = Page::of(&family.document, today()).to_bytes();
        let name = |what: &str| format!("{what}-{size}");
        report.plain(&name("save-size"), saved.len() as f64, "bytes");
        report.plain(&name("page-size"), kept.len() as f64, "bytes");

        let load = best(5, || Document::load(&saved).unwrap());
        report.time(&name("load"), load);
        report.time(&name("save"), best(3, || family.document.save()));
        report.time(&name("read"), best(3, || family.document.read()));
        let open_whole = best(3, || {
            summary(&Document::load(&saved).unwrap().read(), today())
        });
        report.time(&name("open-to-summary-by-loading"), open_whole);
        let open = best(20, || {
            Page::from_bytes(&kept).unwrap().summary(today()).unwrap()
        });
        report.time(&name("open-to-summary"), open);
        report.time(
            &name("make-page"),
            best(3, || Page::of(&family.document, today())),
        );

        // One entry on this device; the same entry arriving at another; the page carried on.
        let (mut writes, mut decodes, mut checks, mut applies, mut pages) =
            (vec![], vec![], vec![], vec![], vec![]);
        let mut other = family.document.clone();
        let mut page = Page::from_bytes(&kept).unwrap();
        for n in 0..40 {
            let began = Instant::now();
            let change = family.write(size + n);
            writes.push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            let change = Change::decode(change.bytes()).unwrap();
            decodes.push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            let records = check(&other, &change, &Family::writer(size + n)).unwrap();
            checks.push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            other.apply(&change).unwrap();
            applies.push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            page = page.carried_on([(change, records)], today()).unwrap();
            pages.push(began.elapsed().as_secs_f64());
        }
        let (write, decode) = (median(writes), median(decodes));
        let (checked, apply) = (median(checks), median(applies));
        report.time(&name("one-edit"), write);
        report.time(&name("decode-per-change"), decode);
        report.time(&name("check-per-change"), checked);
        report.time(&name("apply-per-change"), apply);
        report.time(&name("page-per-change"), median(pages));
        let goal = if size == 2_000 {
            Goal::AtMost(1.0)
        } else {
            Goal::None
        };
        report.goal(
            &name("check-and-apply"),
            (checked + apply) * 1e3,
            "ms",
            goal,
        );

        let path = target().join(format!("bench/record-{size}.automerge"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &saved).unwrap();
        let goal = if size == 5_000 {
            Goal::AtMost(100.0)
        } else {
            Goal::None
        };
        let peak = Command::new(std::env::current_exe().unwrap())
            .args([OPEN, path.to_str().unwrap()])
            .output()
            .unwrap();
        let peak: f64 = String::from_utf8(peak.stdout)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        report.goal(&name("peak-memory"), peak, "MB", goal);
        Self {
            add: write,
            open,
            open_whole,
        }
    }
}

/// What a device has to do that was offline for 500 entries, to take in another's 500.
fn merge(base: u32, goal: Goal, report: &mut Report) {
    let mut here = Family::with_entries(base);
    let mut there = here.clone();
    there.offline();
    for n in 0..500 {
        here.write(10_000 + n);
    }
    let theirs: Vec<_> = (0..500).map(|n| there.write(20_000 + n)).collect();
    let seconds = best(5, || {
        let mut here = here.document.clone();
        let began = Instant::now();
        here.apply_all(&theirs).unwrap();
        Timed(began.elapsed().as_secs_f64())
    });
    report.goal(&format!("merge-500-and-500-on-{base}"), seconds, "s", goal);
}

/// A result that measured itself.
struct Timed(f64);

trait Seconds {
    fn seconds(&self, elapsed: f64) -> f64;
}

impl Seconds for Timed {
    fn seconds(&self, _: f64) -> f64 {
        self.0
    }
}

macro_rules! elapsed {
    ($($kind:ty),+) => {$(impl Seconds for $kind {
        fn seconds(&self, elapsed: f64) -> f64 {
            elapsed
        }
    })+};
}

elapsed!(Document, Page, Vec<u8>, record::Workbook, record::Summary);

/// The best of some times: what the machine can do when nobody else is on it.
fn best<T: Seconds>(times: u32, work: impl Fn() -> T) -> f64 {
    (0..times)
        .map(|_| {
            let began = Instant::now();
            let result = black_box(work());
            result.seconds(began.elapsed().as_secs_f64())
        })
        .fold(f64::INFINITY, f64::min)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Loads, reads and summarises a document, and prints the most memory that it took, in megabytes.
fn open_and_stop(path: &str) {
    let document = Document::load(&std::fs::read(path).unwrap()).unwrap();
    black_box(summary(&document.read(), today()));
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    let kilobytes: f64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
    println!("{}", kilobytes / 1024.0);
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")),
        PathBuf::from,
    )
}
