//! Escaping, for the HTML that Rust writes itself.

use std::fmt::{self, Display, Formatter, Write as _};

/// Text as the content of an element or the value of a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let _ = write!(escaped, "{}", Escaped(text));
    escaped
}

/// The same, written where it is needed: hardly any text has a character to escape, and it is copied once.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'<' | b'>' | b'"')) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_would_be_markup_is_text() {
        assert_eq!(escape("收入 & <支出> \"合计\""), "收入 &amp; &lt;支出&gt; &quot;合计&quot;");
        assert_eq!(escape("&&"), "&amp;&amp;");
        assert_eq!(escape(""), "");
    }
}
