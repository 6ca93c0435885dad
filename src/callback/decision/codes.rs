//! The documented codes of each "before" command: the one table.

use std::ops::RangeInclusive;

use crate::callback::command::{self, Family, When};
use crate::callback::lang::{Lang, localize};
use crate::callback::trouble::reason;

/// The code that drops a message silently; no other command knows it.
pub const DROP: i64 = 2;

/// The codes that may answer a "before" command; 0 allows and 1 denies in all of
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// The command word.
    pub(super) word: &'static str,
    /// Codes of the app's own, which deny and are passed to the client.
    pub own: RangeInclusive<i64>,
    /// Whether the event is a message: [`DROP`] is one of its codes, and the reply
    /// can replace its content.
    pub is_message: bool,
}

/// The documented codes of a command; `None` if it is no "before" command, or its codes
/// are not documented.
pub fn codes(word: &str) -> Option<Codes> {
    let command = command::find(word).filter(|it| it.when == When::Before)?;
    let own = match command.family {
        Family::OneToOne | Family::Official => 120_001..=130_000,
        Family::Group => 10_100..=10_200,
        Family::Friends => 38_000..=39_000,
        Family::Live if word == "Live.CallbackBeforeSendGift" => 102_100..=102_200,
        _ => return None,
    };
    Some(Codes { word: command.word, own, is_message: word.ends_with(".CallbackBeforeSendMsg") })
}

impl Codes {
    /// Whether a code is documented.
    pub fn contains(&self, code: i64) -> bool {
        matches!(code, 0 | 1) || (self.is_message && code == DROP) || self.own.contains(&code)
    }

    /// All of them as a text: `0, 1, 2 or 120001 to 130000`.
    pub fn text(&self, lang: Lang) -> String {
        let (start, end) = (self.own.start(), self.own.end());
        let english = match self.is_message {
            true => reason::codes_of_message(start, end),
            false => reason::codes_of_other(start, end),
        };
        reason::text(&english, lang).into_owned()
    }

    /// The sentence that the command has other codes than this one.
    pub fn without(&self, code: i64, lang: Lang) -> String {
        let (word, known) = (self.word, self.text(lang));
        localize!(
            lang,
            "{word} has no code {code}, only {known}",
            "{word} 没有错误码 {code}，只有 {known}"
        )
    }
}
