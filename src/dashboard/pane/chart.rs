//! Bars over time, in eighths of a cell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::dashboard::text::width;

/// Bars of so many eighths of a cell.
pub(super) const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Draws a bar for each column, relative to the highest one; of a value above 0 at least
/// an eighth of a cell.
pub(super) fn draw(columns: &[(u64, Style)], area: Rect, buffer: &mut Buffer) {
    let highest = columns.iter().map(|it| it.0).max().unwrap_or_default().max(1);
    for (x, (value, style)) in (area.left()..area.right()).zip(columns) {
        let mut eighths = eighths(*value, highest, area.height);
        for y in area.rows().rev().map(|it| it.y) {
            let filled = eighths.min(8);
            eighths -= filled;
            if let Some(cell) = buffer.cell_mut((x, y)).filter(|_| 0 < filled) {
                cell.set_symbol(EIGHTHS[filled]).set_style(*style);
            }
        }
    }
}

/// Draws the first time and the last one at the ends of a line below bars; the last one only
/// if there is space, and it is another.
pub(super) fn draw_axis([first, last]: [&str; 2], style: Style, line: Rect, buffer: &mut Buffer) {
    put(buffer, line.x, line.y, line.width, first, style);
    let [from, to] = [first, last].map(|it| u16::try_from(width(it)).unwrap_or(u16::MAX));
    if first != last && from.saturating_add(to).saturating_add(2) <= line.width {
        put(buffer, line.right() - to, line.y, to, last, style);
    }
}

/// The height of a bar in eighths of a cell.
fn eighths(value: u64, highest: u64, cells: u16) -> usize {
    let eighths = u128::from(value) * u128::from(cells) * 8 / u128::from(highest);
    usize::try_from(eighths).unwrap_or_default().max(usize::from(0 < value))
}

/// A number with up to four digits, and the unit of thousands, millions or billions.
pub(super) fn short_number(number: u32) -> String {
    match number {
        0..10_000 => number.to_string(),
        10_000..1_000_000 => format!("{}k", number / 1_000),
        1_000_000..1_000_000_000 => format!("{}M", number / 1_000_000),
        _ => format!("{}G", number / 1_000_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_high_as_its_share() {
        assert_eq!([0, 1, 5, 10].map(|it| eighths(it, 10, 2)), [0, 1, 8, 16]);
        assert_eq!(eighths(1, u64::MAX, 4), 1);
        assert_eq!(eighths(u64::MAX, u64::MAX, 4), 32);
    }

    #[test]
    fn a_number_fits_into_the_gutter() {
        let numbers = [0, 9_999, 10_000, 999_999, 12_000_000, u32::MAX].map(short_number);
        assert_eq!(numbers, ["0", "9999", "10k", "999k", "12M", "4G"]);
    }
}
