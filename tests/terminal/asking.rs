//! Keys with effects outside of the screen: sending again, editing, copying,
//! answering; and their options.

use std::fs;

use imscope::callback::json_text::indented;
use imscope_test_support::http::{Server, ok, post_to};
use imscope_test_support::program;
use imscope_test_support::terminal::{Pty, WATCH};

const BODY: &str = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"alice",
 "To_Account":"小明","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello there"}}]}"#;

/// A local app that accepts every callback.
fn app() -> Server {
    Server::replying(ok())
}

#[test]
fn keys_that_arrive_in_one_burst_are_all_read() {
    let mut pty = Pty::imscope(&WATCH);
    pty.shows("Listening").press(&("j".repeat(3000) + "?")).shows("╭ Help");
    pty.press("q").hides("╭ Help").press("q");
    assert!(pty.ends().success());
    pty.assert_restored();
}

#[test]
fn r_sends_again_and_e_sends_the_edited_body() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("editor");
    // Its output shows that it has the terminal.
    let edit = "echo the editor is here; sed -i.old s/hello/goodbye/ \"$1\"\n";
    fs::write(&script, edit).unwrap();
    let editor = format!("sh {}", script.display());
    let app = app();
    let url = app.url();
    let options = [&WATCH[..], &["--forward", &url]].concat();
    let mut pty = Pty::with(&options, &[("EDITOR", &editor)]);
    let own = pty.shows("Listening").url();
    let next = || app.request().text();
    assert!(post_to(&own, BODY).contains("OK"));
    assert_eq!(next(), BODY);
    pty.shows("1 seen").press("r");
    assert_eq!(next(), BODY);
    pty.shows("2 seen").shows("│→").shows("sent again; the local app answered 200");
    pty.press("gR").shows("esc").press("e");
    // The editor had it indented.
    let edited = BODY.replace("hello", "goodbye").into_bytes();
    assert_eq!(next().into_bytes(), indented(&edited));
    pty.shows("3 seen").shows("goodbye there").until("taken again", |it| {
        it.alternate_screen() && it.bracketed_paste() && it.contents().matches("│→").count() == 2
    });
    assert!(String::from_utf8_lossy(&pty.bytes()).contains("the editor is here"));
    pty.press("?").shows("╭ Help").press("q").hides("╭ Help").press("q");
    assert!(pty.ends().success());
    pty.assert_restored();
}

#[test]
fn y_gives_the_body_to_the_clipboard_of_the_terminal() {
    let mut pty = Pty::imscope(&WATCH);
    let url = pty.shows("Listening").url();
    post_to(&url, BODY);
    pty.shows("1 seen").press("y").shows(&format!("body, {} bytes", BODY.len())).shows("OSC 52");
    assert_eq!(pty.clipboard(), BODY.as_bytes());
    pty.press("q").ends();
    pty.assert_restored();
}

#[test]
fn o_opens_the_switchboard_each_time() {
    let mut pty = Pty::imscope(&WATCH);
    let url = pty.shows("Listening").url();
    assert!(post_to(&url, BODY).contains(r#""ActionStatus":"OK""#));
    pty.shows("1 seen").press("o").shows("Answer callbacks with");
    pty.press("2").press("o").shows("answering fail").shows("O resets");
    assert!(post_to(&url, BODY).contains(r#""ActionStatus":"FAIL""#));
    pty.press("o").shows("Answer callbacks with").press("1").press("o").hides("answering");
    assert!(post_to(&url, BODY).contains(r#""ActionStatus":"OK""#));
    pty.press("q");
    assert!(pty.ends().success());
}

#[test]
fn rules_are_entered_written_and_read_again_in_the_switchboard() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (rules, body) = (path("my.rules"), path("body.json"));
    fs::write(&rules, "# mine\nfrom:bob => fail\n").unwrap();
    fs::write(&body, r#"{"ErrorCode":0,"Own":1}"#).unwrap();
    let mut pty = Pty::imscope(&[&WATCH[..], &["--answers", &rules]].concat());
    let url = pty.shows("1 rule").shows("Listening").url();
    assert!(post_to(&url, BODY).contains(r#""ActionStatus":"OK""#));
    pty.shows("1 seen").press("oa").shows("rule: ").press("from:alice => reply @none\r");
    pty.shows("No such file").press("\u{15}").press(&format!("from:alice => reply @{body}\r"));
    pty.shows("2 rules");
    assert!(post_to(&url, BODY).contains(r#""Own":1"#));
    pty.press("w").shows("my.rules").press("\r").shows("rules written: 2");
    let written = format!("# mine\nfrom:bob => fail\nfrom:alice => reply @{body}\n");
    assert_eq!(fs::read_to_string(&rules).unwrap(), written);
    assert_eq!(fs::read_to_string(format!("{rules}~")).unwrap(), "# mine\nfrom:bob => fail\n");
    fs::write(&rules, "from:alice => fail \"from the file\"\n").unwrap();
    pty.press("R").shows("rules read: 1").shows("from the file");
    assert!(post_to(&url, BODY).contains("from the file"));
    pty.press("O").shows("reply OK");
    assert!(post_to(&url, BODY).contains(r#""ActionStatus":"OK""#));
    pty.press("q").hides("Answer callbacks with").press("q");
    assert!(pty.ends().success());
}

#[test]
fn the_answer_and_the_filter_of_the_command_line_hold_from_the_start() {
    let options = ["--reply", "fail:no", "--delay", "20ms", "--filter", "from:小明"];
    let mut pty = Pty::imscope(&[&WATCH[..], &options].concat());
    let url = pty.shows("answering fail:no +20ms").shows("Listening").url();
    let text = post_to(&url, BODY);
    assert!(text.contains(r#""FAIL""#) && text.contains(r#""ErrorInfo":"no""#), "{text}");
    pty.shows("0 of 1 · from:小明").hides("hello there");
    post_to(&url, &BODY.replace("alice", "小明"));
    pty.shows("1 of 2 · from:小明").shows("hello there").press("q");
    assert!(pty.ends().success());
}

#[test]
fn a_mistake_in_the_filter_is_shown_with_a_caret() {
    let output = program::run(&[&WATCH[..], &["--filter", "小明 code:x"]].concat());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{text}");
    let lines: Vec<_> = text.lines().collect();
    let caret = lines.iter().position(|it| it.trim() == "^").unwrap_or_else(|| panic!("{text}"));
    let place = lines[caret].find('^').unwrap();
    let width = unicode_width::UnicodeWidthStr::width;
    let above = lines[caret - 1];
    let at = above.char_indices().map(|(at, _)| at).find(|at| width(&above[..*at]) == place);
    assert!(above[at.unwrap()..].starts_with('x'), "{text}");
}
