//! The two languages of a site, and a value that exists in both.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A language of the published site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the language of the source document first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The short name used in file names and folders: `zh`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The BCP 47 tag for `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }
}

/// A value in Chinese and in English. Neither may be missing: a page is published in both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localized<T> {
    /// The Chinese value.
    pub zh: T,
    /// The English value.
    pub en: T,
}

impl<T> Localized<T> {
    /// The value in `lang`.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The value in `lang`, to be changed.
    pub fn get_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::Zh => &mut self.zh,
            Lang::En => &mut self.en,
        }
    }

    /// Both values through `f`.
    pub fn map<U>(&self, mut f: impl FnMut(Lang, &T) -> U) -> Localized<U> {
        Localized { zh: f(Lang::Zh, &self.zh), en: f(Lang::En, &self.en) }
    }
}

/// A text in both languages.
pub type Text = Localized<String>;

impl<'de> Deserialize<'de> for Text {
    /// Refuses an empty half: it would be an empty name on a page.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Halves {
            zh: Half,
            en: Half,
        }
        let Halves { zh, en } = Halves::deserialize(deserializer)?;
        Ok(Text { zh: zh.0, en: en.0 })
    }
}

/// One language of a text.
struct Half(String);

impl<'de> Deserialize<'de> for Half {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.trim().is_empty() {
            return Err(D::Error::custom("文字是空的 | the text is empty"));
        }
        Ok(Half(text))
    }
}

impl Text {
    /// A text from its two halves.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Localized { zh: zh.into(), en: en.into() }
    }
}
