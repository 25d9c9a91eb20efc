//! What is not a sound database of ours is refused in one clear line and keeps every byte.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use record::ids::{FamilyId, mint};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use store::{
    StoreError,
    device::DeviceStore,
    server::{Family, Store},
};
use store_sqlite::{SqliteDeviceStore, SqliteStore};
use tempfile::TempDir;

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workbook.sqlite");
    (folder, path)
}

/// Every file of the folder with its bytes.
fn everything_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Opening as a server's and as a device's is refused with `expected` in the message, and neither the
/// file nor the folder round it has changed.
async fn assert_refused(path: &Path, expected: &str) {
    let before = everything_in(path.parent().unwrap());
    let server = SqliteStore::open(path).await.map(|_| ()).unwrap_err();
    let device = SqliteDeviceStore::open(path).await.map(|_| ()).unwrap_err();
    for error in [server, device] {
        let text = error.to_string();
        assert!(matches!(error, StoreError::Unusable { .. }), "{text}");
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("workbook.sqlite"), "names no file: {text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    }
    let after = everything_in(path.parent().unwrap());
    assert!(
        before == after,
        "opening changed the files of {}",
        path.display()
    );
}

async fn closed_server_database(path: &Path) {
    let store = SqliteStore::open(path).await.unwrap();
    let mut txn = store.begin().await.unwrap();
    for n in 1..=200 {
        let id = FamilyId::from(mint(n, [0; 10]));
        let name = "Brennan ".repeat(40);
        txn.create_family(&Family {
            id,
            name,
            created: 1,
        })
        .await
        .unwrap();
    }
    txn.commit().await.unwrap();
    store.close().await;
}

/// Runs SQL as another program would.
async fn tamper(path: &Path, sql: &'static str) {
    let mut db = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap();
    sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
async fn bytes_that_are_no_database() {
    let noise: Vec<u8> = (0_u32..40_000)
        .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    let text = "Dear all,\nthe minutes of Tuesday's meeting …\n"
        .repeat(200)
        .into_bytes();
    for bytes in [noise, text, b"SQLite format 3\0".to_vec(), vec![0; 4096]] {
        let (_folder, path) = place();
        fs::write(&path, bytes).unwrap();
        assert_refused(&path, "is not a SQLite database").await;
    }
}

#[tokio::test]
async fn the_right_first_line_and_then_noise() {
    let (_folder, path) = place();
    let mut bytes = b"SQLite format 3\0".to_vec();
    bytes.extend((0_u32..40_000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]));
    fs::write(&path, bytes).unwrap();
    assert_refused(&path, "restore it from a backup").await;
}

#[tokio::test]
async fn an_empty_file() {
    let (_folder, path) = place();
    fs::write(&path, b"").unwrap();
    assert_refused(&path, "is empty").await;
}

#[tokio::test]
async fn a_truncated_database() {
    let (folder, path) = place();
    closed_server_database(&path).await;
    let whole = fs::read(&path).unwrap();
    for keep in [whole.len() - 1, whole.len() / 2, 4096, 512, 100] {
        fs::write(&path, &whole[..keep]).unwrap();
        assert_refused(&path, "its end is missing").await;
    }
    assert_eq!(everything_in(folder.path()).len(), 1);
}

#[tokio::test]
async fn a_damaged_page() {
    let (_folder, path) = place();
    closed_server_database(&path).await;
    let mut bytes = fs::read(&path).unwrap();
    // Any page after the first: its header says what kind it is.
    for page in 1..bytes.len() / 4096 {
        bytes[page * 4096..page * 4096 + 64].fill(0xA5);
    }
    fs::write(&path, bytes).unwrap();
    assert_refused(&path, "restore it from a backup").await;
}

#[tokio::test]
async fn a_folder_a_read_only_file_and_a_missing_folder() {
    let (_folder, path) = place();
    fs::create_dir(&path).unwrap();
    assert_refused(&path, "is a folder").await;

    let (_folder, path) = place();
    closed_server_database(&path).await;
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    assert_refused(&path, "is read-only").await;

    let (folder, _) = place();
    let path = folder.path().join("not-there").join("workbook.sqlite");
    let error = SqliteStore::open(&path).await.unwrap_err();
    assert!(error.to_string().contains("create the folder"), "{error}");
    assert!(!folder.path().join("not-there").exists());
}

#[tokio::test]
async fn a_database_of_another_program() {
    let (_folder, path) = place();
    tamper(&path, "CREATE TABLE bookmarks (url TEXT)").await;
    assert_refused(&path, "another program").await;

    let (_folder, path) = place();
    tamper(&path, "PRAGMA application_id = 7; PRAGMA user_version = 1").await;
    assert_refused(&path, "another program").await;
}

#[tokio::test]
async fn a_schema_of_a_newer_program_or_an_altered_one() {
    for (sql, expected) in [
        (
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'later', TRUE, x'00', 0)",
            "update this program",
        ),
        (
            "UPDATE _sqlx_migrations SET checksum = x'00'",
            "differs from the released one",
        ),
        ("DROP TABLE _sqlx_migrations", "can't be read"),
    ] {
        let (folder, path) = place();
        closed_server_database(&path).await;
        tamper(&path, sql).await;
        let before = everything_in(folder.path());
        let error = SqliteStore::open(&path).await.unwrap_err();
        assert!(matches!(error, StoreError::Unusable { .. }), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(
            before == everything_in(folder.path()),
            "{expected}: the file changed"
        );
    }
}

#[tokio::test]
async fn a_device_database_as_the_servers_and_the_reverse() {
    let (folder, path) = place();
    closed_server_database(&path).await;
    let before = everything_in(folder.path());
    let error = SqliteDeviceStore::open(&path)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("is a server database, not a device one"),
        "{error}"
    );
    assert!(before == everything_in(folder.path()));

    let (folder, path) = place();
    SqliteDeviceStore::open(&path).await.unwrap().close().await;
    let before = everything_in(folder.path());
    let error = SqliteStore::open(&path).await.unwrap_err().to_string();
    assert!(
        error.contains("is a device database, not a server one"),
        "{error}"
    );
    assert!(before == everything_in(folder.path()));
}

#[tokio::test]
async fn a_log_without_its_database() {
    let (folder, path) = place();
    fs::write(folder.path().join("workbook.sqlite-wal"), b"what is left").unwrap();
    assert_refused(&path, "write-ahead log").await;
}

/// A killed program leaves a log beside the file: looking must read it, and still write nothing.
#[tokio::test]
async fn a_pending_log_is_read_before_judging() {
    let (_original_folder, original) = place();
    let open = SqliteDeviceStore::open(&original).await.unwrap();
    let mut txn = open.begin().await.unwrap();
    txn.drop_replica(record::ids::DocumentId::from(mint(1, [1; 10])))
        .await
        .unwrap();
    txn.commit().await.unwrap();
    let (_folder, path) = place();
    for suffix in ["", "-wal"] {
        let with = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        fs::copy(with(&original), with(&path)).unwrap();
    }
    let before = fs::read(&path).unwrap();
    let error = SqliteStore::open(&path).await.unwrap_err().to_string();
    assert!(error.contains("is a device database"), "{error}");
    assert_eq!(before, fs::read(&path).unwrap());
    SqliteDeviceStore::open(&path).await.unwrap();
}

/// A creation that was cut short before the schema: nobody's data can be in there.
#[tokio::test]
async fn a_database_with_nothing_in_it_becomes_ours() {
    let (_folder, path) = place();
    tamper(&path, "PRAGMA journal_mode = WAL").await;
    let store = SqliteStore::open(&path).await.unwrap();
    assert!(
        store
            .begin()
            .await
            .unwrap()
            .families()
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn odd_paths_are_only_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a b?mode=memory.db", "50%25 #1.db", "Zoë's 李.db", "file:x"] {
        let path = folder.path().join(name);
        SqliteStore::open(&path).await.unwrap().close().await;
        SqliteStore::open(&path).await.unwrap().close().await;
        assert!(path.is_file(), "{name}");
    }
    assert_eq!(everything_in(folder.path()).len(), 4);
}
