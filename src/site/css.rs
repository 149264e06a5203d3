//! A stylesheet as it is served: without the comments and the white space that its author reads.

/// Leaves out comments, and white space where it has no meaning. Quoted strings stay as they are.
pub(crate) fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Inside brackets `+` and `-` have spaces around them that count.
    let mut brackets = 0_usize;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if c == '"' || c == '\'' {
            let end = string_end(rest, c);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if c.is_whitespace() {
            rest = rest.trim_start();
            // Behind these signs and before those, a space separates nothing.
            let joins =
                if brackets == 0 { &['{', '}', ';', ',', '>', '+', '~'][..] } else { &['{', '}', ';', ',', '>'] };
            let behind = out.ends_with(joins) || out.ends_with(':') || out.is_empty();
            let before = rest.is_empty() || rest.starts_with(joins);
            if !behind && !before && !rest.starts_with("/*") {
                out.push(' ');
            }
        } else {
            brackets = if c == '(' { brackets + 1 } else { brackets.saturating_sub(usize::from(c == ')')) };
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Where the string ends that `text` begins with; `\` takes the sign after it along.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_stays() {
        let css = "/* a */\n:root { --row: 2em; /* b */ }\n\n.a > .b + i,\n.c :hover { margin: calc(1em + 2px) 0; }\n";
        assert_eq!(squeeze(css), ":root{--row:2em;}.a>.b+i,.c :hover{margin:calc(1em + 2px) 0;}");
    }

    #[test]
    fn strings_are_left_alone() {
        let css = r#"a::after { content: " / * { \" ; " } b { content: '/* no comment */' }"#;
        assert_eq!(squeeze(css), r#"a::after{content:" / * { \" ; "}b{content:'/* no comment */'}"#);
    }

    #[test]
    fn a_comment_between_two_words_leaves_the_space_after_it() {
        assert_eq!(squeeze("a{border:1px /* thin */ solid}"), "a{border:1px solid}");
        assert_eq!(squeeze("/* never closed"), "");
    }
}
