//! A style as it is written in config files: `bold #ff8080 on black`.

use std::ops::Range;

use ratatui::style::{Color, Modifier, Style};

/// The word before the color of the background.
const ON: &str = "on";
/// Words for the terminal's own colors.
const COLORS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];
/// Words for how text is drawn.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// All words of a style.
pub fn words() -> impl Iterator<Item = &'static str> {
    let colors = COLORS.iter().map(|it| it.0);
    colors.chain(MODIFIERS.iter().map(|it| it.0)).chain([ON])
}

/// Parses a style: a color, one of the background after `on`, and how text is drawn.
///
/// # Errors
/// The bytes of the first word that is wrong, or in the wrong place.
pub fn parse(text: &str) -> Result<Style, Range<usize>> {
    let (mut style, mut is_on) = (Style::new(), false);
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let at = start..start + word.len();
        let modifier = MODIFIERS.iter().find(|it| it.0 == word).map(|it| it.1);
        match (modifier, color(word)) {
            _ if word == ON && !is_on => is_on = true,
            (Some(it), _) if !is_on => style = style.add_modifier(it),
            (None, Some(it)) if is_on && style.bg.is_none() => {
                style = style.bg(it);
                is_on = false;
            }
            (None, Some(it)) if !is_on && style.fg.is_none() => style = style.fg(it),
            _ => return Err(at),
        }
    }
    match is_on || style == Style::new() {
        true => Err(0..text.len()),
        false => Ok(style),
    }
}

/// A color: one of the terminal's own by its word, one of 256 by its number, or any by
/// `#rrggbb`.
fn color(word: &str) -> Option<Color> {
    if let Some(digits) = word.strip_prefix('#') {
        let is_hex = digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        return Some(Color::from_u32(value));
    }
    let named = COLORS.iter().find(|it| it.0 == word).map(|it| it.1);
    let is_number = word.bytes().all(|it| it.is_ascii_digit());
    named.or_else(|| word.parse().ok().filter(|_| is_number).map(Color::Indexed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_has_colors_and_how_text_is_drawn() {
        let plain = Style::new();
        for (text, style) in [
            ("red", plain.fg(Color::Red)),
            ("208", plain.fg(Color::Indexed(208))),
            ("#ff8080", plain.fg(Color::Rgb(255, 128, 128))),
            ("bold  bright-red", plain.fg(Color::LightRed).add_modifier(Modifier::BOLD)),
            ("on #202020", plain.bg(Color::Rgb(32, 32, 32))),
            ("black on 11 underlined", {
                let style = plain.fg(Color::Black).bg(Color::Indexed(11));
                style.add_modifier(Modifier::UNDERLINED)
            }),
            ("reversed", plain.add_modifier(Modifier::REVERSED)),
        ] {
            assert_eq!(parse(text), Ok(style), "{text}");
        }
    }

    #[test]
    fn a_wrong_word_has_its_place() {
        for (text, at) in [
            ("bold rde", 5..8),
            ("red green", 4..9),
            ("#ff80", 0..5),
            ("#+f8080", 0..7),
            ("256", 0..3),
            ("+5", 0..2),
            ("red on", 0..6),
            ("on bold", 3..7),
            ("on on", 3..5),
            ("", 0..0),
        ] {
            assert_eq!(parse(text), Err(at), "{text}");
        }
    }
}
