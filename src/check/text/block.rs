//! Prose as blocks of plain text: paragraphs, headings, items, cells. Figures stand in them as one character.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::{Computed, Piece, Prose};

/// Stands in a block's text where a figure stands (U+FFFC, the object replacement character).
pub(super) const FIGURE: &str = "\u{fffc}";

/// A paragraph, heading, list item or table cell.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// The text, with [`FIGURE`] for each figure.
    pub(super) text: String,
    /// The figures, by their place in the text, with their place in the file.
    pub(super) figures: Vec<(usize, &'a Computed, Range<usize>)>,
    /// Code spans: no prose, but published all the same.
    pub(super) codes: Vec<(String, Range<usize>)>,
    /// Whether it is a heading.
    pub(super) heading: bool,
    /// Whether it lacks a figure: then nothing can be said of what is left of its sentences.
    pub(super) gap: bool,
    /// The table and the column, of a cell.
    pub(super) cell: Option<(usize, usize)>,
    /// The id and the place of the heading that it stands below.
    pub(super) section: Option<(String, Range<usize>)>,
    /// Places in the text, and where they are in the file.
    spans: Vec<(Range<usize>, Range<usize>)>,
}

impl Block<'_> {
    /// The place in the file of a range of the text. Text that lost line breaks is placed as a whole.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let find = |at: usize| self.spans.iter().find(|(text, _)| text.contains(&at));
        let exact = |(text, file): &(Range<usize>, Range<usize>)| text.len() == file.len();
        let last = range.end.saturating_sub(1).max(range.start);
        let (Some(first), Some(end)) = (find(range.start), find(last)) else {
            return self.spans.first().map_or(0..0, |(_, file)| file.clone());
        };
        let from = if exact(first) { first.1.start + (range.start - first.0.start) } else { first.1.start };
        let to = if exact(end) { end.1.start + (range.end - end.0.start) } else { end.1.end };
        from..to.max(from)
    }

    fn push(&mut self, text: &str, place: &Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.spans.push((start..self.text.len(), place.clone()));
    }
}

/// The blocks of prose, in reading order.
pub(super) fn blocks(prose: &Prose) -> Vec<Block<'_>> {
    let mut done = Vec::new();
    let mut current = Block::default();
    let mut section: Option<(String, Range<usize>)> = None;
    let (mut tables, mut column) = (0, 0);
    for piece in &prose.pieces {
        match piece {
            Piece::Markdown(Event::Text(text), place) => current.push(text, place),
            Piece::Markdown(Event::SoftBreak | Event::HardBreak, place) => current.push(" ", place),
            Piece::Markdown(Event::Code(code), place) => current.codes.push((code.to_string(), place.clone())),
            Piece::Markdown(Event::Start(Tag::Heading { id, .. }), place) => {
                section = id.as_ref().map(|id| (id.to_string(), place.clone()));
                next(&mut done, &mut current, true, section.as_ref());
            }
            Piece::Markdown(Event::Start(tag), _) if !is_inline(tag) => {
                next(&mut done, &mut current, false, section.as_ref());
                match tag {
                    Tag::Table(_) => tables += 1,
                    Tag::TableHead | Tag::TableRow => column = 0,
                    Tag::TableCell => {
                        current.cell = Some((tables, column));
                        column += 1;
                    }
                    _ => {}
                }
            }
            Piece::Markdown(Event::End(tag), _) if !is_inline_end(*tag) => {
                next(&mut done, &mut current, false, section.as_ref());
            }
            Piece::Gap(place) => {
                current.gap = true;
                current.push(FIGURE, place);
            }
            Piece::Figure(computed, place) => {
                current.figures.push((current.text.len(), computed, place.clone()));
                current.push(FIGURE, place);
            }
            _ => {}
        }
    }
    next(&mut done, &mut current, false, None);
    done
}

/// Puts a block away, if there is anything in it, and begins the next.
fn next<'a>(
    done: &mut Vec<Block<'a>>,
    current: &mut Block<'a>,
    heading: bool,
    section: Option<&(String, Range<usize>)>,
) {
    let block = std::mem::replace(current, Block { heading, section: section.cloned(), ..Block::default() });
    if !block.text.is_empty() || !block.codes.is_empty() {
        done.push(block);
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

/// The sentences of a text: its ranges between 。！？； and their Latin likes.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let open = || text[end..].chars().next().is_none_or(char::is_whitespace);
        if matches!(c, '。' | '！' | '？' | '；') || (matches!(c, '.' | ';' | '!' | '?') && open()) {
            found.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}
