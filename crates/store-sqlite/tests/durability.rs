//! What was committed is there after a killed process, what was not is not, and what was deleted is
//! gone.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use record::ids::{DeviceId, DocumentId, EntryId, FamilyId, ProfessionalId, mint};
use store::{
    device::{DeviceStore, Draft},
    server::{Document, Family, NewChange, Store},
};
use store_sqlite::{SqliteDeviceStore, SqliteStore};

const DATABASE: &str = "STORE_SQLITE_TEST_DATABASE";

fn document() -> DocumentId {
    DocumentId::from(mint(1, [1; 10]))
}

fn change(n: u8) -> NewChange {
    NewChange {
        hash: [n; 32],
        // The second, never committed, is more than SQLite's page cache holds, so that uncommitted
        // pages reach the disk too.
        bytes: vec![n; if n == 2 { 5_000_000 } else { 100 }],
        author: ProfessionalId::from(mint(1, [3; 10])),
        device: DeviceId::from(mint(1, [4; 10])),
        received: 1,
    }
}

/// The child's half; run by the test below, never by itself.
#[tokio::test]
#[ignore = "started by a_killed_process_loses_only_what_was_not_committed"]
async fn child_that_is_killed() {
    // By itself it shows nothing, so it does not pass either.
    let path = std::env::var(DATABASE).expect("the test below starts this one");
    let store = SqliteStore::open(path).await.unwrap();
    let family = FamilyId::from(mint(1, [2; 10]));
    let compartment = "team".to_owned();
    let mut txn = store.begin().await.unwrap();
    txn.create_family(&Family {
        id: family,
        name: "Brennan".to_owned(),
        created: 1,
    })
    .await
    .unwrap();
    let empty = Document {
        id: document(),
        family,
        compartment,
        epoch: 1,
        head: 0,
        owner: None,
    };
    txn.create_document(&empty).await.unwrap();
    txn.commit().await.unwrap();
    let mut txn = store.begin().await.unwrap();
    txn.append_change(document(), &change(1)).await.unwrap();
    txn.commit().await.unwrap();
    let mut txn = store.begin().await.unwrap();
    txn.append_change(document(), &change(2)).await.unwrap();
    // Between the change and its commit: says so, and waits for ever (until the parent is gone).
    println!("\nin the middle");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    unreachable!("the parent kills this process");
}

fn start_and_kill(path: &Path) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "child_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(DATABASE, path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reached = lines
        .map_while(Result::ok)
        .any(|line| line == "in the middle");
    // SIGKILL on Unix: no destructor and no exit handler runs.
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(reached, "the child ended before it was killed");
}

#[tokio::test]
async fn a_killed_process_loses_only_what_was_not_committed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.sqlite");
    start_and_kill(&path);
    let log = std::fs::metadata(PathBuf::from(format!("{}-wal", path.display()))).unwrap();
    assert!(
        log.len() > 1_000_000,
        "the uncommitted change never reached the disk"
    );

    let store = SqliteStore::open(&path).await.unwrap();
    let mut txn = store.begin().await.unwrap();
    let found = txn.changes_after(document(), 0, 10).await.unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].change == change(1));
    assert_eq!(txn.append_change(document(), &change(2)).await.unwrap(), 2);
    txn.commit().await.unwrap();
    assert_eq!(store.verify().await.unwrap(), []);
}

#[tokio::test]
async fn a_commit_survives_closing_and_two_programs_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workbook.sqlite");
    let one = SqliteStore::open(&path).await.unwrap();
    let two = SqliteStore::open(&path).await.unwrap();
    let write = async |store: &SqliteStore, n: u8| {
        let family = Family {
            id: FamilyId::from(mint(1, [n; 10])),
            name: "A".to_owned(),
            created: 1,
        };
        let mut txn = store.begin().await.unwrap();
        // Read, then write: what fails half-way when the write lock is not taken at the start.
        txn.families().await.unwrap();
        txn.create_family(&family).await.unwrap();
        txn.commit().await.unwrap();
    };
    tokio::join!(
        async {
            for n in 0..20 {
                write(&one, n).await;
            }
        },
        async {
            for n in 20..40 {
                write(&two, n).await;
            }
        },
    );
    one.close().await;
    two.close().await;
    let again = SqliteStore::open(&path).await.unwrap();
    assert_eq!(
        again.begin().await.unwrap().families().await.unwrap().len(),
        40
    );
}

#[tokio::test]
async fn what_is_deleted_is_gone_from_the_file() {
    const SECRET: &[u8] = b"said in confidence";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.sqlite");
    let draft = Draft {
        id: EntryId::from(mint(1, [1; 10])),
        family: FamilyId::from(mint(1, [1; 10])),
        json: String::from_utf8(SECRET.repeat(1_000)).unwrap(),
        begun: 1,
        changed: 1,
    };
    let holds_secret = || {
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(SECRET.len()).any(|part| part == SECRET)
    };
    let store = SqliteDeviceStore::open(&path).await.unwrap();
    let mut txn = store.begin().await.unwrap();
    txn.put_draft(&draft).await.unwrap();
    txn.commit().await.unwrap();
    store.close().await;
    assert!(holds_secret());

    let store = SqliteDeviceStore::open(&path).await.unwrap();
    let mut txn = store.begin().await.unwrap();
    assert!(txn.drop_draft(draft.id).await.unwrap());
    txn.commit().await.unwrap();
    store.close().await;
    assert!(!holds_secret());
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "a log is left"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("workbook.sqlite"))
        .await
        .unwrap();
    drop(store.begin().await.unwrap());
    let mut seen = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
        seen += 1;
    }
    assert!(seen >= 2, "the write-ahead log is missing");
}
