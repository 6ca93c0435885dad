//! The clipboard: through the terminal, and through what the desktop has.
//!
//! OSC 52 works over ssh, but gives no receipt, and terminals have limits; so
//! what is told is which way it was sent, not that it arrived.

use std::env;
use std::process::Stdio;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::dashboard::Copied;

/// Bytes that go through the terminal, at the most; some stop far earlier.
const TERMINAL: usize = 74_000;

/// The escape sequence that gives text to the terminal's clipboard; `None` when
/// there is too much of it, or tmux stands between, which wants to be asked.
pub fn escape(text: &[u8]) -> Option<String> {
    if TERMINAL < text.len() || env::var_os("TMUX").is_some() {
        return None;
    }
    let mut out = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut out).ok()?;
    Some(out)
}

/// Gives text to the programs that hold a clipboard here, and says in a
/// sentence which ways it was sent; `in_terminal` is whether the terminal got it.
pub async fn copy(copied: Copied, in_terminal: bool) -> String {
    let Copied { label, text } = copied;
    let mut ways = Vec::new();
    if in_terminal {
        ways.push("the terminal (OSC 52)");
    }
    for (condition, program, arguments) in PROGRAMS {
        let applies = condition.is_none_or(|it| env::var_os(it).is_some());
        if applies && feed(program, arguments, &text).await {
            ways.push(program);
        }
    }
    let bytes = text.len();
    match ways.is_empty() {
        true => format!("{label}, {bytes} bytes: too much for the terminal, and no clipboard here"),
        false => format!("{label}, {bytes} bytes, sent to {}", ways.join(" and ")),
    }
}

/// The variable that tells whether it applies, the program, its arguments.
const PROGRAMS: [(Option<&str>, &str, &[&str]); 4] = [
    (Some("TMUX"), "tmux", &["load-buffer", "-w", "-"]),
    (Some("WAYLAND_DISPLAY"), "wl-copy", &[]),
    (Some("DISPLAY"), "xclip", &["-selection", "clipboard"]),
    (None, "pbcopy", &[]),
];

/// Whether the program took the text.
async fn feed(program: &str, arguments: &[&str], text: &[u8]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let Some(mut stdin) = child.stdin.take() else { return false };
    let written = stdin.write_all(text).await.is_ok();
    drop(stdin);
    written && child.wait().await.is_ok_and(|it| it.success())
}
