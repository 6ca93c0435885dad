//! An endless, reproducible chat as callbacks: mostly text, some images and custom elements.

use std::time::Duration;

use imscope::callback::sample::element::Shape;
use imscope::callback::sample::{Maker, Outcome};
use imscope::callback::{Answer, Delivery, Headers, Seq, Timestamp};

/// Arrival of the first callback.
pub const START: Timestamp = Timestamp(1_764_000_000_000_000);

/// Generates the callbacks of a chat among `users` users.
pub struct Chat {
    maker: Maker,
    users: usize,
    nth: usize,
}

impl Chat {
    /// Starts a chat among `users` users.
    pub fn among(users: usize) -> Self {
        Self { maker: Maker::new(9527, "1400000000"), users, nth: 0 }
    }
}

impl Iterator for Chat {
    type Item = Delivery;

    fn next(&mut self) -> Option<Delivery> {
        let shapes = [Shape::Text, Shape::Text, Shape::Text, Shape::Image, Shape::Custom];
        let nth = self.nth;
        self.nth += 1;
        let at = START.plus(Duration::from_micros(u64::try_from(nth).unwrap_or_default() * 50));
        let name = |it: usize| format!("user_{}", it % self.users);
        // Strides that reach every user, each with changing partners.
        let (from, to) =
            (name(nth.wrapping_mul(7919)), name(nth.wrapping_mul(104_729) + nth / self.users + 1));
        let body = self.maker.body(shapes[nth % shapes.len()], None);
        let message = self.maker.message(&from, &to, at, body);
        let outcome = match nth % 50 {
            0 => Outcome::failed(80001),
            _ => Outcome::sent(i64::try_from(nth % 20).unwrap_or_default()),
        };
        let sample = self.maker.sent(&message, &outcome);
        Some(Delivery {
            seq: Seq(nth as u64 + 1),
            at,
            peer: "127.0.0.1:50000".into(),
            method: "POST".into(),
            target: sample.target("/", None).into(),
            headers: Headers::from_block(&b"host: 127.0.0.1:9527\n"[..]),
            body: sample.body.into(),
            answer: Answer::ok(80),
            ..Delivery::default()
        })
    }
}
