//! JSON with characters in place of their escapes.

use std::borrow::Cow;

use crate::callback::printable::is_hidden;

/// JSON with the character in place of each `\uXXXX`. What JSON must escape, hidden
/// characters and halves of surrogate pairs stay as written.
pub fn readable(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Any other escape has two characters.
        let two = || rest.chars().take(2).map(char::len_utf8).sum();
        let (shown, len) = escaped(rest).map_or_else(|| (None, two()), |(it, len)| (Some(it), len));
        match shown.filter(|it| !matches!(it, '"' | '\\') && !is_hidden(*it)) {
            Some(it) => out.push(it),
            None => out.push_str(&rest[..len]),
        }
        rest = &rest[len..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of the `\uXXXX` that a text begins with, and how long that is.
fn escaped(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    };
    let first = unit(0)?;
    if let Some(it) = char::from_u32(first.into()) {
        return Some((it, 6));
    }
    let it = char::decode_utf16([first, unit(6)?]).next()?.ok()?;
    Some((it, 12))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::callback::json::read;

    #[test]
    fn escapes_of_what_can_be_seen_are_decoded() {
        let cases = [
            (r#""\u5c0f\u660e \ud83d\ude00""#, r#""小明 😀""#),
            (r#""\u0022 \u005c \n""#, r#""\u0022 \u005c \n""#),
            (r#""\\u5c0f \\\u5c0f""#, r#""\\u5c0f \\小""#),
            (r#""\u001b[31m \u202e \u009b""#, r#""\u001b[31m \u202e \u009b""#),
            (r#""\ud83d \ude00x \u12""#, r#""\ud83d \ude00x \u12""#),
        ];
        for (json, shown) in cases {
            assert_eq!(readable(json), shown);
        }
    }

    proptest! {
        #[test]
        fn the_value_stays_the_same(text in any::<String>()) {
            let units: String = text.encode_utf16().fold(String::new(), |all, it| format!("{all}\\u{it:04x}"));
            let json = format!("\"{units}\"");
            let shown = readable(&json);
            prop_assert_eq!(read(shown.as_bytes()).unwrap().as_str().unwrap(), text);
            prop_assert!(!shown.contains(is_hidden));
        }
    }
}
