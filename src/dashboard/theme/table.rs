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

/// Text of a color, as `0xRRGGBB`.
const fn rgb(color: u32) -> Style {
    PLAIN.fg(Color::from_u32(color))
}

/// A background of a color, as `0xRRGGBB`.
const fn band(color: u32) -> Style {
    PLAIN.bg(Color::from_u32(color))
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
        [rgb(0xdde2eb), rgb(0x1f252e), PLAIN, PLAIN, PLAIN, PLAIN];
    /// Secondary text: labels, times.
    dim, Dim, "dim":
        [rgb(0xa5adbb), rgb(0x585f6e), DIM, DIM, DIM, DIM];
    /// The borders of panes without focus.
    border, Border, "border":
        [rgb(0x5d6880), rgb(0xa0a9b8), DIM, DIM, DIM, DIM];
    /// The program's name, the focused pane's border and title.
    accent, Accent, "accent":
        [rgb(0x74c0e8), rgb(0x0b61a1), CYAN, BRIGHT_CYAN, BLUE, BOLD];
    /// Headings and important values.
    strong, Strong, "strong":
        [bold(rgb(0xf2f5fa)), bold(rgb(0x0c1118)), BOLD, BOLD, BOLD, BOLD];
    /// Success.
    good, Good, "good":
        [rgb(0x8fce9b), rgb(0x176a36), GREEN, BRIGHT_GREEN, GREEN, PLAIN];
    /// Failures, refusals, errors.
    failure, Failure, "failure":
        [bold(rgb(0xff8f85)), bold(rgb(0xb3261e)), RED, BRIGHT_RED, RED, BOLD];
    /// Odd, older and duplicate callbacks; notices.
    warning, Warning, "warning":
        [rgb(0xeab568), rgb(0x875000), MAGENTA, BRIGHT_YELLOW, MAGENTA, BOLD];
    /// User ids and group ids.
    name, Name, "name":
        [rgb(0xb6bbf6), rgb(0x4d45b4), BLUE, BRIGHT_BLUE, BLUE, PLAIN];
    /// Keys and field names.
    key, Key, "key":
        [rgb(0x74c0e8), rgb(0x0b61a1), CYAN, BRIGHT_CYAN, BLUE, BOLD];
    /// Strings in JSON.
    string, String, "string":
        [rgb(0xa9d3b0), rgb(0x176a36), GREEN, BRIGHT_GREEN, GREEN, PLAIN];
    /// Numbers in JSON, counts.
    number, Number, "number":
        [rgb(0xe0c494), rgb(0x734f0f), MAGENTA, BRIGHT_YELLOW, MAGENTA, PLAIN];
    /// Bars and the sparkline.
    bar, Bar, "bar":
        [rgb(0x5b9fc9), rgb(0x3a7fb5), CYAN, BRIGHT_CYAN, BLUE, PLAIN];
    /// The selected row.
    selected, Selected, "selected":
        [band(0x2c3d63), band(0xc9dcf5), REVERSED, REVERSED, REVERSED, REVERSED];
    /// The selected row of a pane without focus.
    selected_unfocused, SelectedUnfocused, "selected-unfocused":
        [band(0x29334a), band(0xe2ebf7), UNDERLINED, UNDERLINED, UNDERLINED, UNDERLINED];
    /// Matches of the filter.
    found, Found, "found":
        [
            matched(rgb(0xffd98a).bg(Color::from_u32(0x4a3b14))),
            matched(rgb(0x6e4300).bg(Color::from_u32(0xffe3a3))),
            matched(MAGENTA),
            matched(BRIGHT_YELLOW),
            matched(MAGENTA),
            matched(PLAIN),
        ];
    /// What is not to be overlooked: questions, another answer than OK, private mode.
    banner, Banner, "banner":
        [
            bold(rgb(0x1b1e25).bg(Color::from_u32(0xeab568))),
            bold(rgb(0xffffff).bg(Color::from_u32(0x875000))),
            REVERSED,
            REVERSED,
            REVERSED,
            REVERSED,
        ];
}
