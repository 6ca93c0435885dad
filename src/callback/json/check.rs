//! A fast validator for JSON, which also finds the fields of the outermost object.
//!
//! It accepts only JSON, but not all of it: what it refuses must be parsed by
//! `serde_json`. The figures are in the parent module.

use std::ops::Range;

use crate::callback::block::position;

/// A field of the outermost object.
#[derive(Default)]
pub(super) struct Field {
    /// The range of its name, quotes included.
    pub(super) name: Range<usize>,
    /// Whether the name has no escapes.
    pub(super) is_plain: bool,
    /// The range of its value.
    pub(super) value: Range<usize>,
}

/// The maximum depth, one bit of [`Open`] each.
const MAX_LEVELS: u32 = 64;

/// Whether this validator accepts the text as one JSON value. A text that it does
/// not accept may be JSON all the same: `serde_json` decides.
pub(super) fn accepts(text: &str) -> bool {
    fields(text, |_| ()).is_some()
}

/// Validates a text and calls `add` for each field of the outermost object. `None`
/// if the text is not accepted: then the fields added must be discarded.
pub(super) fn fields(text: &str, mut add: impl FnMut(&Field)) -> Option<()> {
    let bytes = text.as_bytes();
    let mut open = Open::default();
    let mut at = past_space(bytes, 0);
    loop {
        at = open.past_name(bytes, at)?;
        at = match *bytes.get(at)? {
            bracket @ (b'{' | b'[') => {
                let inside = past_space(bytes, at + 1);
                // In ASCII a closing bracket is its opening one + 2.
                if bytes.get(inside) != Some(&(bracket + 2)) {
                    open.push(bracket == b'{')?;
                    at = inside;
                    continue;
                }
                inside + 1
            }
            _ => past_scalar(bytes, at)?,
        };
        // A value has ended, and maybe the arrays and objects around it.
        loop {
            let end = at;
            at = past_space(bytes, at);
            let Some(is_object) = open.last() else {
                return (at == bytes.len()).then_some(());
            };
            if is_object && open.levels == 1 {
                open.field.value.end = end;
                add(&open.field);
            }
            match (bytes.get(at)?, is_object) {
                (b',', _) => break,
                (b'}', true) | (b']', false) => open.pop(),
                _ => return None,
            }
            at += 1;
        }
        at = past_space(bytes, at + 1);
    }
}

/// The stack of open brackets as bits, the innermost one lowest; 1 is an object, 0
/// an array.
#[derive(Default)]
struct Open {
    levels: u32,
    objects: u64,
    /// The current field of the outermost object, without the end of its value.
    field: Field,
}

impl Open {
    fn push(&mut self, is_object: bool) -> Option<()> {
        self.levels += 1;
        self.objects = (self.objects << 1) | u64::from(is_object);
        (self.levels <= MAX_LEVELS).then_some(())
    }

    fn last(&self) -> Option<bool> {
        (self.levels > 0).then_some(self.objects & 1 == 1)
    }

    fn pop(&mut self) {
        self.levels -= 1;
        self.objects >>= 1;
    }

    /// The offset of the next value, after its name in an object.
    #[inline]
    fn past_name(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.last() != Some(true) {
            return Some(at);
        }
        let (end, is_plain) = read_string(bytes, past(b'"', bytes, at)?)?;
        let value = past_space(bytes, past(b':', bytes, past_space(bytes, end))?);
        if self.levels == 1 {
            self.field = Field { name: at..end, is_plain, value: value..value };
        }
        Some(value)
    }
}

/// The offset after a string, a number, `true`, `false` or `null`.
fn past_scalar(bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at)? {
        b'"' => past_string(bytes, at + 1),
        b't' => past_word(b"true", bytes, at),
        b'f' => past_word(b"false", bytes, at),
        b'n' => past_word(b"null", bytes, at),
        _ => past_number(bytes, at),
    }
}

/// The offset after any white space. Mostly there is none.
#[inline]
fn past_space(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(..=b' ') => past_spaces(bytes, at),
        _ => at,
    }
}

#[inline(never)]
fn past_spaces(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The offset after a string whose first character is at `at`.
pub(super) fn past_string(bytes: &[u8], at: usize) -> Option<usize> {
    read_string(bytes, at).map(|(end, _)| end)
}

/// As [`past_string`], and whether the string has no escapes.
fn read_string(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    let end = past_plain(bytes, at);
    match bytes.get(end)? {
        b'"' => Some((end + 1, true)),
        _ => past_escapes(bytes, end).map(|it| (it, false)),
    }
}

/// The offset after a string, from an escape on.
#[inline(never)]
fn past_escapes(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'"', _) => return Some(at + 1),
            (b'\\', Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => at + 2,
            (b'\\', Some(b'u')) => {
                let digits = bytes.get(at + 2..at + 6)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(at + 6)?
            }
            _ => return None,
        };
        at = past_plain(bytes, at);
    }
}

/// The offset of the next quote, backslash or control character from `at` on.
fn past_plain(bytes: &[u8], at: usize) -> usize {
    let ends = |it: u8| u8::from(it == b'"') | u8::from(it == b'\\') | u8::from(it < 0x20);
    position(bytes, at, ends).unwrap_or(bytes.len())
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

/// The offset after one or more digits.
fn past_digits(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    (end > at).then_some(end)
}

/// The offset after a byte, if it is at `at`.
fn past(byte: u8, bytes: &[u8], at: usize) -> Option<usize> {
    (*bytes.get(at)? == byte).then_some(at + 1)
}

/// The offset after a word, if it is at `at`.
fn past_word(word: &[u8], bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.starts_with(word).then_some(at + word.len())
}

#[cfg(test)]
mod tests;
