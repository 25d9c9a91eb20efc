//! The two schemas and what tells their files apart.

use sqlx::migrate::Migrator;

/// What a database of one kind is.
pub(crate) struct Schema {
    /// For messages: "a … database".
    pub(crate) name: &'static str,
    /// SQLite's application id, set by the first migration.
    pub(crate) application_id: i64,
    /// Its migrations, part of the program.
    pub(crate) migrator: Migrator,
}

/// The server's.
pub(crate) static SERVER: Schema = Schema {
    name: "server",
    application_id: 0x4657_6273, // "FWbs"
    migrator: sqlx::migrate!("../../migrations/sqlite/server"),
};

/// A device's.
pub(crate) static DEVICE: Schema = Schema {
    name: "device",
    application_id: 0x4657_6264, // "FWbd"
    migrator: sqlx::migrate!("../../migrations/sqlite/device"),
};
