//! Well-formedness, told fast for what is nearly always sent.
//!
//! Each call's JSON is judged before its answer, so this is what an answer
//! costs most. Only a yes counts: whatever is refused here, `serde_json` judges,
//! and it alone says what is wrong.

use std::ops::Range;

/// A member of the outermost object.
#[derive(Clone, Default)]
pub(super) struct Member {
    /// Where its name is, quotes included.
    pub(super) name: Range<usize>,
    /// Whether the name is what stands between its quotes: nothing is escaped.
    pub(super) is_plain: bool,
    /// Where its value is.
    pub(super) value: Range<usize>,
}

/// Levels that are followed here; nobody sends as many.
const LEVELS: u32 = 64;

/// Whether a text is surely one JSON value.
pub(super) fn is_well_formed(text: &str) -> bool {
    members(text, |_| ()).is_some()
}

/// Walks over a text, and tells the members of the outermost object. `None` if it
/// is not surely one JSON value, and then nothing that was told counts.
pub(super) fn members(text: &str, mut tell: impl FnMut(Member)) -> Option<()> {
    let bytes = text.as_bytes();
    let mut open = Open::default();
    let mut at = past_space(bytes, 0);
    loop {
        at = match *bytes.get(at)? {
            bracket @ (b'{' | b'[') => {
                let inside = past_space(bytes, at + 1);
                // Two further in the table is the bracket that closes.
                if bytes.get(inside) != Some(&(bracket + 2)) {
                    open.push(bracket == b'{')?;
                    at = open.past_name(bytes, inside)?;
                    continue;
                }
                inside + 1
            }
            _ => past_scalar(bytes, at)?,
        };
        // A value has ended, and with it perhaps what it stood in.
        loop {
            let end = at;
            at = past_space(bytes, at);
            let Some(is_object) = open.last() else {
                return (at == bytes.len()).then_some(());
            };
            if is_object && open.levels == 1 {
                open.member.value.end = end;
                tell(open.member.clone());
            }
            match (bytes.get(at)?, is_object) {
                (b',', _) => {
                    at = open.past_name(bytes, past_space(bytes, at + 1))?;
                    break;
                }
                (b'}', true) | (b']', false) => open.pop(),
                _ => return None,
            }
            at += 1;
        }
    }
}

/// The brackets that are open, the last one as the lowest bit; a set bit is an
/// object.
#[derive(Default)]
struct Open {
    levels: u32,
    objects: u64,
    /// The last member of the outermost object, the end of its value not yet known.
    member: Member,
}

impl Open {
    fn push(&mut self, is_object: bool) -> Option<()> {
        self.levels += 1;
        self.objects = (self.objects << 1) | u64::from(is_object);
        (self.levels <= LEVELS).then_some(())
    }

    fn last(&self) -> Option<bool> {
        (self.levels > 0).then_some(self.objects & 1 == 1)
    }

    fn pop(&mut self) {
        self.levels -= 1;
        self.objects >>= 1;
    }

    /// The place of the value that comes next, behind its name if it has one.
    fn past_name(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.last() != Some(true) {
            return Some(at);
        }
        let (end, is_plain) = read_string(bytes, past(b"\"", bytes, at)?)?;
        let value = past_space(bytes, past(b":", bytes, past_space(bytes, end))?);
        if self.levels == 1 {
            self.member = Member { name: at..end, is_plain, value: value..value };
        }
        Some(value)
    }
}

/// The place behind a string, a number, `true`, `false` or `null`.
fn past_scalar(bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at)? {
        b'"' => past_string(bytes, at + 1),
        b't' => past(b"true", bytes, at),
        b'f' => past(b"false", bytes, at),
        b'n' => past(b"null", bytes, at),
        _ => past_number(bytes, at),
    }
}

/// The place behind any white space.
fn past_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The place behind a string whose first character is at `at`.
pub(super) fn past_string(bytes: &[u8], at: usize) -> Option<usize> {
    read_string(bytes, at).map(|(end, _)| end)
}

/// The same, and whether nothing in it is escaped.
fn read_string(bytes: &[u8], mut at: usize) -> Option<(usize, bool)> {
    let mut is_plain = true;
    loop {
        at = past_plain(bytes, at);
        match bytes.get(at)? {
            b'"' => return Some((at + 1, is_plain)),
            b'\\' => {
                is_plain = false;
                at = match bytes.get(at + 1)? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at + 2,
                    b'u' => {
                        let digits = bytes.get(at + 2..at + 6)?;
                        digits.iter().all(u8::is_ascii_hexdigit).then_some(at + 6)?
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
}

/// The place of the next quote, backslash or control character from `at` on.
fn past_plain(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    // Eight bytes at a time, by their high bits. A borrow can only mark a byte
    // wrongly that stands behind one that is rightly marked, and only the first
    // mark is looked at.
    let is_below = |it: u64, end: u8| it.wrapping_sub(EACH * u64::from(end)) & !it;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        // With this bit turned the quote comes right behind the control characters.
        let quote_or_control = is_below(eight ^ (EACH * 0x02), 0x21);
        let backslash = is_below(eight ^ (EACH * u64::from(b'\\')), 1);
        let marks = (quote_or_control | backslash) & (EACH << 7);
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|it| !matches!(it, b'"' | b'\\' | ..0x20)) {
        at += 1;
    }
    at
}

fn past_number(bytes: &[u8], mut at: usize) -> Option<usize> {
    at += usize::from(bytes.get(at) == Some(&b'-'));
    at = match bytes.get(at)? {
        b'0' => at + 1,
        _ => past_digits(bytes, at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = past_digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = past_digits(bytes, at)?;
    }
    Some(at)
}

/// The place behind some digits, at least one.
fn past_digits(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    (end > at).then_some(end)
}

/// The place behind what must stand at `at`.
fn past(what: &[u8], bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.starts_with(what).then_some(at + what.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    /// What JSON is made of, and what is nearly JSON.
    const PIECES: [&str; 36] = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        " ",
        "\t\r\n",
        "\"a\"",
        "\"\":",
        "\"ab\":{",
        "\"eight or more plain characters\"",
        "小红包🧧",
        "\\\"",
        "\\/",
        "\\u00e9",
        "\\ud83e",
        "\\u12g4",
        "\\x",
        "\u{1}",
        "\u{7f}",
        "-",
        "0",
        "10",
        "01",
        ".5",
        "1.",
        "1e9",
        "E+",
        "1e999",
        "true",
        "false",
        "null",
        "nul",
    ];

    fn is_json(text: &str) -> bool {
        serde_json::from_str::<&RawValue>(text).is_ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn pieces_of_json_are_judged_as_serde_json_judges_them(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8),
            open in prop::sample::select(vec![("", ""), ("[", "]"), ("{\"\":", "}"), ("\"", "\"")]),
        ) {
            let text = format!("{}{}{}", open.0, pieces.concat(), open.1);
            prop_assert_eq!(is_well_formed(&text), is_json(&text), "{}", text);
        }

        #[test]
        fn a_callback_with_one_piece_changed_is_judged_as_serde_json_judges_it(
            at in 0..BODY.len(),
            over in 0..4_usize,
            piece in prop::sample::select(&PIECES[..]),
        ) {
            let end = (at + over).min(BODY.len());
            let text = format!("{}{piece}{}", &BODY[..at], &BODY[end..]);
            prop_assert_eq!(is_well_formed(&text), is_json(&text), "{}", text);
        }
    }

    const BODY: &str = r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a \"b\" c"}},
        {"MsgType":"TIMFaceElem","MsgContent":{"Index":-1,"Data":""}}], "MsgTime": 1557481126,
        "Rate": 0.5e-1, "Seen":[true,false,null,{},[ ]],"ErrorInfo":"OK"}"#;

    #[test]
    fn the_callback_itself_is_well_formed() {
        assert!(is_well_formed(BODY));
    }

    #[test]
    fn the_outermost_members_are_told_and_no_others() {
        let told = |text: &str| {
            let mut told = Vec::new();
            members(text, |it| {
                let [name, value] = [it.name, it.value].map(|it| &text[it]);
                let mark = if it.is_plain { "" } else { "*" };
                told.push(format!("{name}{mark}={value}"));
            })?;
            Some(told.join(" "))
        };
        let text = r#" { "a" : [1,{"b":2}] ,"\"c":{"d":{}, "e" :"f"}, "" : -1.5 , "a":[ ]} "#;
        let members = r#""a"=[1,{"b":2}] "\"c"*={"d":{}, "e" :"f"} ""=-1.5 "a"=[ ]"#;
        assert_eq!(told(text).as_deref(), Some(members));
        for text in ["{ }", "[{\"a\":1}]", "[[],{\"a\":{}}]", "1"] {
            assert_eq!(told(text).as_deref(), Some(""), "{text}");
        }
    }

    #[test]
    fn what_is_nested_deeper_is_left_to_serde_json() {
        let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
        // Of the innermost one nothing needs to be remembered.
        let followed = LEVELS as usize + 1;
        assert!(is_well_formed(&nested(followed)));
        assert!(!is_well_formed(&nested(followed + 1)));
        assert!(is_json(&nested(followed + 1)));
    }

    #[test]
    fn every_byte_that_ends_plain_text_is_found_at_every_place() {
        for byte in 0..=127_u8 {
            for place in 0..20 {
                let mut text = [b'a'; 20];
                text[place] = byte;
                let ends = matches!(byte, b'"' | b'\\' | ..0x20);
                assert_eq!(past_plain(&text, 0), if ends { place } else { 20 }, "{byte} {place}");
            }
        }
    }
}
