//! Signs and words that JSON does not have, but that are written in its place.

/// The sign of JSON for one of Chinese or typographic punctuation.
pub(super) fn ascii_of(sign: char) -> Option<char> {
    Some(match sign {
        '：' => ':',
        '，' | '、' => ',',
        '“' | '”' | '„' | '‟' | '＂' | '″' | '‘' | '’' | '‚' | '＇' | '「' | '」' | '『' | '』'
        | '«' | '»' | '`' => '"',
        '｛' => '{',
        '｝' => '}',
        '［' | '【' | '〔' => '[',
        '］' | '】' | '〕' => ']',
        '－' | '−' | '–' | '—' => '-',
        '．' => '.',
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0'))?,
        _ => return None,
    })
}

/// White space that JSON does not allow, and characters without width.
pub(super) fn is_foreign_space(sign: char) -> bool {
    (sign.is_whitespace() && !sign.is_ascii())
        || matches!(sign, '\u{b}' | '\u{c}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Words of other languages, and what they are in JSON, if it has it.
const WORDS: [(&str, Option<&str>); 14] = [
    ("None", Some("null")),
    ("nil", Some("null")),
    ("NULL", Some("null")),
    ("Null", Some("null")),
    ("undefined", Some("null")),
    ("True", Some("true")),
    ("TRUE", Some("true")),
    ("False", Some("false")),
    ("FALSE", Some("false")),
    ("NaN", None),
    ("nan", None),
    ("Infinity", None),
    ("inf", None),
    ("Inf", None),
];

/// The word of another language around an offset, and what it is in JSON.
pub(super) fn word_at(text: &str, offset: usize) -> Option<(&'static str, Option<&'static str>)> {
    let (before, rest) = text.split_at_checked(offset)?;
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let start = before.trim_end_matches(is_part).len();
    let end = offset + rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    WORDS.iter().find(|(it, _)| *it == &text[start..end]).copied()
}
