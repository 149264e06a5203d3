//! `--help`: in both languages, or in the one that `--lang` asks for.

use std::ffi::OsString;

use clap::Command;
use clap::builder::StyledStr;

use crate::model::Lang;

/// What parts the two languages of a help text.
const BETWEEN: &str = " / ";

/// The language behind `--lang`, read before anything else: help is answered before the arguments are put together.
pub(super) fn asked_for(typed: &[OsString]) -> Option<Lang> {
    let mut typed = typed.iter().filter_map(|argument| argument.to_str());
    let value = typed.find_map(|argument| match argument.strip_prefix("--lang") {
        Some("") => Some(None),
        Some(value) => value.strip_prefix('=').map(Some),
        None => None,
    })?;
    let value = value.or_else(|| typed.next())?;
    Lang::ALL.into_iter().find(|lang| lang.code() == value)
}

/// A command with its help in one language, if one was asked for.
pub(super) fn in_language(command: Command, lang: Option<Lang>) -> Command {
    let Some(lang) = lang else { return command };
    let about = command.get_about().map(|about| half(about, lang)).unwrap_or_default();
    let command = command.about(about).mut_args(|argument| {
        let help = argument.get_help().map(|help| half(help, lang)).unwrap_or_default();
        argument.help(help)
    });
    command.mut_subcommands(|inner| in_language(inner, Some(lang)))
}

fn half(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    match (text.split_once(BETWEEN), lang) {
        (Some((zh, _)), Lang::Zh) => zh.to_owned(),
        (Some((_, en)), Lang::En) => en.to_owned(),
        (None, _) => text,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::super::Arguments;
    use super::*;

    #[test]
    fn the_language_is_known_wherever_it_stands() {
        let asked = |line: &str| asked_for(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("gongkai --lang zh --help"), Some(Lang::Zh));
        assert_eq!(asked("gongkai build --help --lang=en"), Some(Lang::En));
        for none in ["gongkai --help", "gongkai --lang", "gongkai --lang fr", "gongkai --language zh"] {
            assert_eq!(asked(none), None, "{none}");
        }
    }

    #[test]
    fn each_help_text_is_in_one_language() {
        for (lang, chinese) in [(Lang::Zh, true), (Lang::En, false)] {
            let mut command = in_language(Arguments::command(), Some(lang));
            let own = |text: &str| {
                assert!(!text.contains(BETWEEN), "{text}");
                assert_eq!(text.chars().any(|sign| !sign.is_ascii() && !"’“”".contains(sign)), chinese, "{text}");
            };
            own(&command.get_about().unwrap().to_string());
            for inner in command.get_subcommands_mut() {
                own(&inner.get_about().unwrap().to_string());
                let texts: Vec<String> = inner.get_arguments().map(|one| one.get_help().unwrap().to_string()).collect();
                assert!(!texts.is_empty());
                for text in &texts {
                    own(text);
                }
            }
        }
    }
}
