//! The clipboard: by the terminal, and by the programs of the desktop.
//!
//! OSC 52 works over ssh, but is not acknowledged, and terminals limit its size;
//! so only where a text was sent is known, not whether it arrived.

use std::env;
use std::process::Stdio;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::child;

/// Maximum size in bytes of a text for OSC 52; some terminals accept far less.
const MAX_OSC_52: usize = 74_000;

/// The programs that set a clipboard: the environment variable that must be set,
/// if any, the program and its arguments.
const PROGRAMS: [(Option<&str>, &str, &[&str]); 4] = [
    (Some("TMUX"), "tmux", &["load-buffer", "-w", "-"]),
    (Some("WAYLAND_DISPLAY"), "wl-copy", &[]),
    (Some("DISPLAY"), "xclip", &["-selection", "clipboard"]),
    (None, "pbcopy", &[]),
];

/// The escape sequence that sets the terminal's clipboard; `None` for a text that
/// is too large, and inside tmux, which has a command for it.
pub fn escape(text: &[u8]) -> Option<String> {
    if MAX_OSC_52 < text.len() || env::var_os("TMUX").is_some() {
        return None;
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).ok()?;
    Some(sequence)
}

/// Copies a text with the programs that are there; returns the names of those that
/// succeeded.
pub async fn copy(text: &[u8]) -> Vec<&'static str> {
    let mut programs = Vec::new();
    for (variable, program, arguments) in PROGRAMS {
        let applies = variable.is_none_or(|it| env::var_os(it).is_some());
        if applies && pipe(program, arguments, text).await {
            programs.push(program);
        }
    }
    programs
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
