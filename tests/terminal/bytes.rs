//! What is written to the terminal, byte for byte.

use std::collections::BTreeSet;
use std::fs;

use imscope_test_support::program;
use imscope_test_support::terminal::{Pty, WATCH};

/// The control sequences in some output, each without its numbers; everything
/// else that is not plain text is named as it is.
fn controls(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = BTreeSet::new();
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        if it == '\x1b' && rest.next_if_eq(&'[').is_some() {
            let private = rest.next_if_eq(&'?').is_some();
            let mut numbers = String::new();
            while let Some(it) = rest.next_if(|it| it.is_ascii_digit() || ";:".contains(*it)) {
                numbers.push(it);
            }
            let last = rest.next().unwrap_or_default();
            // Of modes, which one matters.
            let which = if private { format!("?{numbers}") } else { String::new() };
            found.insert(format!("CSI {which}{last}"));
        } else if it.is_control() || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        {
            found.insert(format!("{it:?}"));
        }
    }
    found
}

/// What the dashboard writes beside text.
const OWN: [&str; 11] = [
    "CSI H",
    "CSI J",
    "CSI m",
    "CSI ?1049h",
    "CSI ?1049l",
    "CSI ?2004h",
    "CSI ?2004l",
    "CSI ?2026h",
    "CSI ?2026l",
    "CSI ?25h",
    "CSI ?25l",
];

/// The colors that were asked for, by the numbers of their codes.
fn colors(bytes: &[u8]) -> BTreeSet<u16> {
    let text = String::from_utf8_lossy(bytes);
    let codes = text.split("\x1b[").skip(1).filter_map(|it| {
        let end = it.find(|it: char| !it.is_ascii_digit() && it != ';')?;
        it[end..].starts_with('m').then(|| &it[..end])
    });
    let numbers = codes.flat_map(|it| it.split(';')).filter_map(|it| it.parse().ok());
    // 39 and 49 ask for what the terminal has by itself.
    numbers.filter(|it| matches!(it, 30..=38 | 40..=48 | 58 | 90..=107)).collect()
}

fn written(set: &[(&str, &str)]) -> Vec<u8> {
    let mut pty = Pty::with(&["demo", "--seed", "1"], set);
    pty.shows("12 seen").press("k4l\x0c").shows("▾ {").press("q");
    pty.ends();
    pty.assert_restored();
    pty.bytes()
}

#[test]
fn colors_are_used_by_default() {
    assert!(!colors(&written(&[])).is_empty());
}

#[test]
fn no_color_disables_colors() {
    assert_eq!(colors(&written(&[("NO_COLOR", "1")])), BTreeSet::new());
}

#[test]
fn only_text_and_known_sequences_are_written() {
    let own = BTreeSet::from(OWN.map(str::to_owned));
    let controls = controls(&written(&[]));
    assert!(controls.is_subset(&own), "{controls:?}");
}

#[test]
fn hostile_text_is_never_written_raw() {
    const HOSTILE: &str =
        "\x1b]0;owned\x07\x1b[2J\x1b[31m\x1bc\u{9b}5m\u{9d}x\u{9c}\u{202e}\u{200b}\r\n\t\x08\x7f";
    let text = serde_json::Value::from(HOSTILE).to_string();
    let body = format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":{text},"To_Account":{text},
        "MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":{text}}}}},{{"MsgType":{text},
        "MsgContent":{{"Data":{text},{text}:{text}}}}}],"MsgKey":{text},"CloudCustomData":{text},
        "SendMsgResult":99,"ErrorInfo":{text},"UnreadMsgNum":5,{text}:1}}"#
    );
    let folder = tempfile::tempdir().unwrap();
    let mut pty = Pty::imscope(&WATCH);
    let url = pty.shows("Listening").url() + "/a/path?SdkAppid=%1b%5d0;x%07&ClientIP=%9b1m";
    for (name, content) in [("raw", HOSTILE), ("json", body.as_str())] {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let sent = program::run(&["send", &url, "--body", path.to_str().unwrap()]);
        assert!(!sent.stdout.contains(&0x1b), "{sent:?}");
    }
    pty.shows("2 seen").press("[4").shows("owned");
    for keys in ["w", "G", "x", "x", "x", "l", "l", "l", "2\r", "\x1b[F", "z", "k"] {
        pty.press(keys);
    }
    pty.press("?").shows("╭ Help").press("q").hides("╭ Help").press("q");
    pty.ends();
    pty.assert_restored();
    let own = BTreeSet::from(OWN.map(str::to_owned));
    let controls = controls(&pty.bytes());
    assert!(controls.is_subset(&own), "{controls:?}");
}
