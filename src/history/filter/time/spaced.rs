//! Times with spaces in them, as the screen has them: `2026-11-28 14:02`, `14:02 - 14:05`.

/// The maximum number of words after the first one: `- 2026-11-28 14:05`, and before it a
/// time.
const MOST: usize = 4;

/// What stands between two times in place of `-`.
const DASHES: [&str; 5] = ["..", "–", "—", "~", "至"];

/// A time without its spaces: a `T` between a date and a time, nothing around a dash.
pub(in crate::history::filter) fn joined(text: &str) -> String {
    let text = DASHES.iter().fold(text.to_owned(), |text, it| text.replace(it, "-"));
    let mut joined = String::new();
    for word in text.split_whitespace() {
        let is_after_digit = joined.ends_with(|it: char| it.is_ascii_digit());
        if is_after_digit && word.starts_with(|it: char| it.is_ascii_digit()) {
            joined.push('T');
        }
        joined.push_str(word);
    }
    joined
}

/// The beginnings of a text that can belong to the time before it, the longest first: up to
/// four words, and no dash at the end.
pub(in crate::history::filter) fn rests(
    text: &str,
    ends_word: fn(char) -> bool,
) -> impl Iterator<Item = &str> {
    let end = text.find(|it: char| ends_word(it) && !it.is_whitespace()).unwrap_or(text.len());
    let (text, mut at) = (&text[..end], 0);
    let mut ends = Vec::new();
    for word in text.split_whitespace().take(MOST) {
        at += text[at..].find(word).unwrap_or_default() + word.len();
        if word != "-" && !DASHES.contains(&word) {
            ends.push(at);
        }
    }
    ends.into_iter().rev().map(move |it| &text[..it])
}
