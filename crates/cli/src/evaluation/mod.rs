//! `workbook eval`: a folder of dictations to figures.
//!
//! The story: [`folder`] finds out what belongs together, [`measure`] runs recognition and drafting
//! over it, [`report`] adds up, [`table`] prints for people. What is counted, and how, is
//! `dictation::eval`'s word.

pub(crate) mod folder;
pub(crate) mod measure;
pub(crate) mod report;
pub(crate) mod table;
