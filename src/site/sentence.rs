//! Sentences of prose, as a reader reads them, and words that stand in them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::{Computed, Lang, Piece, find_words as find};

use super::scope::Heading;

/// Words that stand in prose.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// The piece in which they end.
    pub(crate) piece: &'a Piece<Computed>,
    /// Where they end in the text of that piece.
    pub(crate) end: usize,
    /// The heading that they stand below, or in.
    pub(crate) heading: Heading,
    /// Their sentence, without markup.
    pub(crate) sentence: String,
}

/// The figures of prose, each with the heading that it stands below.
pub(crate) fn figures(pieces: &[Piece<Computed>]) -> impl Iterator<Item = (Heading, &Computed)> {
    let mut heading = Heading::default();
    let mut inside = false;
    pieces.iter().filter_map(move |piece| match piece {
        Piece::Markdown(Event::Start(Tag::Heading { id, .. }), _) => {
            heading = Heading { id: id.as_deref().unwrap_or_default().to_owned(), name: String::new() };
            inside = true;
            None
        }
        Piece::Markdown(Event::End(TagEnd::Heading(_)), _) => {
            inside = false;
            None
        }
        Piece::Markdown(Event::Text(text) | Event::Code(text), _) if inside => {
            heading.name.push_str(text);
            None
        }
        Piece::Figure(computed, _) => Some((heading.clone(), &**computed)),
        _ => None,
    })
}

/// The first place that has words, as an acceptance writes them.
pub(crate) fn with_words<'a>(pieces: &'a [Piece<Computed>], words: &str, lang: Lang) -> Option<Found<'a>> {
    let mut heading = Heading::default();
    let mut inside = false;
    let mut block = String::new();
    let mut begins: Vec<(usize, &Piece<Computed>)> = Vec::new();
    for piece in pieces {
        match said_by(piece, lang) {
            Said::Edge => {
                if let Some(at) = find(&block, words) {
                    let (begin, piece) = begins.iter().rfind(|(begin, _)| *begin < at.end).copied()?;
                    let end = at.end - begin;
                    return Some(Found { piece, end, heading, sentence: cut(&block, at, lang) });
                }
                block.clear();
                begins.clear();
            }
            Said::Text(words) => {
                if inside {
                    heading.name.push_str(&words);
                }
                begins.push((block.len(), piece));
                block.push_str(&words);
            }
            Said::Cell => block.push_str(CELL),
            Said::Nothing => {}
        }
        match piece {
            Piece::Markdown(Event::Start(Tag::Heading { id, .. }), _) => {
                heading = Heading { id: id.as_deref().unwrap_or_default().to_owned(), name: String::new() };
                inside = true;
            }
            Piece::Markdown(Event::End(TagEnd::Heading(_)), _) => inside = false,
            _ => {}
        }
    }
    None
}

/// Stands between the cells of a row.
const CELL: &str = " · ";

/// The sentence around a piece, as a reader reads it; in a table, its row.
pub(crate) fn sentence(pieces: &[Piece<Computed>], at: usize, lang: Lang) -> String {
    let is_edge = |piece: &Piece<Computed>| matches!(said_by(piece, lang), Said::Edge);
    let start = pieces[..at].iter().rposition(is_edge).map_or(0, |edge| edge + 1);
    let (mut block, mut own) = (String::new(), 0..0);
    for (index, piece) in pieces.iter().enumerate().skip(start) {
        let begin = block.len();
        match said_by(piece, lang) {
            Said::Edge => break,
            Said::Nothing => {}
            Said::Cell => block.push_str(CELL),
            Said::Text(words) => block.push_str(&words),
        }
        if index == at {
            own = begin..block.len();
        }
    }
    cut(&block, own, lang)
}

/// The sentence of a block around some of its words.
fn cut(block: &str, words: Range<usize>, lang: Lang) -> String {
    let start = ends(&block[..words.start], lang).last().unwrap_or(0);
    let end = ends(&block[words.end..], lang).next().map_or(block.len(), |end| words.end + end);
    // A space that does not break stays one.
    let words = block[start..end].split([' ', '\n']).filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| c.is_whitespace() || "·：:;；".contains(c)).to_owned()
}

enum Said {
    /// Here a block begins or ends.
    Edge,
    /// Here a cell of a table ends.
    Cell,
    Text(String),
    Nothing,
}

fn said_by(piece: &Piece<Computed>, lang: Lang) -> Said {
    match piece {
        Piece::Figure(computed, _) => Said::Text(computed.say(lang)),
        Piece::Chart(..) | Piece::Form(..) => Said::Edge,
        Piece::Link(..) | Piece::Gap(_) => Said::Nothing,
        Piece::Markdown(event, _) => match event {
            Event::Text(text) | Event::Code(text) => Said::Text(text.to_string()),
            Event::SoftBreak | Event::HardBreak => Said::Text(" ".to_owned()),
            Event::End(TagEnd::TableCell) => Said::Cell,
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::TableCell)
            | Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => Said::Nothing,
            _ => Said::Edge,
        },
    }
}

/// Where the sentences of a text end.
fn ends(text: &str, lang: Lang) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(move |(at, c)| {
        let end = at + c.len_utf8();
        let stops = match lang {
            Lang::Zh => "。；！？".contains(c),
            // A full stop, not a point in a number; a semicolon often stands in brackets.
            Lang::En => ".!?".contains(c) && text[end..].chars().next().is_none_or(char::is_whitespace),
        };
        stops.then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Piece<Computed> {
        Piece::Markdown(Event::Text(words.to_owned().into()), 0..0)
    }

    fn edge(tag: Tag<'static>) -> Piece<Computed> {
        Piece::Markdown(Event::Start(tag), 0..0)
    }

    #[test]
    fn a_sentence_ends_where_readers_end_it() {
        let zh = [
            edge(Tag::Paragraph),
            text("甲增加。乙为\u{a0}3.50，"),
            text("比上年多"),
            text("；丙"),
            edge(Tag::Item),
            text("丁。"),
        ];
        assert_eq!(sentence(&zh, 2, Lang::Zh), "乙为\u{a0}3.50，比上年多");
        let en =
            [text("A rose. It was 3.50\n"), edge(Tag::Strong), text("more (as stated; see below)"), text(" than B. C")];
        assert_eq!(sentence(&en, 2, Lang::En), "It was 3.50 more (as stated; see below) than B.");
    }

    /// The sentence of a block that has the words.
    fn around(block: &str, words: &str, lang: Lang) -> Option<String> {
        find(block, words).map(|at| cut(block, at, lang))
    }

    #[test]
    fn the_sentence_is_the_one_that_has_the_words() {
        let zh =
            "基本支出 718.34 万元，占 95.5%。\n项目支出 133.7 万元。其他支出\n33.7\u{a0}万元，比上年少。余下不列。";
        let said = around(zh, "33.7 万元", Lang::Zh);
        assert_eq!(said.as_deref(), Some("其他支出 33.7\u{a0}万元，比上年少。"));
        assert_eq!(around(zh, "18.34 万元", Lang::Zh), None, "a part of a number is none");
        let en = "Basic spending was 7.34. Project spending\nwas RMB\n337,000. Nothing more.";
        assert_eq!(around(en, "RMB 337,000", Lang::En).as_deref(), Some("Project spending was RMB 337,000."));
    }

    #[test]
    fn a_row_of_a_table_is_a_sentence() {
        let cell = || Piece::Markdown(Event::End(TagEnd::TableCell), 0..0);
        let row = [edge(Tag::TableRow), text("利息"), cell(), text("0.41"), cell(), edge(Tag::TableRow), text("罚没")];
        assert_eq!(sentence(&row, 3, Lang::Zh), "利息 · 0.41");
    }
}
