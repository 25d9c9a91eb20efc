//! Documents in memory: loaded from the log, kept for a while, and grown by accepted changes.

mod accept;
mod cache;
mod load;

pub(crate) use accept::accept;
pub(crate) use cache::Cache;
pub(crate) use load::{LoadFailure, load};
