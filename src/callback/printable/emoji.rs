//! Text with the sequences of emoji as they are.

use std::borrow::Cow;

use super::{is_plain, push_clean};

const JOINER: char = '\u{200d}';
const KEYCAP: char = '\u{20e3}';

/// As [`clean`](super::clean), but sequences of emoji stay as they are, with their joiners,
/// selectors and skin tones: for files, where no terminal disagrees about their width.
pub fn clean_emoji(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut start, mut at) = (0, 0);
    while let Some(first) = text[at..].chars().next() {
        let length = sequence_length(&text[at..]);
        if 0 < length {
            push_clean(&text[start..at], &mut out);
            out.push_str(&text[at..at + length]);
            start = at + length;
        }
        at += length.max(first.len_utf8());
    }
    push_clean(&text[start..], &mut out);
    Cow::Owned(out)
}

/// The length in bytes of the sequence that a text begins with; 0 if with none.
fn sequence_length(text: &str) -> usize {
    let mut chars = text.chars();
    let length = |rest: &str| text.len() - rest.len();
    match chars.next() {
        Some('0'..='9' | '#' | '*') => {
            let is_keycap = chars.next().is_some_and(is_selector) && chars.next() == Some(KEYCAP);
            return if is_keycap { length(chars.as_str()) } else { 0 };
        }
        Some(it) if is_letter_of_flag(it) => {
            let is_flag = chars.next().is_some_and(is_letter_of_flag);
            return if is_flag { length(chars.as_str()) } else { 0 };
        }
        Some(it) if is_emoji(it) => {}
        _ => return 0,
    }
    let mut rest = chars.as_str();
    loop {
        rest = rest.strip_prefix(is_skin_tone).unwrap_or(rest);
        rest = rest.strip_prefix(is_selector).unwrap_or(rest);
        match rest.strip_prefix(JOINER).and_then(|it| it.strip_prefix(is_emoji)) {
            Some(joined) => rest = joined,
            None => return length(rest),
        }
    }
}

/// Whether a character may be drawn as an emoji on its own, and is no ASCII.
const fn is_emoji(it: char) -> bool {
    matches!(it,
        '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1f1e5}'
        | '\u{1f200}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

/// Whether a character is a regional indicator.
const fn is_letter_of_flag(it: char) -> bool {
    matches!(it, '\u{1f1e6}'..='\u{1f1ff}')
}

const fn is_skin_tone(it: char) -> bool {
    matches!(it, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Whether a character selects the text or the picture of the one before it.
const fn is_selector(it: char) -> bool {
    matches!(it, '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::callback::printable::is_hidden;

    #[test]
    fn sequences_of_emoji_stay_and_joiners_elsewhere_do_not() {
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        let kept = [family, "👍🏽", "❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "🇨🇳", "🏳\u{fe0f}\u{200d}🌈"];
        for it in kept {
            assert_eq!(clean_emoji(it), it);
            assert_eq!(clean_emoji(&format!("a{it}\u{202e}小")), format!("a{it}\u{fffd}小"));
        }
        for (text, shown) in [
            ("adm\u{200d}in", "adm\u{fffd}in"),
            ("小\u{200d}明", "小明"),
            ("👨\u{200d}\u{202e}", "👨\u{fffd}\u{fffd}"),
            ("\u{fe0f}=1", "=1"),
            ("1\u{fe0f}2", "12"),
            ("🇨", "C"),
        ] {
            assert_eq!(clean_emoji(text), shown);
        }
    }

    proptest! {
        #[test]
        fn of_hidden_characters_only_joiners_between_emoji_stay(text in "[👨👩a\u{200d}\u{fe0f}\u{202e}\u{200b}1小\n]{0,12}") {
            let shown = clean_emoji(&text).into_owned();
            prop_assert!(!shown.contains(|it| is_hidden(it) && it != JOINER));
            for (at, _) in shown.match_indices(JOINER) {
                let before = shown[..at].trim_end_matches(is_selector);
                prop_assert!(before.ends_with(is_emoji));
                prop_assert!(shown[at + JOINER.len_utf8()..].starts_with(is_emoji));
            }
        }
    }
}
