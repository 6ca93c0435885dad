//! Notifications: the bell of the terminal, and a message on the desktop.
//!
//! Of the two sequences for a message a terminal gets one, as some show both.

use std::env;

use super::clipboard::Outer;
use super::plain_terminal::is_plain;
use crate::dashboard::text::fit;

/// The title of messages on the desktop.
const TITLE: &str = "imscope";
/// Width of their text, which desktops show in a few lines.
const CELLS: usize = 200;

/// The escape sequence that a terminal takes for a message on the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sequence {
    /// OSC 9, with a text.
    Osc9,
    /// OSC 777, with a title and a text.
    Osc777,
    /// None: the terminal could show the text itself.
    None,
}

/// Terminals by an environment variable and the beginning of its value. iTerm2 has no OSC
/// 777, kitty has it only since 0.24, and the console of Linux and Emacs print what they do not
/// know. Others, such as foot, urxvt, VTE, `WezTerm`, Ghostty and Konsole, take OSC 777 or
/// ignore it; to Windows Terminal OSC 9 is progress.
const TERMINALS: [(&str, &str, Sequence); 5] = [
    ("TERM", "linux", Sequence::None),
    ("TERM", "eterm", Sequence::None),
    ("TERM_PROGRAM", "iTerm", Sequence::Osc9),
    ("LC_TERMINAL", "iTerm", Sequence::Osc9),
    ("KITTY_WINDOW_ID", "", Sequence::Osc9),
];

/// What is written for a text without hidden characters, in the terminal according to the
/// environment.
pub fn sequence(text: &str) -> String {
    let value = |name: &str| env::var(name).ok().filter(|it| !it.is_empty());
    let is_screen = value("STY").is_some();
    written(&fit(text, CELLS), of_terminal(value), Outer::detect(), is_screen)
}

fn of_terminal(value: impl Fn(&str) -> Option<String>) -> Sequence {
    if is_plain(&value("TERM").unwrap_or_default()) {
        return Sequence::None;
    }
    let is =
        |(name, start, _): &&(&str, &str, _)| value(name).is_some_and(|it| it.starts_with(start));
    TERMINALS.iter().find(is).map_or(Sequence::Osc777, |it| it.2)
}

fn written(text: &str, sequence: Sequence, outer: Outer, is_screen: bool) -> String {
    let message = match sequence {
        Sequence::Osc9 => format!("\x1b]9;{TITLE}: {text}"),
        // urxvt takes a semicolon for the end.
        Sequence::Osc777 => format!("\x1b]777;notify;{TITLE};{}", text.replace(';', ",")),
        Sequence::None => return "\x07".to_owned(),
    };
    // tmux passes it on if `allow-passthrough` is on, and drops it otherwise.
    let message = match outer {
        Outer::Terminal if is_screen => format!("\x1bP{message}\x07\x1b\\"),
        Outer::Terminal => format!("{message}\x1b\\"),
        Outer::Tmux | Outer::OldTmux => Outer::passed_on(&format!("{message}\x1b\\")),
    };
    format!("\x07{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_the_bell_and_the_one_sequence_that_it_takes() {
        for (variables, expected) in [
            (&[("TERM", "xterm-256color")][..], Sequence::Osc777),
            (&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")], Sequence::Osc9),
            (&[("TERM", "xterm"), ("TERM_PROGRAM", "iTerm.app")], Sequence::Osc9),
            (
                &[("TERM", "screen"), ("TERM_PROGRAM", "tmux"), ("LC_TERMINAL", "iTerm2")],
                Sequence::Osc9,
            ),
            (&[("TERM", "linux")], Sequence::None),
            (&[("TERM", "eterm-color")], Sequence::None),
            (&[("TERM", "dumb"), ("TERM_PROGRAM", "iTerm.app")], Sequence::None),
            (&[("TERM", "unknown"), ("KITTY_WINDOW_ID", "1")], Sequence::None),
            (&[("TERM", "emacs")], Sequence::None),
            (&[("TERM", "vt52")], Sequence::None),
            (&[("TERM", "cons25")], Sequence::None),
            (&[], Sequence::None),
        ] {
            let value =
                |name: &str| variables.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
            assert_eq!(of_terminal(value), expected, "{variables:?}");
        }
        let of = |sequence| written("a; b", sequence, Outer::Terminal, false);
        assert_eq!(of(Sequence::Osc9), "\x07\x1b]9;imscope: a; b\x1b\\");
        assert_eq!(of(Sequence::Osc777), "\x07\x1b]777;notify;imscope;a, b\x1b\\");
        assert_eq!(of(Sequence::None), "\x07");
    }

    #[test]
    fn a_multiplexer_passes_the_message_on() {
        let tmux = "\x07\x1bPtmux;\x1b\x1b]777;notify;imscope;a\x1b\x1b\\\x1b\\";
        for outer in [Outer::Tmux, Outer::OldTmux] {
            assert_eq!(written("a", Sequence::Osc777, outer, false), tmux);
        }
        let screen = "\x07\x1bP\x1b]777;notify;imscope;a\x07\x1b\\";
        assert_eq!(written("a", Sequence::Osc777, Outer::Terminal, true), screen);
    }
}
