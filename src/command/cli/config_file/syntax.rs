//! What is wrong with the TOML of a config file, in every language.

use std::ops::Range;

use toml_span::ErrorKind;

use super::mistake::{Mistake, line_number};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};

const NO_VALUE: Localized = Localized::new(
    "expected a value: text in quotes, a number, true, false, or a list in [ ]",
    "此处应为值：引号内的文字、数字、true、false，或 [ ] 中的列表",
);
const NOT_CLOSED: Localized = Localized::new("the quote is not closed", "引号未闭合");
const NO_LINE_END: Localized = Localized::new("expected the end of the line", "此处应换行");
const ENDS: Localized = Localized::new("the file ends within a value", "文件在值的中间结束");
const ESCAPE: Localized = Localized::new(
    "not an escape of TOML; text in '…' stands as it is",
    "不是 TOML 的转义；'…' 中的文字按原样读取",
);
const OTHER: Localized =
    Localized::new("not TOML; a line is NAME = VALUE", "不是 TOML；每行的写法为 NAME = VALUE");
const DEEP: Localized = Localized::new("too many brackets within one another", "括号嵌套过深");

/// Signs that an input method types, and those of TOML in their place.
const FULL_WIDTH: [(char, char); 10] = [
    ('＝', '='),
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('＂', '"'),
    ('，', ','),
    ('【', '['),
    ('】', ']'),
    ('＃', '#'),
];

/// The greatest depth of brackets; the parser has no limit of its own.
const MAX_DEPTH: usize = 100;

/// The bracket that is too deep within others. Those in texts count as well, so that an
/// unclosed quote hides none.
pub(super) fn too_deep(content: &str, lang: Lang) -> Option<Mistake> {
    let mut depth = 0_usize;
    let at = content.bytes().position(|it| {
        match it {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })?;
    Some(Mistake { at: at..at + 1, message: DEEP.text(lang).to_owned() })
}

/// The mistake that an error of the parser is.
pub(super) fn mistake(error: &toml_span::Error, content: &str, lang: Lang) -> Mistake {
    let at: Range<usize> = error.span.into();
    let twice = |name: &str, first: usize| {
        let line = line_number(content, first);
        if name == "theme" {
            return localize!(
                lang,
                "`theme` is set in line {line} already; within [theme] it is `base`",
                "第 {line} 行已设置 `theme`；在 [theme] 中应写 `base`"
            );
        }
        localize!(
            lang,
            "`{name}` is set twice, first in line {line}",
            "`{name}` 重复设置，首次在第 {line} 行"
        )
    };
    let text = match &error.kind {
        ErrorKind::DuplicateKey { key, first } => twice(key, first.start),
        ErrorKind::DuplicateTable { name, first } => twice(name, first.start),
        ErrorKind::UnterminatedString | ErrorKind::InvalidCharInString('\n') => {
            NOT_CLOSED.text(lang).to_owned()
        }
        ErrorKind::UnexpectedEof | ErrorKind::Wanted { found: "eof", .. } => {
            ENDS.text(lang).to_owned()
        }
        ErrorKind::UnquotedString
        | ErrorKind::InvalidNumber
        | ErrorKind::Wanted { expected: "a value", .. } => NO_VALUE.text(lang).to_owned(),
        ErrorKind::Wanted { expected: "newline", .. } => NO_LINE_END.text(lang).to_owned(),
        ErrorKind::InvalidEscape(_)
        | ErrorKind::InvalidHexEscape(_)
        | ErrorKind::InvalidEscapeValue(_) => ESCAPE.text(lang).to_owned(),
        _ => OTHER.text(lang).to_owned(),
    };
    full_width(content, &at, lang).unwrap_or(Mistake { at, message: text })
}

/// The full-width sign outside of quotes in the line of a mistake, or a name that must be in
/// quotes.
fn full_width(content: &str, at: &Range<usize>, lang: Lang) -> Option<Mistake> {
    let end = at.start.min(content.len());
    let start =
        content.as_bytes()[..end].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
    let line = content[start..].lines().next()?;
    let mut quote = None;
    for (offset, sign) in line.char_indices() {
        match quote {
            Some(it) if it == sign => quote = None,
            Some(_) => continue,
            None if matches!(sign, '"' | '\'') => quote = Some(sign),
            None if sign == '#' => break,
            None => {}
        }
        let at = start + offset..start + offset + sign.len_utf8();
        if let Some((_, ascii)) = FULL_WIDTH.iter().find(|it| it.0 == sign) {
            let message = localize!(
                lang,
                "`{sign}` is a full-width character; write {ascii}",
                "`{sign}` 是全角字符；请改用半角 {ascii}"
            );
            return Some(Mistake { at, message });
        }
    }
    let name = line.split('=').next()?.trim();
    let is_bare = !name.is_empty() && !name.starts_with(['"', '\'', '[', '#']);
    let name_at = start + line.find(name)?;
    (is_bare && !name.is_ascii()).then(|| Mistake {
        at: name_at..name_at + name.len(),
        message: localize!(
            lang,
            "a name that is not ASCII is in quotes: \"{name}\"",
            "名称中有非 ASCII 字符时须加引号：\"{name}\""
        ),
    })
}
