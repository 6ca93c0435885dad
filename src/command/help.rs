//! `imscope help`: the help of a command, or a topic.

use std::io::Write;
use std::process::ExitCode;

use super::cli::help_page::{Length, Span, page, topic_page};
use super::cli::other::HelpOptions;
use super::cli::spec::CommandSpec;
use super::topic::{self, TOPICS};
use super::{cli, session, usage};
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::nearest::nearest;
use crate::edge::stdio::{Printer, stdout_is_terminal, stdout_width};

/// Columns of what is not printed to a terminal; help is never wider.
const COLUMNS: usize = 100;
/// The style of headings, and of what is to be typed as it stands.
const BOLD: &str = "\x1b[1m";

/// Prints the help of a command, or a topic. Of a command with the name of a topic both.
///
/// # Errors
/// An unknown name; the output cannot be written.
pub(super) fn run(
    options: &HelpOptions,
    lang: Lang,
    out: &mut Printer<impl Write>,
) -> anyhow::Result<ExitCode> {
    let topic = match &*options.topic {
        [name] => topic::find(name),
        _ => None,
    };
    let path = cli::find(options.topic.iter().map(String::as_str));
    let mut spans = Vec::new();
    match (path, topic) {
        (Ok(path), None) => return print(&path, lang, Length::Long, out),
        (Ok(path), Some(_)) => {
            spans.extend(page(&path, lang, Length::Long, columns()));
            spans.push(Span { is_strong: false, text: "\n".to_owned() });
        }
        (Err(_), Some(_)) => {}
        (Err(name), None) => return Err(unknown(&options.topic, name, lang)),
    }
    spans.extend(topic.into_iter().flat_map(|it| topic_page(it, &options.keymap, lang, columns())));
    write(&spans, out)
}

/// Prints the help of the command at the end of a path.
///
/// # Errors
/// The output cannot be written.
pub(super) fn print(
    path: &[&'static CommandSpec],
    lang: Lang,
    length: Length,
    out: &mut Printer<impl Write>,
) -> anyhow::Result<ExitCode> {
    write(&page(path, lang, length, columns()), out)
}

/// The help of the command at the end of a path, without styles.
pub(super) fn plain(path: &[&'static CommandSpec], lang: Lang, length: Length) -> String {
    page(path, lang, length, COLUMNS).into_iter().map(|it| it.text).collect()
}

/// The error of a name that is neither a topic nor a command: the nearest one, and all.
fn unknown(words: &[String], name: &str, lang: Lang) -> anyhow::Error {
    let mut names = commands(words, name);
    let commands = names.join(lang.comma());
    let topics = TOPICS.iter().map(|it| it.name).filter(|_| words.len() == 1);
    names.extend(topics.clone());
    let mut text = localize!(lang, "no such topic: {name}", "没有此主题：{name}");
    text += &suggestion(name, &names, lang);
    let topics = topics.collect::<Vec<_>>().join(lang.comma());
    if !topics.is_empty() {
        text += &localize!(lang, "\n\nTopics: {topics}", "\n\n主题：{topics}");
    }
    text += &localize!(lang, "\nCommands: {commands}", "\n命令：{commands}");
    usage(text)
}

/// The error of a name that is no command, with the nearest one.
pub(super) fn unknown_command(words: &[String], name: &str, lang: Lang) -> anyhow::Error {
    let text = localize!(lang, "no such command: {name}", "没有此命令：{name}");
    usage(text + &suggestion(name, &commands(words, name), lang))
}

/// The names of the commands among which an unknown one was searched.
fn commands(words: &[String], unknown: &str) -> Vec<&'static str> {
    let known = words.iter().map(String::as_str).take_while(|it| *it != unknown);
    let path = cli::find(known).unwrap_or_default();
    path.last().into_iter().flat_map(|it| it.commands).map(|it| it.name).collect()
}

/// The name that is most like an unknown one, as a question.
fn suggestion(name: &str, known: &[&'static str], lang: Lang) -> String {
    nearest(name, known.iter().copied()).map_or_else(String::new, |it| {
        localize!(lang, "; did you mean `{it}`?", "；是否想写 `{it}`？")
    })
}

fn columns() -> usize {
    stdout_width().map_or(COLUMNS, |it| it.min(COLUMNS))
}

fn write(spans: &[Span], out: &mut Printer<impl Write>) -> anyhow::Result<ExitCode> {
    let has_styles = stdout_is_terminal() && !session::colors_disabled();
    for span in spans {
        match span.is_strong && has_styles {
            true => out.styled(BOLD, &span.text)?,
            false => out.write_all(span.text.as_bytes())?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::keymap::Keymap;
    use crate::dashboard::text::width;

    fn help(topic: &str, lang: Lang) -> Result<String, String> {
        let topic = topic.split_whitespace().map(ToOwned::to_owned).collect();
        let mut out = Vec::new();
        let result = run(
            &HelpOptions { topic, keymap: Keymap::default() },
            lang,
            &mut Printer::new(&mut out),
        );
        result.map(|_| String::from_utf8(out).unwrap()).map_err(|it| it.to_string())
    }

    #[test]
    fn every_command_and_topic_has_help_and_an_unknown_one_names_them() {
        for lang in [Lang::En, Lang::Zh] {
            let commands = cli::table::PROGRAM.commands.iter().map(|it| it.name);
            for name in commands.chain(TOPICS.iter().map(|it| it.name)) {
                assert!(help(name, lang).unwrap().lines().count() > 2, "{name}");
            }
        }
        let error = help("enviroment", Lang::En).unwrap_err();
        assert!(error.starts_with("no such topic: enviroment; did you mean `environment`?"));
        assert!(error.contains("\nTopics: keys, filter, ") && error.contains("\nCommands: demo, "));
        let error = help("answers chek", Lang::Zh).unwrap_err();
        assert!(error.starts_with("没有此主题：chek；是否想写 `check`？"), "{error}");
        assert!(!error.contains("主题：keys") && error.contains("命令：check、try"), "{error}");
    }

    #[test]
    fn help_of_a_command_with_the_name_of_a_topic_has_both() {
        let text = help("answers", Lang::En).unwrap();
        assert!(text.contains("Usage: imscope answers") && text.contains("#off"), "{text}");
        assert!(!help("answers check", Lang::En).unwrap().contains("#off"));
    }

    #[test]
    fn texts_of_topics_stand_in_columns_and_are_wrapped() {
        for (topic, lang) in TOPICS.iter().flat_map(|it| [(it, Lang::En), (it, Lang::Zh)]) {
            for columns in [50, 80, 100] {
                let spans = topic_page(topic, &Keymap::default(), lang, columns);
                // Names and examples are not broken, so that they can be copied.
                let texts = spans.iter().filter(|it| !it.is_strong);
                let wide = texts.map(|it| &*it.text).find(|it| columns < width(it.trim_end()));
                let has_example = |it: &str| it.starts_with("  ") && !it.ends_with('\n');
                assert!(wide.is_none_or(has_example), "{wide:?} of {}", topic.name);
            }
        }
        let keys = help("keys", Lang::Zh).unwrap();
        let column = |text: &str| {
            let line = keys.lines().find(|it| it.contains(text)).unwrap();
            width(&line[..line.find(text).unwrap()])
        };
        assert_eq!([column("逐行移动"), column("重新跟随最新")], [column("整屏、半屏移动"); 2]);
    }
}
