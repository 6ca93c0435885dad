//! The lines of a comparison: a field in one line, or its two values one below the other
//! if they are long.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;

use super::text::{clean, width, wrap};
use crate::callback::compare::Difference;

/// What takes the place of a missing value.
const MISSING: &str = "–";
/// Cells before a value that has lines of its own.
const INDENT: usize = 4;

/// The width of a line, and of its columns: a path, and each value.
pub(super) type Widths = (usize, (usize, usize));
/// The number of fields that are equal, and the lines of the others.
pub(super) type Compared = (usize, Vec<Line>);

/// A line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A path and both values side by side.
    Beside([String; 3]),
    /// A path, whose values follow.
    Path(String),
    /// A part of the first value, and whether it is its first line.
    First(String, bool),
    /// A part of the second value, and whether it is its first line.
    Second(String, bool),
}

/// The lines of all differences. `cells` is the width of a line, `columns` are those of a
/// path and of each value side by side.
pub(super) fn lines(
    differences: &[Difference],
    cells: usize,
    columns: (usize, usize),
) -> Vec<Line> {
    let mut lines = Vec::new();
    for it in differences {
        let values = [&it.first, &it.second].map(|it| it.as_deref().unwrap_or(MISSING));
        let [first, second] = values.map(clean);
        let path = clean(&it.pointer);
        if [&first, &second].iter().all(|it| width(it) <= columns.1) {
            let path = fit_start(&path, columns.0).into_owned();
            lines.push(Line::Beside([path, first.into_owned(), second.into_owned()]));
            continue;
        }
        lines.push(Line::Path(fit_start(&path, cells).into_owned()));
        let part = |value: &str, line: fn(String, bool) -> Line| -> Vec<Line> {
            let parts = wrap(value, cells.saturating_sub(INDENT)).enumerate();
            parts.map(|(nth, part)| line(part.to_owned(), nth == 0)).collect()
        };
        lines.extend(part(&first, Line::First));
        lines.extend(part(&second, Line::Second));
    }
    lines
}

/// A path cut to a width, with `…` at its start if it was longer, if possible after a step.
fn fit_start(path: &str, cells: usize) -> Cow<'_, str> {
    if width(path) <= cells {
        return Cow::Borrowed(path);
    }
    let fits = |at: &usize| width(&path[*at..]) < cells;
    let step = path.match_indices('/').map(|(at, _)| at + 1).find(fits);
    let letter = || path.grapheme_indices(true).map(|(at, _)| at).find(fits);
    let step = step.filter(|it| *it < path.len()).or_else(letter);
    Cow::Owned(format!("…{}", step.map_or("", |at| &path[at..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cut_at_its_start() {
        let path = "/MsgBody/0/MsgContent/ImageInfoArray/0/URL";
        assert_eq!(fit_start(path, 42), path);
        assert_eq!(fit_start(path, 33), "…MsgContent/ImageInfoArray/0/URL");
        assert_eq!(fit_start(path, 5), "…URL");
        assert_eq!(fit_start(path, 3), "…RL");
        assert_eq!(fit_start("/小明", 4), "…明");
        assert_eq!(fit_start("/小明", 1), "…");
    }

    #[test]
    fn long_values_are_one_below_the_other() {
        let field = |first: &str, second: Option<&str>| Difference {
            pointer: "/A".to_owned(),
            first: Some(first.to_owned()),
            second: second.map(str::to_owned),
        };
        let lines = lines(&[field("1", None), field("123456789", Some("2"))], 10, (4, 4));
        let part = |text: &str| text.to_owned();
        let expected = [
            Line::Beside([part("/A"), part("1"), part(MISSING)]),
            Line::Path(part("/A")),
            Line::First(part("123456"), true),
            Line::First(part("789"), false),
            Line::Second(part("2"), true),
        ];
        assert_eq!(lines, expected);
    }
}
