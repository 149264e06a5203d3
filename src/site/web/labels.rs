//! The labels of government websites (国办发〔2017〕47号), the footer's facts, the head of an information page.

use serde::Serialize;

use crate::diagnostics::Finding;
use crate::model::{Contact, Disclosure, Lang, Validity};
use crate::parse::{SiteConfig, host};

use super::super::theme::Theme;
use super::{Head, Place};

/// A label and its value, as readers see it.
#[derive(Serialize)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
    /// Where it leads: an address on another host, a telephone number, an e-mail address; may be empty.
    href: String,
}

impl Head<'_> {
    /// The labels of the page's type, by name. None where the site says nothing of a website or a column.
    pub(super) fn labels(&self) -> Vec<(&'static str, String)> {
        let (website, column, lang) = (&self.site.website, &self.site.column, self.lang);
        let mut labels = Vec::new();
        let mut label = |name, value: Option<&str>| labels.extend(value.map(|value| (name, value.to_owned())));
        let registered = website.name.is_some() || website.code.is_some() || website.domain.is_some();
        if !registered && column.is_none() {
            return labels;
        }
        if registered {
            label("SiteName", website.name.as_ref().map(|name| name.get(lang).as_str()));
            label("SiteDomain", website.domain.as_deref().or_else(|| host(self.site.base_url.as_ref()?)));
            label("SiteIDCode", website.code.as_deref());
        }
        if let Some(column) = column {
            label("ColumnName", Some(column.name.get(lang)));
            if matches!(self.place, Place::Column) {
                label("ColumnDescription", column.description.as_ref().map(|text| text.get(lang).as_str()));
                label("ColumnKeywords", column.keywords.as_ref().map(|text| text.get(lang).as_str()));
            }
            label("ColumnType", column.kind.as_ref().map(|text| text.get(lang).as_str()));
        }
        if let Place::Article(disclosure) = self.place {
            label("ArticleTitle", Some(self.title));
            label("PubDate", moment(disclosure).as_deref());
            let issuer = disclosure.information.issuer.as_ref().map_or(self.department, |issuer| issuer.get(lang));
            label("ContentSource", Some(issuer));
            let url = self.site.base_url.as_ref().map(|base| format!("{base}{}", self.path));
            label("Url", url.as_deref());
        }
        labels
    }
}

/// When a report was published, as precisely as it says: `2020-09-15`, or `2020-09-15 10:30`.
fn moment(disclosure: &Disclosure) -> Option<String> {
    let day = disclosure.published.as_deref()?;
    Some(disclosure.published_time.as_ref().map_or_else(|| day.to_owned(), |time| format!("{day} {time}")))
}

/// The same as an instant of Beijing time, the only one in China; a day begins it. For the feed, which takes no days.
pub(crate) fn instant(disclosure: &Disclosure) -> Option<String> {
    let day = disclosure.published.as_deref()?;
    Some(format!("{day}T{}:00+08:00", disclosure.published_time.as_deref().unwrap_or("00:00")))
}

/// The day, or the instant where the report gives the time: no time is made up.
pub(crate) fn day_or_instant(disclosure: &Disclosure) -> Option<String> {
    if disclosure.published_time.is_some() { instant(disclosure) } else { disclosure.published.clone() }
}

/// What the site gives of: who runs the website, whom to ask, its registrations.
pub(crate) fn footer_facts(
    site: &SiteConfig,
    contact: &Contact,
    theme: &Theme,
    lang: Lang,
) -> Result<Vec<Fact>, Finding> {
    let website = &site.website;
    let police = website.police_code().map(|code| format!("https://beian.mps.gov.cn/#/query/webSearch?code={code}"));
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.get(lang).clone());
    let mut rows = vec![("organizer", text(&website.organizer), None), ("operator", text(&website.operator), None)];
    rows.extend(contact_rows(contact, lang));
    rows.push(("site_code", website.code.clone(), None));
    rows.push(("icp_number", website.icp.clone(), Some("https://beian.miit.gov.cn/".to_owned())));
    rows.push(("police_number", website.police.clone(), police));
    let mut facts = facts(rows, theme, lang)?;
    if let Some(address) = &website.report_errors {
        let name = theme.word(lang, "report_errors")?.to_owned();
        facts.push(Fact { value: name, name: String::new(), href: address.clone() });
    }
    Ok(facts)
}

/// The head of an information page: what the report says of its filing, its dates, its source, and whom to ask.
pub(crate) fn information(
    disclosure: &Disclosure,
    contact: &Contact,
    theme: &Theme,
    lang: Lang,
) -> Result<Vec<Fact>, Finding> {
    let filed = &disclosure.information;
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.get(lang).clone());
    let validity = match filed.validity {
        Some(Validity::Valid) => Some(theme.word(lang, "valid")?),
        Some(Validity::Expired) => Some(theme.word(lang, "expired")?),
        Some(Validity::Repealed) => Some(theme.word(lang, "repealed")?),
        None => None,
    };
    let mut rows = vec![
        ("index_number", filed.index.clone(), None),
        ("information_category", text(&filed.category), None),
        ("issuer", text(&filed.issuer), None),
        ("written", filed.written.clone(), None),
        ("approved", disclosure.approved.clone(), None),
        ("published", moment(disclosure), None),
        ("document_number", filed.number.clone(), None),
        ("validity", validity.map(ToOwned::to_owned), None),
        ("source_document", text(&disclosure.source), None),
    ];
    rows.extend(contact_rows(contact, lang));
    facts(rows, theme, lang)
}

/// An interface word, what it is in this case, and where that leads.
type Row = (&'static str, Option<String>, Option<String>);

/// Whom to ask.
fn contact_rows(contact: &Contact, lang: Lang) -> [Row; 4] {
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.get(lang).clone());
    [
        ("contact_office", text(&contact.office), None),
        ("phone", contact.phone.clone(), contact.phone.as_deref().and_then(dialled)),
        // What such an address may have in it needs no escape (`parse::official`).
        ("email", contact.email.clone(), contact.email.as_ref().map(|address| format!("mailto:{address}"))),
        ("address", text(&contact.address), None),
    ]
}

/// A printed telephone number as one that can be dialled: `tel:02012345678`, with `;ext=801` for `转 801`. None where
/// several numbers are printed: a link leads to one.
fn dialled(printed: &str) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if printed.contains(['、', '；', ';', '，', ',', '/']) {
        return None;
    }
    let (number, extension) = printed.split_once('转').unwrap_or((printed, ""));
    let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
    let extension = Some(digits(extension)).filter(|extension| !extension.is_empty());
    let extension = extension.map(|extension| format!(";ext={extension}")).unwrap_or_default();
    Some(format!("tel:{plus}{}{extension}", digits(number)))
}

/// The rows that have a value, with their names.
fn facts(rows: Vec<Row>, theme: &Theme, lang: Lang) -> Result<Vec<Fact>, Finding> {
    let given = rows.into_iter().filter_map(|(word, value, href)| Some((word, value?, href.unwrap_or_default())));
    given.map(|(word, value, href)| Ok(Fact { name: theme.word(lang, word)?.to_owned(), value, href })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_number_can_be_dialled_if_it_is_one() {
        let cases = [
            ("020-83311234", "tel:02083311234"),
            ("(020) 8331 1234 转 801", "tel:02083311234;ext=801"),
            ("+86 20 83311234", "tel:+862083311234"),
            ("（020）83311234", "tel:02083311234"),
            ("12345", "tel:12345"),
        ];
        for (printed, link) in cases {
            assert_eq!(dialled(printed).as_deref(), Some(link));
        }
        assert_eq!(dialled("020-83311234、83311235"), None);
    }
}
