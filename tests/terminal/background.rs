//! The terminal is asked for its background, whatever it replies and whenever.

use std::fs;
use std::time::Duration;

use imscope_test_support::program;
use imscope_test_support::terminal::{self, Pty, WATCH};
use imscope_test_support::until;
use portable_pty::CommandBuilder;
use vt100::{Color, Screen};

const QUERY: &str = "\x1b]11;?\x1b\\";
/// The colors of the program's name: of the dark palette, the light one and the sixteen.
const DARK: Color = Color::Rgb(0x74, 0xc0, 0xe8);
const LIGHT: Color = Color::Rgb(0x0b, 0x61, 0xa1);
const CYAN: Color = Color::Idx(6);

fn command() -> CommandBuilder {
    let mut command = terminal::command(program::path());
    command.args(WATCH);
    command.env("COLORTERM", "truecolor");
    command
}

/// A dashboard in a terminal that has received the query, and does nothing yet.
fn asked() -> Pty {
    let mut pty = Pty::run(command(), 100, 30);
    pty.writes(QUERY);
    pty
}

/// The color of the program's name.
fn accent(screen: &Screen) -> Option<Color> {
    let cell = screen.cell(0, 1)?;
    (cell.contents() == "i").then(|| cell.fgcolor())
}

fn is(color: Color) -> impl Fn(&Screen) -> bool {
    move |it| accent(it) == Some(color)
}

#[test]
fn the_theme_follows_the_background_and_keys_typed_meanwhile_are_kept() {
    for (reply, color) in [
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", DARK),
        ("\x1b]11;rgb:ffff/fdfd/f6f6\x07", LIGHT),
        ("\x1b]11;rgb:8080/8080/8080\x07", CYAN),
    ] {
        let mut pty = asked();
        pty.press(&format!("/fr{reply}om:a")).shows("from:a").until("in color", is(color));
        assert!(!pty.screen().contains("rgb"), "{}", pty.screen());
        pty.press("\x1b").hides("from:a").press("q");
        assert!(pty.ends().success());
        pty.assert_restored();
    }
}

#[test]
fn a_terminal_that_replies_late_never_or_garbage_shows_nothing_of_it() {
    for reply in [
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1b]11;rgb:zzzz/qqqq/1111\x07",
        "\x1b]11;rgb:1e1e/1e",
        "\x1b]1",
        "",
    ] {
        let mut pty = asked();
        pty.shows("q quit").until("in the terminal's colors", is(CYAN));
        let before = pty.screen();
        pty.press(reply);
        // What comes at once after a reply that is cut belongs to it.
        assert!(!pty.ends_within(Duration::from_millis(50)));
        assert_eq!(pty.screen(), before, "{reply:?}");
        until("it ends", || pty.press("q").ends_within(Duration::from_millis(50)));
        assert!(pty.ends().success());
    }
}

#[test]
fn the_styles_of_the_config_file_stand_over_the_theme() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    fs::write(&path, "[theme]\nbase = 'light'\naccent = 'bold #102030'\ngood = 208").unwrap();
    let with_colors = |colors: bool| {
        let mut command = command();
        command.arg("--config");
        command.arg(&path);
        command.env("NO_COLOR", if colors { "" } else { "1" });
        let mut pty = Pty::run(command, 100, 30);
        pty.shows("Listening");
        pty
    };
    let dot = |it: &Screen| it.cell(0, 9).map(vt100::Cell::fgcolor);
    let mut pty = with_colors(true);
    pty.until("in its color", is(Color::Rgb(0x10, 0x20, 0x30)));
    pty.until("in its color", |it| dot(it) == Some(Color::Idx(208)));
    with_colors(false).until("without colors", is(Color::Default));
}

#[test]
fn only_auto_asks_and_only_on_true_colors_and_else_colorfgbg_decides() {
    for (theme, variables, color) in [
        ("dark", &[][..], DARK),
        ("light", &[], LIGHT),
        ("terminal", &[], CYAN),
        ("auto", &[("COLORTERM", "")], CYAN),
        ("mono", &[], Color::Default),
        ("auto", &[("NO_COLOR", "1")], Color::Default),
    ] {
        let mut command = command();
        command.args(["--theme", theme]);
        for (name, value) in variables {
            command.env(name, value);
        }
        let mut pty = Pty::run(command, 100, 30);
        pty.shows("Listening").until("in color", is(color));
        assert!(!pty.bytes().windows(4).any(|it| it == b"]11;"), "{theme}");
    }
    for (value, color) in [("15;0", DARK), ("0;15", LIGHT), ("default;default", CYAN)] {
        let mut command = command();
        command.env("COLORFGBG", value);
        Pty::run(command, 100, 30).shows("Listening").until("in color", is(color));
    }
}
