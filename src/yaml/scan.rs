//! A one-pass look at a YAML text that never builds anything: how deep it nests, and which brackets are open.
//!
//! A parser takes seconds to refuse 100,000 nested brackets, so depth is counted before any parser sees the text.
//! The scan knows quotes, comments, plain text over several lines and block scalars well enough for that; where
//! it is wrong about a file that is broken anyway, the parsers behind it have limits of their own.

/// What the scan saw.
pub(super) struct Scan {
    /// Where the limit was passed.
    pub(super) too_deep: Option<usize>,
    /// The brackets that are open where the scan stopped, outermost first.
    pub(super) open: Vec<usize>,
    /// Where the last quoted text begins.
    pub(super) quote: Option<usize>,
}

/// Scans `text` up to the byte `until`.
pub(super) fn scan(text: &str, until: usize, limit: usize) -> Scan {
    let end = until.min(text.len());
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        end,
        limit,
        levels: Vec::new(),
        open: Vec::new(),
        quote: None,
        too_deep: None,
    };
    scanner.run();
    Scan { too_deep: scanner.too_deep, open: scanner.open, quote: scanner.quote }
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    end: usize,
    limit: usize,
    /// The columns of the block collections around.
    levels: Vec<usize>,
    open: Vec<usize>,
    quote: Option<usize>,
    too_deep: Option<usize>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        // Text without quotes may go on in the next line, when that is indented at least this much.
        let mut plain = None;
        while self.going() {
            let start = self.at;
            self.skip(|byte| byte == b' ');
            let indent = self.at - start;
            match self.peek() {
                None => break,
                Some(b'\n' | b'\r' | b'\t' | b'#') => self.skip_line(),
                Some(_) if plain.is_some_and(|least| indent >= least) => {
                    if self.plain(false) {
                        plain = None;
                        self.value();
                    }
                    self.skip_line();
                }
                Some(_) => {
                    let marks = &self.bytes[self.at..];
                    if indent == 0 && (marks.starts_with(b"---") || marks.starts_with(b"...")) {
                        self.levels.clear();
                        self.at += 3;
                        self.blanks();
                    }
                    plain = self.block(start);
                    self.skip_line();
                }
            }
        }
    }

    /// A line's tokens: dashes, a key, a value. Gives the indent with which open text would go on.
    fn block(&mut self, line: usize) -> Option<usize> {
        loop {
            let column = self.at - line;
            match (self.peek()?, self.bytes.get(self.at + 1)) {
                (b'-' | b'?' | b':', None | Some(b' ' | b'\t' | b'\r' | b'\n')) => {
                    self.level(column);
                    self.at += 1;
                    self.blanks();
                }
                (b'#' | b'\n' | b'\r', _) => return None,
                _ => {
                    let least = self.least_indent(column);
                    return match self.node(least) {
                        After::Key => {
                            self.level(column);
                            let least = self.levels.last().map_or(0, |&level| level + 1);
                            self.value_with(least)
                        }
                        After::Text => Some(least),
                        After::Nothing => None,
                    };
                }
            }
            if !self.going() {
                return None;
            }
        }
    }

    /// The least indent of what belongs to a node at `column`: more than that of the collection around it.
    fn least_indent(&self, column: usize) -> usize {
        self.levels.iter().rev().find(|&&level| level < column).map_or(0, |&level| level + 1)
    }

    fn value(&mut self) {
        let least = self.levels.last().map_or(0, |&level| level + 1);
        self.value_with(least);
    }

    /// The value behind `key:`.
    fn value_with(&mut self, least: usize) -> Option<usize> {
        self.blanks();
        match self.node(least) {
            After::Text => Some(least),
            After::Key | After::Nothing => None,
        }
    }

    /// One node of a line.
    fn node(&mut self, least: usize) -> After {
        loop {
            let Some(byte) = self.peek() else { return After::Nothing };
            match byte {
                b'&' | b'!' | b'*' => {
                    self.skip(|byte| !byte.is_ascii_whitespace());
                    self.blanks();
                    if byte == b'*' {
                        return self.after();
                    }
                }
                b'"' | b'\'' => {
                    self.quoted(byte);
                    return self.after();
                }
                b'[' | b'{' => {
                    self.flow();
                    return self.after();
                }
                b'|' | b'>' => {
                    self.skip_line();
                    self.block_scalar(least);
                    return After::Nothing;
                }
                b'#' | b'\n' | b'\r' => return After::Nothing,
                _ => return if self.plain(false) { After::Key } else { After::Text },
            }
        }
    }

    fn after(&mut self) -> After {
        self.blanks();
        if self.peek() == Some(b':') {
            self.at += 1;
            return After::Key;
        }
        After::Nothing
    }

    /// Text without quotes to its end; whether it is a key.
    fn plain(&mut self, flow: bool) -> bool {
        let mut before = b'x';
        while let Some(byte) = self.peek() {
            let next = self.bytes.get(self.at + 1);
            match byte {
                b'\n' | b'\r' => return false,
                b':' if next.is_none_or(|next| next.is_ascii_whitespace() || (flow && b",[]{}".contains(next))) => {
                    self.at += 1;
                    return true;
                }
                b'#' if matches!(before, b' ' | b'\t') => {
                    self.skip(|byte| byte != b'\n');
                    return false;
                }
                b',' | b'[' | b']' | b'{' | b'}' if flow => return false,
                _ => self.at += 1,
            }
            before = byte;
        }
        false
    }

    /// A quoted text to its end, over lines.
    fn quoted(&mut self, quote: u8) {
        self.quote = Some(self.at);
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' if quote == b'"' => self.at += 1,
                _ if byte == quote => {
                    if quote == b'\'' && self.peek() == Some(b'\'') {
                        self.at += 1;
                    } else {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// A bracket and all in it, over lines.
    fn flow(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'[' | b'{' => {
                    self.open.push(self.at);
                    self.check_depth();
                    self.at += 1;
                }
                b']' | b'}' => {
                    self.open.pop();
                    self.at += 1;
                }
                b'"' | b'\'' => self.quoted(byte),
                b'#' => self.skip(|byte| byte != b'\n'),
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                _ => {
                    self.plain(true);
                }
            }
            if self.open.is_empty() || !self.going() {
                return;
            }
        }
    }

    /// The lines of a block scalar: all that are indented enough, or blank. Ends on the last line's break.
    fn block_scalar(&mut self, least: usize) {
        while self.going() {
            let start = self.at;
            self.skip(|byte| byte == b' ');
            let blank = matches!(self.peek(), None | Some(b'\n' | b'\r'));
            if !blank && self.at - start < least {
                self.at = start - 1;
                return;
            }
            self.skip_line();
        }
    }

    /// A block collection at `column`.
    fn level(&mut self, column: usize) {
        while self.levels.last().is_some_and(|&level| level > column) {
            self.levels.pop();
        }
        if self.levels.last() != Some(&column) {
            self.levels.push(column);
            self.check_depth();
        }
    }

    fn check_depth(&mut self) {
        if self.levels.len() + self.open.len() > self.limit && self.too_deep.is_none() {
            self.too_deep = Some(self.at.min(self.bytes.len()));
        }
    }

    fn going(&self) -> bool {
        self.at < self.end && self.too_deep.is_none()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied().filter(|_| self.at < self.end)
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t'));
    }

    fn skip_line(&mut self) {
        self.skip(|byte| byte != b'\n');
        if self.peek().is_some() {
            self.at += 1;
        }
    }
}

/// What ends a node of a line.
enum After {
    /// A colon: the node was a key.
    Key,
    /// Nothing yet: text that may go on in the next line.
    Text,
    /// Its own end.
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::scan;

    fn depth(text: &str) -> Option<usize> {
        (0..20).find(|&limit| scan(text, text.len(), limit).too_deep.is_none())
    }

    #[test]
    fn counts_collections_only() {
        for (text, expected) in [
            ("a: 1\nb: 2\n", 1),
            ("a:\n  b:\n    c: [1, {d: 2}]\n  e: 1\n", 5),
            ("- - - a\n  - b\n", 3),
            ("a:\n- b: c\n- d\n", 2),
            ("a: '[[[' # [[[\nb: \"{{\\\"{{\"\nc: it's [[\nd: x #[[\n", 1),
            ("a: |\n  [[[\n    - - -\nb: >-\n\n  {{\n  - |\nc:\n  - |\n    [[\n  - d\n", 2),
            ("a: text\n  [[[ goes on\n  - - -\nb: 1\n", 1),
            ("a: [\n  1, # [[[\n  '[', x[ ]\nb: 1\n", 3),
            ("--- |\n [[[\n  - - -\n", 0),
            ("&a k: &b [*c , !t {}]\n", 3),
            ("\"a\": [{\"b\":[1]}]\n", 4),
        ] {
            assert_eq!(depth(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn knows_what_is_open() {
        let text = "a: [1]\nb: {c: ['x]', [2\nd: 1\n";
        assert_eq!(scan(text, text.len(), 99).open, [10, 14, 21]);
        assert_eq!(scan(text, 16, 99).open, [10, 14]);
        assert_eq!(scan(text, text.len(), 99).quote, Some(15));
    }
}
