//! Styles by role, in each palette.
//!
//! No information is in the color alone: there is a palette without colors.

mod table;
mod choice;
mod rgb;
pub mod style_text;

pub use choice::{ColorSupport, ThemeChoice};
pub use rgb::Rgb;
pub use table::{Role, Theme};

use ratatui::style::Modifier;

/// The colors of a theme: a column of the table of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Palette {
    /// True colors, for dark backgrounds.
    Dark,
    /// True colors, for light backgrounds.
    Light,
    /// The terminal's own sixteen: a choice that reads on dark and light backgrounds.
    #[default]
    Terminal,
    /// The bright ones of the sixteen, for dark backgrounds.
    Bright,
    /// The dark ones of the sixteen, for light backgrounds.
    Deep,
    /// No colors: bold, dim, underlined and reversed text only.
    Mono,
}

impl Default for Theme {
    fn default() -> Self {
        Self::of(Palette::default())
    }
}

impl Theme {
    /// Whether a selected row is reversed: then a bar in it is drawn as background.
    pub(super) const fn reverses_selection(&self) -> bool {
        self.selected.add_modifier.contains(Modifier::REVERSED)
    }
}

#[cfg(test)]
mod tests;
