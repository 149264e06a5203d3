//! Prose as the paragraphs that a search finds, each below the heading that a link can lead to.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::{Computed, Lang, Piece, Prose};

/// Stands behind a figure that the document's own figures contradict, in prose or in a table: `assets/search.js` shows the
/// mark of the page there. What is typed is found across it, as it is across quotation marks.
pub(super) const SIC: char = '\u{fffc}';

/// The paragraphs below one heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The heading's id; empty before the first heading.
    pub(super) id: String,
    /// The heading.
    pub(super) heading: String,
    /// Its paragraphs and list items, without markup, figures as they are said.
    pub(super) texts: Vec<String>,
}

/// Tells where in the text of a piece the page has a mark, as the document contradicts what stands before it.
pub(super) type Marks<'x> = &'x dyn Fn(&Piece<Computed>) -> Option<usize>;

/// The paragraphs of prose, heading by heading.
pub(super) fn blocks(prose: &Prose, lang: Lang, marks: Marks<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    let mut text = String::new();
    // Inside links and headings no mark stands.
    let mut closed = 0_usize;
    for piece in &prose.pieces {
        let start = text.len();
        match piece {
            Piece::Markdown(Event::Start(Tag::Heading { id, .. }), _) => {
                flush(&mut text, &mut blocks);
                closed += 1;
                // The title of the page has an id for links, which leads to the page itself.
                let id = id.as_deref().filter(|id| *id != "top").unwrap_or_default();
                blocks.push(Block { id: id.to_owned(), ..Block::default() });
            }
            Piece::Markdown(Event::End(TagEnd::Heading(_)), _) => {
                closed -= 1;
                if let Some(block) = blocks.last_mut() {
                    std::mem::take(&mut text).trim().clone_into(&mut block.heading);
                }
            }
            Piece::Markdown(Event::Text(words) | Event::Code(words), _) => text.push_str(words),
            Piece::Markdown(Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell), _) => text.push(' '),
            Piece::Markdown(
                Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_))
                | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead),
                _,
            ) => flush(&mut text, &mut blocks),
            Piece::Figure(computed, _) => text.push_str(&computed.say(lang)),
            Piece::Markdown(Event::Start(Tag::Link { .. }), _) | Piece::Link(..) => closed += 1,
            Piece::Markdown(Event::End(TagEnd::Link), _) => closed -= 1,
            Piece::Markdown(..) | Piece::Gap(_) | Piece::Chart(..) | Piece::Form(..) => {}
        }
        if let (0, Some(end)) = (closed, marks(piece)) {
            text.insert(start + end, SIC);
        }
    }
    flush(&mut text, &mut blocks);
    blocks.retain(|block| !block.heading.is_empty() || !block.texts.is_empty());
    blocks
}

fn flush(text: &mut String, blocks: &mut [Block]) {
    let said = std::mem::take(text);
    if let (false, Some(block)) = (said.trim().is_empty(), blocks.last_mut()) {
        block.texts.push(said.trim().to_owned());
    }
}
