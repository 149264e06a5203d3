//! What a browser may load for a page (Content-Security-Policy): its style sheet and scripts from the site itself, those
//! inside the page by their digest, nothing from anywhere else.
//!
//! It is made from the finished page, so that a site's own theme is held to it, too. `file:` stands beside `'self'`
//! because a page that is opened from a disk has no origin of its own in some browsers; a page from a server cannot
//! load from there. `frame-ancestors` counts only in a header: docs/hosting.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::super::markup::{Breach, Piece, Tag, breaches, breaches_of_css};

/// What the site itself is called in a policy.
const OWN: &str = "'self' file:";

/// The policy of a page, or why it has none.
#[derive(Debug)]
pub(crate) enum Seal {
    /// The policy, a line, and where in the page it stands: at the top of the head.
    Policy(usize, String),
    /// It has what no page may have.
    Breaches(Vec<Breach>),
    /// It has no head, or one that browsers would not take for it.
    NoHead,
}

/// The policy of a page.
pub(crate) fn seal(page: &[Piece<'_>]) -> Seal {
    let mut policy = Policy::default();
    let mut breached = Vec::new();
    let mut head = Head::Before;
    let mut at = 0;
    let mut walk = page.iter().peekable();
    while let Some(piece) = walk.next() {
        head.meets(piece, at);
        at += piece.text().len();
        let Piece::Start(tag) = piece else { continue };
        breached.extend(breaches(tag));
        let text = match walk.peek() {
            Some(Piece::Text(text)) if tag.name == "style" || tag.name == "script" => *text,
            _ => "",
        };
        if tag.name == "style" {
            breached.extend(breaches_of_css(text));
        }
        policy.allow(tag, text);
    }
    match head {
        _ if !breached.is_empty() => Seal::Breaches(breached),
        Head::At(at) | Head::Behind(at) => {
            let policy = policy.text();
            let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
            Seal::Policy(at, meta)
        }
        Head::Before | Head::None => Seal::NoHead,
    }
}

/// Where the head of a page begins.
enum Head {
    /// Not yet.
    Before,
    /// The policy may stand here, or, as the encoding is said first, behind a tag that says it.
    At(usize),
    /// The policy stands here.
    Behind(usize),
    /// Something else came first: browsers then begin the body, and take no policy from there.
    None,
}

impl Head {
    /// The next piece, and where it begins.
    fn meets(&mut self, piece: &Piece<'_>, at: usize) {
        match (&self, piece) {
            (Head::Before, Piece::Start(tag)) if tag.name == "head" => *self = Head::At(at + tag.whole.len()),
            (Head::Before, Piece::Start(tag)) if tag.name == "html" => {}
            (Head::Before, Piece::Aside(_)) => {}
            (Head::Before, Piece::Text(text)) if text.trim_ascii().trim_start_matches('\u{feff}').is_empty() => {}
            (Head::Before, _) => *self = Head::None,
            (Head::At(_), Piece::Text("\n")) => *self = Head::At(at + 1),
            (Head::At(_), Piece::Start(tag)) if tag.name == "meta" && tag.attribute("charset").is_some() => {
                *self = Head::Behind(at + tag.whole.len());
            }
            (Head::At(start), _) => *self = Head::Behind(*start),
            (Head::Behind(behind), Piece::Text(text)) if *behind == at && text.starts_with('\n') => {
                *self = Head::Behind(at + 1);
            }
            (Head::Behind(_) | Head::None, _) => {}
        }
    }
}

/// What a page may load.
#[derive(Default)]
struct Policy {
    /// The directives by which it loads files of the site.
    own: BTreeSet<&'static str>,
    /// The digests of the styles and scripts inside it, by directive.
    digests: BTreeMap<&'static str, Vec<String>>,
}

impl Policy {
    /// Allows what a tag needs; `text` is the style or the script in it.
    fn allow(&mut self, tag: &Tag<'_>, text: &str) {
        match &*tag.name {
            "link" => {
                let kinds =
                    [("stylesheet", "style-src"), ("modulepreload", "script-src"), ("manifest", "manifest-src")];
                self.own.extend(kinds.into_iter().filter(|(rel, _)| tag.says("rel", rel)).map(|(_, own)| own));
            }
            "form" => drop(self.own.insert("form-action")),
            "audio" | "video" => drop(self.own.insert("media-src")),
            "script" if ["src", "href", "xlink:href"].iter().any(|name| tag.attribute(name).is_some()) => {
                self.own.insert("script-src");
            }
            // Data is not run.
            "script" if tag.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().ends_with("json")) => {}
            "style" | "script" if !text.is_empty() => {
                // Browsers take the digest of what they read: a line ends with LF.
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                let digest = format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())));
                let directive = if tag.name == "style" { "style-src" } else { "script-src" };
                self.digests.entry(directive).or_default().push(digest);
            }
            _ => {}
        }
    }

    fn text(&self) -> String {
        let has = |directive: &str| self.own.contains(directive) || self.digests.contains_key(directive);
        let mut policy = "default-src 'none'; base-uri 'none'".to_owned();
        let none = Vec::new();
        for directive in ["style-src", "script-src", "connect-src", "font-src", "media-src", "manifest-src"] {
            let own = match directive {
                // A script of the site reads the site's own files, and so do tools that audit a page, as robots.txt.
                "connect-src" => self.own.contains("script-src") || self.own.contains("style-src"),
                // A style sheet may name the fonts that a theme brings.
                "font-src" => has("style-src"),
                _ => self.own.contains(directive),
            };
            let digests = self.digests.get(directive).unwrap_or(&none);
            if own || !digests.is_empty() {
                let own = own.then_some(OWN).into_iter();
                let sources: Vec<&str> = own.chain(digests.iter().map(String::as_str)).collect();
                let _ = write!(policy, "; {directive} {}", sources.join(" "));
            }
        }
        let forms = if has("form-action") { OWN } else { "'none'" };
        let _ = write!(policy, "; img-src {OWN} data:; form-action {forms}");
        policy
    }
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
    use super::super::super::markup::pieces;
    use super::*;

    fn sealed(html: &str) -> Seal {
        seal(&pieces(html, &mut Vec::new()))
    }

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    fn page(html: &str) -> String {
        match sealed(html) {
            Seal::Policy(at, policy) => [&html[..at], &policy, &html[at..]].concat(),
            other => panic!("{html}: {other:?}"),
        }
    }

    /// The policy of a page whose head has this in it.
    fn of(head: &str) -> String {
        let page = page(&format!("<head>{head}"));
        let (_, policy) = page.split_once("Content-Security-Policy\" content=\"").unwrap();
        policy.split_once("\">").unwrap().0.to_owned()
    }

    fn hash(text: &str) -> String {
        format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
    }

    #[test]
    fn a_page_may_load_what_it_has_and_nothing_else() {
        let html = "<html>\n<head>\n<meta charset=\"utf-8\">\n<style>a { }</style>\n</head><body></body></html>";
        assert!(page(html).starts_with(
            "<html>\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""
        ));
        assert_eq!(
            of("<style>a { }</style>"),
            format!(
                "default-src 'none'; base-uri 'none'; style-src {}; font-src 'self' file:; img-src 'self' file: data:; \
                 form-action 'none'",
                hash("a { }")
            )
        );
        // What a script says of styles is no style.
        assert!(!of("<script>document.write(\"<style>a { }</style>\")</script>").contains("style-src"));
        let search = "<link rel=\"stylesheet\" href=\"a.css\"><script src=\"a.js\"></script><script type=\"application/ld+json\">{}</script><form>";
        assert_eq!(
            of(search),
            "default-src 'none'; base-uri 'none'; style-src 'self' file:; script-src 'self' file:; connect-src 'self' file:; \
             font-src 'self' file:; img-src 'self' file: data:; form-action 'self' file:"
        );
    }

    #[test]
    fn however_a_theme_writes_it_what_its_page_has_is_allowed_and_what_it_only_mentions_is_not() {
        let written = "<LINK href=a.css\nREL='alternate StyleSheet'><Script\n>\r\nx(\"</p>\")\r\n</SCRIPT ><STYLE media='(width > 1px)'>a{}</STYLE>";
        let policy = of(written);
        let own = format!("style-src 'self' file: {}; script-src {};", hash("a{}"), hash("\nx(\"</p>\")\n"));
        assert!(policy.contains(&own), "{policy}");
        let mentioned =
            "<!-- <script src=a.js> --><title><style>a{}</style></title><meta content='<link rel=stylesheet>'>";
        assert!(!of(mentioned).contains("style-src") && !of(mentioned).contains("script-src"));
        assert!(of("<video poster=a.png></video>").contains("media-src 'self' file:;"));
    }

    #[test]
    fn the_policy_stands_first_in_the_head_or_the_page_is_refused() {
        for head in [
            "<head prefix=\"og: https://ogp.me/ns#\">",
            "<head><!-- of a theme -->",
            "<HEAD\n title='a > b'>",
            "<!-- <head> --><head>",
            "<head\n>\n<META CHARSET=utf-8>\n",
        ] {
            let page = page(&format!("\u{feff}<!DOCTYPE html>\n<html>\n{head}<script src=a.js></script>"));
            let policy = page.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
            assert!(policy < page.find("<script").unwrap() && policy > page.find("<html>").unwrap(), "{page}");
            assert!(!page[page.find("<html>").unwrap()..policy].contains("<!-- of"), "{page}");
        }
        for html in [
            "",
            "<html><body></body></html>",
            "<!-- <head> --><header></header>",
            "<html><script src=a.js></script><head></head>",
            "text<head></head>",
            "<title><head></title>",
        ] {
            assert!(matches!(sealed(html), Seal::NoHead), "{html}");
        }
    }

    #[test]
    fn what_no_page_may_have_is_found_in_the_finished_page() {
        let html = "<head><style>a { background: url(//x/y) }</style></head><p style='color: red'><img src=//x/y>";
        let Seal::Breaches(breaches) = sealed(html) else { panic!("sealed") };
        assert_eq!(breaches.iter().map(Breach::wanted).collect::<Vec<_>>(), ["//x/y", "style=", "//x/y"]);
    }
}
