//! The config file of a project: what it may set before it is trusted.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use imscope::command::cli::spec::{OptionKind, OptionSpec};
use imscope::command::cli::table::known;
use imscope::command::cli::trust::TrustNeed;
use imscope_test_support::program::imscope;
use tempfile::TempDir;

use super::{run, shown};

/// A project with this file, and an empty folder of states.
fn project(content: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("project/.git")).unwrap();
    fs::create_dir_all(folder.path().join("project/a/b")).unwrap();
    fs::write(folder.path().join("project/.imscope.toml"), content).unwrap();
    folder
}

/// imscope in a folder of it.
fn within(folder: &TempDir, working: &str) -> Command {
    let mut command = imscope();
    command.env("XDG_STATE_HOME", folder.path().join("state"));
    command.env_remove("HOME").current_dir(folder.path().join(working));
    command
}

/// What `config show` prints there.
fn show(folder: &TempDir, working: &str) -> String {
    run(&mut within(folder, working), &["config", "show"], folder).1
}

fn trust(folder: &TempDir) {
    let (code, text) = run(&mut within(folder, "project"), &["config", "trust"], folder);
    let expected =
        "~/project/.imscope.toml is trusted until it changes; it sets `record` (line 1)\n";
    assert_eq!((code, &*text), (Some(0), expected));
}

#[test]
fn what_an_untrusted_file_may_not_set_is_ignored_and_named() {
    let required = || known().filter(|it| matches!(it.trust, Some(TrustNeed::Required)));
    let value = |it: &OptionSpec| match it.kind {
        OptionKind::Pairs(_) => " = ['off', 'off']\n",
        _ => " = 'off'\n",
    };
    let lines: String = required().flat_map(|it| [it.name, value(it)]).collect();
    let folder =
        project(&format!("{lines}listen = '0.0.0.0:80'\nanswer = '=> reply @a'\nutc = true"));
    let text = show(&folder, "project");
    let last = format!("~/project/.imscope.toml:{}", required().count() + 3);
    assert_eq!(shown(&text, "utc"), ["true", &last], "{text}");
    assert_eq!(shown(&text, "listen"), ["127.0.0.1:9527", "default"]);
    let ignored = text.lines().last().unwrap();
    assert!(
        ignored.starts_with("imscope config trust, once you have read it: ~/project/"),
        "{text}"
    );
    for name in required().map(|it| it.name).chain(["listen", "answer"]) {
        assert_eq!(shown(&text, name).pop().unwrap(), "default", "{text}");
        assert!(ignored.contains(&format!("`{name}` (line ")), "{text}");
    }
}

#[test]
fn a_file_is_trusted_by_its_path_and_content() {
    let folder = project("record = 'calls.jsonl'\nlisten = 0");
    let place = "~/project/.imscope.toml:1";
    assert_eq!(shown(&show(&folder, "project"), "record"), ["not", "set", "default"]);
    trust(&folder);
    let text = show(&folder, "project");
    assert_eq!(shown(&text, "record"), ["~/project/calls.jsonl", place]);
    assert!(!text.contains("not trusted"), "{text}");
    let list = fs::metadata(folder.path().join("state/imscope/trusted")).unwrap();
    assert_eq!(list.permissions().mode() & 0o777, 0o600);
    // The same file elsewhere, and another file here.
    fs::create_dir_all(folder.path().join("other/.git")).unwrap();
    let file = folder.path().join("project/.imscope.toml");
    fs::copy(&file, folder.path().join("other/.imscope.toml")).unwrap();
    assert_eq!(shown(&show(&folder, "other"), "record"), ["not", "set", "default"]);
    fs::write(&file, "record = 'calls.jsonl'\nlisten = 1").unwrap();
    assert_eq!(shown(&show(&folder, "project"), "record"), ["not", "set", "default"]);
}

#[test]
fn the_nearest_file_within_the_repository_is_that_of_the_project() {
    let folder = project("keep = '1MiB'");
    let place = "~/project/.imscope.toml:1";
    assert_eq!(shown(&show(&folder, "project/a/b"), "keep"), ["1MiB", place]);
    fs::write(folder.path().join("project/a/.imscope.toml"), "keep = '2MiB'").unwrap();
    assert_eq!(shown(&show(&folder, "project/a/b"), "keep")[0], "2MiB");
    // One above the repository belongs to others, as in /tmp.
    fs::write(folder.path().join(".imscope.toml"), "keep = '3MiB'").unwrap();
    fs::create_dir_all(folder.path().join("elsewhere/a")).unwrap();
    assert_eq!(shown(&show(&folder, "elsewhere/a"), "keep"), ["256MiB", "default"]);
    let mut imscope = within(&folder, "elsewhere/a");
    imscope.env("HOME", folder.path());
    let (_, text) = run(&mut imscope, &["config", "show"], &folder);
    assert_eq!(shown(&text, "keep"), ["3MiB", "~/.imscope.toml:1"]);
}

#[test]
fn the_projects_file_is_before_the_users_and_not_beside_one_that_is_given() {
    let folder = project("keep = '1MiB'\nforward = 'localhost:1'");
    let config = folder.path().join("config/imscope");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "keep = '2MiB'\nforward = 'localhost:2'").unwrap();
    let shows = |args: &[&str]| {
        let mut imscope = within(&folder, "project");
        imscope.env("XDG_CONFIG_HOME", folder.path().join("config"));
        run(&mut imscope, args, &folder).1
    };
    let text = shows(&["config", "show"]);
    assert_eq!(shown(&text, "keep")[0], "1MiB");
    assert_eq!(shown(&text, "forward"), ["localhost:2", "~/config/imscope/config.toml:2"]);
    let text = shows(&["config", "show", "--config", "/dev/null"]);
    assert_eq!(shown(&text, "keep"), ["256MiB", "default"]);
    assert!(!text.contains("not trusted"), "{text}");
}

#[test]
fn keys_and_filters_of_a_project_need_no_trust_and_are_before_the_users() {
    let project_file = "[filters]\nslow = 'lag>1s'\n[keys]\nzoom = 'v'";
    let users =
        "[filters]\nslow = 'lag>9s'\nbad = 'failed'\n[keys]\nzoom = 'V'\nwrap = ['w', 'f2']";
    let folder = project(project_file);
    let config = folder.path().join("config/imscope");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), users).unwrap();
    let shows = |args: &[&str]| {
        let mut imscope = within(&folder, "project");
        imscope.env("XDG_CONFIG_HOME", folder.path().join("config"));
        run(&mut imscope, args, &folder)
    };
    let (_, text) = shows(&["config", "show"]);
    assert_eq!(shown(&text, "filters.slow"), ["lag>1s", "~/project/.imscope.toml:2"]);
    assert_eq!(shown(&text, "filters.bad"), ["failed", "~/config/imscope/config.toml:3"]);
    assert_eq!(shown(&text, "keys.zoom"), ["v", "~/project/.imscope.toml:4"]);
    assert_eq!(shown(&text, "keys.wrap"), ["w,", "f2", "~/config/imscope/config.toml:6"]);
    assert!(!text.contains("not trusted"), "{text}");
    // Each file is right by itself.
    fs::write(config.join("config.toml"), "[keys]\nwrap = 'v'").unwrap();
    let (code, text) = shows(&["tail", "--filter", "@slow"]);
    let expected = "imscope: `v` is the key of `zoom` (~/project/.imscope.toml:4) and of `wrap` \
                    (~/config/imscope/config.toml:2)\n";
    assert_eq!((code, &*text), (Some(1), expected));
    let (code, text) = shows(&["config", "check", "--lang", "zh"]);
    let expected = "`v` 同时是 `zoom`（~/project/.imscope.toml:4）与 `wrap`\
                    （~/config/imscope/config.toml:2）的按键\n\n";
    assert_eq!(code, Some(1));
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn an_untrusted_file_makes_no_command_read_or_write_a_file() {
    let folder = project("answers = ['=> reply @pipe']\nrecord = 'calls.jsonl'\ntls-key = 'pipe'");
    let pipe = folder.path().join("project/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Would wait for a writer of the pipe if it read it.
    let (code, text) = run(&mut within(&folder, "project"), &["config", "check"], &folder);
    assert_eq!(code, Some(0), "{text}");
    let ignored = "~/project/.imscope.toml is not trusted, so";
    assert!(text.lines().nth(1).is_some_and(|it| it.contains(ignored)), "{text}");
    // A wrong rule ends it, after a recording would have been opened.
    let args = ["tail", "--listen", "127.0.0.1:0", "--answer", "potato"];
    let (code, text) = run(within(&folder, "project").env("IMSCOPE_LANG", "zh"), &args, &folder);
    assert_eq!(code, Some(1), "{text}");
    let expected = "imscope: 请先阅读，再运行 imscope config trust：~/project/.imscope.toml 尚未受信任，\
                    以下设置未生效：`answer`（第 1 行）、`record`（第 2 行）、`tls-key`（第 3 行）\n";
    assert!(text.starts_with(expected), "{text}");
    assert!(!Path::exists(&folder.path().join("project/calls.jsonl")));
}

#[test]
fn only_a_file_that_is_there_and_has_no_mistake_is_trusted() {
    let folder = project("utc = 1");
    let (code, text) = run(&mut within(&folder, "project"), &["config", "trust"], &folder);
    assert_eq!(code, Some(1));
    assert!(text.starts_with("imscope: ~/project/.imscope.toml:1:7: expected true"), "{text}");
    fs::remove_file(folder.path().join("project/.imscope.toml")).unwrap();
    let (code, text) = run(&mut within(&folder, "project"), &["config", "trust"], &folder);
    let expected = "imscope: there is no .imscope.toml in this folder or its project\n";
    assert_eq!((code, &*text), (Some(1), expected));
    assert!(!folder.path().join("state").exists());
}
