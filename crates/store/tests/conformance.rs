//! The reference engine runs the suite that it is the reference for.

mod server {
    use std::future::{Ready, ready};

    use store::memory::MemoryStore;

    fn fresh() -> Ready<MemoryStore> {
        ready(MemoryStore::default())
    }

    store::conformance_suite!(server: fresh);
}

mod device {
    use std::future::{Ready, ready};

    use store::memory::MemoryDeviceStore;

    fn fresh() -> Ready<MemoryDeviceStore> {
        ready(MemoryDeviceStore::default())
    }

    store::conformance_suite!(device: fresh);
}
