//! gongkai (公开): from a folder of YAML and Markdown to a bilingual site of public accounts.
//!
//! The whole way, one direction, a type a stage ([`pipeline::build`] walks it):
//!
//! 1. [`source`] reads the disk: an [`Inventory`](source::Inventory) of names, then the texts of one department.
//! 2. [`forms`] brings the forms as data: national sets, local forms, the dictionary of codes.
//! 3. [`parse`] turns texts into a [`Department`](model::Department) of [`Disclosure`](model::Disclosure)s in which
//!    every reference is bound: rows to their forms, figures in prose to their cells.
//! 4. [`check`] decides: [`Checked`](check::Checked) always exists, only a [`Publishable`](check::Publishable) has no
//!    error in it, and only that reaches the site.
//! 5. [`site`] renders [`Artifact`](model::Artifact)s, without disk or clock: same input, same bytes.
//! 6. [`mod@write`] stages them and swaps the finished whole for the old `output/` in one step.
//!
//! [`diagnostics`] and [`model`] are the leaves beneath; [`cli`] is the only code that prints.

pub mod check;
pub mod cli;
pub mod diagnostics;
pub mod forms;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod site;
pub mod source;
pub mod write;
mod yaml;
