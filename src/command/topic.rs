//! The topics of `imscope help`, which are sections of the manual.

use super::cli::spec::OptionSpec;
use super::cli::table::known;
use super::exit_status::ExitStatus;
use super::{environment, examples, exit_status, user_files};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::dashboard::guide::{self, Section, Term};
use crate::dashboard::keymap::Keymap;

const STATUS: Localized = Localized::new("Exit status", "退出码");
const ENVIRONMENT: Localized = Localized::new("Environment", "环境变量");
const OPTIONS: Localized = Localized::new("Environment, instead of options", "代替选项的环境变量");
const FILES: Localized = Localized::new("Files", "文件");
const EXAMPLES: Localized = Localized::new("Examples", "示例");

/// A topic.
#[derive(Debug)]
pub(super) struct Topic {
    /// Its name on the command line.
    pub(super) name: &'static str,
    /// What it is about, in one line.
    pub(super) about: Localized,
    /// The heading of its section in the manual.
    pub(super) heading: Localized,
    /// Makes its sections.
    pub(super) sections: fn(&Keymap, Lang) -> Vec<Section>,
}

/// All topics, in the order of the manual.
pub(super) static TOPICS: [Topic; 8] = [
    Topic {
        name: "keys",
        about: Localized::new("The keys of the dashboard", "界面的按键"),
        heading: Localized::new("KEYS", "按键"),
        sections: guide::keys,
    },
    Topic {
        name: "filter",
        about: Localized::new("The language of / and of --filter", "按键 / 与 --filter 的过滤语法"),
        heading: Localized::new("FILTER", "过滤条件"),
        sections: guide::filters,
    },
    Topic {
        name: "signs",
        about: Localized::new("Signs, words and figures on the screen", "界面中的符号、词和数字"),
        heading: Localized::new("SIGNS", "符号"),
        sections: |_, lang| guide::signs(lang),
    },
    Topic {
        name: "answers",
        about: Localized::new(
            "The rules of --answer, --answers and key o",
            "--answer、--answers 与按键 o 的规则",
        ),
        heading: Localized::new("ANSWERS", "应答规则"),
        sections: guide::answers,
    },
    Topic {
        name: "exit-status",
        about: Localized::new("What the exit statuses mean", "退出码的含义"),
        heading: Localized::new("EXIT STATUS", "退出码"),
        sections: |_, lang| statuses(lang),
    },
    Topic {
        name: "environment",
        about: Localized::new("The environment variables that are read", "读取的环境变量"),
        heading: Localized::new("ENVIRONMENT", "环境变量"),
        sections: |_, lang| variables(lang),
    },
    Topic {
        name: "files",
        about: Localized::new("The files that are read and written", "读取与写入的文件"),
        heading: Localized::new("FILES", "文件"),
        sections: |_, lang| files(lang),
    },
    Topic {
        name: "examples",
        about: Localized::new("Command lines to begin with", "入门的命令行"),
        heading: Localized::new("EXAMPLES", "示例"),
        sections: |_, lang| all_examples(lang),
    },
];

/// The topic with a name.
pub(super) fn find(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|it| it.name == name)
}

fn statuses(lang: Lang) -> Vec<Section> {
    let of = |it: &ExitStatus| match it.commands {
        [] => it.code.to_string(),
        commands => format!("{} {}", it.code, commands.join(", ")),
    };
    let terms = exit_status::TABLE.iter();
    vec![section(STATUS, terms.map(|it| Term::new(of(it), it.meaning.text(lang))))]
}

/// The exit statuses of a command.
pub(super) fn statuses_of(command: &str, lang: Lang) -> Section {
    let terms = exit_status::of_command(command);
    section(STATUS, terms.map(|it| Term::new(it.code.to_string(), it.meaning.text(lang))))
}

fn variables(lang: Lang) -> Vec<Section> {
    let others = environment::TABLE.iter();
    let others = others.map(|it| Term::new(it.names.join(", "), it.meaning.text(lang)));
    vec![section(ENVIRONMENT, others), variables_of(known(), lang)]
}

/// The variables of options.
pub(super) fn variables_of(
    options: impl Iterator<Item = &'static OptionSpec>,
    lang: Lang,
) -> Section {
    let term = |it: &OptionSpec| {
        let (help, name) = (it.help.text(lang), it.name);
        Some(Term::new(it.variable?, localize!(lang, "{help} (--{name})", "{help}（--{name}）")))
    };
    section(OPTIONS, options.filter_map(term))
}

fn files(lang: Lang) -> Vec<Section> {
    let terms = user_files::TABLE.iter();
    vec![section(FILES, terms.map(|it| Term::new(it.name, it.meaning.text(lang))))]
}

fn all_examples(lang: Lang) -> Vec<Section> {
    let terms = examples::TABLE.iter();
    vec![section(EXAMPLES, terms.map(|it| Term::new(it.line, it.meaning.text(lang))))]
}

/// The examples of a command; those of the program have no name.
pub(super) fn examples_of(command: &str, lang: Lang) -> Section {
    let terms = examples::of_command(command);
    section(EXAMPLES, terms.map(|it| Term::new(it.line, it.meaning.text(lang))))
}

fn section(heading: Localized, terms: impl Iterator<Item = Term>) -> Section {
    Section { heading, terms: terms.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_topic_is_without_terms_and_each_has_its_name_once() {
        for (nth, topic) in TOPICS.iter().enumerate() {
            assert!(TOPICS[..nth].iter().all(|it| it.name != topic.name));
            for lang in [Lang::En, Lang::Zh] {
                let sections = (topic.sections)(&Keymap::default(), lang);
                assert!(!sections.is_empty(), "{}", topic.name);
                for section in sections {
                    assert!(!section.terms.is_empty(), "{}", section.heading.en);
                    assert!(section.terms.iter().all(|it| !it.meaning.is_empty()));
                }
            }
        }
    }
}
