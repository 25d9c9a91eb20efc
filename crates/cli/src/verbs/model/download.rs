//! Fetches a model over HTTPS: resumable, and believed only by its SHA-256.
//!
//! Bytes go to `ggml-NAME.bin.part`, which a broken download leaves behind to be continued; a
//! finished one that has the wrong hash is deleted.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use dictation::model::cache::Cache;
use dictation::model::catalogue::Known;
use dictation::model::sha256_hex;
use ureq::Agent;
use ureq::http::StatusCode;

use crate::terminal;

/// A machine without internet must find out in seconds.
const CONNECT: Duration = Duration::from_secs(5);
/// The server's first answer, redirects included.
const ANSWER: Duration = Duration::from_secs(15);
/// The whole download, on a slow line.
const WHOLE: Duration = Duration::from_mins(30);

/// Downloads `known` and checks it.
pub(super) fn fetch(cache: &Cache, known: &Known) -> Result<Vec<u8>> {
    let part = part_path(cache, known);
    let have = fs::metadata(&part).map_or(0, |file| file.len());
    if have < known.official.size {
        receive(cache, known, have)?;
    }
    let failed = || format!("reading {} failed", part.display());
    let bytes = fs::read(&part).with_context(failed)?;
    if (bytes.len() as u64) < known.official.size {
        bail!("the download broke off: run `workbook model install` again to continue it");
    }
    let found = sha256_hex(&bytes);
    if found != known.official.sha256 {
        forget(cache, known);
        bail!(
            "the download of {} is not the known file (SHA-256 {found}, not {}) and was deleted: try again, or tell your support that the line alters files",
            known.name,
            known.official.sha256
        );
    }
    Ok(bytes)
}

/// Deletes what was downloaded.
pub(super) fn forget(cache: &Cache, known: &Known) {
    // If it can't be deleted it will be checked again; nothing depends on it.
    let _ = fs::remove_file(part_path(cache, known));
}

fn part_path(cache: &Cache, known: &Known) -> PathBuf {
    cache.folder().join(format!("ggml-{}.bin.part", known.name))
}

/// Appends to the `.part` file what is missing from byte `have` on.
fn receive(cache: &Cache, known: &Known, have: u64) -> Result<()> {
    let agent: Agent = Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .timeout_resolve(Some(CONNECT))
        .timeout_recv_response(Some(ANSWER))
        .timeout_recv_body(Some(WHOLE))
        .build()
        .into();
    let mut request = agent.get(known.url);
    if have > 0 {
        request = request.header("Range", format!("bytes={have}-"));
    }
    let response = request
        .call()
        .with_context(|| format!("{} can't be reached", known.url))?;
    let continues = response.status() == StatusCode::PARTIAL_CONTENT;
    let start = if continues { have } else { 0 };
    let mut part = open_part(cache, known, continues)?;

    let bar = terminal::progress(
        known.official.size,
        "{wide_bar} {bytes} of {total_bytes}, {eta} left",
    );
    bar.set_position(start);
    // One byte more than expected is enough to know that it is another file.
    let limit = known.official.size - start + 1;
    let mut body = bar.wrap_read(response.into_body().into_reader().take(limit));
    let copied = std::io::copy(&mut body, &mut part).and_then(|_| part.flush());
    bar.finish_and_clear();
    copied.context("the download broke off: run `workbook model install` again to continue it")
}

fn open_part(cache: &Cache, known: &Known, continues: bool) -> Result<File> {
    let path = part_path(cache, known);
    let folder = cache.folder();
    fs::create_dir_all(folder).with_context(|| format!("creating {} failed", folder.display()))?;
    OpenOptions::new()
        .create(true)
        .write(true)
        .append(continues)
        .truncate(!continues)
        .open(&path)
        .with_context(|| format!("writing {} failed", path.display()))
}
