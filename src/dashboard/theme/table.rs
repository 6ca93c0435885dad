//! The table of roles: the style of each in every palette. No other file of the dashboard
//! names a color.

use ratatui::style::{Color, Modifier, Style};

use super::Palette;

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const DIM: Style = PLAIN.add_modifier(Modifier::DIM);
const UNDERLINED: Style = PLAIN.add_modifier(Modifier::UNDERLINED);
/// Reversed without the colors below, so that a row is one even surface.
const REVERSED: Style = Style::new()
    .fg(Color::Reset)
    .bg(Color::Reset)
    .remove_modifier(Modifier::DIM)
    .add_modifier(Modifier::REVERSED);

const RED: Style = BOLD.fg(Color::Red);
const GREEN: Style = PLAIN.fg(Color::Green);
const BLUE: Style = PLAIN.fg(Color::Blue);
const CYAN: Style = PLAIN.fg(Color::Cyan);
const MAGENTA: Style = PLAIN.fg(Color::Magenta);
const BRIGHT_RED: Style = BOLD.fg(Color::LightRed);
const BRIGHT_GREEN: Style = PLAIN.fg(Color::LightGreen);
const BRIGHT_BLUE: Style = PLAIN.fg(Color::LightBlue);
const BRIGHT_CYAN: Style = PLAIN.fg(Color::LightCyan);
const BRIGHT_YELLOW: Style = PLAIN.fg(Color::LightYellow);

/// A color by its hexadecimal digits, `rrggbb`.
const fn color(digits: &str) -> Color {
    match u32::from_str_radix(digits, 16) {
        Ok(value) => Color::from_u32(value),
        Err(_) => panic!("no color"),
    }
}

/// Text of a color.
const fn rgb(digits: &str) -> Style {
    PLAIN.fg(color(digits))
}

/// A background of a color.
const fn band(digits: &str) -> Style {
    PLAIN.bg(color(digits))
}

const fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}

/// Text that the filter matches.
const fn matched(style: Style) -> Style {
    bold(style).add_modifier(Modifier::UNDERLINED)
}

/// Defines the roles, each with its name in config files and its style in every palette,
/// in the order of [`Palette`].
macro_rules! roles {
    ($($(#[$doc:meta])* $field:ident, $role:ident, $name:literal: [$($style:expr),* $(,)?];)*) => {
        /// What a style is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Role {
            $($(#[$doc])* $role,)*
        }

        impl Role {
            /// All roles.
            pub const ALL: &[Self] = &[$(Self::$role),*];

            /// The name in config files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $name,)*
                }
            }
        }

        /// A style for each role.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub(in crate::dashboard) $field: Style,)*
        }

        impl Theme {
            /// The styles of a palette.
            pub const fn of(palette: Palette) -> Self {
                Self { $($field: [$($style),*][palette as usize],)* }
            }

            /// The style of a role.
            pub const fn style_mut(&mut self, role: Role) -> &mut Style {
                match role {
                    $(Role::$role => &mut self.$field,)*
                }
            }
        }
    };
}

roles! {
    /// Ordinary text.
    text, Text, "text":
        [rgb("dde2eb"), rgb("1f252e"), PLAIN, PLAIN, PLAIN, PLAIN];
    /// Secondary text: labels, times.
    dim, Dim, "dim":
        [rgb("a5adbb"), rgb("585f6e"), DIM, DIM, DIM, DIM];
    /// The borders of panes without focus.
    border, Border, "border":
        [rgb("5d6880"), rgb("a0a9b8"), DIM, DIM, DIM, DIM];
    /// The program's name, the focused pane's border and title.
    accent, Accent, "accent":
        [rgb("74c0e8"), rgb("0b61a1"), CYAN, BRIGHT_CYAN, BLUE, BOLD];
    /// Headings and important values.
    strong, Strong, "strong":
        [bold(rgb("f2f5fa")), bold(rgb("0c1118")), BOLD, BOLD, BOLD, BOLD];
    /// Success.
    good, Good, "good":
        [rgb("8fce9b"), rgb("176a36"), GREEN, BRIGHT_GREEN, GREEN, PLAIN];
    /// Failures, refusals, errors.
    failure, Failure, "failure":
        [bold(rgb("ff8f85")), bold(rgb("b3261e")), RED, BRIGHT_RED, RED, BOLD];
    /// Odd, older and duplicate callbacks; notices.
    warning, Warning, "warning":
        [rgb("eab568"), rgb("875000"), MAGENTA, BRIGHT_YELLOW, MAGENTA, BOLD];
    /// User ids and group ids.
    name, Name, "name":
        [rgb("b6bbf6"), rgb("4d45b4"), BLUE, BRIGHT_BLUE, BLUE, PLAIN];
    /// Keys and field names.
    key, Key, "key":
        [rgb("74c0e8"), rgb("0b61a1"), CYAN, BRIGHT_CYAN, BLUE, BOLD];
    /// Strings in JSON.
    string, String, "string":
        [rgb("a9d3b0"), rgb("176a36"), GREEN, BRIGHT_GREEN, GREEN, PLAIN];
    /// Numbers in JSON, counts.
    number, Number, "number":
        [rgb("e0c494"), rgb("734f0f"), MAGENTA, BRIGHT_YELLOW, MAGENTA, PLAIN];
    /// Bars and the sparkline.
    bar, Bar, "bar":
        [rgb("5b9fc9"), rgb("3a7fb5"), CYAN, BRIGHT_CYAN, BLUE, PLAIN];
    /// The selected row.
    selected, Selected, "selected":
        [band("2c3d63"), band("c9dcf5"), REVERSED, REVERSED, REVERSED, REVERSED];
    /// The selected row of a pane without focus.
    selected_unfocused, SelectedUnfocused, "selected-unfocused":
        [band("29334a"), band("e2ebf7"), UNDERLINED, UNDERLINED, UNDERLINED, UNDERLINED];
    /// Matches of the filter.
    found, Found, "found":
        [
            matched(rgb("ffd98a").bg(color("4a3b14"))),
            matched(rgb("6e4300").bg(color("ffe3a3"))),
            matched(MAGENTA),
            matched(BRIGHT_YELLOW),
            matched(MAGENTA),
            matched(PLAIN),
        ];
    /// What is not to be overlooked: questions, another answer than OK, private mode.
    banner, Banner, "banner":
        [
            bold(rgb("1b1e25").bg(color("eab568"))),
            bold(rgb("ffffff").bg(color("875000"))),
            REVERSED,
            REVERSED,
            REVERSED,
            REVERSED,
        ];
}
