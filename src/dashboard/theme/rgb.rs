//! A true color, and how bright it is.

/// A color by its parts, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Parses the color of a terminal's reply, such as `rgb:1e1e/1e1e/1e1e`: parts of one to
    /// four hexadecimal digits, and perhaps one of opacity.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
        let mut parts = parts.split('/').map(part);
        let color = Self(parts.next()??, parts.next()??, parts.next()??);
        match (parts.next(), parts.next()) {
            (None | Some(Some(_)), None) => Some(color),
            _ => None,
        }
    }

    /// Black or white, as the background that a terminal names in `COLORFGBG`: `15;0`, the
    /// numbers of two of its sixteen colors, perhaps with something between.
    pub fn of_numbers(text: &str) -> Option<Self> {
        match text.rsplit(';').next()?.parse::<u8>().ok()? {
            0..=6 | 8 => Some(Self(0, 0, 0)),
            7 | 9..=15 => Some(Self(255, 255, 255)),
            _ => None,
        }
    }

    /// The relative luminance of WCAG 2, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            it if it <= 0.040_45 => it / 12.92,
            it => ((it + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// The upper eight bits of a hexadecimal part.
fn part(text: &str) -> Option<u8> {
    let highest = match text.len() {
        1..=4 if text.bytes().all(|it| it.is_ascii_hexdigit()) => (1 << (4 * text.len())) - 1,
        _ => return None,
    };
    let value = u32::from_str_radix(text, 16).ok()?;
    u8::try_from(value * 255 / highest).ok()
}
