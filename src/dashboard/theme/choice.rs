//! The palette for a choice of the user, on the terminal as it is.

use super::{Palette, Rgb};

/// The values of `--theme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// By the background of a terminal with true colors, else its own sixteen.
    #[default]
    Auto,
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// The terminal's own sixteen colors.
    Terminal,
    /// No colors.
    Mono,
}

/// The colors that a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorSupport {
    /// None, or none are wanted.
    None,
    /// Its own sixteen.
    Sixteen,
    /// All.
    True,
}

/// The luminance of a background up to which the dark palette reads well on it.
const DARK_UP_TO: f64 = 0.037;
/// The luminance of a background from which on the light palette reads well on it.
const LIGHT_FROM: f64 = 0.75;

impl ThemeChoice {
    /// Whether the palette depends on the background.
    pub fn needs_background(self, colors: ColorSupport) -> bool {
        self == Self::Auto && colors == ColorSupport::True
    }

    /// The palette; a background between dark and light, or an unknown one, has that of the
    /// terminal.
    pub fn palette(self, colors: ColorSupport, background: Option<Rgb>) -> Palette {
        let has_all = colors == ColorSupport::True;
        match (self, background.map(Rgb::luminance)) {
            _ if colors == ColorSupport::None => Palette::Mono,
            (Self::Mono, _) => Palette::Mono,
            (Self::Dark, _) => {
                if has_all {
                    Palette::Dark
                } else {
                    Palette::Bright
                }
            }
            (Self::Light, _) => {
                if has_all {
                    Palette::Light
                } else {
                    Palette::Deep
                }
            }
            (Self::Auto, Some(it)) if has_all && it <= DARK_UP_TO => Palette::Dark,
            (Self::Auto, Some(it)) if has_all && LIGHT_FROM <= it => Palette::Light,
            (Self::Auto | Self::Terminal, _) => Palette::Terminal,
        }
    }
}
