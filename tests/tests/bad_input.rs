//! What an operator gets wrong: one line that says what to do, exit code 1, nothing written.

use std::{fs, net::TcpListener, path::Path, process::Output};

use anyhow::Result;
use tests::workbook;

fn serve(database: &Path, listen: &str) -> Result<Output> {
    Ok(std::process::Command::new(workbook()?)
        .args(["serve", "--listen", listen, "--db"])
        .arg(database)
        .output()?)
}

fn refused(output: &Output, says: &str) {
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("error: ") && told.contains(says), "{told}");
}

#[test]
fn a_port_in_use() -> Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("server.db");
    let output = serve(&database, &taken.local_addr()?.to_string())?;
    refused(&output, "choose another port with --listen");
    assert!(!database.exists());
    Ok(())
}

#[test]
fn a_password_for_all_to_see() -> Result<()> {
    let url = "postgres://workbook:kept-to-myself@localhost:1/workbook";
    let output = serve(Path::new(url), "127.0.0.1:0")?;
    refused(&output, "PGPASSFILE");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("kept-to-myself"));
    Ok(())
}

#[test]
fn a_postgres_that_is_not_there() -> Result<()> {
    let output = serve(Path::new("postgres://localhost:1/workbook"), "127.0.0.1:0")?;
    refused(&output, "check that PostgreSQL runs there");
    Ok(())
}

#[test]
fn a_file_that_is_no_database() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("server.db");
    for content in [
        &b"Dear colleague"[..],
        &[0xa5; 4096],
        b"SQLite format 3\0 and no more",
    ] {
        fs::write(&database, content)?;
        let output = serve(&database, "127.0.0.1:0")?;
        refused(&output, "server.db");
        assert_eq!(fs::read(&database)?, content, "it is left as it was");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1, "nothing beside it");
    }
    Ok(())
}

#[test]
fn samples_do_not_mix_with_families_that_are_there() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("server.db");
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let store = store_sqlite::SqliteStore::open(&database).await?;
        let sample = vec![cli::sample::brennan()?];
        cli::sample::prepare(&store, sample, &cli::sample::password()?).await?;
        store.close().await;
        anyhow::Ok(())
    })?;
    let output = std::process::Command::new(workbook()?)
        .args(["serve", "--sample", "--listen", "127.0.0.1:0", "--db"])
        .arg(&database)
        .output()?;
    refused(&output, "leave --sample out");
    Ok(())
}

fn rescue(file: &Path, more: &[&str]) -> Result<Output> {
    Ok(std::process::Command::new(workbook()?)
        .args(["rescue", "open"])
        .arg(file)
        .args(more)
        .stdin(std::process::Stdio::null())
        .output()?)
}

#[test]
fn a_rescue_file_that_is_none_or_has_nobody_to_ask() -> Result<()> {
    let kept = tests::root().join("crates/cli/tests/rescue/version-1.sealed");
    let folder = tempfile::tempdir()?;
    let other = folder.path().join("other");
    fs::write(&other, "%PDF-1.7")?;
    refused(&rescue(&other, &[])?, "not a rescue file");
    refused(&rescue(folder.path(), &[])?, "is not a file");
    refused(&rescue(&kept, &[])?, "give --passphrase-file");
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, " \n")?;
    let asked = ["--passphrase-file", passphrase.to_str().unwrap_or_default()];
    refused(&rescue(&kept, &asked)?, "the passphrase is empty");
    let into = ["--into", folder.path().to_str().unwrap_or_default()];
    refused(&rescue(&kept, &into)?, "is there already");
    assert_eq!(fs::read_dir(folder.path())?.count(), 2);
    Ok(())
}
