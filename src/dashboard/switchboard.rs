//! The answers that the switchboard offers.

use std::time::Duration;

use crate::callback::Localized;
use crate::callback::answer_mode::{AnswerKind, AnswerMode};

/// A choice of the switchboard.
#[derive(Debug)]
pub(super) struct Choice {
    /// The key of the menu.
    pub(super) key: char,
    /// What it does.
    pub(super) words: Localized,
    answer: Answer,
}

#[derive(Debug)]
enum Answer {
    Ok,
    Fail,
    Status(u16),
    Late(Duration),
    None,
}

/// All choices, in their order. `--reply` and `--delay` know every other text,
/// status and time.
pub(super) const CHOICES: &[Choice] = &[
    Choice { key: 'o', words: Localized::new("OK", "OK"), answer: Answer::Ok },
    Choice { key: 'f', words: Localized::new("FAIL", "FAIL"), answer: Answer::Fail },
    Choice {
        key: 's',
        words: Localized::new("HTTP status 500", "HTTP 状态码 500"),
        answer: Answer::Status(500),
    },
    Choice {
        key: 'd',
        words: Localized::new("OK after 1 second, still in time", "1 秒后应答 OK（未超时）"),
        answer: Answer::Late(Duration::from_secs(1)),
    },
    Choice {
        key: 't',
        words: Localized::new(
            "OK after 3 seconds: too late for Tencent",
            "3 秒后应答 OK（腾讯已超时）",
        ),
        answer: Answer::Late(Duration::from_secs(3)),
    },
    Choice {
        key: 'n', words: Localized::new("no answer at all", "不应答"), answer: Answer::None
    },
];

impl Choice {
    /// What callbacks are answered with this choice.
    pub(super) fn setting(&self) -> AnswerMode {
        let (kind, delay) = match self.answer {
            Answer::Ok => (AnswerKind::Ok, Duration::ZERO),
            Answer::Fail => (AnswerKind::Fail(String::new()), Duration::ZERO),
            Answer::Status(code) => (AnswerKind::Status(code), Duration::ZERO),
            Answer::Late(delay) => (AnswerKind::Ok, delay),
            Answer::None => (AnswerKind::Hang, Duration::ZERO),
        };
        AnswerMode { kind, delay }
    }
}
