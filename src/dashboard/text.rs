//! Text cut to a display width. [`clean`] has to be applied before, so that received
//! text cannot draw outside its cells.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use crate::callback::printable::clean;
use crate::callback::printable::is_plain;

/// The width of a text in cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to a width, with `…` in the middle if it was longer.
pub fn fit_middle(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(rest) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let (head, tail) = split(text, rest.div_ceil(2));
    Cow::Owned(format!("{head}…{}", end(tail, rest - width(head).min(rest))))
}

/// The name of a file in a sentence, cut so that the rest of the sentence stays on the line.
pub fn short_name(name: &str) -> Cow<'_, str> {
    const CELLS: usize = 40;
    fit_middle(name, CELLS)
}

/// The end of a text of at most `cells` cells; it begins with a whole grapheme.
fn end(text: &str, cells: usize) -> &str {
    let mut used = 0;
    let mut from = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme.width();
        if used > cells {
            break;
        }
        from = at;
    }
    &text[from..]
}

/// The text cut to a width, with `…` at the end if it was longer.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if text.len() <= cells && text.is_ascii() || text.width() <= cells {
        return Cow::Borrowed(text);
    }
    let Some(before_ellipsis) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let (head, _) = split(text, before_ellipsis);
    Cow::Owned(format!("{head}…"))
}

/// Splits the text after at most `cells` cells, not within a grapheme.
pub fn split(text: &str, cells: usize) -> (&str, &str) {
    // In printable ASCII each byte is a cell; the next byte must not combine.
    if text.as_bytes().get(..=cells).is_some_and(|it| it.iter().copied().all(is_plain)) {
        return text.split_at(cells);
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > cells {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Closing punctuation of Chinese, which begins no line.
const CLOSING: [char; 12] =
    ['，', '。', '；', '：', '、', '？', '！', '）', '\u{201d}', '\u{2019}', '》', '」'];

/// The text in lines of at most `cells`, wrapped at spaces if possible, and not before
/// closing punctuation. A wider grapheme is on a line of its own.
pub fn wrap(text: &str, cells: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (head, tail) = split(text, cells.max(2));
        if tail.is_empty() {
            rest = None;
            return Some(head);
        }
        let space = head.rfind(' ').filter(|at| width(&head[..*at]) * 2 > cells);
        let first = text.graphemes(true).next().map_or(text.len(), str::len);
        let at = space.map_or_else(|| before_closing(head, tail), |at| at + 1).max(first);
        rest = Some(&text[at..]);
        Some(text[..at].trim_end())
    })
}

/// The end of a line that is followed by `tail`: before its last grapheme, if `tail` begins
/// with closing punctuation.
fn before_closing(head: &str, tail: &str) -> usize {
    match head.grapheme_indices(true).next_back() {
        Some((last, _)) if tail.starts_with(CLOSING) && last > 0 => last,
        _ => head.len(),
    }
}

/// The first lines of a wrapped text, the last one with `…` at its end if there are more.
pub fn wrap_within(text: &str, cells: usize, lines: usize) -> Vec<String> {
    let mut all = wrap(text, cells);
    let mut first: Vec<_> = all.by_ref().take(lines).map(str::to_owned).collect();
    if all.next().is_some()
        && let Some(last) = first.last_mut()
    {
        *last = format!("{}…", split(last, cells.saturating_sub(1)).0.trim_end());
    }
    first
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_cut_between_graphemes_with_an_ellipsis() {
        assert_eq!(fit("小明和小红", 10), "小明和小红");
        assert_eq!(fit("小明和小红", 9), "小明和小…");
        assert_eq!(fit("小明和小红", 4), "小…");
        assert_eq!(fit("小明", 0), "");
        assert_eq!(fit("abc", 1), "…");
    }

    #[test]
    fn a_text_is_cut_in_the_middle() {
        assert_eq!(fit_middle("https://example.com/hook", 24), "https://example.com/hook");
        assert_eq!(fit_middle("https://example.com/hook", 12), "https:…/hook");
        assert_eq!(fit_middle("小明和小红", 6), "小…红");
        assert_eq!(fit_middle("user_20260101_merchant_000001", 13), "user_2…000001");
        assert_eq!(fit_middle("小明小红x👨‍👩‍👧", 6), "小…x👨‍👩‍👧");
        assert_eq!(["", "…", "a…"].map(|it| fit_middle("abc", width(it)) == it), [true; 3]);
    }

    #[test]
    fn lines_break_at_spaces() {
        let wrapped = |text, cells| wrap(text, cells).collect::<Vec<_>>();
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("一二三；四", 6), ["一二", "三；四"]);
        assert_eq!(wrapped("一；二", 2), ["一", "；", "二"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("\u{1100}\u{1100}\u{1161}!", 2).concat(), "\u{1100}\u{1100}\u{1161}!");
    }

    #[test]
    fn a_text_of_more_lines_than_fit_ends_with_an_ellipsis() {
        assert_eq!(wrap_within("one two three", 8, 2), ["one two", "three"]);
        assert_eq!(wrap_within("one two three", 8, 1), ["one two…"]);
        assert_eq!(wrap_within("一二三四五六", 8, 1), ["一二三…"]);
        assert!(wrap_within("one two three", 8, 0).is_empty());
    }

    proptest! {
        #[test]
        fn of_a_text_cut_in_the_middle_both_ends_show(
            text in prop::collection::vec(prop::sample::select(vec!["a", "_", "小", "é", "e\u{301}", "👨‍👩‍👧", "🇨🇳"]), 0..40),
            cells in 0_usize..40,
        ) {
            let full = text.concat();
            let cut = fit_middle(&full, cells);
            prop_assert!(width(&cut) <= cells);
            let Some((head, tail)) = cut.split_once('…') else {
                prop_assert_eq!(&*cut, if cells == 0 { "" } else { &*full });
                return Ok(());
            };
            prop_assert!(full.starts_with(head) && full.ends_with(tail));
            let graphemes = |it: &str| it.graphemes(true).count();
            prop_assert!(graphemes(head) + graphemes(tail) < graphemes(&full));
            prop_assert_eq!(text[..graphemes(head)].concat(), head);
            prop_assert_eq!(text[text.len() - graphemes(tail)..].concat(), tail);
            // A wide character may not fit, and one cell stay free.
            prop_assert!(cells <= width(&cut) + 1 && width(head) + 2 >= width(tail));
        }

        #[test]
        fn any_text_is_sanitized_and_fits(text in any::<String>(), cells in 0_usize..20) {
            let clean = clean(&text);
            prop_assert!(!clean.contains(char::is_control));
            prop_assert!(width(&fit(&clean, cells)) <= cells);
            prop_assert!(width(&fit_middle(&clean, cells)) <= cells);
            for line in wrap(&clean, cells) {
                let is_one = line.graphemes(true).count() == 1;
                prop_assert!(is_one || width(line) <= cells.max(2));
            }
        }
    }
}
