//! The only writer of output. A build is staged beside the output folder and takes its place in one
//! step: a visitor, an upload or a killed build meets the old site or the new one, never half of each.
//!
//! [`Stage::begin`] refuses to run when the output folder holds anything that would be lost: a file
//! that no build made, or one that was edited since. `SHA256SUMS` is the list of what a build made; it
//! is published with the site, and `sha256sum -c SHA256SUMS` proves a copy anywhere.
//!
//! Files that are the same as in the old output are not written again but linked when the rest is
//! ready (34,000 files of 30 kB: 60 ms to link, 1 to 4 s to write), and when all are the same the old
//! output is left as it is, times and all.
//!
//! # What is guaranteed
//!
//! After a killed process, at any moment: the output folder is the old or the new one as a whole.
//! Where the system cannot exchange two folders (Linux and macOS can, on their own disks) there is an
//! instant without an output folder; the next build puts the old one back. After a power cut: the same
//! names, but not that each file's bytes had reached the disk, as they are not synced one by one. The
//! next build compares them with `SHA256SUMS` and names those that were lost.

#![allow(clippy::disallowed_methods, reason = "the one place that writes, and looks at what it wrote before")]

mod error;
mod manifest;
mod single;
mod stage;
mod survey;
mod swap;
#[cfg(test)]
mod tests;
mod workspace;

pub use error::WriteError;
pub use single::SingleFile;
pub use stage::{Published, Stage};
