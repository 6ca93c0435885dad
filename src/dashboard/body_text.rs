//! The body as text: its lines, long ones cut or broken to a width.
//!
//! A body may be as long as a megabyte or many, so its lines are made once and
//! not for each frame.

use std::rc::Rc;

use super::app::App;
use super::text;
use crate::history::RowId;

/// A line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text, made harmless.
    pub said: String,
    /// The cell to point at, if it is in this line.
    pub mark: Option<usize>,
}

/// Lines once made, for as long as nothing they depend on changes.
#[derive(Debug)]
pub(super) struct Memo {
    id: RowId,
    shape: Shape,
    lines: Rc<Vec<Line>>,
}

/// What the lines of a body depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// How many cells a line has.
    pub cells: usize,
    /// Whether long lines are broken and not cut.
    pub wrap: bool,
    /// A byte of the body to point at; then they are broken, so that it is seen.
    pub mark: Option<usize>,
}

/// The lines of the callback that shows.
pub(super) fn lines(app: &App, id: RowId, body: &[u8], shape: Shape) -> Rc<Vec<Line>> {
    let mut memo = app.detail.text.borrow_mut();
    if let Some(memo) = &*memo
        && (memo.id, memo.shape) == (id, shape)
    {
        return Rc::clone(&memo.lines);
    }
    let lines = Rc::new(make(body, shape));
    *memo = Some(Memo { id, shape, lines: Rc::clone(&lines) });
    lines
}

/// All lines of a body.
pub fn make(body: &[u8], Shape { cells, wrap, mark }: Shape) -> Vec<Line> {
    let said = String::from_utf8_lossy(body);
    let is_broken = wrap || mark.is_some();
    let mut lines = Vec::new();
    let mut offset = 0;
    for line in said.split('\n') {
        let at = mark.filter(|it| (offset..=offset + line.len()).contains(it));
        let before = at.map(|it| &line[..line.floor_char_boundary(it - offset)]);
        offset += line.len() + 1;
        let clean = text::clean(line.strip_suffix('\r').unwrap_or(line));
        if !is_broken {
            // One cell more than fits, so that it is seen to be cut.
            let (head, _) = text::split(&clean, cells + 1);
            lines.push(Line { said: head.to_owned(), mark: None });
            continue;
        }
        let mark = before.map(|it| text::width(&text::clean(it)));
        let (mut from, mut used) = (0, 0);
        for part in text::wrap(&clean, cells) {
            let start = part.as_ptr().addr() - clean.as_ptr().addr();
            used += text::width(&clean[from..start]);
            from = start;
            let mark = mark.and_then(|it| it.checked_sub(used));
            let mark = mark.filter(|it| *it < cells && *it <= text::width(part));
            lines.push(Line { said: part.to_owned(), mark });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Timestamp;
    use crate::dashboard::app::Settings;
    use crate::history::HistoryConfig;

    fn made(body: &str, cells: usize, wrap: bool, mark: Option<usize>) -> Vec<String> {
        let shown = |it: Line| match it.mark {
            Some(at) => format!("{} @{at}", it.said),
            None => it.said,
        };
        make(body.as_bytes(), Shape { cells, wrap, mark }).into_iter().map(shown).collect()
    }

    #[test]
    fn long_lines_are_cut_or_broken() {
        let body = "abcdefgh\r\n\n小明和小红";
        assert_eq!(made(body, 4, false, None), ["abcde", "", "小明"]);
        assert_eq!(made(body, 4, true, None), ["abcd", "efgh", "", "小明", "和小", "红"]);
    }

    #[test]
    fn the_marked_byte_is_in_one_of_them() {
        assert_eq!(made("ab\nabc efgh", 5, true, Some(8)), ["ab", "abc", "efgh @1"]);
        assert_eq!(made("小明x", 4, true, Some(6)), ["小明", "x @0"]);
        assert_eq!(made("abcdef", 4, false, Some(6)), ["abcd", "ef @2"]);
    }

    #[test]
    fn lines_made_once_are_made_again_only_when_something_changes() {
        let app = App::new(Settings::default(), HistoryConfig::default(), Timestamp(0));
        let at = |cells, body: &[u8]| {
            lines(&app, RowId(1), body, Shape { cells, wrap: true, mark: None })[0].said.clone()
        };
        assert_eq!(at(3, b"abcd"), "abc");
        assert_eq!(at(3, b"not looked at"), "abc");
        assert_eq!(at(2, b"abcd"), "ab");
    }
}
