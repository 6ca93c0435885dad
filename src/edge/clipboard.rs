//! The clipboard: by the terminal, and by the programs of the desktop.
//!
//! OSC 52 works over ssh, but is not acknowledged, and terminals limit its size;
//! so only where a text was sent is known, not whether it arrived.

use std::env;
use std::io::Write as _;
use std::process::Stdio;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::child;
use crate::callback::trouble::reason;

/// Maximum size in bytes of a text for OSC 52; some terminals accept far less.
const MAX_OSC_52: usize = 74_000;

/// A program that sets a clipboard: the environment variable that must be set, if
/// any, its name, and its arguments, which are tried in this order.
type Program = (Option<&'static str>, &'static str, &'static [&'static [&'static str]]);

/// The programs that set a clipboard.
const PROGRAMS: [Program; 4] = [
    // Before tmux 3.2 there is no `-w`, which also sets the terminal's clipboard.
    (Some("TMUX"), "tmux", &[&["load-buffer", "-w", "-"], &["load-buffer", "-"]]),
    (Some("WAYLAND_DISPLAY"), "wl-copy", &[&[]]),
    (Some("DISPLAY"), "xclip", &[&["-selection", "clipboard"]]),
    (None, "pbcopy", &[&[]]),
];

/// The terminal that receives an escape sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outer {
    /// A terminal.
    Terminal,
    /// tmux before 3.2, which passes on only what is wrapped.
    OldTmux,
    /// tmux, which has a command for it.
    Tmux,
}

impl Outer {
    /// The terminal according to the environment: tmux sets `TMUX`, and from 3.2 on
    /// also `TERM_PROGRAM`.
    pub fn detect() -> Self {
        let is_tmux = env::var_os("TMUX").is_some_and(|it| !it.is_empty());
        let is_new = env::var_os("TERM_PROGRAM").is_some_and(|it| it == "tmux");
        match (is_tmux, is_new) {
            (false, _) => Self::Terminal,
            (true, false) => Self::OldTmux,
            (true, true) => Self::Tmux,
        }
    }

    /// An escape sequence as tmux passes it on to its terminal.
    pub(super) fn passed_on(sequence: &str) -> String {
        format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
    }
}

/// The escape sequence that sets the terminal's clipboard; `None` for a text that
/// is too large, and inside tmux, which has a command for it.
pub fn escape(text: &[u8], outer: Outer) -> Option<String> {
    if MAX_OSC_52 < text.len() || outer == Outer::Tmux {
        return None;
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).ok()?;
    Some(match outer {
        Outer::OldTmux => Outer::passed_on(&sequence),
        Outer::Terminal | Outer::Tmux => sequence,
    })
}

/// Copies a text with the programs that are there; returns the names of those that
/// succeeded.
pub async fn copy(text: &[u8]) -> Vec<&'static str> {
    let mut programs = Vec::new();
    for (variable, program, attempts) in PROGRAMS {
        if variable.is_some_and(|it| env::var_os(it).is_none()) {
            continue;
        }
        for arguments in attempts {
            if pipe(program, arguments, text).await {
                programs.push(program);
                break;
            }
        }
    }
    programs
}

/// Writes a text to a new file in the temporary folder, which only its owner can read;
/// returns its path.
///
/// # Errors
/// When it cannot be written, as a sentence.
pub fn save(text: &[u8]) -> Result<String, String> {
    let write = || {
        let mut file = tempfile::Builder::new().prefix("imscope-copy-").tempfile()?;
        file.write_all(text)?;
        let (_, path) = file.keep()?;
        Ok(path.display().to_string())
    };
    write().map_err(|error: std::io::Error| reason::no_file_written(error))
}

/// Writes a text to the standard input of a program; returns whether it succeeded.
async fn pipe(program: &str, arguments: &[&str], text: &[u8]) -> bool {
    let mut command = Command::from(child::command(program));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let Some(mut stdin) = child.stdin.take() else { return false };
    let written = stdin.write_all(text).await.is_ok();
    drop(stdin);
    written && child.wait().await.is_ok_and(|it| it.success())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn an_old_tmux_gets_the_sequence_wrapped() {
        let plain = "\x1b]52;c;aGk=\x1b\\";
        assert_eq!(escape(b"hi", Outer::Terminal).as_deref(), Some(plain));
        let wrapped = "\x1bPtmux;\x1b\x1b]52;c;aGk=\x1b\x1b\\\x1b\\";
        assert_eq!(escape(b"hi", Outer::OldTmux).as_deref(), Some(wrapped));
        assert_eq!(escape(b"hi", Outer::Tmux), None);
        assert_eq!(escape(&vec![b'x'; MAX_OSC_52 + 1], Outer::Terminal), None);
    }

    #[test]
    fn a_saved_text_is_for_its_owner_only() {
        let path = save(b"hi \xff").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"hi \xff");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_file(path).unwrap();
    }
}
