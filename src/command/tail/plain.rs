//! A callback as one line of text for people.

use std::io::Write as _;

use jiff::tz::TimeZone;

use crate::callback::Localized;
use crate::callback::{Callback, Delivery, Lang, Timestamp, code, decode};
use crate::dashboard::text::clean;

/// How to speak.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) lang: Lang,
    pub(super) zone: TimeZone,
}

impl Plain {
    /// Appends a line: when, who to whom, what, and what came of it. Nothing
    /// that came in reaches the terminal as a control code.
    pub(super) fn write(&self, delivery: &Delivery, out: &mut Vec<u8>) {
        let callback = decode(delivery);
        let who = match (callback.from.as_deref(), callback.to.as_deref()) {
            (from, Some(to)) => format!("{} → {to}", from.unwrap_or("–")),
            (Some(from), None) => from.to_owned(),
            (None, None) => delivery.peer.to_string(),
        };
        let what = match &*delivery.method {
            "POST" => callback.kind_word(self.lang),
            method => format!("{method} {}", delivery.path()),
        };
        let clock = |secs| self.clock(Timestamp::from_secs(secs));
        let mut parts = vec![self.clock(delivery.at), who, what];
        if !delivery.is_probe() {
            parts.push(callback.summary(self.lang, &clock));
            parts.push(self.result(delivery, &callback));
        }
        parts.extend(delivery.answer.trouble.iter().map(|it| format!("! {it}")));
        let line = parts.join("  ");
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{}", clean(&line));
    }

    fn result(&self, delivery: &Delivery, callback: &Callback<'_>) -> String {
        let word = if delivery.is_refused() {
            Localized::new("refused", "已拒绝")
        } else if callback.body.is_err() && !callback.is_empty() {
            Localized::new("broken", "无法解析")
        } else {
            match callback.result {
                None => return String::from("–"),
                Some(0) => Localized::new("ok", "成功"),
                Some(result) => {
                    let brief = code::find(result).map_or("", |it| it.brief.text(self.lang));
                    return format!("{result} {brief}").trim_end().to_owned();
                }
            }
        };
        word.text(self.lang).to_owned()
    }

    fn clock(&self, at: Timestamp) -> String {
        let Ok(stamp) = jiff::Timestamp::from_microsecond(at.0) else { return "–".to_owned() };
        stamp.to_zoned(self.zone.clone()).strftime("%H:%M:%S").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::{Answer, Verdict};

    fn told(
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
        Plain { lang, zone: TimeZone::UTC }.write(&delivery, &mut out);
        String::from_utf8(out).unwrap()
    }

    const BODY: &str = r#"{"From_Account":"jared\u001b[31m","To_Account":"Jonh","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"red\u0007 packet"}}],"SendMsgResult":0}"#;

    #[test]
    fn a_callback_is_a_line_without_control_codes() {
        assert_eq!(
            told(Lang::En, "POST", BODY, |_| {}),
            "06:02:11  jared␛[31m → Jonh  text  red␇ packet  ok\n"
        );
        let failed = BODY.replace(":0}", ":80001}");
        let line = told(Lang::Zh, "POST", &failed, |it| it.answer.trouble.push("太慢".to_owned()));
        assert!(line.contains("  80001 ") && line.ends_with("  ! 太慢\n"), "{line}");
    }

    #[test]
    fn what_is_no_callback_is_a_line_too() {
        assert_eq!(told(Lang::En, "GET", "", |_| {}), "06:02:11  127.0.0.1:5  GET /im\n");
        let refused = told(Lang::En, "POST", BODY, |it| it.signature = Verdict::Wrong);
        assert!(refused.ends_with("  refused\n"), "{refused}");
        let broken = told(Lang::En, "POST", "{", |_| {});
        assert!(broken.ends_with("  broken\n"), "{broken}");
    }
}
