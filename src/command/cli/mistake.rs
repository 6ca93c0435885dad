//! What is wrong with a command line, as a text. In English it is clap's own.

use std::env;
use std::error::Error as _;
use std::ffi::OsString;
use std::fmt::Write as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::language;
use super::table::known;
use crate::callback::Lang;
use crate::callback::lang::localize;

/// A mistake of the command line, with what is right and how to find help. What it begins
/// with is that of all errors, not clap's.
pub(super) fn text(error: &Error, lang: Lang) -> String {
    // The language would stand in the usage if it is given by its variable.
    let english = error.render().to_string().replace(" --lang <LANG>", "");
    let english = of_place(error, &english).unwrap_or(english);
    let english = english.strip_prefix("error: ").unwrap_or(&english).trim_end();
    lang.translate(english, |_| chinese(error)).into_owned()
}

/// A mistake in the value of an option, with the name of the variable that has it if the
/// option is not written.
pub(super) fn naming_variable(mut error: Error, arguments: &[OsString]) -> Error {
    let first = |kind| words(&error, kind).into_iter().next();
    let option = first(ContextKind::InvalidArg).unwrap_or_default();
    let value = first(ContextKind::InvalidValue).unwrap_or_default();
    let name = option.split(' ').next().unwrap_or_default();
    let spec = known().find(|it| name.strip_prefix("--") == Some(it.name));
    let is_in = |it: &&str| env::var_os(it).is_some_and(|set| *set == *value);
    let variable = spec.and_then(|it| it.variable).filter(is_in);
    if let Some(variable) = variable.filter(|_| language::written(arguments, name).is_none()) {
        error.insert(ContextKind::InvalidArg, ContextValue::String(variable.to_owned()));
    }
    error
}

/// The whole mistake of an option before a command in English; `None` of another mistake.
fn of_place(error: &Error, english: &str) -> Option<String> {
    let is_conflict = error.kind() == ErrorKind::ArgumentConflict;
    let command = words(error, ContextKind::InvalidSubcommand).into_iter().next();
    let options = words(error, ContextKind::PriorArg).join(" ");
    let sentence = after_command(&command.filter(|_| is_conflict)?, &options, Lang::En);
    let (_, rest) = english.split_once('\n')?;
    Some(format!("{sentence}\n{rest}"))
}

/// Where options are written that stand before a command.
fn after_command(command: &str, options: &str, lang: Lang) -> String {
    localize!(
        lang,
        "options go after the command: imscope {command} {options}",
        "选项应写在命令之后：imscope {command} {options}"
    )
}

/// What is wrong with the value of an option, in one line.
pub(super) fn of_value(error: &Error, lang: Lang) -> String {
    let valid = words(error, ContextKind::ValidValue);
    let text = match error.source() {
        Some(why) if valid.is_empty() => why.to_string(),
        _ => {
            let words = valid.join(lang.comma());
            localize!(lang, "expected one of: {words}", "应为以下之一：{words}")
        }
    };
    let text = text.lines().next().unwrap_or_default().to_owned();
    match words(error, ContextKind::SuggestedValue).first() {
        Some(it) => localize!(lang, "{text}; did you mean `{it}`?", "{text}；是否想写 `{it}`？"),
        None => text,
    }
}

/// The whole mistake in Chinese; `None` for a kind that imscope's options cannot cause.
fn chinese(error: &Error) -> Option<String> {
    let mut text = format!("{}\n", sentence(error)?);
    let suggestions = [
        (ContextKind::SuggestedArg, "选项"),
        (ContextKind::SuggestedSubcommand, "命令"),
        (ContextKind::SuggestedValue, "值"),
    ];
    for (kind, what) in suggestions {
        let words = words(error, kind);
        if !words.is_empty() {
            let _ = write!(text, "\n  提示：相近的{what}：{}\n", quoted(&words));
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let _ = write!(text, "\n{}\n", in_chinese(&usage.to_string()));
    }
    text.push_str("\n更多说明：--help");
    Some(text)
}

fn sentence(error: &Error) -> Option<String> {
    let (option, value) = (ContextKind::InvalidArg, ContextKind::InvalidValue);
    let first = |kind| words(error, kind).into_iter().next();
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("未知选项或参数 '{}'", first(option)?),
        ErrorKind::InvalidSubcommand => {
            format!("未知命令 '{}'", first(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingRequiredArgument => {
            format!("缺少必填项：{}", listed(&words(error, option)))
        }
        ErrorKind::InvalidValue => {
            let valid = words(error, ContextKind::ValidValue);
            match first(value)?.as_str() {
                "" => format!("'{}' 缺少值{}", first(option)?, listed_values(&valid)),
                value => {
                    format!("'{}' 的值 '{value}' 无效{}", first(option)?, listed_values(&valid))
                }
            }
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|it| format!("：{it}")).unwrap_or_default();
            format!("'{}' 的值 '{}' 无效{why}", first(option)?, first(value)?)
        }
        ErrorKind::TooManyValues => {
            format!("'{}' 的值过多：'{}'", first(option)?, first(value)?)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("'{}' 的值的数量不对", first(option)?)
        }
        ErrorKind::ArgumentConflict => conflict(error)?,
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        _ => return None,
    })
}

fn conflict(error: &Error) -> Option<String> {
    let others = words(error, ContextKind::PriorArg);
    let first = |kind| words(error, kind).into_iter().next();
    Some(match (first(ContextKind::InvalidArg), first(ContextKind::InvalidSubcommand)) {
        (Some(option), _) if others == [option.as_str()] => format!("'{option}' 只能出现一次"),
        (Some(option), _) => format!("'{option}' 不能与以下选项同时使用：{}", listed(&others)),
        (None, Some(command)) => after_command(&command, &others.join(" "), Lang::Zh),
        (None, None) => return None,
    })
}

/// A context as a list of words.
fn words(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(it)) => vec![it.clone()],
        Some(ContextValue::Strings(them)) => them.clone(),
        _ => Vec::new(),
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join("、")
}

/// Each word on a line of its own.
fn listed(words: &[String]) -> String {
    words.iter().flat_map(|it| ["\n  ", it]).collect()
}

fn listed_values(words: &[String]) -> String {
    match words {
        [] => String::new(),
        _ => format!("\n  [可选值：{}]", words.join("、")),
    }
}

/// The words of clap in a usage.
fn in_chinese(usage: &str) -> String {
    let usage = usage
        .replace(" --lang <LANG>", "")
        .replace("Usage: ", "用法：")
        .replace("[OPTIONS]", "[选项]");
    let usage = usage.replace("<COMMAND>", "<命令>");
    // The second line of a usage is indented by the width of the word before the first.
    usage.replace("\n       ", "\n      ")
}
