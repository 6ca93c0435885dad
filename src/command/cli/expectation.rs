//! What `send --expect` expects of the reply to a "before" command.

use std::fmt;

use super::command_word;
use crate::callback::Lang;
use crate::callback::command::When;
use crate::callback::decision::{Decision, Judgment, codes};
use crate::callback::lang::localize;

/// A decision, or the code that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// A decision; a denial for some of the users is one.
    Decision(Decision),
    /// The `ErrorCode`, or the `ResultCode` of all friends that are refused.
    Code(i64),
}

impl Expectation {
    /// Whether it is met.
    pub(in crate::command) fn is_met(self, judgment: &Judgment) -> bool {
        match self {
            Self::Decision(it) => it == judgment.decision,
            Self::Code(_) if matches!(judgment.decision, Decision::Late | Decision::Invalid) => {
                false
            }
            Self::Code(code) => judgment.code == Some(code),
        }
    }

    /// Whether it is met only by a reply that Tencent cannot use, or by none in time.
    pub(in crate::command) const fn is_invalid(self) -> bool {
        matches!(self, Self::Decision(Decision::Late | Decision::Invalid))
    }

    /// Its word in a language.
    pub(in crate::command) fn word(self, lang: Lang) -> String {
        match self {
            Self::Decision(it) => it.word(None, lang),
            Self::Code(code) => localize!(lang, "code {code}", "错误码 {code}"),
        }
    }

    /// Why no reply to a command can meet it, if none can.
    pub(in crate::command) fn problem(self, word: &str, lang: Lang) -> Option<String> {
        if let Some(problem) = command_word::unknown(word, lang) {
            return Some(problem);
        }
        if When::of(word) == When::After {
            return Some(localize!(
                lang,
                "{self} cannot be expected of {word}, an after-callback: its answer decides nothing",
                "{word} 是之后回调，其应答不起决定作用，不能预期 {self}"
            ));
        }
        let codes = codes(word)?;
        match self {
            Self::Code(code) if !codes.contains(code) => Some(codes.without(code, lang)),
            Self::Decision(Decision::Changed | Decision::Dropped) if !codes.is_message => {
                Some(localize!(
                    lang,
                    "{self} cannot be expected of {word}: it is not about a message",
                    "{word} 与消息无关，不能预期 {self}"
                ))
            }
            _ => None,
        }
    }
}

/// A decision in a word, or `code` and its number.
impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word(Lang::En))
    }
}

/// Parses an expectation as it is displayed, or a code alone.
pub(in crate::command) fn parse(text: &str, lang: Lang) -> Result<Expectation, String> {
    let decision = Decision::ALL.into_iter().find(|it| it.word(None, Lang::En) == text);
    let code = || text.parse().ok().map(Expectation::Code);
    decision.map(Expectation::Decision).or_else(code).ok_or_else(|| {
        localize!(
            lang,
            "expected allowed, denied, changed, dropped, late, invalid, or a code such as 120001",
            "应为 allowed、denied、changed、dropped、late、invalid，或错误码（如 120001）"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expectation_is_a_decision_or_a_code() {
        for text in ["allowed", "denied", "changed", "dropped", "late", "invalid"] {
            assert_eq!(parse(text, Lang::En).unwrap().to_string(), text);
        }
        assert_eq!(parse("120001", Lang::En), Ok(Expectation::Code(120_001)));
        for wrong in ["", "trouble", "Denied", "12x"] {
            assert!(parse(wrong, Lang::En).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_no_reply_can_meet_is_named() {
        let problem = |text: &str, word| parse(text, Lang::En).unwrap().problem(word, Lang::En);
        let problem = |text, word| problem(text, word).unwrap_or_default();
        assert_eq!(
            problem("denied", "C2C.CallbackAfterSendMsg"),
            "denied cannot be expected of C2C.CallbackAfterSendMsg, an after-callback: \
             its answer decides nothing"
        );
        assert_eq!(
            problem("10100", "C2C.CallbackBeforeSendMsg"),
            "C2C.CallbackBeforeSendMsg has no code 10100, only 0, 1, 2 or 120001 to 130000"
        );
        assert_eq!(
            problem("dropped", "Group.CallbackBeforeCreateGroup"),
            "dropped cannot be expected of Group.CallbackBeforeCreateGroup: \
             it is not about a message"
        );
        assert_eq!(
            problem("denied", "C2C.CallbackBeforSendMsg"),
            "unknown command `C2C.CallbackBeforSendMsg`; \
             did you mean `C2C.CallbackBeforeSendMsg`?"
        );
        for (text, word) in [
            ("120001", "C2C.CallbackBeforeSendMsg"),
            ("dropped", "Group.CallbackBeforeSendMsg"),
            ("denied", "Sns.CallbackPrevFriendAdd"),
            ("77", "Live.CallbackBeforeUnheardOf"),
        ] {
            assert_eq!(problem(text, word), "", "{text} {word}");
        }
    }
}
