//! Breaks a text into lines: between words, and between Chinese characters, but so that
//! no line begins with a closing mark or ends with an opening one.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Marks that no line begins with.
const CLOSING: &str = "，。；：、！？）》」』”’…％";
/// Marks that no line ends with.
const OPENING: &str = "（《「『“‘";

/// The lines of a text, up to `columns` cells wide unless a word is wider.
pub(in crate::command) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for unit in units(text) {
        let wide = unit.trim_end().width();
        if used > 0 && used + wide > columns {
            lines.push(String::new());
            used = 0;
        }
        used += unit.width();
        lines.iter_mut().next_back().into_iter().for_each(|it| it.push_str(unit));
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// The parts of a text that are not broken: words with the spaces after them, wide
/// characters with the marks that belong to them.
fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((_, this)) = chars.next() {
            let Some((at, next)) = chars.peek() else { break };
            if may_break(this, *next) {
                end = *at;
                break;
            }
        }
        let (unit, after) = rest.split_at(end);
        rest = after;
        (!unit.is_empty()).then_some(unit)
    })
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' {
        return after != ' ';
    }
    let is_wide = |it: char| it.width() == Some(2);
    let is_joined = after == ' ' || CLOSING.contains(after) || OPENING.contains(before);
    !is_joined && (is_wide(before) || is_wide(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_between_chinese_characters() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("a-very-long-word b", 4), ["a-very-long-word", "b"]);
        assert_eq!(wrap("监听端口 9527，回调", 8), ["监听端口", "9527，回", "调"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn no_line_begins_or_ends_with_a_mark_that_belongs_to_the_other() {
        assert_eq!(wrap("监听端口，回调", 8), ["监听端", "口，回调"]);
        assert_eq!(wrap("监听端（回调）", 8), ["监听端", "（回调）"]);
    }
}
