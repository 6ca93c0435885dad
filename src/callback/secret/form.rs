//! Secrets that are known by their own form, whatever stands before them.

use std::ops::Range;

use super::plain::Plain;
use super::{MASK, SCHEMES, work};

/// Beginnings of the tokens of well-known services, and of Tencent's `UserSig`.
const PREFIXES: [&[u8]; 12] = [
    b"AKIA",
    b"ASIA",
    b"eJw",
    b"eJx",
    b"eJy",
    b"gho_",
    b"ghp_",
    b"ghs_",
    b"github_pat_",
    b"glpat-",
    b"sk_live_",
    b"xox",
];
/// The minimum length of such a token.
const MIN_TOKEN: usize = 20;
/// The minimum length of what looks like a secret after its name in prose.
const MIN_CONSPICUOUS: usize = 16;
const MIN_LIKELY: usize = 6;
/// How much of a word is read.
const MAX_WORD: usize = 512;

/// A token that is known by its beginning, or by the scheme before it.
pub(super) fn token(text: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    let word = &text[run.clone()];
    if let Some(at) = jwt(word) {
        return Some(run.start + at..run.end);
    }
    if word.len() >= MIN_TOKEN && PREFIXES.iter().any(|it| word.starts_with(it)) {
        let rest = text[run.end..].iter().take_while(|it| is_token_byte(**it)).count();
        return Some(run.start..run.end + rest);
    }
    let is_scheme = SCHEMES.iter().any(|it| it.eq_ignore_ascii_case(word));
    let spaces = text[run.end..].iter().take(8).take_while(|it| matches!(it, b' ' | b'\t')).count();
    if !is_scheme || spaces == 0 {
        return None;
    }
    likely(text, run.end + spaces)
}

/// Where a JSON Web Token begins in a word.
fn jwt(word: &[u8]) -> Option<usize> {
    let at = memchr::memmem::find(word, b"eyJ")?;
    let is_start = at == 0 || !word[at - 1].is_ascii_alphanumeric();
    let has_parts = word[at..].len() > 8 && word[at..].contains(&b'.');
    (is_start && has_parts).then_some(at)
}

const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=' | b'*' | b':' | b'!' | b'$' | b'@'
        )
}

/// The word at `start`, if it is no word of a language: a number, or with digits, signs or letters of
/// both cases.
pub(super) fn likely(text: &[u8], start: usize) -> Option<Range<usize>> {
    let (start, word) = word(text, start);
    let has = |is: fn(&u8) -> bool| word.iter().any(is);
    let is_mixed = has(u8::is_ascii_lowercase) && word.iter().skip(1).any(u8::is_ascii_uppercase);
    let is_likely = has(u8::is_ascii_digit) || is_mixed || word.ends_with(b"=");
    (word.len() >= MIN_LIKELY && is_likely).then(|| start..start + word.len())
}

/// The word at `start`, if it is long and has digits and letters.
pub(super) fn conspicuous(text: &[u8], start: usize) -> Option<Range<usize>> {
    let rest = &text[start..];
    let start = start + if rest.starts_with(b"is ") { 3 } else { 0 };
    let found = likely(text, start)?;
    let word = &text[found.clone()];
    let is_long = word.len() >= MIN_CONSPICUOUS;
    let is_mixed = word.iter().any(u8::is_ascii_digit) && word.iter().any(u8::is_ascii_alphabetic);
    (is_long && is_mixed).then_some(found)
}

/// The token at `start`, after quotes.
fn word(text: &[u8], start: usize) -> (usize, &[u8]) {
    let quotes = text[start..].iter().take_while(|it| matches!(it, b'"' | b'\'' | b'`')).count();
    let rest = &text[start + quotes..];
    let length = rest.iter().take(MAX_WORD).take_while(|it| is_token_byte(**it)).count();
    let word = &rest[..length];
    let end = word.iter().rposition(|it| !matches!(it, b'.' | b':')).map_or(0, |it| it + 1);
    (start + quotes, &word[..end])
}

/// User and password of the URL whose `//` is at `slash`.
pub(super) fn user(plain: &Plain<'_>, slash: usize) -> Option<Range<usize>> {
    let text = &*plain.bytes;
    if text.get(slash + 1) != Some(&b'/') {
        return None;
    }
    let start = slash + 2;
    let width = plain.width(slash + 1);
    // What is encoded more than the slashes belongs to the password.
    let is_end = |at: usize| {
        let is_mark = matches!(text[at], b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'\\');
        (is_mark || text[at].is_ascii_whitespace()) && plain.width(at) <= width
    };
    let end = (start..text.len()).find(|at| is_end(*at)).unwrap_or(text.len());
    work::count(end - start);
    let user = start..start + text[start..end].iter().rposition(|it| *it == b'@')?;
    let has_scheme = text[..slash].ends_with(b":");
    let is_secret = has_scheme || text[user.clone()].contains(&b':');
    (is_secret && text[user.clone()] != *MASK.as_bytes()).then_some(user)
}

/// The lines of a private key, from its `-----BEGIN`.
pub(super) fn private_key(text: &[u8], start: usize) -> Option<Range<usize>> {
    let near = &text[start..text.len().min(start + 64)];
    let kind = memchr::memmem::find(near, b"PRIVATE KEY-----")?;
    let start = start + kind + b"PRIVATE KEY-----".len();
    let end = memchr::memmem::find(&text[start..], b"-----END").map_or(text.len(), |it| start + it);
    Some(start..end)
}

/// User and password of a data source: `user:password@tcp(host)/name`, whose `@` is at
/// `at`.
pub(super) fn data_source(text: &[u8], at: usize) -> Option<Range<usize>> {
    let is_host = [&b"tcp("[..], b"unix("].iter().any(|it| text[at + 1..].starts_with(it));
    if !is_host {
        return None;
    }
    let near = &text[at.saturating_sub(MAX_WORD)..at];
    let is_part =
        |it: &&u8| !it.is_ascii_whitespace() && !matches!(it, b'"' | b'\'' | b'=' | b'<' | b'>');
    let length = near.iter().rev().take_while(is_part).count();
    let user = &near[near.len() - length..];
    (user.contains(&b':') && user != MASK.as_bytes()).then_some(at - length..at)
}
