//! Words of everyday life for what accounts call otherwise: who looks for 吃饭 wants 公务接待费.

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{Lang, Localized};
use crate::source::SourceFile;
use crate::yaml;

use super::files::{EverydayFile, TermsFile};

/// The words that travel in the binary.
const BUILT_IN: &str = include_str!("everyday.yaml");

/// The terms of each language, each with the words that readers type instead, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Everyday(pub(crate) Localized<Vec<(String, Vec<String>)>>);

impl Everyday {
    fn add(&mut self, file: EverydayFile) {
        for (lang, terms) in [(Lang::Zh, file.zh), (Lang::En, file.en)] {
            for (term, words) in terms.into_iter().flat_map(|terms| terms.0) {
                self.0.get_mut(lang).push((term, words.into_iter().map(|word| word.0).collect()));
            }
        }
    }
}

/// The built-in words, and those of `content/terms.yaml`, whose mistakes the dictionary reports.
pub fn everyday(terms: Option<&SourceFile>) -> Everyday {
    let mut everyday = Everyday::default();
    let own = terms.and_then(|source| yaml::read::<TermsFile>(&source.path, &source.text).value);
    for file in built_in().into_iter().chain(own.and_then(|terms| terms.everyday)) {
        everyday.add(file);
    }
    everyday
}

/// Words and terms that hold nothing to search for: the search folds quotation marks and spaces away, and takes a query
/// apart at every other sign.
pub(super) fn mistakes(everyday: &EverydayFile, file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (lang, terms) in [(Lang::Zh, &everyday.zh), (Lang::En, &everyday.en)] {
        let list = DataPath::top().key("everyday").key(lang.code());
        for (term, words) in terms.iter().flat_map(|terms| &terms.0) {
            let below = list.key(term);
            let words = words.iter().enumerate().map(|(index, word)| (&word.0, below.index(index)));
            for (text, place) in std::iter::once((term, below.clone().the_key())).chain(words) {
                if text.contains(char::is_alphanumeric) {
                    continue;
                }
                findings.push(
                    Finding::new(&catalogue::YAML_TYPE, place.in_file(file))
                        .with("detail", format!("`{text}` 中没有可查找的字"))
                        .with("detail-en", format!("`{text}` has nothing to search for"))
                        .with("expected", "含有汉字、字母或数字的词语")
                        .with("expected-en", "a word with characters, letters or digits")
                        .with("help", "写出读者会输入的词语，或删去这一项")
                        .with("help-en", "write what readers would type, or remove it"),
                );
            }
        }
    }
    findings
}

fn built_in() -> Option<EverydayFile> {
    yaml::read::<EverydayFile>("everyday.yaml", BUILT_IN).value
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_built_in_words_are_read_and_none_stands_twice_below_a_term() {
        assert!(built_in().is_some(), "everyday.yaml");
        let Everyday(everyday) = everyday(None);
        for lang in Lang::ALL {
            let terms = everyday.get(lang);
            assert!(terms.len() > 20);
            for (term, words) in terms {
                let distinct: BTreeSet<_> = words.iter().collect();
                assert!(!words.is_empty() && distinct.len() == words.len(), "{term}: {words:?}");
                assert!(!words.contains(term), "{term} is a word for itself");
            }
        }
    }

    #[test]
    fn a_site_adds_words_of_its_own() {
        let text = "everyday:\n  zh: {公务接待费: [下馆子]}\n  en: {procurement: [shopping]}\n".to_owned();
        let Everyday(everyday) = everyday(Some(&SourceFile { path: "content/terms.yaml".into(), text }));
        assert_eq!(everyday.zh.last().unwrap(), &("公务接待费".to_owned(), vec!["下馆子".to_owned()]));
        assert_eq!(everyday.en.last().unwrap(), &("procurement".to_owned(), vec!["shopping".to_owned()]));
    }
}
