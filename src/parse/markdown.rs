//! Narrative in Markdown: figures and embeds are found on the syntax tree, what is unsafe is refused.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diagnostics::{Finding, Place, catalogue};
use crate::model::{Derivation, Piece, Target};

use super::cjk::{Prepared, break_is_space, without_joiners};
use super::figure;

/// Lists and quotations deeper than this are refused: no report needs them, and they could exhaust a reader.
const DEPTH_LIMIT: usize = 16;

/// A Markdown file, read but not yet bound.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// The text of the first heading, if it is of level 1.
    pub(crate) title: Option<String>,
    /// All that follows it.
    pub(crate) pieces: Vec<Piece<Derivation>>,
    /// The headings below the title, in order.
    pub(crate) headings: Vec<Heading>,
}

/// A heading below the title.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    /// 2 to 6.
    pub(crate) level: u8,
    /// The explicit id.
    pub(crate) id: String,
    /// The words.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Its first piece.
    pub(crate) at: usize,
}

/// Reads a Markdown file whose first heading is its title.
pub(crate) fn read(file: &str, source: &str, findings: &mut Vec<Finding>) -> Document {
    let document = read_fragment(file, source, 0, findings);
    if document.title.is_none() {
        findings.push(Finding::new(&catalogue::TITLE_MISSING, Place::Text(file.to_owned(), 0..0)));
    }
    document
}

/// Reads Markdown that is a part of something else, as a text cell is; `offset` is added to its places.
pub(crate) fn read_fragment(file: &str, source: &str, offset: usize, findings: &mut Vec<Finding>) -> Document {
    let prepared = Prepared::new(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(&prepared.text, options).into_offset_iter();
    let mut reader = Reader {
        file,
        source: &prepared.text,
        prepared: &prepared,
        offset,
        findings,
        document: Document::default(),
        run: Run::default(),
        heading: None,
        embed: None,
        paragraph: None,
        depth: 0,
    };
    for (event, range) in events {
        reader.event(event, range);
    }
    reader.flush();
    reader.document
}

struct Reader<'a, 'f> {
    file: &'a str,
    source: &'a str,
    prepared: &'a Prepared<'a>,
    offset: usize,
    findings: &'f mut Vec<Finding>,
    document: Document,
    run: Run,
    /// The heading that is being read, and whether it is the title.
    heading: Option<(Heading, bool)>,
    /// The embed that is being read: its alternative text is passed over.
    embed: Option<(String, Range<usize>)>,
    /// Where the paragraph that is being read began.
    paragraph: Option<usize>,
    depth: usize,
}

/// Text that belongs together, with the places of its characters.
#[derive(Default)]
struct Run {
    text: String,
    /// Offsets in `text` and in the prepared source at which a chunk begins.
    chunks: Vec<(usize, usize)>,
    /// Offsets in `text` of braces that were escaped.
    literal: Vec<usize>,
}

impl Run {
    fn source_offset(&self, at: usize) -> usize {
        let chunk = self.chunks.partition_point(|(start, _)| *start <= at);
        let (start, source) = chunk.checked_sub(1).map_or((0, 0), |index| self.chunks[index]);
        source + (at - start)
    }
}

impl Reader<'_, '_> {
    fn place(&self, range: Range<usize>) -> Range<usize> {
        self.offset + self.prepared.original(range.start)..self.offset + self.prepared.original(range.end)
    }

    fn report(&mut self, entry: &'static crate::diagnostics::Entry, range: Range<usize>) -> &mut Finding {
        let place = Place::Text(self.file.to_owned(), self.place(range));
        self.findings.push(Finding::new(entry, place));
        self.findings.last_mut().expect("one was pushed just now")
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.embed.is_some() {
            if matches!(event, Event::End(TagEnd::Image)) {
                self.end_embed();
            }
            return;
        }
        match event {
            Event::Text(text) => self.text(&text, &range),
            Event::SoftBreak => {
                self.run.chunks.push((self.run.text.len(), range.start));
                self.run.text.push('\n');
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.trim_start().starts_with("<!--") {
                    self.report(&catalogue::RAW_HTML, range);
                }
            }
            Event::Start(tag) => {
                self.flush();
                self.start(tag, range);
            }
            Event::End(tag) => {
                self.flush();
                self.end(tag, range);
            }
            other => {
                if let (Some((heading, _)), Event::Code(code)) = (&mut self.heading, &other) {
                    heading.text.push_str(code);
                }
                self.flush();
                self.push(other, range);
            }
        }
    }

    fn push(&mut self, event: Event<'_>, range: Range<usize>) {
        let place = self.place(range);
        self.document.pieces.push(Piece::Markdown(event.into_static(), place));
    }

    fn text(&mut self, text: &CowStr<'_>, range: &Range<usize>) {
        if let Some((heading, _)) = &mut self.heading {
            heading.text.push_str(&without_joiners(text));
        }
        if range.start > 0 && text.starts_with(['{', '}']) && self.source.as_bytes()[range.start - 1] == b'\\' {
            self.run.literal.push(self.run.text.len());
        }
        self.run.chunks.push((self.run.text.len(), range.start));
        self.run.text.push_str(text);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                let title =
                    level == HeadingLevel::H1 && self.document.title.is_none() && self.document.headings.is_empty();
                if id.is_empty() {
                    self.report(&catalogue::HEADING_ID, range.clone());
                }
                let place = self.place(range.clone());
                let heading = Heading {
                    level: level as u8,
                    id: id.clone(),
                    text: String::new(),
                    range: place,
                    at: self.document.pieces.len(),
                };
                self.heading = Some((heading, title));
                let id = (!id.is_empty()).then(|| CowStr::from(id));
                self.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }), range);
            }
            Tag::Image { dest_url, .. } => {
                let place = self.place(range.clone());
                if dest_url.starts_with("chart:") || dest_url.starts_with("form:") {
                    self.embed = Some((dest_url.to_string(), place));
                } else {
                    self.embed = Some((String::new(), place));
                    let link = dest_url.to_string();
                    let finding = self.report(&catalogue::BROKEN_LINK, range);
                    finding.arguments.push(("link", link));
                    finding.arguments.push(("help", "图片只能是 `chart:…` 或 `form:…`".to_owned()));
                    finding.arguments.push(("help-en", "an image is `chart:…` or `form:…`".to_owned()));
                }
            }
            Tag::Link { dest_url, title, link_type, id } => match self.target(&dest_url, range.clone()) {
                Some(target) => {
                    let place = self.place(range);
                    self.document.pieces.push(Piece::Link(target, place));
                }
                None => self.push(Event::Start(Tag::Link { link_type, dest_url, title, id }), range),
            },
            Tag::HtmlBlock => {}
            Tag::Paragraph => {
                self.paragraph = Some(self.document.pieces.len());
                self.push(Event::Start(Tag::Paragraph), range);
            }
            tag => {
                if matches!(tag, Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) {
                    self.depth += 1;
                    if self.depth == DEPTH_LIMIT * 2 {
                        let finding = self.report(&catalogue::MARKDOWN_TOO_DEEP, range.clone());
                        finding.arguments.push(("limit", DEPTH_LIMIT.to_string()));
                    }
                }
                self.push(Event::Start(tag), range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.push(Event::End(tag), range);
                if let Some((heading, title)) = self.heading.take() {
                    if title {
                        self.document.title = Some(heading.text.trim().to_owned());
                        self.document.pieces.truncate(heading.at);
                    } else {
                        self.document.headings.push(heading);
                    }
                }
            }
            TagEnd::HtmlBlock => {}
            TagEnd::Paragraph => {
                // A paragraph that is nothing but an embed is no paragraph: a figure cannot stand in one.
                let start = self.paragraph.take();
                if let Some(start) = start
                    && self.document.pieces[start + 1..]
                        .iter()
                        .all(|piece| matches!(piece, Piece::Chart(..) | Piece::Form(..)))
                    && self.document.pieces.len() > start + 1
                {
                    self.document.pieces.remove(start);
                    return;
                }
                self.push(Event::End(tag), range);
            }
            tag => {
                if matches!(tag, TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_)) {
                    self.depth -= 1;
                }
                self.push(Event::End(tag), range);
            }
        }
    }

    fn end_embed(&mut self) {
        let Some((name, place)) = self.embed.take() else { return };
        if let Some(id) = name.strip_prefix("chart:") {
            self.document.pieces.push(Piece::Chart(id.to_owned(), place));
        } else if let Some(id) = name.strip_prefix("form:") {
            self.document.pieces.push(Piece::Form(id.to_owned(), place));
        }
    }

    /// The target of a link inside the report; `None` for a safe link to elsewhere.
    fn target(&mut self, link: &str, range: Range<usize>) -> Option<Target> {
        if let Some((scheme, rest)) = link.split_once(':') {
            match scheme.to_ascii_lowercase().as_str() {
                "form" => return Some(Target::Form(rest.to_owned())),
                "term" => return Some(Target::Term(rest.to_owned())),
                "part" => {
                    let (part, anchor) = match rest.split_once('#') {
                        Some((part, anchor)) => (part, Some(anchor.to_owned())),
                        None => (rest, None),
                    };
                    return Some(Target::Part(part.to_owned(), anchor));
                }
                "http" | "https" | "mailto" => return None,
                _ => {
                    let link = link.to_owned();
                    self.report(&catalogue::UNSAFE_LINK, range).arguments.push(("link", link));
                    return None;
                }
            }
        }
        let link = link.to_owned();
        let finding = self.report(&catalogue::BROKEN_LINK, range);
        finding.arguments.push(("link", link));
        finding.arguments.push(("help", "本报告内的链接写作 form:表、part:部分#标题 或 term:名词".to_owned()));
        finding.arguments.push(("help-en", "inside the report write form:ID, part:SLUG#HEADING or term:ID".to_owned()));
        None
    }

    /// Ends the run of text: figures are taken out of it, line breaks between Chinese characters disappear.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.text.is_empty() {
            return;
        }
        let mut at = 0;
        let mut after_figure = self.document.pieces.last().is_some_and(|piece| matches!(piece, Piece::Figure(..)));
        while at < run.text.len() {
            let opening = run.text[at..].match_indices('{').map(|(i, _)| at + i).find(|i| !run.literal.contains(i));
            let end = opening.unwrap_or(run.text.len());
            if end > at {
                self.plain(&run, at..end, after_figure, opening.is_some());
            }
            let Some(opening) = opening else { break };
            let closing = run.text[opening..].find('}').map(|i| opening + i);
            let close = closing.unwrap_or(run.text.len());
            let range = run.source_offset(opening)..run.source_offset(close.min(run.text.len() - 1)) + 1;
            let inner = &run.text[opening + 1..close];
            let read = if closing.is_some() { figure::read(inner) } else { Err(unclosed()) };
            match read {
                Ok(derivation) => {
                    let place = self.place(range);
                    self.document.pieces.push(Piece::Figure(Box::new(derivation), place));
                }
                Err(mistake) => {
                    let text = run.text[opening..(close + 1).min(run.text.len())].to_owned();
                    let finding = self.report(&catalogue::FIGURE_SYNTAX, range);
                    finding.arguments.extend([
                        ("text", text),
                        ("detail", mistake.detail),
                        ("detail-en", mistake.detail_en),
                        ("help", mistake.help),
                        ("help-en", mistake.help_en),
                    ]);
                }
            }
            after_figure = true;
            at = close + 1;
        }
    }

    /// Text without figures. `after` and `before`: whether a figure stands at its start, at its end.
    fn plain(&mut self, run: &Run, range: Range<usize>, after: bool, before: bool) {
        let text = without_joiners(&run.text[range.clone()]).into_owned();
        let mut out = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        let mut last = None;
        while let Some(c) = characters.next() {
            if c == '\n' {
                let next = characters.peek().copied();
                // A figure ends in its unit, and begins with digits or a word: it is wide at its end only.
                let left = if last.is_none() && after { Some('元') } else { last };
                let space = match next {
                    None if before => !left.is_some_and(super::cjk::is_wide_mark),
                    next => break_is_space(left, next),
                };
                if space {
                    out.push('\n');
                }
            } else {
                out.push(c);
            }
            last = Some(c);
        }
        if out.is_empty() {
            return;
        }
        let place = self.place(run.source_offset(range.start)..run.source_offset(range.end - 1) + 1);
        self.document.pieces.push(Piece::Markdown(Event::Text(out.into()), place));
    }
}

fn unclosed() -> figure::Mistake {
    figure::Mistake {
        detail: "缺少右花括号".to_owned(),
        detail_en: "the closing brace is missing".to_owned(),
        help: "补上 `}`；要显示花括号本身，写 `\\{`".to_owned(),
        help_en: "add `}`; a literal brace is written `\\{`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_clean(source: &str) -> Document {
        let mut findings = Vec::new();
        let document = read_fragment("a.md", source, 0, &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        document
    }

    fn codes(source: &str) -> Vec<&'static str> {
        let mut findings = Vec::new();
        read_fragment("a.md", source, 0, &mut findings);
        findings.iter().map(|finding| finding.entry.code).collect()
    }

    fn text(document: &Document) -> String {
        document
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Markdown(Event::Text(text), _) => text.to_string(),
                Piece::Figure(..) => "#".to_owned(),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn figures_are_found_in_text_only() {
        let document = read_clean("合计 {a/b/c} 元，`{code}`，\\{字面}\n");
        let figures: Vec<_> = document.pieces.iter().filter(|piece| matches!(piece, Piece::Figure(..))).collect();
        assert_eq!(figures.len(), 1);
        assert_eq!(text(&document), "合计 # 元，，{字面}");
    }

    #[test]
    fn a_line_break_between_chinese_characters_is_no_space() {
        assert_eq!(text(&read_clean("收入\n支出\nand more")), "收入支出\nand more");
        assert_eq!(text(&read_clean("总计\n{a/b}\n，其中，\n{a/b}")), "总计\n#，其中，#");
    }

    #[test]
    fn places_lead_to_the_source() {
        let source = "# 标题 {#top}\n\n按**“三公”经费**支出 {a b c}\n";
        let mut findings = Vec::new();
        read("a.md", source, &mut findings);
        let Place::Text(_, range) = &findings[0].place else { panic!() };
        assert_eq!(&source[range.clone()], "{a b c}");
    }

    #[test]
    fn what_is_unsafe_is_refused() {
        assert_eq!(codes("a <b>c</b>"), ["markdown/raw-html", "markdown/raw-html"]);
        assert_eq!(codes("<script>alert(1)</script>\n"), ["markdown/raw-html"]);
        assert_eq!(codes("[x](javascript:alert(1)) [y](JAVASCRIPT:x) [z](data:text/html,x)").len(), 3);
        assert_eq!(codes("[x](../secret.html)"), ["markdown/broken-link"]);
        assert_eq!(codes("<!-- a note to the editor -->\n\ntext"), Vec::<&str>::new());
        assert_eq!(codes(&"> ".repeat(100)), ["markdown/too-deep"]);
    }

    #[test]
    fn an_embed_stands_alone() {
        let document = read_clean("![图](chart:totals)\n");
        assert!(matches!(document.pieces.as_slice(), [Piece::Chart(id, _)] if id == "totals"));
    }
}
