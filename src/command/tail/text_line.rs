//! A callback as one line of readable text.

use std::io::Write as _;

use jiff::tz::TimeZone;

use crate::callback::decision::judge_delivery;
use crate::callback::incomplete::PARTIAL;
use crate::callback::lang::localize;
use crate::callback::result_word;
use crate::callback::trouble::Trouble;
use crate::callback::{Callback, Delivery, Lang, Timestamp, code, decode, format, json};
use crate::dashboard::sign_set::{SignSet, in_ascii};
use crate::dashboard::text::clean;

/// Formats callbacks in a language, with times of a time zone.
#[derive(Debug)]
pub(super) struct TextFormat {
    pub(super) lang: Lang,
    pub(super) zone: TimeZone,
    pub(super) signs: SignSet,
}

impl TextFormat {
    /// Appends a line: time, sender and recipient, kind, summary, result, problems.
    /// Control characters are replaced, so that none reaches the terminal.
    pub(super) fn write(&self, delivery: &Delivery, out: &mut Vec<u8>) {
        let (time, sentence) = (self.time_of_day(delivery.at), self.sentence(delivery));
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{time}  {sentence}");
    }

    /// The line without its time.
    pub(super) fn sentence(&self, delivery: &Delivery) -> String {
        let callback = decode(delivery);
        let users = match (callback.from.as_deref(), callback.to.as_deref()) {
            (from, Some(to)) => format!("{} → {to}", from.unwrap_or("–")),
            (Some(from), None) => from.to_owned(),
            (None, None) => delivery.peer.to_string(),
        };
        let kind = match &*delivery.method {
            "POST" => callback.type_label(self.lang),
            method => format!("{method} {}", delivery.path()),
        };
        let format_time = |secs| self.time_of_day(Timestamp::from_secs(secs));
        let mut parts = vec![users, kind];
        if !delivery.is_probe() {
            parts.push(callback.summary(self.lang, &format_time));
            parts.push(self.result(delivery, &callback));
        }
        let marked = |it: &Trouble| {
            let text = it.text(self.lang);
            if it.is_fact() { text.into_owned() } else { format!("! {text}") }
        };
        parts.extend(delivery.answer.trouble.iter().map(marked));
        let line = parts.join("  ");
        let line = clean(&line);
        match self.signs {
            SignSet::Unicode => line.into_owned(),
            SignSet::Ascii => in_ascii(&line),
        }
    }

    fn result(&self, delivery: &Delivery, callback: &Callback<'_>) -> String {
        let refused = result_word::REFUSED.text(self.lang);
        if let Some(reason) = delivery.refusal_reason(self.lang) {
            return localize!(self.lang, "{refused}: {reason}", "{refused}：{reason}");
        }
        // The reason is among the problems.
        if callback.json.is_err() && delivery.partial_reason().is_some() {
            return PARTIAL.text(self.lang).to_owned();
        }
        if let Some(judgment) = judge_delivery(callback, delivery) {
            return judgment.summary(self.lang);
        }
        let label = if callback.is_broken() {
            json::BROKEN
        } else {
            match callback.result {
                None => return String::from("–"),
                Some(0) => result_word::OK,
                Some(result) => {
                    let meaning = code::find(result).map_or("", |it| it.meaning().text(self.lang));
                    return format!("{result} {meaning}").trim_end().to_owned();
                }
            }
        };
        label.text(self.lang).to_owned()
    }

    fn time_of_day(&self, at: Timestamp) -> String {
        format::time_of_day(at, &self.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::{Answer, Refusal, Verdict, trouble};

    fn formatted(
        lang: Lang,
        method: &'static str,
        body: &str,
        change: impl FnOnce(&mut Delivery),
    ) -> String {
        let mut delivery = Delivery {
            at: Timestamp::from_secs(1_795_327_331),
            peer: "127.0.0.1:5".into(),
            method: method.into(),
            target: "/im?CallbackCommand=C2C.CallbackAfterSendMsg".into(),
            body: body.as_bytes().into(),
            answer: Answer::ok(80),
            ..Delivery::default()
        };
        change(&mut delivery);
        let mut out = Vec::new();
        TextFormat { lang, zone: TimeZone::UTC, signs: SignSet::Unicode }
            .write(&delivery, &mut out);
        String::from_utf8(out).unwrap()
    }

    const BODY: &str = r#"{"From_Account":"jared\u001b[31m","To_Account":"Jonh","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"red\u0007 packet"}}],"SendMsgResult":0}"#;

    #[test]
    fn a_callback_is_a_line_without_control_characters() {
        assert_eq!(
            formatted(Lang::En, "POST", BODY, |_| {}),
            "06:02:11  jared␛[31m → Jonh  text  red␇ packet  ok\n"
        );
        let failed = BODY.replace(":0}", ":80001}");
        let line = formatted(Lang::Zh, "POST", &failed, |it| {
            it.answer.trouble.push(Trouble::recorded("太慢"));
        });
        assert!(line.contains("  80001 ") && line.ends_with("  ! 太慢\n"), "{line}");
    }

    #[test]
    fn a_before_callback_has_its_decision() {
        let line = |lang, answer: &str| {
            formatted(lang, "POST", BODY, |it| {
                it.target = "/?CallbackCommand=C2C.CallbackBeforeSendMsg".into();
                it.answer.body = answer.to_owned().into_bytes().into();
            })
        };
        let denied = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;
        assert!(line(Lang::En, denied).ends_with("  denied 120001 \"no\"\n"));
        assert!(line(Lang::Zh, denied).ends_with("  拒绝 120001 “no”\n"));
        assert!(line(Lang::En, "{}").contains("  invalid: ErrorInfo missing"));
    }

    #[test]
    fn of_a_body_that_was_received_in_part_the_problem_is_shown() {
        let line = formatted(Lang::En, "POST", &BODY[..40], |it| {
            it.answer.status = 413;
            it.answer.trouble.push(trouble::body_too_long(40));
        });
        assert!(line.ends_with("  partial  ! the body is longer than 40 bytes\n"), "{line}");
    }

    #[test]
    fn other_requests_are_a_line_too() {
        assert_eq!(formatted(Lang::En, "GET", "", |_| {}), "06:02:11  127.0.0.1:5  GET /im\n");
        let refused = formatted(Lang::En, "POST", BODY, |it| {
            (it.refusal, it.signature) = (Some(Refusal::Signature), Verdict::Absent);
        });
        assert!(refused.contains("  refused: signature absent: "), "{refused}");
        let looped = formatted(Lang::Zh, "POST", BODY, |it| it.refusal = Some(Refusal::Loop));
        assert!(looped.contains("  拒收：") && looped.ends_with("的 URL 指向 imscope\n"));
        let broken = formatted(Lang::En, "POST", "{", |_| {});
        assert!(broken.ends_with("  broken\n"), "{broken}");
    }
}
