//! What a tag refers to and would load, and what of that no page of a site may have.
//!
//! Browsers are told the same by the policy of each page (`web::policy`); here it is said to whoever writes the theme,
//! before anybody wonders why something is not shown.

use std::ops::Range;

use crate::diagnostics::{Finding, Place, catalogue};

use super::css;
use super::tags::{Attribute, Tag};

/// What an address in a tag is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) enum Use {
    /// A reader may follow it.
    Leads,
    /// A form is sent there.
    Sends,
    /// The browser gets it by itself: an image.
    Shows,
    /// The browser gets it by itself: anything else.
    Loads,
}

/// An address in an attribute.
pub(in crate::site) struct Address {
    /// Where it stands in the attribute's value.
    pub(in crate::site) range: Range<usize>,
    /// What it is for.
    pub(in crate::site) purpose: Use,
}

/// What no page may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) struct Breach {
    /// Where it stands: in the tag, or in the style sheet.
    pub(in crate::site) range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// `style=` or `onclick=`: neither is followed.
    Inline(String),
    /// A request to another host.
    OtherHost(String),
    /// What the policy has no room for, as a frame.
    NotLoaded(String),
}

/// Links of these kinds are followed by the browser.
const FOLLOWED: [&str; 12] = [
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "mask-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "prerender",
    "preconnect",
    "dns-prefetch",
];
/// Elements for which the policy has no room: pages inside a page, and what moves all relative links.
const NOT_LOADED: [&str; 7] = ["applet", "base", "embed", "frame", "iframe", "object", "portal"];
/// Links that no directive of the policy is for: a browser would drop them in silence.
const NOT_FETCHED: [&str; 2] = ["prefetch", "prerender"];
/// Attributes of drawings in which `url(…)` may stand.
const PAINTED: [&str; 9] =
    ["fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end"];

/// The addresses of an attribute.
pub(in crate::site) fn addresses(tag: &Tag<'_>, attribute: &Attribute<'_>) -> Vec<Address> {
    let is_icon = || tag.says("rel", "icon") || tag.says("rel", "apple-touch-icon") || tag.says("rel", "mask-icon");
    let followed = || FOLLOWED.iter().any(|rel| tag.says("rel", rel));
    let purpose = match (&*tag.name, &*attribute.name) {
        ("link", "href") if is_icon() => Use::Shows,
        ("link", "href") if followed() => Use::Loads,
        ("link", "href") | ("a" | "area" | "base", "href" | "xlink:href") | (_, "cite" | "longdesc") => Use::Leads,
        (_, "action" | "formaction") => Use::Sends,
        ("img" | "image" | "input" | "feimage" | "use", "src" | "href" | "xlink:href")
        | (_, "srcset" | "imagesrcset" | "poster" | "background") => Use::Shows,
        (_, "src" | "href" | "xlink:href" | "ping") | ("object", "data") => Use::Loads,
        _ => return Vec::new(),
    };
    let value = &*attribute.value;
    let ranges = match &*attribute.name {
        "srcset" | "imagesrcset" => candidates(value),
        "ping" => words(value),
        _ => vec![trimmed(value, 0..value.len())],
    };
    ranges.into_iter().map(|range| Address { range, purpose }).collect()
}

/// What a tag has that no page may have.
pub(in crate::site) fn breaches(tag: &Tag<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let refreshes = tag.name == "meta" && tag.says("http-equiv", "refresh");
    if refreshes || NOT_LOADED.contains(&&*tag.name) {
        let what = if refreshes { "<meta http-equiv=\"refresh\">".to_owned() } else { format!("<{}>", tag.name) };
        return vec![Breach { range: 0..tag.whole.len(), kind: Kind::NotLoaded(what) }];
    }
    if let Some(rel) = NOT_FETCHED.iter().find(|rel| tag.name == "link" && tag.says("rel", rel)) {
        let kind = Kind::NotLoaded(format!("<link rel=\"{rel}\">"));
        return vec![Breach { range: 0..tag.whole.len(), kind }];
    }
    for attribute in tag.attributes {
        let mut breach = |kind| breaches.push(Breach { range: attribute.range.clone(), kind });
        let handles = attribute.name.strip_prefix("on").is_some_and(|event| !event.is_empty());
        if attribute.name == "style" || handles {
            breach(Kind::Inline(format!("{}=", attribute.name)));
            continue;
        }
        if PAINTED.contains(&&*attribute.name) {
            let addresses = css::addresses(&attribute.value).into_iter().map(|(_, address)| address);
            addresses.filter(|address| is_elsewhere(address)).for_each(|address| breach(Kind::OtherHost(address)));
        }
        for Address { range, purpose } in addresses(tag, attribute) {
            let address = &attribute.value[range];
            match scheme(address).as_deref() {
                Some("javascript") => breach(Kind::Inline("javascript:".to_owned())),
                Some("data") if matches!(purpose, Use::Loads | Use::Sends) => {
                    breach(Kind::NotLoaded(format!("<{} {}=\"data:…\">", tag.name, attribute.name)));
                }
                _ if purpose != Use::Leads && is_elsewhere(address) => breach(Kind::OtherHost(address.to_owned())),
                _ => {}
            }
        }
    }
    breaches
}

/// What a style sheet loads and no page may.
pub(in crate::site) fn breaches_of_css(text: &str) -> Vec<Breach> {
    let breach = |(range, address): (Range<usize>, String)| {
        let is_image = || address.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"));
        if is_elsewhere(&address) {
            Some(Breach { range, kind: Kind::OtherHost(address) })
        } else if scheme(&address).as_deref() == Some("data") && !is_image() {
            Some(Breach { range, kind: Kind::NotLoaded("url(data:…)".to_owned()) })
        } else {
            None
        }
    };
    css::addresses(text).into_iter().filter_map(breach).collect()
}

impl Breach {
    /// The finding about it.
    pub(in crate::site) fn finding(&self, place: Place) -> Finding {
        match &self.kind {
            Kind::Inline(what) => {
                let (zh, en) = if what == "style=" {
                    ("写进 assets/theme.css，标签上只留 class", "write it into assets/theme.css, and leave a class")
                } else {
                    (
                        "写进 assets/ 中的脚本文件，用 `<script src>` 引用",
                        "write it into a script file in assets/, named by `<script src>`",
                    )
                };
                let finding = Finding::new(&catalogue::THEME_INLINE, place).with("what", what);
                finding.with("help", zh).with("help-en", en)
            }
            Kind::OtherHost(address) => {
                let (zh, en) = if place.file().rsplit_once('.').is_some_and(|(_, end)| end == "css") {
                    (
                        "把文件放进主题的 assets/，地址从样式表所在的文件夹算起，如 `url(img/…)`",
                        "put the file into the theme’s assets/; an address begins in the folder of the sheet, as `url(img/…)`",
                    )
                } else {
                    (
                        "把文件放进主题的 assets/，写 `{{ page.root }}assets/…`；表单只交给本站",
                        "put the file into the theme’s assets/ and write `{{ page.root }}assets/…`; send forms to the site itself",
                    )
                };
                let finding = Finding::new(&catalogue::THEME_OTHER_HOST, place).with("address", short(address));
                finding.with("help", zh).with("help-en", en)
            }
            Kind::NotLoaded(what) => Finding::new(&catalogue::THEME_NOT_LOADED, place).with("what", what),
        }
    }

    /// The text by which it may be found in a file: an address, the name of an attribute.
    pub(in crate::site) fn wanted(&self) -> &str {
        let (Kind::Inline(text) | Kind::OtherHost(text) | Kind::NotLoaded(text)) = &self.kind;
        text
    }
}

/// As much of an address as a line takes.
fn short(address: &str) -> String {
    const MOST: usize = 80;
    let cut: String = address.chars().take(MOST).collect();
    if cut.len() < address.len() { format!("{cut}…") } else { cut }
}

/// The scheme of an address, in small letters, as browsers read it: white space and control characters do not count.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let scheme: String = scheme.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether an address is another host's: it has a scheme of its own, or begins with two slashes of either kind.
pub(in crate::site) fn is_elsewhere(address: &str) -> bool {
    if let Some(scheme) = scheme(address) {
        return !["data", "javascript", "about", "blob"].contains(&scheme.as_str());
    }
    let mut signs = address.chars().filter(|c| !c.is_ascii_control()).skip_while(|c| *c == ' ');
    let mut slash = || matches!(signs.next(), Some('/' | '\\'));
    slash() && slash()
}

fn trimmed(value: &str, range: Range<usize>) -> Range<usize> {
    let text = &value[range.clone()];
    let start = range.start + text.len() - text.trim_ascii_start().len();
    start..(range.start + text.trim_ascii_end().len()).max(start)
}

/// The words of a text, by their places.
fn words(value: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in value.split(|c: char| c.is_ascii_whitespace()) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    words
}

/// The addresses of a `srcset`: `a.png 1x, b.png 2x`. An address may have commas in it, not at its end.
fn candidates(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = value[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        at = value.len() - rest.len();
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let address = rest[..end].trim_end_matches(',');
        found.push(at..at + address.len());
        at += end;
        if address.len() == end {
            at += value[at..].find(',').unwrap_or(value.len() - at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::super::tags::Piece;
    use super::*;

    fn said(html: &str) -> Vec<String> {
        let mut shelf = Vec::new();
        let tags = pieces(html, &mut shelf).into_iter().filter_map(|piece| match piece {
            Piece::Start(tag) => Some(breaches(&tag)),
            _ => None,
        });
        tags.flatten()
            .map(|breach| format!("{} {}", breach.finding(Place::File(String::new())).entry.code, breach.wanted()))
            .collect()
    }

    #[test]
    fn a_request_to_another_host_is_seen_wherever_it_is_written() {
        for html in [
            "<script src=https://x/y></script>",
            "<SCRIPT\nSRC = ' HTTPS://x/y'>",
            "<img alt='a > b' src=//x/y>",
            "<img srcset='a.png 1x,//x/y 2x'>",
            "<source srcset='//x/y'>",
            "<video poster='\\\\x/y'>",
            "<video><source src='ht\ntps://x/y'>",
            "<audio src='/\\x/y'>",
            "<input type=image src=//x/y>",
            "<link rel='icon' href=//x/y>",
            "<link href=//x/y rel='alternate StyleSheet'>",
            "<link rel=dns-prefetch href=//x/y>",
            "<link rel=preload imagesrcset='//x/y 2x'>",
            "<form action=http:x/y>",
            "<button formaction=//x/y>",
            "<a href=a ping='b //x/y'>",
            "<body background=//x/y>",
            "<svg><image xlink:href=//x/y /><use href='a.svg#b'/></svg>",
            "<svg><rect fill='url(//x/y#a)'/></svg>",
            "<noscript><img src='&#47;/x/y'></noscript>",
        ] {
            let said = said(html);
            assert!(said.len() == 1 && said[0].starts_with("theme/other-host "), "{html}: {said:?}");
        }
    }

    #[test]
    fn what_a_policy_would_stop_in_silence_is_said() {
        for (html, code) in [
            ("<p STYLE=color:red>", "theme/inline style="),
            ("<p onClick='x()'>", "theme/inline onclick="),
            ("<a href=' JavaScript:x()'>", "theme/inline javascript:"),
            ("<iframe src=a.html></iframe>", "theme/not-loaded <iframe>"),
            ("<base href='/'>", "theme/not-loaded <base>"),
            ("<link rel=prefetch href=a.html>", "theme/not-loaded <link rel=\"prefetch\">"),
            ("<LINK REL='next Prerender' href=//x/y>", "theme/not-loaded <link rel=\"prerender\">"),
            ("<meta http-equiv=Refresh content='0;url=a.html'>", "theme/not-loaded <meta http-equiv=\"refresh\">"),
            ("<script src=data:,x></script>", "theme/not-loaded <script src=\"data:…\">"),
        ] {
            assert_eq!(said(html), [code], "{html}");
        }
        let css = "@font-face{src:url(data:font/woff2;base64,AA)} a{b:url(data:image/png,x) url(a.png) url(//x)}";
        assert_eq!(breaches_of_css(css).len(), 2);
    }

    #[test]
    fn a_site_may_load_its_own_and_lead_anywhere() {
        let html = "<a href=https://x/y>a</a><link rel=canonical href=https://x/y><img src=../a.png srcset='a,b.png 1x, c.png 2x'>\
            <link rel=icon href='data:image/svg+xml,x'><script src=a.js></script><form action=search.html><p on='' title='//x'>\
            <a href='mailto:a@b.cn'></a><blockquote cite='https://x/'></blockquote><img src=a:b/../x.png alt='https://x'>";
        assert_eq!(said(html), ["theme/other-host a:b/../x.png"], "a colon before any slash is a scheme");
    }

    #[test]
    fn candidates_are_those_of_the_standard() {
        let of = |value: &'static str| candidates(value).into_iter().map(|range| &value[range]).collect::<Vec<_>>();
        assert_eq!(of(" a.png 1x, b,c.png 2x ,d.png,e.png 3x"), ["a.png", "b,c.png", "d.png,e.png"]);
        assert_eq!(of("a.png, b.png"), ["a.png", "b.png"]);
        assert_eq!(of(" , "), <[&str; 0]>::default());
    }
}
