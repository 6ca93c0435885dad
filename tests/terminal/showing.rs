//! The dashboard appears, shows callbacks, and follows the size of its terminal.

use std::fs;

use imscope::callback::{Delivery, jsonl};
use imscope_test_support::program;
use imscope_test_support::terminal::{self, Pty, WATCH};

#[test]
fn a_callback_of_another_process_is_shown() {
    let mut pty = Pty::imscope(&WATCH);
    let url = pty.shows("Listening").url();
    assert!(!url.ends_with(":0"), "{url}");
    let sent = program::run(&["send", &url, "--from", "小明", "--text", "hello from afar"]);
    assert!(sent.status.success(), "{sent:?}");
    pty.shows("hello from afar").shows("小明").hides("Listening").press("q");
    assert!(pty.ends().success());
    pty.assert_restored();
}

#[test]
fn a_curl_line_of_a_recording_is_signed_if_there_is_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let body = r#"{"CallbackCommand":"X.Y"}"#;
    let delivery =
        Delivery { method: "POST".into(), body: body.as_bytes().into(), ..Delivery::default() };
    let mut line = Vec::new();
    jsonl::encode(&delivery, &mut line);
    fs::write(&file, line).unwrap();
    let args = ["open", file.to_str().unwrap()];
    for (token, notice) in
        [("secret", "curl line, signed with $IMSCOPE_TOKEN,"), ("", "curl line,")]
    {
        let mut pty = Pty::with(&args, &[("IMSCOPE_TOKEN", token)]);
        pty.shows("X.Y").press("Yc").shows(notice);
        let copied = String::from_utf8(pty.clipboard()).unwrap();
        assert_eq!(copied.contains("${IMSCOPE_TOKEN:?}"), !token.is_empty(), "{copied}");
        assert!(!copied.contains("secret"), "{copied}");
        assert!(pty.press("q").ends().success());
    }
}

#[test]
fn a_sample_goes_through_the_real_listener() {
    let mut pty = Pty::imscope(&WATCH);
    pty.shows("Listening").press("t").shows("1 seen").shows("alice").press("q");
    assert!(pty.ends().success());
}

#[test]
fn a_resize_is_followed_and_a_small_terminal_shows_a_hint() {
    let mut pty = Pty::imscope(&WATCH);
    pty.shows("Listening").press("t").shows("1 seen");
    pty.resize(49, 24).shows("49×24").hides("seen");
    pty.resize(140, 40).hides("×").shows("1 seen");
    pty.until("as wide as the terminal", |it| {
        let last = it.rows(0, 140).nth(1).unwrap();
        last.trim_end().chars().count() == 140
    });
    pty.press("q").ends();
    pty.assert_restored();
}

#[test]
fn two_demos_with_the_same_seed_show_the_same_callbacks() {
    let first_rows = |pty: &mut Pty| {
        pty.shows("9 seen")
            .press("zg")
            .until("zoomed", |it| it.contents().matches('╭').count() == 1);
        let screen = pty.screen();
        // Times differ from one run to the next.
        let without_digits =
            |line: &str| line.chars().filter(|it| !it.is_ascii_digit()).collect::<String>();
        screen.lines().skip(3).take(8).map(without_digits).collect::<Vec<_>>()
    };
    let mut both = [(); 2].map(|()| Pty::imscope(&["demo", "--seed", "42"]));
    let [one, other] = &mut both;
    let rows = first_rows(one);
    assert!(rows.iter().all(|it| !it.trim_matches('│').trim().is_empty()), "{rows:?}");
    assert_eq!(rows, first_rows(other));
}

#[test]
fn the_demo_shows_a_denied_a_dropped_and_a_changed_message() {
    let mut pty = Pty::imscope(&["demo", "--filter", "before"]);
    pty.shows("denied").shows("dropped").shows("changed").shows("allowed");
}

#[test]
fn an_untrusted_config_file_is_named_in_the_dashboard() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".imscope.toml"), "utc = true\nforward = 'localhost:1'").unwrap();
    let mut command = terminal::command(program::path());
    command.args(WATCH);
    command.cwd(folder.path());
    let mut pty = Pty::run(command, 200, 30);
    pty.shows(".imscope.toml is not trusted, so it does not set `forward` (line 2)").press("q");
    assert!(pty.ends().success());
}

#[test]
fn signs_are_in_ascii_by_option_and_where_the_locale_is_not_utf_8() {
    for (args, variables, is_ascii) in [
        (&["--ascii"][..], &[("LANG", "C.UTF-8")][..], true),
        (&[], &[("LANG", "C")], true),
        (&[], &[("LC_CTYPE", "zh_CN.GBK"), ("LANG", "C.UTF-8")], true),
        (&[], &[("LANG", "C"), ("IMSCOPE_ASCII", "false")], false),
        (&[], &[("LANG", "C.UTF-8")], false),
    ] {
        let mut pty = Pty::with(&[&WATCH[..], args].concat(), variables);
        pty.shows("Listening").shows("http://");
        assert_eq!(pty.screen().is_ascii(), is_ascii, "{variables:?}:\n{}", pty.screen());
        let is_said = pty.screen().contains("locale not UTF-8: signs ASCII");
        assert_eq!(is_said, is_ascii && args.is_empty(), "{variables:?}");
        assert_eq!(pty.screen().contains("texts English (--lang zh)"), is_said, "{variables:?}");
        assert!(pty.press("q").ends().success());
    }
}
