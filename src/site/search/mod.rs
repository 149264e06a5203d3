//! What a reader can search for, from the typed data, never from HTML: rows with their codes and amounts, facts,
//! paragraphs, terms. A piece of the index holds one report in one language; `assets/search.js` looks through the pieces
//! in the reader's browser, and a portal's vocabulary tells it which departments are worth asking.

mod blocks;
mod entries;
mod grams;
mod vocabulary;

pub(crate) use entries::{Entry, Head, Sheet, intern, sheets, term};
pub use vocabulary::Vocabulary;
pub(crate) use vocabulary::{Shelf, artifact, everyday, files, vocabulary};
