//! The answer to a wrong address. A server sends it for any path, so nothing in it is relative: without `base_url` it
//! cannot know the way home, and says how to find it.

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Lang};
use crate::parse::SiteConfig;

use super::super::theme::Theme;
use super::portal::{folder, page_data};
use super::site_data;

/// What is said in one language. A server knows one such page for all of its paths, so each says it in both.
#[derive(Serialize)]
struct Answer {
    lang: &'static str,
    title: String,
    text: String,
    /// How to go up in the address.
    up: String,
    /// The whole address of the home page; empty where it is not known.
    href: String,
    link: String,
}

pub(super) fn not_found(site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<Artifact, Finding> {
    let answer = |lang: Lang| {
        let word = |key: &str| theme.word(lang, key).map(str::to_owned);
        let home = site.base_url.as_ref().map(|base| format!("{base}{}index.html", folder(site, lang)));
        Ok(Answer {
            lang: lang.tag(),
            title: word("not_found_title")?,
            text: word("not_found_text")?,
            up: if home.is_some() { String::new() } else { word("not_found_up")? },
            link: word("back_home")?,
            // What lies at the root of the server may be another website.
            href: home.unwrap_or_default(),
        })
    };
    let mut context = Context::new();
    let title = theme.word(lang, "not_found_title")?;
    context.insert("page", &page_data("not-found", title, String::new(), lang, site, "404.html"));
    context.insert("site", &site_data(site, &site.department, &site.contact, theme, lang)?);
    context.insert("words", theme.words(lang));
    context.insert("answers", &[answer(lang)?, answer(lang.other())?]);
    let html = theme.in_its_colours(&theme.render("not-found.html", &context)?);
    Ok(Artifact { path: format!("{}404.html", folder(site, lang)), bytes: html.into_bytes() })
}
