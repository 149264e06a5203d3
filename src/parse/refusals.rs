//! What Markdown may not hold, and the words for it: control characters, HTML, figures in headings, headings and
//! embeds out of place.

use crate::diagnostics::{Finding, Place, catalogue};

use super::figure;

pub(super) fn unclosed() -> figure::Mistake {
    figure::Mistake {
        detail: "缺少右花括号".to_owned(),
        detail_en: "the closing brace is missing".to_owned(),
        help: "补上 `}`；要显示花括号本身，写 `\\{`".to_owned(),
        help_en: "add `}`; a literal brace is written `\\{`".to_owned(),
    }
}

/// A text in braces inside a heading, which is a name: in lists of contents, in links, in the title of a page.
pub(super) fn in_heading(inner: &str) -> figure::Mistake {
    let (detail, detail_en, help, help_en) = if inner.starts_with('#') {
        (
            "标题的标识要写在标题末尾",
            "a heading's id stands at its end",
            "移到标题末尾，如 `## 收入 {#revenue}`",
            "move it to the end of the heading, as `## Revenue {#revenue}`",
        )
    } else {
        (
            "标题里不能有数字引用",
            "a heading holds no figures",
            "把数字写进标题下面的正文；要显示花括号本身，写 `\\{`",
            "put the figure into the text below the heading; a literal brace is written `\\{`",
        )
    };
    figure::Mistake {
        detail: detail.to_owned(),
        detail_en: detail_en.to_owned(),
        help: help.to_owned(),
        help_en: help_en.to_owned(),
    }
}

/// Why something cannot stand where it does, and what to do: in Chinese and in English.
#[derive(Clone, Copy)]
pub(super) struct Why {
    detail: (&'static str, &'static str),
    help: (&'static str, &'static str),
}

impl Why {
    pub(super) fn told(self, finding: Finding) -> Finding {
        finding
            .with("detail", self.detail.0)
            .with("detail-en", self.detail.1)
            .with("help", self.help.0)
            .with("help-en", self.help.1)
    }
}

pub(super) const IN_CELL: Why = Why {
    detail: ("表格的文字栏里不能有标题", "a text cell of a table holds no headings"),
    help: ("改为 **加粗** 的一段", "make it a paragraph in **bold**"),
};
pub(super) const SECOND_TITLE: Why = Why {
    detail: ("一级标题只能是文件的第一个标题", "a heading of level 1 is the title, the first heading of the file"),
    help: ("改为 `##` 或更低一级", "write `##` or a lower level"),
};
pub(super) const AMONG_TEXT: Why = Why {
    detail: ("没有独占一段", "it does not stand in a paragraph of its own"),
    help: ("让它独占一行，前后各空一行", "give it a line of its own, with a blank line before and after it"),
};
pub(super) const EMBED_IN_CELL: Why = Why {
    detail: ("表格的文字栏里放不下图表", "a text cell of a table holds no chart or form"),
    help: ("移到正文里，或改为链接 `[…](form:…)`", "move it to the narrative, or link to it: `[…](form:…)`"),
};

pub(super) const NO_HTML: (&str, &str) =
    ("改用 Markdown 写法；要显示尖括号，写 `\\<`", "use Markdown; to show an angle bracket, write `\\<`");
pub(super) const COMMENT_ALONE: (&str, &str) = (
    "注释后面的文字不会显示：让注释独占一段，前后各空一行",
    "the text behind the comment would not be shown: give the comment lines of its own, a blank one before and after it",
);
pub(super) const COMMENT_OPEN: (&str, &str) = ("注释没有结束：补上 `-->`", "the comment has no end: add `-->`");

/// What stands behind a comment; nothing, where the text does not begin with a whole one.
pub(super) fn behind_comment(html: &str) -> Option<&str> {
    let inner = html.strip_prefix("<!--")?;
    // `<!-->` and `<!--->` are comments, too.
    if let Some(rest) = inner.strip_prefix('>').or_else(|| inner.strip_prefix("->")) {
        return Some(rest);
    }
    inner.split_once("-->").map(|(_, rest)| rest)
}

/// Characters that no page may hold: they come from damaged files, are not seen, and make HTML invalid.
pub(super) fn refuse_controls(file: &str, source: &str, findings: &mut Vec<Finding>) {
    let mut last = None;
    for (at, c) in source.char_indices().filter(|(_, c)| is_control(*c)) {
        // A run of them is one mistake.
        if last != Some(at) {
            let place = Place::Text(file.to_owned(), at..at + c.len_utf8());
            findings.push(Finding::new(&catalogue::CONTROL_CHARACTER, place).with("character", code_point(c)));
        }
        last = Some(at + c.len_utf8());
    }
}

pub(super) fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c as u32 & 0xffff, 0xfffe | 0xffff)
}

pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", c as u32)
}
