//! SQLite runs the suite that every engine runs.

#![expect(clippy::unwrap_used, reason = "in a test, failing is panicking")]

mod server {
    use store::{
        StoreError,
        server::{News, Store, Txn},
    };
    use store_sqlite::SqliteStore;

    /// A store whose file goes with it.
    struct Fresh {
        store: SqliteStore,
        _folder: tempfile::TempDir,
    }

    #[async_trait::async_trait]
    impl Store for Fresh {
        async fn begin(&self) -> Result<Box<dyn Txn>, StoreError> {
            self.store.begin().await
        }

        async fn listen(&self) -> Result<Box<dyn News>, StoreError> {
            self.store.listen().await
        }

        async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError> {
            self.store.is_first(mark, until, now).await
        }

        async fn scrub(&self) -> Result<(), StoreError> {
            self.store.scrub().await
        }
    }

    async fn fresh() -> Fresh {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("server.sqlite"))
            .await
            .unwrap();
        Fresh {
            store,
            _folder: folder,
        }
    }

    store::conformance_suite!(server: fresh);
}

mod device {
    use store::{
        StoreError,
        device::{DeviceStore, DeviceTxn},
    };
    use store_sqlite::SqliteDeviceStore;

    /// A store whose file goes with it.
    struct Fresh {
        store: SqliteDeviceStore,
        _folder: tempfile::TempDir,
    }

    #[async_trait::async_trait]
    impl DeviceStore for Fresh {
        async fn begin(&self) -> Result<Box<dyn DeviceTxn>, StoreError> {
            self.store.begin().await
        }
    }

    async fn fresh() -> Fresh {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteDeviceStore::open(folder.path().join("device.sqlite"))
            .await
            .unwrap();
        Fresh {
            store,
            _folder: folder,
        }
    }

    store::conformance_suite!(device: fresh);
}
