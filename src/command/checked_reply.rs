//! A reply to a callback sent, and what Tencent makes of it.

use std::time::Duration;

use super::cli::expectation::Expectation;
use super::sentence;
use crate::callback::decision::{Decision, Judgment, Refused, changes, judge};
use crate::callback::lang::{Localized, localize};
use crate::callback::reply_check::{Expected, MAX_INFO, check_reply, escaped};
use crate::callback::secret::Secrets;
use crate::callback::{Answer, Lang};
use crate::edge::http_client::{Reply, TimedOut};

/// The maximum number of fields, or users, that are named.
const MAX_NAMED: usize = 3;

const SEMICOLON: Localized = Localized::new("; ", "；");
const NO_REPLY: Localized = Localized::new("no reply", "无应答");
const AS_REQUIRED: Localized = Localized::new("as Tencent requires", "符合腾讯云要求");

/// A reply to a callback, or that there is none.
#[derive(Debug)]
pub(super) struct CheckedReply {
    /// The command word of the callback.
    pub word: String,
    /// The status and the time of the reply; `None` without one.
    pub reply: Option<(u16, Duration)>,
    /// What Tencent makes of it; `None` for an "after" command, and if the callback
    /// could not be sent.
    pub judgment: Option<Judgment>,
    /// The decision, and what is not as Tencent requires or not as expected; without
    /// secrets.
    pub text: String,
    /// Whether it is as Tencent requires. A documented denial is.
    pub is_valid: bool,
    /// Whether it is as the user expects.
    pub is_expected: bool,
    /// Whether there is none for another reason than time: the callback could not be sent,
    /// or the connection was closed.
    pub is_lost: bool,
    /// What the user expects.
    pub expected: Option<Expectation>,
}

impl CheckedReply {
    /// Checks the reply to a callback with this command word and body.
    pub(super) fn new(
        word: &str,
        request: &[u8],
        reply: &anyhow::Result<Reply>,
        secrets: &Secrets<'_>,
        lang: Lang,
    ) -> Self {
        let (judgment, parts, is_valid) = match reply {
            Ok(reply) => check(word, request, reply, lang),
            Err(error) => {
                let judged = || judge(word, request, &Answer { status: 0, ..Answer::default() });
                let judgment = error.is::<TimedOut>().then(judged).flatten();
                let late =
                    judgment.as_ref().map(|it| localize!(lang, "{}: ", "{}：", it.word(lang)));
                let error = sentence(error, lang);
                let text = format!("{}{error}", late.unwrap_or_default());
                (judgment, vec![text], false)
            }
        };
        let is_lost = reply.as_ref().is_err_and(|it| !it.is::<TimedOut>());
        let reply = reply.as_ref().ok().map(|it| (it.status, it.took));
        let text = secrets.masked_all(&parts).join(SEMICOLON.text(lang));
        Self {
            word: word.to_owned(),
            reply,
            judgment,
            text,
            is_valid,
            is_expected: true,
            is_lost,
            expected: None,
        }
    }

    /// Compares it with what is expected of a "before" command.
    pub(super) fn expecting(mut self, expectation: Expectation, lang: Lang) -> Self {
        self.is_expected = self.judgment.as_ref().is_some_and(|it| expectation.is_met(it));
        self.expected = Some(expectation);
        if !self.is_expected {
            let received = self.judgment.as_ref().map(|it| it.word(lang));
            let received = received.unwrap_or_else(|| NO_REPLY.text(lang).to_owned());
            let (text, expected) = (&self.text, expectation.word(lang));
            self.text = localize!(
                lang,
                "{text}; expected {expected}, but got {received}",
                "{text}；预期{expected}，实为{received}"
            );
        }
        self
    }

    /// Whether it is neither valid nor as expected, or changes what happens.
    pub(super) fn is_remarkable(&self) -> bool {
        let decides = self.judgment.as_ref().is_some_and(|it| it.decision != Decision::Allowed);
        self.is_wrong() || decides
    }

    /// Whether it is not as expected; without an expectation, and if a usable reply is
    /// expected, also whether it is not valid.
    pub(super) const fn is_wrong(&self) -> bool {
        let is_invalid_expected = matches!(self.expected, Some(it) if it.is_invalid());
        !self.is_expected || (!self.is_valid && !is_invalid_expected)
    }
}

/// What Tencent makes of a reply, the sentences about it, and whether it is valid.
fn check(
    word: &str,
    request: &[u8],
    reply: &Reply,
    lang: Lang,
) -> (Option<Judgment>, Vec<String>, bool) {
    let wrong = check_reply(Expected::of(word, request), reply.status, &reply.body);
    let wrong = wrong.err().unwrap_or_default();
    let mut wrong: Vec<_> = wrong.iter().map(|it| it.text(lang).into_owned()).collect();
    let answer = Answer {
        status: reply.status,
        took: u32::try_from(reply.took.as_micros()).unwrap_or(u32::MAX),
        body: reply.body.to_vec().into(),
        ..Answer::default()
    };
    let Some(judgment) = judge(word, request, &answer) else {
        let is_valid = wrong.is_empty();
        if is_valid {
            wrong.push(AS_REQUIRED.text(lang).to_owned());
        }
        return (None, wrong, is_valid);
    };
    let is_invalid = matches!(judgment.decision, Decision::Invalid | Decision::Late);
    if is_invalid && wrong.is_empty() {
        wrong.push(judgment.sentence(lang));
    }
    let is_valid = wrong.is_empty();
    let mut parts = vec![decision(&judgment, request, &reply.body, is_valid, lang)];
    parts.append(&mut wrong);
    (Some(judgment), parts, is_valid)
}

/// The decision with its reason, or with what it is about: `denied 120001 "no ads"`.
fn decision(
    judgment: &Judgment,
    request: &[u8],
    reply: &[u8],
    is_valid: bool,
    lang: Lang,
) -> String {
    let word = judgment.word(lang);
    if !judgment.refused.is_empty() {
        let users = judgment.refused.iter().map(user);
        let users = named(users.collect(), lang);
        return localize!(lang, "{word}: {users}", "{word}：{users}");
    }
    match judgment.decision {
        Decision::Changed => {
            let pointers = changes(request, reply).into_iter();
            let pointers = pointers.map(|it| escaped(&it.pointer, MAX_INFO));
            let pointers = named(pointers.collect(), lang);
            localize!(lang, "{word}: {pointers}", "{word}：{pointers}")
        }
        // That of an invalid reply follows what is wrong with it.
        Decision::Denied | Decision::Dropped if is_valid && !judgment.info.is_empty() => {
            format!("{word} {}", quoted(&judgment.info))
        }
        _ => word,
    }
}

/// A user that is refused, with the code and the reason.
fn user(refused: &Refused) -> String {
    let account = escaped(&refused.account, MAX_INFO);
    let code = refused.code.map(|it| it.to_string());
    let info = Some(&refused.info).filter(|it| !it.is_empty()).map(|it| quoted(it));
    let parts: Vec<_> = [Some(account), code, info].into_iter().flatten().collect();
    parts.join(" ")
}

fn quoted(info: &str) -> String {
    format!("\"{}\"", escaped(info, MAX_INFO))
}

/// The first of some names, and the number of the others.
fn named(mut names: Vec<String>, lang: Lang) -> String {
    let more = names.len().saturating_sub(MAX_NAMED);
    names.truncate(MAX_NAMED);
    if more > 0 {
        names.push(localize!(lang, "{more} more", "另有 {more} 个"));
    }
    names.join(lang.comma())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::cli::expectation::parse;

    const BEFORE: &str = "C2C.CallbackBeforeSendMsg";

    fn checked(word: &str, request: &str, status: u16, body: &str) -> CheckedReply {
        let reply = Reply {
            status,
            content_type: None,
            date: None,
            body: body.to_owned().into(),
            took: Duration::from_micros(420),
        };
        CheckedReply::new(word, request.as_bytes(), &Ok(reply), &Secrets::default(), Lang::En)
    }

    fn text(word: &str, request: &str, rest: &str) -> String {
        let body = format!(r#"{{"ActionStatus":"OK",{rest}}}"#);
        let checked = checked(word, request, 200, &body);
        assert!(checked.is_valid, "{checked:?}");
        checked.text
    }

    #[test]
    fn the_text_is_the_decision_with_its_reason() {
        let request = r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}}]}"#;
        let of = |rest: &str| text(BEFORE, request, rest);
        assert_eq!(of(r#""ErrorInfo":"","ErrorCode":0"#), "allowed");
        assert_eq!(of(r#""ErrorInfo":"no \n","ErrorCode":120001"#), r#"denied 120001 "no""#);
        assert_eq!(of(r#""ErrorInfo":"","ErrorCode":1"#), "denied 1");
        assert_eq!(of(r#""ErrorInfo":"","ErrorCode":2"#), "dropped");
        let changed = r#""ErrorInfo":"","ErrorCode":0,"CloudCustomData":"x",
            "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"b"}}]"#;
        assert_eq!(of(changed), "changed: /MsgBody/0/MsgContent/Text, /CloudCustomData");
    }

    #[test]
    fn users_that_are_refused_are_named_with_their_codes() {
        let request = r#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}]}"#;
        let rest = r#""ErrorInfo":"","ErrorCode":0,"ResultItem":[{"To_Account":"a","ResultCode":0,
            "ResultInfo":""},{"To_Account":"b","ResultCode":38001,"ResultInfo":"busy"}]"#;
        let found = text("Sns.CallbackPrevFriendAdd", request, rest);
        assert_eq!(found, r#"denied 1/2: b 38001 "busy""#);
    }

    #[test]
    fn the_reason_of_a_refusal_follows_what_is_wrong_with_it() {
        let no = r#"{"ActionStatus":"FAIL","ErrorInfo":"no Sign","ErrorCode":1}"#;
        let refused = checked(BEFORE, "{}", 403, no);
        assert_eq!(
            refused.text,
            "invalid; the status is 403, but must be 200; \
             ActionStatus is \"FAIL\", but must be \"OK\"; ErrorInfo: \"no Sign\""
        );
        assert!(!refused.is_valid && refused.is_remarkable());
        let after = checked("C2C.CallbackAfterSendMsg", "{}", 413, no);
        assert!(after.text.ends_with("; ErrorInfo: \"no Sign\""), "{}", after.text);
    }

    #[test]
    fn what_was_expected_is_compared_with_what_came() {
        let no = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1}"#;
        let met = |text: &str| {
            checked(BEFORE, "{}", 200, no).expecting(parse(text, Lang::En).unwrap(), Lang::En)
        };
        assert!(met("denied").is_expected && met("1").is_expected);
        let dropped = met("dropped");
        assert!(dropped.is_valid && dropped.is_wrong());
        assert_eq!(dropped.text, "denied 1; expected dropped, but got denied 1");
        let lost = CheckedReply::new(
            BEFORE,
            b"",
            &Err(anyhow::anyhow!("cannot connect")),
            &Secrets::default(),
            Lang::En,
        );
        let lost = lost.expecting(Expectation::Code(120_001), Lang::En);
        assert_eq!(lost.text, "cannot connect; expected code 120001, but got no reply");
        let unusable = |it: &str| {
            checked(BEFORE, "{}", 503, no).expecting(parse(it, Lang::En).unwrap(), Lang::En)
        };
        assert!(!unusable("invalid").is_wrong() && unusable("late").is_wrong());
    }
}
