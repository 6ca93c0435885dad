//! The body as text: its lines, long ones cut or wrapped to a width.

use std::ops::Range;

use super::text;

/// A line as it is displayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The text, with control characters replaced.
    pub(super) text: String,
    /// The cell of the syntax error, if that is in this line.
    pub(super) error_at: Option<usize>,
    /// The byte ranges of what the filter matches.
    pub(super) hits: Vec<Range<usize>>,
    /// Whether the filter also matches what is cut.
    pub(super) hides_hit: bool,
    /// The number of its line in the body, from 0.
    pub(super) number: usize,
}

/// The parts of ranges that are in a part of a text, from its start.
fn within(ranges: &[Range<usize>], part: &Range<usize>) -> Vec<Range<usize>> {
    let inner = |it: &Range<usize>| it.start.max(part.start)..it.end.min(part.end);
    let inner = ranges.iter().map(inner).filter(|it| it.start < it.end);
    inner.map(|it| it.start - part.start..it.end - part.start).collect()
}

/// The parameters that the lines of a body depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineLayout {
    /// The width of a line in cells.
    pub(super) cells: usize,
    /// Whether long lines are wrapped, not cut.
    pub(super) wrap: bool,
    /// The offset of a syntax error; then lines are wrapped, so that it shows.
    pub(super) error_at: Option<usize>,
}

/// All lines of a body; `find` returns the ranges of a line that the filter matches.
pub(super) fn lines(
    body: &[u8],
    LineLayout { cells, wrap, error_at }: LineLayout,
    find: &dyn Fn(&str) -> Vec<Range<usize>>,
) -> Vec<Line> {
    let text = String::from_utf8_lossy(body);
    let is_wrapped = wrap || error_at.is_some();
    let mut lines = Vec::new();
    let mut offset = 0;
    for (number, line) in text.split('\n').enumerate() {
        let at = error_at.filter(|it| (offset..=offset + line.len()).contains(it));
        let before = at.map(|it| &line[..line.floor_char_boundary(it - offset)]);
        offset += line.len() + 1;
        let clean = text::clean(line.strip_suffix('\r').unwrap_or(line));
        let found = find(&clean);
        if !is_wrapped {
            // Up to two cells more than fit, so that drawing adds an ellipsis also before a
            // wide character.
            let (head, _) = text::split(&clean, cells + 2);
            let hits = within(&found, &(0..head.len()));
            let shown = text::split(&clean, cells).0.len();
            let hides_hit = found.last().is_some_and(|it| shown < it.end);
            lines.push(Line { text: head.to_owned(), error_at: None, hits, hides_hit, number });
            continue;
        }
        let error_at = before.map(|it| text::width(&text::clean(it)));
        let (mut from, mut used) = (0, 0);
        for part in text::wrap(&clean, cells) {
            let start = part.as_ptr().addr() - clean.as_ptr().addr();
            used += text::width(&clean[from..start]);
            from = start;
            let error_at = error_at.and_then(|it| it.checked_sub(used));
            let error_at = error_at.filter(|it| *it < cells && *it <= text::width(part));
            let hits = within(&found, &(start..start + part.len()));
            lines.push(Line { text: part.to_owned(), error_at, hits, hides_hit: false, number });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str, cells: usize, wrap: bool, error_at: Option<usize>) -> Vec<String> {
        let text = |it: Line| match it.error_at {
            Some(at) => format!("{} @{at}", it.text),
            None => it.text,
        };
        let layout = LineLayout { cells, wrap, error_at };
        lines(body.as_bytes(), layout, &|_| Vec::new()).into_iter().map(text).collect()
    }

    #[test]
    fn long_lines_are_cut_or_wrapped() {
        let body = "abcdefgh\r\n\n小明和小红";
        assert_eq!(shown(body, 4, false, None), ["abcdef", "", "小明和"]);
        assert_eq!(shown(body, 4, true, None), ["abcd", "efgh", "", "小明", "和小", "红"]);
    }

    #[test]
    fn the_byte_of_the_error_is_in_one_of_the_lines() {
        assert_eq!(shown("ab\nabc efgh", 5, true, Some(8)), ["ab", "abc", "efgh @1"]);
        assert_eq!(shown("小明x", 4, true, Some(6)), ["小明", "x @0"]);
        assert_eq!(shown("abcdef", 4, false, Some(6)), ["abcd", "ef @2"]);
    }
}
