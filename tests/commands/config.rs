//! Config files.

mod trust;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use imscope::callback::Lang;
use imscope::command::cli::config_file::ConfigFile;
use imscope_test_support::program::{imscope, refusal};
use imscope_test_support::tail::Tail;
use rustix::process::Signal;
use tempfile::TempDir;

/// The cases, each a heading and a file.
const CASES: &str = include_str!("config/cases.txt");

/// The mistakes of a file, or its settings.
fn result(content: &str, lang: Lang) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    fs::write(&path, content).unwrap();
    let result = match ConfigFile::read(&path).settings(lang) {
        Ok(settings) => settings
            .iter()
            .map(|it| format!("{}: {} = {:?}", it.place(), it.path_in_file(), it.values))
            .collect::<Vec<_>>()
            .join("\n"),
        Err(mistakes) => mistakes,
    };
    result.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn every_good_and_bad_file_has_its_settings_or_its_mistakes() {
    let mut all = String::new();
    for case in CASES.split("# ").skip(1) {
        let (heading, content) = case.split_once('\n').unwrap();
        let content = content.replace("@DEEP@", &"[".repeat(10_000));
        let [en, zh] = [Lang::En, Lang::Zh].map(|it| result(&content, it));
        // Settings are the same in all languages.
        let zh = if zh == en { String::new() } else { format!("\n\n{zh}") };
        let shorter = format!("## {heading}\n{en}{zh}\n\n");
        all.push_str(&shorter);
    }
    insta::assert_snapshot!("config_files", all);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let error = ConfigFile::read(Path::new("/nowhere/c.toml")).settings(Lang::En).unwrap_err();
    assert_eq!(error, "cannot read /nowhere/c.toml: No such file or directory (os error 2)");
}

/// A folder of configuration with the user's file, and imscope with this one.
fn with_file(content: &str) -> (TempDir, Command) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("imscope")).unwrap();
    fs::write(folder.path().join("imscope/config.toml"), content).unwrap();
    let mut command = imscope();
    command.env("XDG_CONFIG_HOME", folder.path());
    (folder, command)
}

/// The exit status, and all that is printed, with `~` for the folder.
fn run(command: &mut Command, args: &[&str], folder: &TempDir) -> (Option<i32>, String) {
    let output = command.args(args).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code(), text.replace(&folder.path().display().to_string(), "~"))
}

/// The value and the place of a setting that `config show` prints.
fn shown(text: &str, name: &str) -> Vec<String> {
    let line = text.lines().find(|it| it.split_whitespace().next() == Some(name)).unwrap();
    line.split_whitespace().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_variable_is_before_the_file_and_this_before_the_default() {
    let (folder, mut imscope) = with_file("keep = '1MiB'\n\nlisten = 80\nmouse = true");
    imscope.env("IMSCOPE_LISTEN", "81").env("IMSCOPE_MOUSE", "false");
    imscope.env("IMSCOPE_TOKEN", "secret-of-mine");
    let (code, text) = run(&mut imscope, &["config", "show"], &folder);
    assert_eq!(code, Some(0), "{text}");
    let place = "~/imscope/config.toml:1";
    for (name, expected) in [
        ("keep", ["1MiB", place]),
        ("listen", ["81", "IMSCOPE_LISTEN"]),
        ("mouse", ["false", "IMSCOPE_MOUSE"]),
        ("utc", ["false", "default"]),
        ("theme", ["auto", "default"]),
        ("token", ["***", "IMSCOPE_TOKEN"]),
    ] {
        assert_eq!(shown(&text, name), expected, "{text}");
    }
    assert!(!text.contains("secret-of-mine"), "{text}");
}

#[test]
fn the_file_of_the_option_takes_the_place_of_the_users() {
    let (folder, mut imscope) = with_file("keep = '1MiB'\nmouse = true");
    let other = folder.path().join("other.toml");
    fs::write(&other, "keep = '2MiB'\nfrp-admin = 'http://admin:hunter2@127.0.0.1:7400'").unwrap();
    let args = ["--config", other.to_str().unwrap(), "config", "show"];
    let (_, text) = run(&mut imscope, &args, &folder);
    assert_eq!(shown(&text, "keep"), ["2MiB", "~/other.toml:1"]);
    assert_eq!(shown(&text, "mouse"), ["false", "default"]);
    assert!(text.contains("127.0.0.1:7400") && !text.contains("hunter2"), "{text}");
    let refused = refusal(&["tail", "--config", "/nowhere/c.toml"]);
    assert!(refused.starts_with("imscope: cannot read /nowhere/c.toml: "), "{refused}");
}

#[test]
fn a_mistake_in_the_file_ends_a_command_with_settings_and_no_other() {
    let (folder, mut imscope) = with_file("liten = 1\nlang = 'zh'");
    let (code, text) = run(&mut imscope, &["tail"], &folder);
    assert_eq!(code, Some(1));
    let expected =
        "imscope: ~/imscope/config.toml:1:1: 未知的配置项 `liten`；是否想写 `listen`？\n";
    assert!(text.starts_with(expected), "{text}");
    for args in [&["tail", "-h"][..], &["help"], &["codes", "80001"], &["man"], &["--version"]] {
        let (folder, mut imscope) = with_file("liten = 1");
        assert_eq!(run(&mut imscope, args, &folder).0, Some(0), "{args:?}");
    }
}

#[test]
fn a_file_is_checked_with_line_column_and_caret() {
    let (folder, mut imscope) = with_file("utc = true\ntheme = 'drak'");
    let (code, text) = run(&mut imscope, &["config", "check"], &folder);
    let expected = "~/imscope/config.toml:2:10: expected one of: auto, dark, light, terminal, mono; did you \
                    mean `dark`?\n\n  theme = 'drak'\n           ^^^^\n\n";
    assert_eq!((code, &*text), (Some(1), expected));
    let good = folder.path().join("good.toml");
    fs::write(&good, "utc = true").unwrap();
    let (_folder, mut imscope) = with_file("");
    let (code, text) = run(&mut imscope, &["config", "check", good.to_str().unwrap()], &folder);
    assert_eq!((code, &*text), (Some(0), "~/good.toml: 1 setting\n"));
}

#[test]
fn files_that_are_named_and_filters_that_mean_nothing_are_checked() {
    let (folder, mut imscope) = with_file(
        "token-file = 'gone'\nrecord = 'no/calls'\nanswers = '.'\nforward-ca = 'config.toml'\n\
         bell = 'fialed'\n[filters]\nbad = 'fialed'\ngood = 'failed'",
    );
    let (code, text) = run(&mut imscope, &["config", "check"], &folder);
    assert_eq!(code, Some(1));
    let place = "~/imscope/config.toml:";
    let near = "searches the text `fialed`; did you mean `failed`?";
    let gone = "No such file or directory (os error 2)";
    for (line, expected) in text.lines().zip([
        "~/imscope/config.toml: 7 settings".to_owned(),
        format!("{place}1: `token-file`: cannot read ~/imscope/gone: {gone}"),
        format!("{place}2: `record`: cannot read ~/imscope/no: {gone}"),
        format!("{place}3: `answers`: cannot read ~/imscope/.: Is a directory (os error 21)"),
        format!("{place}4: `forward-ca`: no certificate in ~/imscope/config.toml"),
        format!("{place}5: warning: `bell` {near}"),
        format!("{place}7: warning: `filters.bad` {near}"),
    ]) {
        assert_eq!(line, expected, "{text}");
    }
    assert_eq!(text.lines().count(), 7, "{text}");
    // A warning is no mistake.
    let (folder, mut imscope) =
        with_file("bell = '@bad'\non = ['@bad | refusd', '']\n[filters]\nbad = 'fialed'");
    let (code, text) = run(&mut imscope, &["config", "check"], &folder);
    assert_eq!(code, Some(0));
    // That of a filter with a name is printed once.
    let refused = "searches the text `refusd`; did you mean `refused`?";
    let expected = format!(
        "~/imscope/config.toml: 3 settings\n{place}2: warning: `on` {refused}\n\
         {place}4: warning: `filters.bad` {near}\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn files_that_are_named_are_parsed_as_their_commands_do() {
    let (folder, _) = with_file(
        "token-file = 'empty'\nanswers = 'rules'\ntls-cert = 'cert'\ntls-key = 'key'\n\
         tls-client-ca = 'empty'\nrecord = 'calls'",
    );
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join("imscope").join(name), text).unwrap();
    };
    let [one, other] =
        ["a", "b"].map(|it| rcgen::generate_simple_self_signed([it.to_owned()]).unwrap());
    write("empty", "");
    write("rules", "before => allow\nfrm:bob => deny\n");
    write("cert", &one.cert.pem());
    write("key", &other.signing_key.serialize_pem());
    let check = |lang: &str| {
        let mut imscope = imscope();
        imscope.env("XDG_CONFIG_HOME", folder.path());
        run(&mut imscope, &["config", "check", "--lang", lang], &folder)
    };
    let (code, text) = check("en");
    let expected = "~/imscope/config.toml: 6 settings\n\
        ~/imscope/config.toml:1: `token-file`: ~/imscope/empty contains no token\n\
        ~/imscope/config.toml:2: `answers`: ~/imscope/rules:2:1: unknown field `frm`; did you mean `from`?\n\n  \
          frm:bob => deny\n  ^^^\n\n\
        ~/imscope/config.toml:4: `tls-key`: the key in ~/imscope/key does not belong to the \
        certificate in ~/imscope/cert\n\
        ~/imscope/config.toml:5: `tls-client-ca`: no certificate in ~/imscope/empty\n";
    assert_eq!((code, &*text), (Some(1), expected));
    let (_, text) = check("zh");
    assert!(text.contains("`token-file`：~/imscope/empty 中没有 Token\n"), "{text}");
    write("key", &one.signing_key.serialize_pem());
    write("rules", "before => deny 120001");
    write("empty", &other.cert.pem());
    assert_eq!(check("en"), (Some(0), "~/imscope/config.toml: 6 settings\n".to_owned()));
    // The files to be written are not made.
    assert!(!folder.path().join("imscope/calls").exists());
}

#[test]
fn a_token_file_that_cannot_be_read_is_named_with_what_names_it() {
    let (folder, mut imscope) = with_file("token-file = 'gone'");
    let named = |text: &str, by: &str| {
        let expected = format!("named by {by}: No such file");
        assert!(text.starts_with("imscope: cannot read ") && text.contains(&expected), "{text}");
    };
    let (code, text) = run(&mut imscope, &["tail"], &folder);
    assert_eq!(code, Some(1));
    named(&text, "`token-file` (~/imscope/config.toml:1)");
    imscope.env("IMSCOPE_TOKEN_FILE", "lost");
    named(&run(&mut imscope, &[], &folder).1, "IMSCOPE_TOKEN_FILE");
    named(&refusal(&["tail", "--token-file", "lost"]), "--token-file");
}

#[test]
fn a_wrong_value_of_a_variable_is_that_of_the_variable() {
    for (command, variable, value, why) in [
        ("tail", "IMSCOPE_LISTEN", "foo", ": expected "),
        ("tail", "IMSCOPE_UTC", "maybe", ": expected true or false\n"),
        ("demo", "IMSCOPE_THEME", "drak", ""),
    ] {
        let (folder, mut imscope) = with_file("");
        let (code, text) = run(imscope.env(variable, value), &[command], &folder);
        let expected = format!("imscope: invalid value '{value}' for '{variable}'{why}");
        assert!(code == Some(2) && text.starts_with(&expected), "{text}");
    }
    // The option on the command line is one of its own.
    let (folder, mut imscope) = with_file("");
    imscope.env("IMSCOPE_LISTEN", "foo");
    let (_, text) = run(&mut imscope, &["tail", "--listen", "foo"], &folder);
    assert!(text.starts_with("imscope: invalid value 'foo' for '--listen <ADDR>'"), "{text}");
}

#[test]
fn a_filter_is_used_by_its_name_and_a_wrong_name_names_the_nearest() {
    let (folder, mut imscope) = with_file("[filters]\nslow = 'lag>1s'\nbad = 'cmd:Bad.B'");
    let (code, text) = run(&mut imscope, &["tail", "--filter", "@slwo"], &folder);
    assert_eq!(code, Some(2));
    let expected = "imscope: invalid value '@slwo' for '--filter <EXPR>': no filter is called \
                    `slwo`; did you mean `@slow`?\n";
    assert!(text.starts_with(expected), "{text}");
    let path = folder.path().join("imscope/config.toml");
    let filter = "cmd:B @bad -@slow";
    let arguments = ["--config", path.to_str().unwrap(), "--filter", filter, "--format", "text"];
    let mut tail = self::imscope();
    tail.stdout(Stdio::piped());
    let tail = Tail::spawn(tail, &arguments);
    for word in ["Some.B", "Bad.B"] {
        tail.connect().post(&format!("/?CallbackCommand={word}"), b"{}").unwrap();
    }
    let text = String::from_utf8(tail.output(Signal::TERM).stdout).unwrap();
    assert!(text.contains("Bad.B") && !text.contains("Some.B"), "{text}");
}

#[test]
fn init_writes_a_file_that_only_its_owner_reads_and_replaces_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/imscope/config.toml");
    let init = |expected| {
        let mut imscope = imscope();
        imscope.env("XDG_CONFIG_HOME", folder.path().join("a"));
        assert_eq!(run(&mut imscope, &["config", "init"], &folder), expected);
    };
    init((Some(0), "~/a/imscope/config.toml is written\n".to_owned()));
    let content = fs::read_to_string(&path).unwrap();
    assert!(content.contains("\n# listen = \"127.0.0.1:9527\"\n"), "{content}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    init((Some(1), "imscope: ~/a/imscope/config.toml exists and is not replaced\n".to_owned()));
}

#[test]
fn a_listener_has_the_settings_of_the_file_and_its_rules_their_files() {
    let (folder, _) = with_file("answers = ['=> reply @body.json']\nlisten = 0\nformat = 'text'");
    fs::write(folder.path().join("imscope/body.json"), r#"{"from":"a file"}"#).unwrap();
    let path = folder.path().join("imscope/config.toml");
    let tail = Tail::start(&["--config", path.to_str().unwrap()]);
    assert_eq!(
        tail.connect().post("/?CallbackCommand=A.B", b"{}").unwrap(),
        r#"{"from":"a file"}"#
    );
}
