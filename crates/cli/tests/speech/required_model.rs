//! Whether a test that needs a speech model runs, skips or fails.

use std::path::PathBuf;

use dictation::model::cache::{self, Cache};

/// What a test does about its model.
#[derive(Debug, PartialEq, Eq)]
enum Need {
    Run,
    Skip,
    Fail,
}

fn need(is_installed: bool, in_ci: bool) -> Need {
    match (is_installed, in_ci) {
        (true, _) => Need::Run,
        (false, true) => Need::Fail,
        (false, false) => Need::Skip,
    }
}

/// The folder of the user's models, if a test may run; fails in CI where there is none.
pub(crate) fn folder(test: &str) -> Option<PathBuf> {
    let user = Cache::of_user().unwrap();
    let is_installed = user.find(None).and_then(|path| cache::load(&path)).is_ok();
    match need(is_installed, std::env::var_os("CI").is_some()) {
        Need::Run => Some(user.folder().to_owned()),
        Need::Skip => {
            // On stderr, where `cargo test -- --nocapture` shows it.
            eprintln!("SKIPPED {test}: no speech model, run `workbook model install`");
            None
        }
        Need::Fail => panic!("{test} needs a speech model in CI: run `workbook model install`"),
    }
}

#[test]
fn a_missing_model_skips_here_and_fails_in_ci() {
    assert_eq!(need(true, true), Need::Run);
    assert_eq!(need(true, false), Need::Run);
    assert_eq!(need(false, false), Need::Skip);
    assert_eq!(need(false, true), Need::Fail);
}
