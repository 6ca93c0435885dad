//! The answer of a rule to a callback, in the form that its command requires.

use crate::answer::own::{allow, fail, imscope_answer, no_answer};
use crate::answer::reply_body;
use crate::answer::rule::{Replacement, Reply};
use crate::callback::decision::{DROP, codes};
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::trouble::{self, Trouble};
use crate::callback::{Answer, json_pointer};

/// The answer to a callback with this command word and body; its duration is left at 0,
/// and what Tencent does not expect of it is in its trouble. [`Reply::Forward`] allows
/// until the local app has answered.
pub fn answer(word: &str, body: &[u8], reply: &Reply) -> Answer {
    let json = json::read(body).ok();
    let answer = match reply {
        Reply::Allow | Reply::Forward(_) => return allow(word, json),
        Reply::Fail(text) if text.is_empty() => return fail(200, "a rule answers FAIL"),
        Reply::Fail(text) => return fail(200, text),
        Reply::Status(code) => {
            return fail(*code, format!("a rule answers with the status {code}"));
        }
        Reply::Hang => return no_answer(),
        Reply::Deny(code, info) => {
            imscope_answer(200, reply_body::decision(word, json, *code, info), None)
        }
        Reply::Drop => imscope_answer(200, reply_body::decision(word, json, DROP, ""), None),
        Reply::Body(body) => imscope_answer(200, body.clone(), None),
        Reply::Set(_) if !codes(word).is_some_and(|it| it.is_message) => {
            return unchanged(word, json, trouble::only_messages_change());
        }
        Reply::Set(all) => match json.map(|it| replaced(it, all)) {
            Some(Ok(fields)) => imscope_answer(200, changed(&fields), None),
            Some(Err(pointer)) => {
                return unchanged(word, json, trouble::nothing_to_change(pointer));
            }
            None => return allow(word, json),
        },
    };
    let checked = check_reply(Expected::of(word, body), 200, &answer.body);
    Answer { trouble: checked.err().unwrap_or_default(), ..answer }
}

/// The answer that allows a message as it is, for this reason.
fn unchanged(word: &str, json: Option<Json<'_>>, reason: Trouble) -> Answer {
    Answer { trouble: vec![reason], ..allow(word, json) }
}

/// The body that allows a message with these fields replaced.
fn changed(fields: &[(&str, String)]) -> Vec<u8> {
    let fields: Vec<_> = fields.iter().map(|(name, it)| format!(r#","{name}":{it}"#)).collect();
    let fields = fields.concat();
    format!(r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0{fields}}}"#).into_bytes()
}

/// The fields of a message that replacements concern, whole, with the new values.
///
/// # Errors
/// The first pointer to a value that the message does not have.
fn replaced<'a>(
    request: Json<'_>,
    replacements: &'a [Replacement],
) -> Result<Vec<(&'a str, String)>, &'a str> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for Replacement { pointer, value } in replacements {
        let mut steps = pointer.split('/').skip(1);
        let name = steps.next().unwrap_or_default();
        let steps: Vec<_> = steps.collect();
        let nth = fields.iter().position(|(it, _)| *it == name);
        let field = match nth {
            Some(nth) => Some(fields[nth].1.as_str()),
            None => request.get(name).map(Json::raw),
        };
        let field = match (field, &*steps) {
            (_, []) => value.clone(),
            (Some(field), steps) => set(field, steps, value).ok_or(pointer.as_str())?,
            (None, _) => return Err(pointer),
        };
        match nth {
            Some(nth) => fields[nth].1 = field,
            None => fields.push((name, field)),
        }
    }
    Ok(fields)
}

/// The value with another one below it, at these steps of a JSON pointer; the rest stays
/// byte for byte. `None` if there is no such value.
fn set(json: &str, steps: &[&str], value: &str) -> Option<String> {
    let field = json::read(json.as_bytes()).ok()?;
    let target = steps.iter().try_fold(field, |it, step| child(it, step))?;
    let start = target.offset_in(json.as_bytes());
    let end = start + target.raw().len();
    Some([&json[..start], value, &json[end..]].concat())
}

/// The value one step of a JSON pointer below another.
fn child<'a>(json: Json<'a>, step: &str) -> Option<Json<'a>> {
    match json.kind() {
        JsonKind::Array => json.items().get(json_pointer::index(step)?).copied(),
        _ => json.get(&json_pointer::unescape(step)),
    }
}

#[cfg(test)]
mod table;
#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "C2C.CallbackBeforeSendMsg";
    const BODY: &str =
        r#"{"MsgBody": [{"MsgType":"TIMTextElem", "MsgContent":{"Text":"a","N":1.50}}]}"#;

    fn body(word: &str, request: &str, reply: &Reply) -> (String, Vec<Trouble>) {
        let answer = answer(word, request.as_bytes(), reply);
        assert_eq!(answer.status, 200);
        (String::from_utf8(answer.body.into_owned()).unwrap(), answer.trouble)
    }

    fn set(all: &[(&str, &str)]) -> Reply {
        let replacement = |(pointer, value): &(&str, &str)| Replacement {
            pointer: (*pointer).to_owned(),
            value: (*value).to_owned(),
        };
        Reply::Set(all.iter().map(replacement).collect())
    }

    #[test]
    fn a_changed_message_is_returned_whole_and_otherwise_byte_for_byte() {
        let text = ("/MsgBody/0/MsgContent/Text", r#""小""#);
        let reply = set(&[text, ("/MsgBody/0/MsgContent/N", "2"), ("/CloudCustomData", r#""{}""#)]);
        let expected = concat!(
            r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"#,
            r#""MsgBody":[{"MsgType":"TIMTextElem", "MsgContent":{"Text":"小","N":2}}],"#,
            r#""CloudCustomData":"{}"}"#
        );
        assert_eq!(body(MESSAGE, BODY, &reply), (expected.to_owned(), vec![]));
    }

    #[test]
    fn a_value_that_the_message_does_not_have_leaves_it_unchanged() {
        for pointer in
            ["/MsgBody/1/MsgType", "/MsgBody/0/MsgContent/Desc", "/MsgBody/x", "/MsgBody/00"]
        {
            let (body, trouble) = body(MESSAGE, BODY, &set(&[(pointer, "1")]));
            assert_eq!(body, r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#);
            assert_eq!(trouble, [format!("the callback has no {pointer}: nothing was changed")]);
        }
    }

    #[test]
    fn what_the_command_does_not_know_is_trouble() {
        let deny = |code| Reply::Deny(code, "no".to_owned());
        assert_eq!(body(MESSAGE, "{}", &deny(120_001)).1, [""; 0]);
        assert_eq!(body(MESSAGE, "{}", &Reply::Drop).1, [""; 0]);
        for (word, reply) in [
            (MESSAGE, deny(5)),
            ("Group.CallbackBeforeCreateGroup", Reply::Drop),
            ("C2C.CallbackAfterSendMsg", deny(1)),
            (MESSAGE, Reply::Body(b"[]".to_vec())),
            ("Group.CallbackBeforeCreateGroup", set(&[("/CloudCustomData", "1")])),
        ] {
            assert_ne!(body(word, "{}", &reply).1, [""; 0], "{word} {reply:?}");
        }
    }
}
