//! The audit log on real processes: what a server wrote down is exported beside it, and checked alone.

use std::{fs, process::Command};

use anyhow::{Context as _, Result, ensure};
use tests::{Engine, Town, workbook};

fn run(words: &[&str]) -> Result<(bool, String)> {
    let output = Command::new(workbook()?).args(words).output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8(said)?))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_days_work_is_exported_checked_and_any_edit_found() -> Result<()> {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_is_on_postgresql() -> Result<()> {
    story(Engine::Postgres).await
}

async fn story(engine: Engine) -> Result<()> {
    let town = Town::on(engine).await?;
    let server = town.serve().await?;
    town.settle(&server).await?;
    let db = town.database.to_str().context("text")?;
    let file = town.folder.path().join("audit.jsonl");
    let path = file.to_str().context("a path")?;

    // Beside the running server.
    let (done, said) = run(&["audit", "export", "--db", db, path])?;
    ensure!(done, "{said}");
    let head = said
        .lines()
        .find_map(|line| line.strip_prefix("head: "))
        .context("a head")?;
    let (whole, said) = run(&["audit", "verify", path, "--head", head])?;
    ensure!(whole && said.contains("whole: "), "{said}");

    let text = fs::read_to_string(&file)?;
    for kind in ["device-enrolled", "pushed", "pulled", "allocated", "anchor"] {
        ensure!(text.contains(&format!("\"kind\":\"{kind}\"")), "no {kind}");
    }
    // Ids and codes only: the people of the sample are not in it.
    for name in ["Brennan", "Donna", "Craig", "Morgan", "morgan"] {
        ensure!(!text.contains(name), "{name} stands in the audit log");
    }

    let edited = text.replacen("\"kind\":\"pulled\"", "\"kind\":\"pushed\"", 1);
    fs::write(&file, edited)?;
    let (whole, said) = run(&["audit", "verify", path])?;
    ensure!(!whole && said.contains("was altered"), "{said}");

    let (sound, said) = run(&["verify", "--db", db])?;
    ensure!(sound && said.trim() == "sound", "{said}");
    let (rebuilt, said) = run(&["rebuild", "--db", db])?;
    ensure!(rebuilt && said.contains("made 1 boards anew"), "{said}");
    Ok(())
}
