//! Deliveries as Tencent sends them, one second apart.

use std::time::Duration;

use imscope::callback::sample::{Maker, Message, Outcome, Sample, Shape, element};
use imscope::callback::trouble::Trouble;
use imscope::callback::{Answer, Delivery, Refusal, Timestamp, Verdict};

/// The start of every journey: 2026-11-22 06:02:00 UTC.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_795_327_320);
pub(crate) const APP: &str = "1400000000";

/// A chat of some users, with a clock of its own.
pub(crate) struct Chat {
    maker: Maker,
    now: Timestamp,
}

impl Chat {
    pub(crate) fn new() -> Self {
        Self { maker: Maker::new(7, APP), now: START.minus(Duration::from_secs(20)) }
    }

    fn message(&mut self, from: &str, to: &str, shape: Shape, text: Option<&str>) -> Message {
        self.now = self.now.plus(Duration::from_secs(1));
        let body = self.maker.body(shape, text);
        self.maker.message(from, to, self.now, body)
    }

    /// A text that was sent; its recipient now has so many unread messages.
    pub(crate) fn sends_text(&mut self, from: &str, to: &str, text: &str, unread: i64) -> Delivery {
        let message = self.message(from, to, Shape::Text, Some(text));
        self.delivery(self.maker.sent(&message, &Outcome::sent(unread)))
    }

    /// A text that may be sent or not, and how that was answered.
    pub(crate) fn asks(&mut self, from: &str, to: &str, text: &str, answer: Answer) -> Delivery {
        let message = self.message(from, to, Shape::Text, Some(text));
        Delivery { answer, ..self.delivery(self.maker.before(&message)) }
    }

    pub(crate) fn sends(&mut self, from: &str, to: &str, shape: Shape) -> Delivery {
        let message = self.message(from, to, shape, None);
        self.delivery(self.maker.sent(&message, &Outcome::sent(1)))
    }

    pub(crate) fn fails(&mut self, from: &str, to: &str, text: &str, code: i64) -> Delivery {
        let message = self.message(from, to, Shape::Text, Some(text));
        self.delivery(self.maker.sent(&message, &Outcome::failed(code)))
    }

    pub(crate) fn reads(&mut self, user: &str, peer: &str) -> Delivery {
        self.now = self.now.plus(Duration::from_secs(1));
        self.delivery(self.maker.read(user, peer, self.now, Some(0)))
    }

    /// A text that is older than the last callback.
    pub(crate) fn older(&mut self, from: &str, to: &str, text: &str) -> Delivery {
        let now = self.now;
        self.now = now.minus(Duration::from_secs(60));
        let delivery = self.sends_text(from, to, text, 3);
        self.now = now;
        Delivery { at: now.plus(Duration::from_millis(300)), ..delivery }
    }

    /// A callback that arrives 0.3 s after it was sent.
    fn delivery(&self, sample: Sample) -> Delivery {
        Delivery { at: self.now.plus(Duration::from_millis(300)), ..delivery(sample) }
    }

    /// Texts from alice to bob, numbered from `text 0.`
    pub(crate) fn texts(&mut self, count: usize) -> Vec<Delivery> {
        (0..count).map(|it| self.sends_text("alice", "bob", &format!("text {it}."), 1)).collect()
    }

    /// A text in which every field that is a text is the same one.
    pub(crate) fn all(&mut self, text: &str) -> Delivery {
        let mut message = self.message(text, text, Shape::Text, Some(text));
        message.body.push(element::custom(text, text));
        message.cloud = Some(text.to_owned());
        let outcome = Outcome { result: 80_001, info: text.to_owned(), unread: Some(1) };
        let mut delivery = self.delivery(self.maker.sent(&message, &outcome));
        delivery.headers = [("x-hostile", text.as_bytes())].into_iter().collect();
        delivery.answer.trouble.push(Trouble::recorded(text.to_owned()));
        delivery
    }
}

/// An answer with this code, and with these fields after it.
pub(crate) fn answer(code: i64, info: &str, rest: &str) -> Answer {
    let body = format!(r#"{{"ActionStatus":"OK","ErrorInfo":"{info}","ErrorCode":{code}{rest}}}"#);
    Answer { body: body.into_bytes().into(), ..Answer::ok(850) }
}

/// An answer that replaces the text of a message.
pub(crate) fn changed(text: &str) -> Answer {
    let element = format!(r#"{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}"#);
    answer(0, "", &format!(r#","MsgBody":[{element}]"#))
}

pub(crate) fn delivery(sample: Sample) -> Delivery {
    Delivery {
        peer: "127.0.0.1:51622".into(),
        method: "POST".into(),
        target: sample.target("/", None).into(),
        headers: [("host", &b"127.0.0.1:9527"[..])].into_iter().collect(),
        body: sample.body.into(),
        answer: Answer::ok(85),
        ..Delivery::default()
    }
}

/// A call of which only the body is known.
pub(crate) fn body(body: impl AsRef<[u8]>) -> Delivery {
    delivery(Sample::new(APP, "C2C.CallbackAfterSendMsg", "alice", body.as_ref().to_vec()))
}

/// The same, refused for its signature.
pub(crate) fn forged(delivery: Delivery) -> Delivery {
    let answer = Answer { status: 403, ..Answer::ok(40) };
    let refusal = Some(Refusal::Signature);
    Delivery { signature: Verdict::Wrong, refusal, answer, ..delivery }
}

/// What a good quarter of an hour brings: of each kind one.
pub(crate) fn a_bit_of_everything() -> Vec<Delivery> {
    let mut chat = Chat::new();
    let mut all = vec![
        chat.sends_text("jared", "Jonh", "red packet", 7),
        chat.sends("alice", "小明", Shape::Image),
        chat.sends_text("小明", "alice", "在的，刚看到 😊", 9),
        chat.fails("mallory", "bob", "加微信领红包，日结 500", 80_001),
        chat.reads("小明", "alice"),
        chat.sends("bob", "Jonh", Shape::Custom),
        chat.fails("mallory", "alice", "hey, remember me?", 20_007),
        chat.fails("mallory", "小明", "hello?", 80_001),
        chat.sends_text("Jonh", "jared", "👨‍👩‍👧‍👦 family dinner at 7?", 2),
        chat.sends("小明", "李雷", Shape::Location),
        chat.older("jared", "Jonh", "sent before, came after"),
        forged(chat.sends_text("mallory", "bob", "I am the administrator", 1)),
        body(r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg", // pasted"#),
        chat.sends("李雷", "小明", Shape::Several),
    ];
    all.push(all[0].clone());
    all.push(body(r#"{"CallbackCommand":"Meeting.CallbackAfterRaiseHand","Hand":"✋"}"#));
    all.push(chat.sends_text("小明", "李雷", "明天见，记得带水和帽子，山上太阳很大", 4));
    all
}
