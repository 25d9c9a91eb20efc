//! Real servers under attack, on both engines, two processes on PostgreSQL. Each attack is refused, stands
//! in a log, and harms nobody: a colleague goes on working all the while.
//!
//! Slow clients are in `operations.rs` (it takes their time), ten thousand wrong passwords in
//! `crates/server/src/auth/credentials.rs`, sessions that run out in `crates/server/src/api/sessions.rs`
//! (with a clock that is set), and requests of all shapes are `make attack`'s.

mod people;
mod requests;
mod siege;

use anyhow::{Result, ensure};
use tests::{Engine, PRIVATE, workbook};

use siege::Siege;

#[tokio::test(flavor = "multi_thread")]
async fn every_attack_is_refused_logged_and_harms_nobody() -> Result<()> {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_is_at_two_processes_on_postgresql() -> Result<()> {
    story(Engine::Postgres).await
}

async fn story(engine: Engine) -> Result<()> {
    let mut siege = Siege::of(engine).await?;
    let heads = siege.amira.document(siege.town.prepared.family)?.heads();

    people::without_a_session(&mut siege)?;
    people::with_a_session_that_is_over(&mut siege).await?;
    people::with_a_forged_signature(&mut siege)?;
    people::with_a_copy_of_a_request(&mut siege)?;
    people::to_anothers_family(&mut siege)?;
    people::to_the_other_sides_compartment(&mut siege)?;
    people::with_guessed_passwords(&mut siege)?;
    requests::of_too_many_bytes(&mut siege)?;
    requests::that_make_no_sense(&mut siege)?;
    requests::that_inject(&mut siege)?;
    people::with_a_revoked_device(&mut siege)?;
    people::whose_work_with_the_family_has_ended(&mut siege).await?;

    // Nothing of the family's record has moved, and who works with it still does.
    siege.amira.sync().await?;
    let after = siege.amira.document(siege.town.prepared.family)?.heads();
    ensure!(after == heads, "the record has changed");
    let (town, lines) = siege.over().await?;
    for line in &lines {
        ensure!(line["level"] != "ERROR", "{line}");
        let said = line.to_string();
        let named = PRIVATE
            .iter()
            .chain(&["allory", "DROP TABLE"])
            .find(|it| said.contains(**it));
        ensure!(named.is_none(), "{named:?} stands in a log: {said}");
    }

    let file = town.folder.path().join("audit.jsonl");
    let output = std::process::Command::new(workbook()?)
        .args(["audit", "export", "--db"])
        .arg(&town.database)
        .arg(&file)
        .output()?;
    ensure!(output.status.success());
    let audit = std::fs::read_to_string(&file)?;
    for told in [
        "\"why\":\"replayed\"",
        "\"why\":\"not-allocated\"",
        "\"why\":\"not-a-member\"",
        "\"kind\":\"revoked-device\"",
        "\"kind\":\"sign-in-failed\"",
        "\"kind\":\"push-refused\"",
    ] {
        ensure!(audit.contains(told), "no {told} in the audit log");
    }
    let store = town.open().await?;
    ensure!(store.verify().await?.is_empty());
    store.close().await;
    Ok(())
}
