//! Full-width punctuation, which Chinese input methods write.

use crate::callback::lang::localize;
use crate::callback::{Lang, Localized};

/// The mistake of a comma between conditions.
pub(super) const JOINED: Localized = Localized::new(
    "conditions are joined by a space (and) or | (or); text with a comma goes in quotes",
    "条件之间用空格（与）或 |（或）连接；含逗号的文本请加引号",
);

/// The characters, each with the one of the language.
const PAIRS: [(char, char); 13] = [
    ('：', ':'),
    ('（', '('),
    ('）', ')'),
    ('｜', '|'),
    ('，', ','),
    ('“', '"'),
    ('”', '"'),
    ('＝', '='),
    ('！', '!'),
    ('＞', '>'),
    ('＜', '<'),
    ('－', '-'),
    ('％', '%'),
];

/// The first of them in a text, with its place.
pub fn full_width(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, it)| is_full_width(*it))
}

/// Whether a character is one of them.
pub(super) fn is_full_width(char: char) -> bool {
    PAIRS.iter().any(|(it, _)| *it == char)
}

/// The mistake as a sentence.
pub fn full_width_message(lang: Lang, char: char) -> String {
    let half = PAIRS.iter().find(|(it, _)| *it == char).map_or(char, |(_, it)| *it);
    localize!(
        lang,
        "`{char}` is a full-width character; write `{half}`, or the text in quotes",
        "`{char}` 是全角字符；请改用半角 `{half}`，或将文本放在引号内"
    )
}
