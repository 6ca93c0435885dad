//! The clipboard: by the terminal, and by the programs of the desktop.
//!
//! OSC 52 works over ssh, but is not acknowledged, and terminals limit its size;
//! so a notice lists where a text was sent, not whether it arrived.

use std::env;
use std::process::Stdio;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::dashboard::ClipboardText;

/// Maximum size in bytes of a text for OSC 52; some terminals accept far less.
const MAX_OSC_52: usize = 74_000;

const TERMINAL: Localized = Localized::new("the terminal (OSC 52)", "终端（OSC 52）");
const AND: Localized = Localized::new(" and ", "、");

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

/// Copies a text with the programs that are there, and returns a notice of where
/// it was sent; `in_terminal` is whether it was sent to the terminal.
pub async fn copy(copied: ClipboardText, in_terminal: bool, lang: Lang) -> String {
    let ClipboardText { label, text } = copied;
    let mut targets = Vec::new();
    if in_terminal {
        targets.push(TERMINAL.text(lang));
    }
    for (variable, program, arguments) in PROGRAMS {
        let applies = variable.is_none_or(|it| env::var_os(it).is_some());
        if applies && pipe(program, arguments, &text).await {
            targets.push(program);
        }
    }
    let bytes = text.len();
    if targets.is_empty() {
        return localize!(
            lang,
            "{label}, {bytes} bytes: too much for the terminal, and no clipboard here",
            "{label}，{bytes} 字节：超出终端上限，且此处没有可用的剪贴板"
        );
    }
    let targets = targets.join(AND.text(lang));
    localize!(
        lang,
        "{label}, {bytes} bytes, sent to {targets}",
        "{label}，{bytes} 字节，已发送到 {targets}"
    )
}

/// Writes a text to the standard input of a program; whether it succeeded.
async fn pipe(program: &str, arguments: &[&str], text: &[u8]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let Some(mut stdin) = child.stdin.take() else { return false };
    let written = stdin.write_all(text).await.is_ok();
    drop(stdin);
    written && child.wait().await.is_ok_and(|it| it.success())
}
