//! Six months of one family, made to hold what a real record holds: five disciplines and a manager,
//! two households, half-siblings, a father who lives elsewhere, a disputed fact and a disputed
//! concern, two group supervisions, an action reopened and closed, an entry withdrawn.
//!
//! Built change by change through the rules, so that nothing here is a record that couldn't be.

mod book;
mod family;
mod first_half;
mod second_half;
mod words;

pub(crate) use book::{Book, Step};
pub(crate) use family::*;

/// The whole story.
pub(crate) fn golden() -> Book {
    let mut book = Book::default();
    family::set_up(&mut book);
    first_half::tell(&mut book);
    second_half::tell(&mut book);
    book
}
