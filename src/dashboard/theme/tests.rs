//! The palettes are readable, and chosen by the terminal and its background.

use ratatui::style::{Color, Style};

use super::*;

/// Backgrounds of well-known themes that the palettes have to be read on, among them the
/// lightest of the dark and the darkest of the light ones.
const DARK: [u32; 9] =
    [0, 0x0d_1117, 0x1e_1e1e, 0x1e_1e2e, 0x28_2828, 0x00_2b36, 0x28_2c34, 0x28_2a36, 0x2e_3440];
const LIGHT: [u32; 7] =
    [0xff_ffff, 0xfa_fafa, 0xfd_f6e3, 0xfb_f1c7, 0xef_f1f5, 0xee_e8d5, 0xe1_e2e7];
/// Roles of text.
const TEXTS: [Role; 10] = [
    Role::Text,
    Role::Dim,
    Role::Accent,
    Role::Strong,
    Role::Good,
    Role::Failure,
    Role::Warning,
    Role::Name,
    Role::Key,
    Role::String,
];

fn rgb(color: u32) -> Rgb {
    let [_, r, g, b] = color.to_be_bytes();
    Rgb(r, g, b)
}

fn parts(color: Option<Color>) -> Option<Rgb> {
    match color? {
        Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
        it => panic!("{it} is no true color"),
    }
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn true_palettes() -> [(Palette, Vec<Rgb>); 2] {
    [(Palette::Dark, DARK.map(rgb).to_vec()), (Palette::Light, LIGHT.map(rgb).to_vec())]
}

#[test]
fn text_is_readable_on_every_background_the_selection_and_matches() {
    for (palette, backgrounds) in true_palettes() {
        let mut theme = Theme::of(palette);
        let style = |role, theme: &mut Theme| -> Style { *theme.style_mut(role) };
        let bands = [Role::Selected, Role::SelectedUnfocused];
        let bands = bands.map(|it| parts(style(it, &mut theme).bg).unwrap());
        let texts = TEXTS.into_iter().chain([Role::Number, Role::Found]);
        for role in texts {
            let style = style(role, &mut theme);
            let color = parts(style.fg).unwrap();
            for on in backgrounds.iter().chain(&bands).copied().chain(parts(style.bg)) {
                let found = contrast(color, on);
                assert!(found >= 4.5, "{palette:?} {role:?} on {on:?}: {found:.2}");
            }
        }
        let banner = style(Role::Banner, &mut theme);
        assert!(contrast(parts(banner.fg).unwrap(), parts(banner.bg).unwrap()) >= 4.5);
        for (role, least) in [(Role::Bar, 3.0), (Role::Border, 1.7)] {
            let color = parts(style(role, &mut theme).fg).unwrap();
            for on in &backgrounds {
                let found = contrast(color, *on);
                assert!(found >= least, "{palette:?} {role:?} on {on:?}: {found:.2}");
            }
        }
    }
}

#[test]
fn the_theme_without_colors_has_none_and_the_others_have_their_own() {
    let mut mono = Theme::of(Palette::Mono);
    for role in Role::ALL {
        let style = *mono.style_mut(*role);
        let is_plain = |it: Option<Color>| it.is_none_or(|it| it == Color::Reset);
        assert!(is_plain(style.fg) && is_plain(style.bg), "{role:?}");
    }
    for palette in [Palette::Terminal, Palette::Bright, Palette::Deep] {
        let mut theme = Theme::of(palette);
        for role in Role::ALL {
            assert!(!matches!(theme.style_mut(*role).fg, Some(Color::Rgb(..))), "{role:?}");
        }
    }
}

#[test]
fn a_background_decides_only_with_true_colors_and_where_the_palette_reads_on_it() {
    use ColorSupport::{None as No, Sixteen, True};
    let auto = |colors, background: u32| ThemeChoice::Auto.palette(colors, Some(rgb(background)));
    for (palette, backgrounds) in true_palettes() {
        for it in backgrounds {
            assert_eq!(ThemeChoice::Auto.palette(True, Some(it)), palette, "{it:?}");
        }
    }
    assert_eq!(auto(True, 0x80_8080), Palette::Terminal);
    assert_eq!(auto(Sixteen, 0), Palette::Terminal);
    assert_eq!(auto(No, 0), Palette::Mono);
    assert_eq!(ThemeChoice::Auto.palette(True, None), Palette::Terminal);
    let dark = [No, Sixteen, True].map(|it| ThemeChoice::Dark.palette(it, None));
    assert_eq!(dark, [Palette::Mono, Palette::Bright, Palette::Dark]);
    let light = [No, Sixteen, True].map(|it| ThemeChoice::Light.palette(it, None));
    assert_eq!(light, [Palette::Mono, Palette::Deep, Palette::Light]);
    assert_eq!(ThemeChoice::Terminal.palette(True, Some(rgb(0))), Palette::Terminal);
    assert_eq!(ThemeChoice::Mono.palette(True, Some(rgb(0))), Palette::Mono);
}

#[test]
fn the_color_of_a_reply_has_parts_of_one_to_four_digits() {
    for (text, color) in [
        ("rgb:1e1e/2f2f/ffff", Some(Rgb(0x1e, 0x2f, 0xff))),
        ("rgb:1e/2f/ff", Some(Rgb(0x1e, 0x2f, 0xff))),
        ("rgb:0/f/8", Some(Rgb(0, 255, 136))),
        ("rgba:0000/0000/0000/cccc", Some(Rgb(0, 0, 0))),
        ("rgb:1e1e/2f2f", None),
        ("rgb:1e1e/2f2f/fffff", None),
        ("rgb:1e1e/2f2f/+fff", None),
        ("rgb:1/2/3/4/5", None),
        ("#1e2fff", None),
        ("", None),
    ] {
        assert_eq!(Rgb::parse(text), color, "{text}");
    }
}

#[test]
fn colorfgbg_is_the_last_number() {
    let shade = |it| Rgb::of_numbers(it).map(|it| it.0);
    assert_eq!(["15;0", "12;default;8", "7;0"].map(shade), [Some(0); 3]);
    assert_eq!(["0;15", "0;default;7"].map(shade), [Some(255); 2]);
    assert_eq!(["", "15", "15;default", "0;99"].map(shade), [None, Some(255), None, None]);
}
