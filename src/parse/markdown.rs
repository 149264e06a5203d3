//! Narrative in Markdown: figures and embeds are found on the syntax tree, what is unsafe is refused.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diagnostics::{Finding, Place, catalogue};
use crate::model::{Derivation, Piece, Target};

use super::cjk::{JOINER, Prepared, break_is_space, without_joiners};
use super::figure;
use super::refusals::{
    AMONG_TEXT, COMMENT_ALONE, COMMENT_OPEN, EMBED_IN_CELL, IN_CELL, NO_HTML, SECOND_TITLE, Why, behind_comment,
    code_point, in_heading, is_control, refuse_controls, unclosed,
};
use super::rows;

/// Lists and quotations deeper than this are refused: no report needs them, and they could exhaust a reader.
const DEPTH_LIMIT: usize = 16;

/// A Markdown file, read but not yet bound.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// The text of the first heading, if it is of level 1.
    pub(crate) title: Option<String>,
    /// Where that heading stands.
    pub(crate) title_at: Range<usize>,
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
    let document = read_text(file, source, false, findings);
    if document.title.is_none() {
        findings.push(Finding::new(&catalogue::TITLE_MISSING, Place::Text(file.to_owned(), 0..0)));
    }
    document
}

/// Reads the Markdown of a table's text cell: paragraphs and lists, without headings, charts and forms.
pub(crate) fn read_cell(file: &str, source: &str, findings: &mut Vec<Finding>) -> Document {
    read_text(file, source, true, findings)
}

fn read_text(file: &str, source: &str, cell: bool, findings: &mut Vec<Finding>) -> Document {
    refuse_controls(file, source, findings);
    let prepared = Prepared::new(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let events = Parser::new_ext(&prepared.text, options).into_offset_iter();
    let mut reader = Reader {
        file,
        source: &prepared.text,
        prepared: &prepared,
        cell,
        findings,
        document: Document::default(),
        run: Run::default(),
        heading: None,
        embed: None,
        paragraph: None,
        code: false,
        columns: 0,
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
    /// Whether it is a text cell of a table.
    cell: bool,
    findings: &'f mut Vec<Finding>,
    document: Document,
    run: Run,
    /// The heading that is being read, and whether it is the title.
    heading: Option<(Heading, bool)>,
    /// The embed that is being read: its alternative text is passed over.
    embed: Option<(String, Range<usize>)>,
    /// Where the paragraph that is being read began.
    paragraph: Option<usize>,
    /// Whether a block of code is being read: nothing in it means anything.
    code: bool,
    /// How many columns the table has that is being read.
    columns: usize,
    depth: usize,
}

/// Text that belongs together, with the places of its characters.
#[derive(Default)]
struct Run {
    text: String,
    /// Offsets in `text` and in the prepared source at which a chunk begins.
    chunks: Vec<(usize, usize)>,
    /// Offsets in `text` of braces that were escaped, in order.
    literal: Vec<usize>,
}

impl Run {
    /// A range of the text in pieces that the source has in the same order without anything between.
    fn pieces(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let starts =
            self.chunks.iter().map(|(start, _)| *start).filter(|start| range.contains(start) && *start > range.start);
        let mut ends: Vec<usize> = starts.chain([range.end]).collect();
        ends.dedup();
        let mut from = range.start;
        for end in ends {
            pieces.push(from..end);
            from = end;
        }
        pieces
    }

    fn source_offset(&self, at: usize) -> usize {
        let chunk = self.chunks.partition_point(|(start, _)| *start <= at);
        let (start, source) = chunk.checked_sub(1).map_or((0, 0), |index| self.chunks[index]);
        source + (at - start)
    }
}

impl Reader<'_, '_> {
    fn place(&self, range: Range<usize>) -> Range<usize> {
        self.prepared.original(range.start)..self.prepared.original(range.end)
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
            Event::Text(text) if self.code => {
                let text = without_joiners(&text).into_owned();
                self.push(Event::Text(text.into()), range);
            }
            Event::Text(text) => self.text(&text, &range),
            Event::SoftBreak => {
                self.run.chunks.push((self.run.text.len(), range.start));
                self.run.text.push('\n');
            }
            Event::InlineHtml(_) => self.html(range),
            Event::Html(_) => {} // A line of a block, which was looked at as a whole.
            Event::Code(code) => {
                let code = without_joiners(&code).into_owned();
                if let Some((heading, _)) = &mut self.heading {
                    heading.text.push_str(&code);
                }
                self.flush();
                self.push(Event::Code(code.into()), range);
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
        // `&#7;` is no control character in the file, and one in the text.
        if self.source[range.clone()].starts_with('&')
            && let Some(control) = text.chars().find(|c| is_control(*c))
        {
            self.report(&catalogue::CONTROL_CHARACTER, range.clone())
                .arguments
                .push(("character", code_point(control)));
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
                if self.cell {
                    self.misplaced_heading(IN_CELL, range.clone());
                } else if level == HeadingLevel::H1 && !title {
                    self.misplaced_heading(SECOND_TITLE, range.clone());
                } else if id.is_empty() {
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
            Tag::HtmlBlock => self.html(range),
            Tag::CodeBlock(_) => {
                self.code = true;
                self.push(Event::Start(tag), range);
            }
            Tag::Table(columns) => {
                self.columns = columns.len();
                self.push(Event::Start(Tag::Table(columns)), range);
            }
            Tag::TableRow => {
                self.uneven(rows::uneven_row(&self.source[range.clone()], self.columns), range.start);
                self.push(Event::Start(Tag::TableRow), range);
            }
            Tag::Paragraph => {
                self.uneven(rows::uneven_head(&self.source[range.clone()]), range.start);
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
                        self.document.title_at = heading.range;
                        self.document.pieces.truncate(heading.at);
                    } else {
                        self.document.headings.push(heading);
                    }
                }
            }
            TagEnd::HtmlBlock => {}
            TagEnd::Paragraph => {
                // A paragraph that is nothing but an embed is no paragraph: a figure cannot stand in one.
                if let Some(start) = self.paragraph.take() {
                    let inside = &self.document.pieces[start + 1..];
                    if let [Piece::Chart(..) | Piece::Form(..)] = inside {
                        self.document.pieces.remove(start);
                        return;
                    }
                    let astray: Vec<_> = inside.iter().filter_map(embedded).collect();
                    for (name, place) in astray {
                        self.refuse_embed(name, place, AMONG_TEXT);
                    }
                }
                self.push(Event::End(tag), range);
            }
            TagEnd::CodeBlock => {
                self.code = false;
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
        let piece = if let Some(id) = name.strip_prefix("chart:") {
            Piece::Chart(id.to_owned(), place.clone())
        } else if let Some(id) = name.strip_prefix("form:") {
            Piece::Form(id.to_owned(), place.clone())
        } else {
            return; // Reported where it began.
        };
        if self.cell {
            self.refuse_embed(name, place, EMBED_IN_CELL);
            return;
        }
        if self.paragraph.is_none() {
            self.refuse_embed(name, place, AMONG_TEXT);
        }
        self.document.pieces.push(piece);
    }

    /// An embed that cannot stand where it does. `place` is one of the file, not of the prepared text.
    fn refuse_embed(&mut self, name: String, place: Range<usize>, why: Why) {
        let finding = Finding::new(&catalogue::EMBED, Place::Text(self.file.to_owned(), place)).with("embed", name);
        self.findings.push(why.told(finding));
    }

    fn misplaced_heading(&mut self, why: Why, range: Range<usize>) {
        let finding = Finding::new(&catalogue::HEADING_MISPLACED, Place::Text(self.file.to_owned(), self.place(range)));
        self.findings.push(why.told(finding));
    }

    /// A row of a table with too few or too many cells; `base` is where the text begins that it was found in.
    fn uneven(&mut self, uneven: Option<rows::Uneven>, base: usize) {
        let Some(uneven) = uneven else { return };
        let range = base + uneven.range.start..base + uneven.range.end;
        let place = Place::Text(self.file.to_owned(), self.place(range));
        self.findings.push(uneven.told(Finding::new(&catalogue::TABLE_CELLS, place)));
    }

    /// HTML is a comment and nothing else, or refused: what stands behind a comment would be lost without a word.
    fn html(&mut self, range: Range<usize>) {
        let html = self.source[range.clone()].trim_end();
        let end = range.start + html.len();
        let (start, help) = match behind_comment(html) {
            Some("") => return,
            Some(rest) => (end - rest.trim_start().len(), COMMENT_ALONE),
            None if html.starts_with("<!--") => (range.start, COMMENT_OPEN),
            None => (range.start, NO_HTML),
        };
        let finding = self.report(&catalogue::RAW_HTML, start..end);
        finding.arguments.extend([("help", help.0.to_owned()), ("help-en", help.1.to_owned())]);
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
            let opening =
                run.text[at..].match_indices('{').map(|(i, _)| at + i).find(|i| run.literal.binary_search(i).is_err());
            let end = opening.unwrap_or(run.text.len());
            if end > at {
                self.plain(&run, at..end, after_figure, opening.is_some());
            }
            let Some(opening) = opening else { break };
            let closing = run.text[opening..].find('}').map(|i| opening + i);
            let close = closing.unwrap_or(run.text.len());
            let range = run.source_offset(opening)..run.source_offset(close.min(run.text.len() - 1)) + 1;
            let inner = &run.text[opening + 1..close];
            let read = if self.heading.is_some() {
                Err(in_heading(inner))
            } else if closing.is_some() {
                figure::read(inner)
            } else {
                Err(unclosed())
            };
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

    /// Text without figures. `after` and `before`: whether a figure stands at its start, at its end. Each piece of it stands
    /// in the source as it is, in one line, so that every word of it can be found there.
    fn plain(&mut self, run: &Run, range: Range<usize>, after: bool, before: bool) {
        // A figure ends in its unit, and begins with digits or a word: it is wide at its end only.
        let mut last = after.then_some('元');
        for piece in run.pieces(range.clone()) {
            let mut out = without_joiners(&run.text[piece.clone()]).into_owned();
            if out == "\n" {
                let next = run.text[piece.end..range.end].chars().find(|c| *c != JOINER);
                let space = match next {
                    None if before => !last.is_some_and(super::cjk::is_wide_mark),
                    next => break_is_space(last, next),
                };
                if !space {
                    out.clear();
                }
                last = Some('\n');
            }
            let Some(end) = out.chars().next_back() else { continue };
            last = Some(end);
            let place = self.place(run.source_offset(piece.start)..run.source_offset(piece.end - 1) + 1);
            self.document.pieces.push(Piece::Markdown(Event::Text(out.into()), place));
        }
    }
}

/// A chart or a form as it is typed, and its place.
pub(crate) fn embedded(piece: &Piece<Derivation>) -> Option<(String, Range<usize>)> {
    match piece {
        Piece::Chart(id, range) => Some((format!("chart:{id}"), range.clone())),
        Piece::Form(id, range) => Some((format!("form:{id}"), range.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_clean(source: &str) -> Document {
        let mut findings = Vec::new();
        let document = read_text("a.md", source, false, &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        document
    }

    fn codes(source: &str) -> Vec<&'static str> {
        let mut findings = Vec::new();
        read_text("a.md", source, false, &mut findings);
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
    fn each_line_of_a_paragraph_has_its_own_place() {
        let source = "- 第一行没有数字，\n  第二行写 12.34 万元\\{。\n  and *more* &amp; more\n";
        let document = read_clean(source);
        assert_eq!(text(&document), "第一行没有数字，第二行写 12.34 万元{。\nand more & more");
        for piece in &document.pieces {
            if let Piece::Markdown(Event::Text(text), place) = piece
                && !text.starts_with('&')
            {
                assert_eq!(&source[place.clone()], &**text);
            }
        }
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

    #[test]
    fn an_embed_among_text_is_refused() {
        for source in [
            "见图 ![图](chart:a)\n",
            "![图](chart:a)\n![表](form:b)\n",
            "**![图](chart:a)**\n",
            "- ![图](chart:a)\n",
            "## ![图](chart:a) {#x}\n",
        ] {
            assert!(
                !codes(source).is_empty() && codes(source).iter().all(|code| *code == "markdown/embed"),
                "{source}"
            );
        }
        assert_eq!(codes("> ![图](chart:a)\n\n![表](form:b)\n"), Vec::<&str>::new());
    }

    #[test]
    fn a_comment_swallows_nothing() {
        let clean = "<!-- 说明\n跨两行 -->\n\n正文 <!-- 旁注 --> 正文\n\n> <!-- 引文里\n> 两行 -->\n> 正文\n";
        assert!(text(&read_clean(clean)).ends_with("正文"));
        let mixed = "正文\n\n<!-- 旁注 --> 本年支出 {a/b/c}\n";
        let mut findings = Vec::new();
        read_text("a.md", mixed, false, &mut findings);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        let Place::Text(_, range) = &finding.place else { panic!() };
        assert_eq!((finding.entry.code, &mixed[range.clone()]), ("markdown/raw-html", "本年支出 {a/b/c}"));
        assert_eq!(codes("<!-- 没有结束\n\n正文 {a/b/c}\n"), ["markdown/raw-html"]);
        assert_eq!(codes("<div>\n两行\n</div>\n"), ["markdown/raw-html"]);
    }

    #[test]
    fn headings_hold_no_figures() {
        assert_eq!(codes("# 支出 {a/b/c} {#top}\n"), ["figure/syntax"]);
        assert_eq!(codes("## 支出 **{a/b/c}** 与 {share a/b {#x}\n"), ["figure/syntax", "figure/syntax"]);
        assert_eq!(read_clean("## 集合 \\{a\\} {#x}\n").headings[0].text, "集合 {a}");
    }

    #[test]
    fn code_is_left_as_it_is() {
        let document =
            read_clean("```\n收入 {a/b/c}\n支出**“三公”**经费\n```\n\n    缩进 {x}\n    两行\n\n`按**“三公”**` 支出\n");
        assert_eq!(text(&document), "收入 {a/b/c}\n支出**“三公”**经费\n缩进 {x}\n两行\n 支出");
        let code =
            |piece: &Piece<_>| matches!(piece, Piece::Markdown(Event::Code(code), _) if &**code == "按**“三公”**");
        assert!(document.pieces.iter().any(code));
    }

    #[test]
    fn headings_have_their_places() {
        let mut findings = Vec::new();
        read_cell("a.yaml", "## 目标\n\n![图](chart:a)\n", &mut findings);
        let said: Vec<_> = findings.iter().map(|finding| finding.entry.code).collect();
        assert_eq!(said, ["markdown/heading-misplaced", "markdown/embed"]);
        assert_eq!(codes("# 标题 {#top}\n\n## 甲 {#a}\n\n# 乙 {#b}\n"), ["markdown/heading-misplaced"]);
    }

    #[test]
    fn control_characters_are_refused() {
        assert_eq!(codes("支出\u{7}\u{8}合计\u{85}\n"), ["markdown/control-character", "markdown/control-character"]);
        assert_eq!(codes("支出&#7;合计&amp;\n"), ["markdown/control-character"]);
        assert_eq!(codes("支出\t合计\n"), Vec::<&str>::new());
    }

    /// A walk over the list of escaped braces for each of them would take minutes here.
    #[test]
    fn many_escaped_braces_are_read_in_time() {
        let source = "\\{".repeat(60_000);
        assert_eq!(text(&read_clean(&source)).len(), 60_000);
    }
}
