//! What the rules for government websites ask for (国办发〔2017〕47号): the website's own data, the column, the contact, the
//! head of an information page. Every key may be left out, nothing is made up for one that is; what is given is checked.

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{Contact, Information, Text, Validity};
use crate::yaml::Scalar;

use super::days::is_date;
use super::files::{ColumnFile, ContactFile, InformationFile, WebsiteFile};

/// The website that the pages belong to, as it is registered.
#[derive(Clone, Debug, Default)]
pub struct Website {
    /// 网站名称.
    pub name: Option<Text>,
    /// The host, without a scheme.
    pub domain: Option<String>,
    /// 网站标识码, ten characters.
    pub code: Option<String>,
    /// 主办单位.
    pub organizer: Option<Text>,
    /// 承办单位.
    pub operator: Option<Text>,
    /// ICP备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// The address of 我为政府网站找错 for this website.
    pub report_errors: Option<String>,
}

/// The column (栏目) of the website in which the pages stand.
#[derive(Clone, Debug)]
pub struct Column {
    /// 栏目名称.
    pub name: Text,
    /// 栏目描述.
    pub description: Option<Text>,
    /// 栏目关键词.
    pub keywords: Option<Text>,
    /// 栏目类别.
    pub kind: Option<Text>,
}

impl Website {
    /// The digits of the 公安备案号, by which its page is found.
    pub fn police_code(&self) -> Option<String> {
        let digits: String = self.police.as_ref()?.chars().filter(char::is_ascii_digit).collect();
        Some(digits)
    }
}

/// Findings about the keys of one file.
pub(super) struct Keys<'a> {
    pub(super) file: &'a str,
    pub(super) findings: &'a mut Vec<Finding>,
}

/// What is wrong with a value, what was expected, and what to type; each in Chinese and English.
type Words = [(&'static str, &'static str); 3];

const HOST: Words = [
    ("不是域名", "this is no host name"),
    ("域名，不带 http:// 和斜杠", "a host name, without http:// and slashes"),
    ("例如 www.example.gov.cn", "for example www.example.gov.cn"),
];
const CODE: Words = [
    ("不是网站标识码", "this is no site code"),
    (" 10 位数字，或 bm 加 8 位数字", "10 digits, or bm and 8 digits"),
    ("照网站标识码证书填写，例如 4400000001", "copy it from the website’s registration, as 4400000001"),
];
const ICP: Words = [
    ("不是 ICP 备案号", "this is no ICP number"),
    ("“京ICP备12345678号-1”这样的号码", "a number as 京ICP备12345678号-1"),
    ("照工业和信息化部备案系统中的写法填写", "copy it as the ministry’s registry prints it"),
];
const POLICE: Words = [
    ("不是公安备案号", "this is no police number"),
    ("“京公网安备 11000000000001号”这样的号码，数字 14 位", "a number as 京公网安备 11000000000001号, with 14 digits"),
    ("照公安备案平台中的写法填写", "copy it as the police registry prints it"),
];
const ADDRESS: Words = [
    ("不是完整网址", "this is no full address"),
    ("以 https:// 开头的网址", "an address with https:// and a host"),
    ("从浏览器的地址栏复制", "copy it from the browser’s address bar"),
];
const BASE_URL: Words = [
    ("不是网站的完整网址", "this is no full address of a site"),
    ("以 https:// 开头、不带 ? 和 # 的网址", "an address with https:// and a host, without ? and #"),
    ("例如 https://www.example.gov.cn/czgk/", "for example https://www.example.gov.cn/czgk/"),
];
const OTHER_CODE: Words = [
    ("网址中的 site_code 与 code 不一致", "the site_code in the address is not `code`"),
    ("同一个网站标识码", "the same site code"),
    ("对照网站标识码证书，改正写错的一处", "see which one the registration has, and correct the other"),
];
const PHONE: Words = [
    ("不是电话号码", "this is no telephone number"),
    ("电话号码，带区号", "a telephone number with its area code"),
    ("例如 010-12345678", "for example 010-12345678"),
];
const EMAIL: Words = [
    ("不是电子邮箱", "not an e-mail address"),
    ("电子邮箱地址", "an e-mail address"),
    ("例如 juesuan@example.gov.cn", "for example accounts@example.gov.cn"),
];
const DATE: Words = [
    ("不是日期", "not a date"),
    ("日期，写作年-月-日", "a date, year-month-day"),
    ("例如 2020-09-15", "for example 2020-09-15"),
];
const VALIDITY: Words = [
    ("不认识的有效性", "an unknown validity"),
    ("有效、失效、废止之一", "one of valid, expired, repealed"),
    ("写 `有效`", "write `valid`"),
];
const EMPTY: Words =
    [("是空的", "this is empty"), ("一段文字", "a text"), ("填写，或删去这个键", "fill it in, or remove the key")];

impl Keys<'_> {
    fn refuse(&mut self, path: &DataPath, [detail, expected, help]: &Words) {
        self.findings.push(
            Finding::new(&catalogue::YAML_TYPE, path.clone().in_file(self.file))
                .with("detail", detail.0)
                .with("detail-en", detail.1)
                .with("expected", expected.0)
                .with("expected-en", expected.1)
                .with("help", help.0)
                .with("help-en", help.1),
        );
    }

    /// A value for which `holds`; one that is refused is a finding.
    fn value(
        &mut self,
        scalar: Option<Scalar>,
        path: &DataPath,
        words: &Words,
        holds: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let value = scalar?.0.trim().to_owned();
        if !holds(&value) {
            self.refuse(path, words);
        }
        Some(value)
    }

    /// Where the site is published.
    pub(super) fn base_url(&mut self, url: Option<Scalar>) -> Option<String> {
        let holds = |url: &str| is_address(url) && !url.contains(['?', '#']);
        self.value(url, &DataPath::top().key("base_url"), &BASE_URL, holds)
    }

    pub(super) fn website(&mut self, file: Option<WebsiteFile>) -> Website {
        let Some(file) = file else { return Website::default() };
        let at = |key: &str| DataPath::top().key("website").key(key);
        let website = Website {
            name: file.name,
            domain: self.value(file.domain, &at("domain"), &HOST, is_host),
            code: self.value(file.code, &at("code"), &CODE, is_site_code),
            organizer: file.organizer,
            operator: file.operator,
            icp: self.value(file.icp, &at("icp"), &ICP, is_icp),
            police: self.value(file.police, &at("police"), &POLICE, is_police),
            report_errors: self.value(file.report_errors, &at("report_errors"), &ADDRESS, is_address),
        };
        // The address names the website once more: both are the same, or one is somebody else's.
        if let (Some(code), Some(address)) = (&website.code, &website.report_errors)
            && let Some((_, named)) = address.split_once("site_code=")
            && named.split('&').next() != Some(code)
        {
            self.refuse(&at("report_errors"), &OTHER_CODE);
        }
        website
    }

    pub(super) fn contact(&mut self, file: Option<ContactFile>) -> Contact {
        let Some(file) = file else { return Contact::default() };
        let at = |key: &str| DataPath::top().key("contact").key(key);
        Contact {
            office: file.office,
            phone: self.value(file.phone, &at("phone"), &PHONE, is_phone),
            email: self.value(file.email, &at("email"), &EMAIL, is_email),
            address: file.address,
        }
    }

    pub(super) fn information(&mut self, file: Option<InformationFile>) -> Information {
        let Some(file) = file else { return Information::default() };
        let at = |key: &str| DataPath::top().key("information").key(key);
        let said = |text: &str| !text.is_empty();
        let validity = file.validity.and_then(|word| {
            let validity = match word.0.trim() {
                "有效" | "valid" => Some(Validity::Valid),
                "失效" | "expired" => Some(Validity::Expired),
                "废止" | "repealed" => Some(Validity::Repealed),
                _ => None,
            };
            if validity.is_none() {
                self.refuse(&at("validity"), &VALIDITY);
            }
            validity
        });
        Information {
            index: self.value(file.index, &at("index"), &EMPTY, said),
            category: file.category,
            issuer: file.issuer,
            written: self.value(file.written, &at("written"), &DATE, is_date),
            number: self.value(file.number, &at("number"), &EMPTY, said),
            validity,
        }
    }
}

/// The column, as it is typed.
pub(super) fn column(file: Option<ColumnFile>) -> Option<Column> {
    let ColumnFile { name, description, keywords, kind } = file?;
    Some(Column { name, description, keywords, kind })
}

/// Whether a text is an address of the web with a host.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| is_host(rest.split(['/', '?', '#']).next().unwrap_or_default()))
        && !text.contains(|c: char| c.is_whitespace() || "\"<>\\^`{|}".contains(c))
}

/// The host of an address.
pub fn host(address: &str) -> Option<&str> {
    address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next())
}

/// A host name or an IP address, perhaps with a port.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "80"));
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    port.parse::<u16>().is_ok() && name.split('.').all(label)
}

/// Ten digits, of which six are those of the place, or `bm` and eight digits for a ministry.
fn is_site_code(text: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(text, 10) || text.strip_prefix("bm").is_some_and(|rest| digits(rest, 8))
}

/// `京ICP备12345678号`, perhaps with `-1` behind it.
fn is_icp(text: &str) -> bool {
    let Some((place, rest)) = text.split_once("ICP备") else { return false };
    let Some((number, site)) = rest.split_once('号') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    place.chars().count() == 1
        && !place.is_ascii()
        && digits(number)
        && (site.is_empty() || site.strip_prefix('-').is_some_and(digits))
}

/// `京公网安备 11000000000001号`.
fn is_police(text: &str) -> bool {
    let Some((place, rest)) = text.split_once("公网安备") else { return false };
    let number = rest.trim_start().trim_end_matches('号');
    place.chars().count() == 1 && number.len() == 14 && number.bytes().all(|b| b.is_ascii_digit())
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 5 && text.chars().all(|c| c.is_ascii_digit() || " +-()（）、；;,，/转".contains(c))
}

/// An address that needs no escape anywhere: letters, digits and `._+-` before the `@`, a host behind it. What else the
/// standard of mail allows, as quoted names, no office uses.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "_+-".contains(c));
    name.split('.').all(word) && host.contains('.') && !host.contains(':') && is_host(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_code_has_ten_characters() {
        assert!(["4401040001", "bm12345678"].into_iter().all(is_site_code));
        assert!(
            !["440104000", "44010400011", "bm123456789", "BM12345678", "44010400O1", ""].into_iter().any(is_site_code)
        );
    }

    #[test]
    fn numbers_are_written_as_the_registries_print_them() {
        assert!(["粤ICP备09006188号", "京ICP备05070218号-12"].into_iter().all(is_icp));
        assert!(
            !["ICP备09006188号", "粤ICP备09006188", "粤ICP备号", "粤ICP备0900 号", "粤ICP备1号-"]
                .into_iter()
                .any(is_icp)
        );
        assert!(["粤公网安备 44010402000213号", "粤公网安备44010402000213号"].into_iter().all(is_police));
        assert!(
            !["粤公网安备 4401040200021号", "44010402000213", "公网安备 44010402000213号"].into_iter().any(is_police)
        );
    }

    #[test]
    fn addresses_have_a_scheme_and_a_host() {
        assert!(
            ["https://www.example.gov.cn/czgk/", "http://10.0.0.1:8080", "https://政务.中国/x"]
                .into_iter()
                .all(is_address)
        );
        assert!(
            !["www.example.gov.cn", "ftp://example.org/", "https://", "https:///x", "https://a b/"]
                .into_iter()
                .any(is_address)
        );
        assert!(["www.example.gov.cn", "localhost:8080"].into_iter().all(is_host));
        assert!(!["https://www.example.gov.cn", "www.example.gov.cn/", "", "a..b", "-a.cn"].into_iter().any(is_host));
        assert_eq!(host("https://www.example.gov.cn/czgk/"), Some("www.example.gov.cn"));
    }

    #[test]
    fn people_can_be_asked() {
        assert!(["020-83311234", "12345", "(020) 8331 1234 转 801", "+86 20 83311234"].into_iter().all(is_phone));
        assert!(!["", "1234", "见网站", "tel. 83311234"].into_iter().any(is_phone));
        assert!(["a@example.gov.cn", "jue.suan_2+x@a-b.example.cn"].into_iter().all(is_email));
        for no in [
            "a@",
            "a.example.cn",
            "a @example.cn",
            "@example.cn",
            "a@b",
            "a\"onclick=x()@example.cn",
            "a<b@example.cn",
            "a?cc=b@example.cn",
            "a@b@example.cn",
            "a..b@example.cn",
            "a@example.cn:25",
            "决算@example.cn",
        ] {
            assert!(!is_email(no), "{no}");
        }
    }
}
