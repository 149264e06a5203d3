//! What a browser may load for a page (Content-Security-Policy): its style sheet and scripts from the site itself, those
//! inside the page by their digest, nothing from anywhere else.
//!
//! It is made from the finished page, so that a site's own theme is held to it, too. `file:` stands beside `'self'`
//! because a page that is opened from a disk has no origin of its own in some browsers; a page from a server cannot
//! load from there. `frame-ancestors` counts only in a header: docs/hosting.md.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::tags::{Piece, pieces};

/// What the site itself is called in a policy.
const OWN: &str = "'self' file:";

/// The page with its policy at the top of its head.
pub(crate) fn sealed(html: &str) -> String {
    const CHARSET: &str = "<meta charset=\"utf-8\">\n";
    let Some(at) = head(html) else { return html.to_owned() };
    // The encoding is said first.
    let at = if html[at..].starts_with(CHARSET) { at + CHARSET.len() } else { at };
    let policy = of(html);
    format!("{}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n{}", &html[..at], &html[at..])
}

/// Where the head of a page begins: behind its start tag, whatever attributes a theme gives it, and the line break.
fn head(html: &str) -> Option<usize> {
    let tag = html.find("<head>").or_else(|| html.find("<head "))?;
    let at = tag + html[tag..].find('>')? + 1;
    Some(if html[at..].starts_with('\n') { at + 1 } else { at })
}

/// The policy of a page.
fn of(html: &str) -> String {
    let mut styles: Vec<String> = Vec::new();
    let mut scripts: Vec<String> = Vec::new();
    let (mut own_styles, mut own_scripts, mut own_forms) = (false, false, false);
    // A page has hundreds of tags, and few of them load anything.
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if !["<link", "<form", "<script", "<style"].iter().any(|tag| rest.starts_with(tag)) {
            rest = &rest[1..];
            continue;
        }
        let mut walk = pieces(rest);
        let Some(Piece::Start(tag)) = walk.next() else { break };
        rest = &rest[tag.whole.len()..];
        match tag.name {
            "link" => own_styles |= tag.attribute("rel") == Some("stylesheet"),
            "form" => own_forms = true,
            "script" if tag.attribute("src").is_some() => own_scripts = true,
            // Data is not run.
            "script" if tag.attribute("type").is_some_and(|kind| kind.ends_with("json")) => {}
            "style" | "script" => {
                if let Some(Piece::Text(text)) = walk.next() {
                    rest = &rest[text.len()..];
                    let hash = format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())));
                    if tag.name == "style" { styles.push(hash) } else { scripts.push(hash) }
                }
            }
            _ => {}
        }
    }
    let mut policy = "default-src 'none'; base-uri 'none'".to_owned();
    let mut allow = |directive: &str, own: bool, hashes: &[String]| {
        if own || !hashes.is_empty() {
            let sources: Vec<&str> = own.then_some(OWN).into_iter().chain(hashes.iter().map(String::as_str)).collect();
            let _ = write!(policy, "; {directive} {}", sources.join(" "));
        }
    };
    allow("style-src", own_styles, &styles);
    allow("script-src", own_scripts, &scripts);
    // A script of the site reads the site's own files, and so do tools that audit a page, as robots.txt.
    allow("connect-src", own_scripts || own_styles, &[]);
    let _ = write!(policy, "; img-src {OWN} data:; form-action {}", if own_forms { OWN } else { "'none'" });
    policy
}

/// Base64, with padding.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * place)) as usize & 63];
            text.push(if place > three.len() { '=' } else { char::from(sign) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_page_may_load_what_it_has_and_nothing_else() {
        let page = "<html>\n<head>\n<meta charset=\"utf-8\">\n<style>a { }</style>\n</head><body></body></html>";
        let sealed = sealed(page);
        assert!(sealed.starts_with(
            "<html>\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""
        ));
        assert_eq!(
            of(page),
            format!(
                "default-src 'none'; base-uri 'none'; style-src 'sha256-{}'; img-src 'self' file: data:; form-action 'none'",
                base64(&Sha256::digest(b"a { }"))
            )
        );
        // A theme may say more of its head.
        for head in ["<head prefix=\"og: https://ogp.me/ns#\">", "<head><!-- of a theme -->"] {
            let page = super::sealed(&page.replace("<head>", head));
            assert!(page.contains("<meta http-equiv=\"Content-Security-Policy\""), "{head}");
        }
        // What a script says of styles is no style.
        assert!(!of("<script>document.write(\"<style>a { }</style>\")</script>").contains("style-src"));
        let search = "<link rel=\"stylesheet\" href=\"a.css\"><script src=\"a.js\"></script><script type=\"application/ld+json\">{}</script><form>";
        assert_eq!(
            of(search),
            "default-src 'none'; base-uri 'none'; style-src 'self' file:; script-src 'self' file:; connect-src 'self' file:; \
             img-src 'self' file: data:; form-action 'self' file:"
        );
    }
}
