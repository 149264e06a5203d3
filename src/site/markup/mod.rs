//! HTML and CSS as a theme may write them, read for what stands in them: tags, addresses, what a page would load.

mod css;
mod loads;
mod reader;
mod tags;

pub(super) use css::addresses as css_addresses;
pub(super) use loads::{Address, Breach, addresses, breaches, breaches_of_css, is_elsewhere};
pub(super) use reader::pieces;
pub(super) use tags::{Piece, Tag};
