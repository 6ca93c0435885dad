//! Command words that the user wrote.

use crate::callback::Lang;
use crate::callback::command::{self, TABLE};
use crate::callback::lang::localize;

/// What is wrong with a command word that is not known. Tencent adds commands, and those
/// of young products are known by their family: of these only a word that is nearly a
/// known one.
pub(in crate::command) fn unknown(word: &str, lang: Lang) -> Option<String> {
    if TABLE.iter().any(|it| it.word == word) {
        return None;
    }
    match command::nearest(word) {
        Some(nearest) => Some(localize!(
            lang,
            "unknown command `{word}`; did you mean `{nearest}`?",
            "未知回调命令 `{word}`；是否想写 `{nearest}`？"
        )),
        None if command::find(word).is_some() => None,
        None => Some(localize!(lang, "unknown command `{word}`", "未知回调命令 `{word}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_known_is_named_with_the_nearest_one() {
        for (word, nearest) in [
            ("C2C.CallbackBeforSendMsg", "C2C.CallbackBeforeSendMsg"),
            ("Live.CallbackBeforSendGift", "Live.CallbackBeforeSendGift"),
        ] {
            let expected = format!("unknown command `{word}`; did you mean `{nearest}`?");
            assert_eq!(unknown(word, Lang::En), Some(expected));
        }
        assert_eq!(unknown("My.Own", Lang::En).as_deref(), Some("unknown command `My.Own`"));
        for word in ["C2C.CallbackBeforeSendMsg", "Live.CallbackBeforeFireworks"] {
            assert_eq!(unknown(word, Lang::En), None);
        }
    }
}
