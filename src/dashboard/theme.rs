//! Styles by role, of the terminal's sixteen colors.
//!
//! No information is in the color alone: there is a theme without colors, and
//! `NO_COLOR` or `TERM=dumb` selects it whatever `--theme` is.

use ratatui::style::{Color, Modifier, Style};

/// The color themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Name {
    /// A fixed choice of the terminal's own colors that reads on both dark and
    /// light backgrounds; nothing is detected.
    #[default]
    Auto,
    /// For dark backgrounds: bright colors.
    Dark,
    /// For light backgrounds: dark colors.
    Light,
    /// No colors: bold, dim, underlined and reversed text only.
    Mono,
}

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Secondary text: labels, times, borders of panes without focus.
    pub dim: Style,
    /// The program's name, the focused pane's border and title.
    pub accent: Style,
    /// Headings and important values.
    pub strong: Style,
    /// Success.
    pub good: Style,
    /// Failures, refusals, errors.
    pub failure: Style,
    /// Odd, older and duplicate callbacks; notices.
    pub warning: Style,
    /// User ids and group ids.
    pub name: Style,
    /// Keys and field names.
    pub key: Style,
    /// Strings in JSON.
    pub string: Style,
    /// Numbers in JSON, counts.
    pub number: Style,
    /// Bars and the sparkline.
    pub bar: Style,
    /// The selected row.
    pub selected: Style,
    /// The selected row of a pane without focus.
    pub selected_unfocused: Style,
    /// Matches of the filter.
    pub found: Style,
}

impl Theme {
    /// The styles of a theme.
    pub const fn named(name: Name) -> Self {
        match name {
            Name::Auto => {
                colored(Color::Red, Color::Magenta, Color::Green, Color::Cyan, Color::Blue)
            }
            Name::Dark => colored(
                Color::LightRed,
                Color::LightYellow,
                Color::LightGreen,
                Color::LightCyan,
                Color::LightBlue,
            ),
            Name::Light => {
                colored(Color::Red, Color::Magenta, Color::Green, Color::Blue, Color::Blue)
            }
            Name::Mono => MONO,
        }
    }
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);
/// Reversed without the colors below, so that a row is one even surface.
const REVERSED: Style = Style::new()
    .fg(Color::Reset)
    .bg(Color::Reset)
    .remove_modifier(Modifier::DIM)
    .add_modifier(Modifier::REVERSED);

const fn colored(bad: Color, warn: Color, good: Color, accent: Color, name: Color) -> Theme {
    Theme {
        text: PLAIN,
        dim: DIM,
        accent: PLAIN.fg(accent),
        strong: BOLD,
        good: PLAIN.fg(good),
        failure: PLAIN.fg(bad).add_modifier(Modifier::BOLD),
        warning: PLAIN.fg(warn),
        name: PLAIN.fg(name),
        key: PLAIN.fg(accent),
        string: PLAIN.fg(good),
        number: PLAIN.fg(warn),
        bar: PLAIN.fg(accent),
        selected: REVERSED,
        selected_unfocused: PLAIN.add_modifier(Modifier::UNDERLINED),
        found: PLAIN.fg(warn).add_modifier(Modifier::UNDERLINED.union(Modifier::BOLD)),
    }
}

const MONO: Theme = Theme {
    text: PLAIN,
    dim: DIM,
    accent: BOLD,
    strong: BOLD,
    good: PLAIN,
    failure: BOLD,
    warning: BOLD,
    name: PLAIN,
    key: BOLD,
    string: PLAIN,
    number: PLAIN,
    bar: PLAIN,
    selected: REVERSED,
    selected_unfocused: PLAIN.add_modifier(Modifier::UNDERLINED),
    found: PLAIN.add_modifier(Modifier::UNDERLINED.union(Modifier::BOLD)),
};
