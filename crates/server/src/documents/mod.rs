//! Documents and their logs: loaded, kept for a while, grown by accepted changes, told to devices.

mod accept;
mod cache;
#[cfg(test)]
mod compartments;
#[cfg(test)]
mod forgetting;
mod load;
mod news;
mod place;
mod project;
mod returned;

pub(crate) use accept::accept;
pub(crate) use cache::Cache;
pub(crate) use load::{LoadFailure, load};
pub(crate) use news::{Budget, Start, news};
pub(crate) use project::{NoRules, Pages, row, rules};
