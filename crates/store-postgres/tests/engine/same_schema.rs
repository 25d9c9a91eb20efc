//! The two engines' migrations have the same numbers, tables, columns, NULLs and primary keys, so
//! that one contract can be read in either. One table is PostgreSQL's alone: the marks of requests, which
//! the one process before a file keeps in memory.

use std::{collections::BTreeSet, fs, path::PathBuf};

use sqlx::{AssertSqlSafe, ConnectOptions, sqlite::SqliteConnectOptions};
use store_postgres::PostgresStore;

use super::{database, stranger};

/// Table, column, whether it may be NULL, place in the primary key (0: none).
type Column = (String, String, bool, i64);

fn folder(engine: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../migrations/{engine}/server"))
}

fn files(engine: &str) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder(engine)).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn numbers(engine: &str) -> Vec<String> {
    let names = files(engine);
    let names = names.iter().map(|path| path.file_name().unwrap());
    names.map(|it| it.to_string_lossy().into_owned()).collect()
}

async fn of_sqlite() -> BTreeSet<Column> {
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut db = options.connect().await.unwrap();
    for file in files("sqlite") {
        let sql = AssertSqlSafe(fs::read_to_string(file).unwrap());
        sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
    }
    let columns: Vec<Column> = sqlx::query_as(
        "SELECT t.name, c.name, c.\"notnull\" = 0, c.pk FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    columns.into_iter().collect()
}

async fn of_postgres() -> BTreeSet<Column> {
    let url = database().await;
    PostgresStore::open(&url).await.unwrap().close().await;
    let columns: Vec<Column> = sqlx::query_as(
        "SELECT t.relname::text, c.attname::text, NOT c.attnotnull,
                coalesce(array_position(k.conkey, c.attnum), 0)::bigint
         FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
         LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
         WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
           AND t.relname NOT IN ('_sqlx_migrations', 'request_marks')",
    )
    .fetch_all(&mut stranger(&url).await)
    .await
    .unwrap();
    columns.into_iter().collect()
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    assert_eq!(numbers("postgres"), numbers("sqlite"));
    let (postgres, sqlite) = (of_postgres().await, of_sqlite().await);
    assert!(sqlite.len() > 30, "{sqlite:?}");
    let only = |one: &BTreeSet<Column>, other: &BTreeSet<Column>| -> Vec<Column> {
        one.difference(other).cloned().collect()
    };
    assert_eq!(only(&postgres, &sqlite), [], "only in PostgreSQL's");
    assert_eq!(only(&sqlite, &postgres), [], "only in SQLite's");
}
