//! The styles of the screen: by the options, the environment, and the background of the
//! terminal.

use std::env;

use ratatui::style::Style;

use crate::command::cli::screen::ScreenOptions;
use crate::dashboard::theme::{ColorSupport, Palette, Rgb, Role, Theme, ThemeChoice};

/// Values of `TERM`, or their ends, of terminals with true colors: they may not set
/// `COLORTERM`, and on the way to another machine its value gets lost.
const TRUE_COLOR_TERMS: [&str; 7] =
    ["-direct", "xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour"];

/// What decides on the styles of the screen.
#[derive(Debug, Clone)]
pub(in crate::command) struct ScreenTheme {
    choice: ThemeChoice,
    colors: ColorSupport,
    /// Those that stand in place of the palette's.
    styles: Vec<(Role, Style)>,
}

impl ScreenTheme {
    /// That of the options, on the terminal of this process.
    pub(in crate::command) fn of(options: &ScreenOptions) -> Self {
        Self { choice: options.theme, colors: support(), styles: options.styles.clone() }
    }

    /// Whether it depends on the background, which the terminal is to be asked for.
    pub(in crate::command) fn needs_background(&self) -> bool {
        self.choice.needs_background(self.colors)
    }

    /// The styles, as far as the background is known without asking: some terminals set
    /// `COLORFGBG`.
    pub(super) fn at_start(&self) -> Theme {
        self.on(env::var("COLORFGBG").ok().and_then(|it| Rgb::of_numbers(&it)))
    }

    /// The styles on a background.
    pub(super) fn on(&self, background: Option<Rgb>) -> Theme {
        let palette = self.choice.palette(self.colors, background);
        let mut theme = Theme::of(palette);
        let styles = self.styles.iter().filter(|_| palette != Palette::Mono);
        styles.for_each(|(role, style)| *theme.style_mut(*role) = *style);
        theme
    }
}

/// The colors that the terminal can show. `NO_COLOR` (any non-empty value) or `TERM=dumb`
/// disables them.
pub(super) fn support() -> ColorSupport {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    support_of(&variable("NO_COLOR"), &variable("TERM"), &variable("COLORTERM"))
}

fn support_of(no_color: &str, term: &str, colorterm: &str) -> ColorSupport {
    let is_true = matches!(colorterm, "truecolor" | "24bit")
        || TRUE_COLOR_TERMS.iter().any(|it| term.ends_with(it));
    match is_true {
        _ if !no_color.is_empty() || term == "dumb" => ColorSupport::None,
        true => ColorSupport::True,
        false => ColorSupport::Sixteen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_is_before_true_colors_and_these_before_the_sixteen() {
        for (no_color, term, colorterm, expected) in [
            ("1", "xterm-256color", "truecolor", ColorSupport::None),
            ("", "dumb", "truecolor", ColorSupport::None),
            ("", "xterm-256color", "truecolor", ColorSupport::True),
            ("", "screen", "24bit", ColorSupport::True),
            ("", "xterm-kitty", "", ColorSupport::True),
            ("", "xterm-256color", "", ColorSupport::Sixteen),
            ("", "", "yes", ColorSupport::Sixteen),
        ] {
            assert_eq!(support_of(no_color, term, colorterm), expected, "{term} {colorterm}");
        }
    }
}
