//! Files of scenarios: JSON Lines, one step a line; blank lines and those that begin with
//! `#` are comments.

use std::ops::Range;

use super::Step;
use crate::callback::Lang;
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::lang::{Localized, localize};
use crate::command::cli::command_word;
use crate::command::cli::expectation;
use crate::command::cli::value::duration;

/// The fields of a step.
const FIELDS: [&str; 7] = ["command", "from", "to", "text", "body", "after", "expect"];

const NO_OBJECT: Localized =
    Localized::new("expected an object with a command", "应为含 command 的对象");
const NO_BODY: Localized = Localized::new("body must be an object", "body 必须是对象");
const NO_COMMAND: Localized = Localized::new("a step needs a command", "缺少 command");
const TEXT_AND_BODY: Localized =
    Localized::new("text has no effect on a body that is given", "已有 body，text 不起作用");

/// A mistake in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake<'a> {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: &'a str,
    /// Its place in the line.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
}

/// Where in a line something is wrong, and what.
type Wrong = (Range<usize>, String);

/// Parses a file.
///
/// # Errors
/// The first mistake.
pub(super) fn parse(text: &str, lang: Lang) -> Result<Vec<Step>, Mistake<'_>> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let is_step = |it: &str| !it.trim().is_empty() && !it.trim_start().starts_with('#');
    let steps = lines.filter(|(_, it)| is_step(it)).map(|(nth, text)| {
        step(text, lang).map_err(|(at, message)| Mistake { line: nth + 1, text, at, message })
    });
    steps.collect()
}

fn step(line: &str, lang: Lang) -> Result<Step, Wrong> {
    let json =
        json::read(line.as_bytes()).map_err(|it| (it.offset..it.offset, it.reason.text(lang)))?;
    let place = |it: Json<'_>| {
        let start = it.offset_in(line.as_bytes());
        start..start + it.raw().len()
    };
    if json.kind() != JsonKind::Object {
        return Err((place(json), NO_OBJECT.text(lang).to_owned()));
    }
    let mut step = Step::default();
    let mut seen = Vec::new();
    for (name, value) in json.pairs() {
        let field = name.as_str().unwrap_or_default();
        if seen.contains(&field) {
            let twice = localize!(lang, "{field} occurs twice", "{field} 重复出现");
            return Err((place(name), twice));
        }
        read(&mut step, &field, value, lang)
            .map_err(|(is_name, message)| (place(if is_name { name } else { value }), message))?;
        seen.push(field);
    }
    check(&step, lang)
        .map_err(|(field, message)| (place(json.get(field).unwrap_or(json)), message))?;
    Ok(step)
}

/// Reads a field into a step. An error is about its name, or about its value.
fn read(step: &mut Step, field: &str, value: Json<'_>, lang: Lang) -> Result<(), (bool, String)> {
    let text = || {
        let text = value.as_str().map(std::borrow::Cow::into_owned);
        let wrong = || localize!(lang, "{field} must be a string", "{field} 必须是字符串");
        text.ok_or_else(|| (false, wrong()))
    };
    match field {
        "command" => step.word = text()?,
        "from" => step.from = Some(text()?),
        "to" => step.to = Some(text()?),
        "text" => step.text = Some(text()?),
        "body" if value.kind() == JsonKind::Object => step.body = Some(value.raw().into()),
        "body" => return Err((false, NO_BODY.text(lang).to_owned())),
        "after" => step.after = duration(&text()?, lang).map_err(|it| (false, it))?,
        "expect" => {
            let text = if value.kind() == JsonKind::Number { value.raw().into() } else { text()? };
            step.expect = Some(expectation::parse(&text, lang).map_err(|it| (false, it))?);
        }
        _ => {
            let known = FIELDS.join(lang.comma());
            let wrong =
                localize!(lang, "unknown field; there are {known}", "未知字段；可用的有 {known}");
            return Err((true, wrong));
        }
    }
    Ok(())
}

/// Checks what depends on several fields. An error is about a field.
fn check(step: &Step, lang: Lang) -> Result<(), (&'static str, String)> {
    if step.word.is_empty() {
        return Err(("command", NO_COMMAND.text(lang).to_owned()));
    }
    if step.body.is_some() && step.text.is_some() {
        return Err(("text", TEXT_AND_BODY.text(lang).to_owned()));
    }
    // A body of one's own can be that of any command, if nothing is expected of the reply.
    if let Some(problem) = command_word::unknown(&step.word, lang).filter(|_| step.body.is_none()) {
        return Err(("command", problem));
    }
    match step.expect.and_then(|it| it.problem(&step.word, lang)) {
        Some(problem) => Err(("expect", problem)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_step_is_a_line_with_its_fields() {
        let text = "# ads\n\n{\"command\":\"C2C.CallbackBeforeSendMsg\",\"from\":\"小\",\"to\":\"b\",\
            \"text\":\"buy\",\"after\":\"300ms\",\"expect\":\"denied\"}\n\
            {\"command\":\"Group.CallbackBeforeSendMsg\",\"body\":{ \"a\":1 },\"expect\":10100}\n";
        let steps = parse(text, Lang::En).unwrap();
        let [first, second] = &steps[..] else { panic!("{steps:?}") };
        assert_eq!(first.word, "C2C.CallbackBeforeSendMsg");
        let texts = [&first.from, &first.to, &first.text].map(|it| it.as_deref().unwrap());
        assert_eq!(texts, ["小", "b", "buy"]);
        assert_eq!(first.after, Duration::from_millis(300));
        assert_eq!(first.expect, expectation::parse("denied", Lang::En).ok());
        assert_eq!(second.body.as_deref(), Some(&b"{ \"a\":1 }"[..]));
        assert_eq!(second.expect, Some(expectation::Expectation::Code(10_100)));
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        for (line, at, wanted) in [
            ("{\"command\":\"A.B\",}", 17, "comma"),
            ("[]", 0, "expected an object with a command"),
            ("{}", 0, "a step needs a command"),
            ("{\"command\":7}", 11, "command must be a string"),
            ("{\"cmd\":\"A.B\"}", 1, "unknown field; there are command, from, to"),
            ("{\"to\":\"小\",\"to\":\"b\"}", 12, "to occurs twice"),
            ("{\"command\":\"A.B\",\"body\":[]}", 24, "body must be an object"),
            ("{\"command\":\"A.B\",\"after\":\"3\"}", 25, "expected a number with a unit"),
            ("{\"command\":\"A.B\",\"expect\":\"no\"}", 26, "expected allowed, denied"),
            ("{\"command\":\"A.B\",\"text\":\"\",\"body\":{}}", 24, "text has no effect"),
            ("{\"command\":\"Group.CallbackAfterSendMgs\"}", 11, "`Group.CallbackAfterSendMsg`?"),
            ("{\"command\":\"My.Own\",\"body\":{},\"expect\":5}", 39, "unknown command `My.Own`"),
            (
                "{\"command\":\"C2C.CallbackAfterSendMsg\",\"expect\":\"denied\"}",
                47,
                "an after-callback: its answer decides nothing",
            ),
        ] {
            let text = format!("\n{line}");
            let mistake = parse(&text, Lang::En).unwrap_err();
            assert_eq!((mistake.line, mistake.at.start), (2, at), "{line}: {}", mistake.message);
            assert!(mistake.message.contains(wanted), "{}", mistake.message);
        }
    }
}
