//! What the environment says about the colors of the terminal.

use std::env;

use crate::dashboard::theme::{ColorSupport, Rgb};

/// Values of `TERM`, or their ends, of terminals with true colors that may not set
/// `COLORTERM`, or whose value gets lost on the way to another machine.
const TRUE_COLOR_TERMS: [&str; 7] =
    ["-direct", "xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour"];

/// The colors that the terminal can show. `NO_COLOR` (any non-empty value) or `TERM=dumb`
/// disables them.
pub(super) fn support() -> ColorSupport {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    of(&variable("NO_COLOR"), &variable("TERM"), &variable("COLORTERM"))
}

fn of(no_color: &str, term: &str, colorterm: &str) -> ColorSupport {
    let is_true = matches!(colorterm, "truecolor" | "24bit")
        || TRUE_COLOR_TERMS.iter().any(|it| term.ends_with(it));
    match is_true {
        _ if !no_color.is_empty() || term == "dumb" => ColorSupport::None,
        true => ColorSupport::True,
        false => ColorSupport::Sixteen,
    }
}

/// The background by `COLORFGBG`, which some terminals set.
pub(super) fn background() -> Option<Rgb> {
    Rgb::of_numbers(&env::var("COLORFGBG").ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_is_before_true_colors_and_these_before_the_sixteen() {
        assert_eq!(of("1", "xterm-256color", "truecolor"), ColorSupport::None);
        assert_eq!(of("", "dumb", "truecolor"), ColorSupport::None);
        assert_eq!(of("", "xterm-256color", "truecolor"), ColorSupport::True);
        assert_eq!(of("", "screen", "24bit"), ColorSupport::True);
        assert_eq!(of("", "xterm-kitty", ""), ColorSupport::True);
        assert_eq!(of("", "xterm-256color", ""), ColorSupport::Sixteen);
        assert_eq!(of("", "", "yes"), ColorSupport::Sixteen);
    }
}
