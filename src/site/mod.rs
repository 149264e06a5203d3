//! From what may be published to the files of the site. Pure: no file is read or written, no clock is asked.

mod charts;
mod css;
mod csv;
mod disputes;
mod fold;
mod formula;
mod html;
mod markup;
mod pages;
mod prose;
mod routes;
mod scope;
mod search;
mod sentence;
mod sheet;
mod split;
mod table;
mod terms;
mod theme;
mod web;

pub use pages::{Attachment, Summary, YearSummary, department, portal};
pub use search::Vocabulary;
pub use sheet::{Note, SHEET_MARK, Sheet, sheet};
pub use theme::{Theme, ThemeFile, ThemeFolders, built_in_text};
pub use web::finished;
