//! `tail --on`: commands for callbacks.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::thread;

use imscope_test_support::http::post_to;
use imscope_test_support::program::{self, imscope};
use imscope_test_support::tail::{Tail, bodies};
use imscope_test_support::terminal::{self, Pty};
use imscope_test_support::until;
use rustix::process::{Pid, Signal, test_kill_process};

/// A failure with a number.
fn failed(nth: usize) -> String {
    format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgKey":"{nth}","SendMsgResult":80001}}"#
    )
}

/// `tail` with a hook for failures, and other options.
fn tail(command: &str, options: &[&str]) -> Tail {
    let mut child = imscope();
    child.stdout(Stdio::piped());
    Tail::spawn(child, &[&["--on", "failed", command], options].concat())
}

#[test]
fn a_command_gets_each_callback_that_matches_as_a_line_of_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alerts.jsonl");
    let tail = tail(&format!("cat >> '{}'", path.display()), &[]);
    let mut client = tail.connect();
    client.post("/?Sign=secret", failed(1).as_bytes()).unwrap();
    client.post_ok(failed(2).replace("80001", "0"));
    let output = tail.output(Signal::TERM);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let lines = fs::read(path).unwrap();
    assert_eq!(bodies(&lines), [failed(1)]);
    assert!(!String::from_utf8(lines.clone()).unwrap().contains("secret"));
    assert!(output.stdout.starts_with(&lines), "it is the line that was printed");
}

#[test]
fn of_a_thousand_failures_a_few_commands_run_all_are_printed_and_the_others_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("runs");
    let record = folder.path().join("a.jsonl");
    let command = format!("echo >> '{}'", path.display());
    let options = ["--on-limit", "3", "--record", record.to_str().unwrap()];
    let mut tail = tail(&command, &options);
    let out = tail.child.stdout.take().unwrap();
    let printed = thread::spawn(move || BufReader::new(out).lines().count());
    let mut client = tail.connect();
    (0..1000).for_each(|it| client.post_ok(failed(it)));
    let reported = tail.end(Signal::TERM).1;
    assert_eq!(printed.join().unwrap(), 1000);
    assert_eq!(bodies(&fs::read(record).unwrap()).len(), 1000);
    assert_eq!(fs::read(path).unwrap().len(), 3);
    let counts = reported.lines().map(|line| {
        let count = line.strip_prefix("imscope: --on 'failed': the command was not run for ");
        let (count, rest) = count.unwrap().split_once(' ').unwrap();
        assert!(rest.ends_with("more than 3 a minute (--on-limit)"), "{line}");
        count.parse::<u32>().unwrap()
    });
    let counts: Vec<_> = counts.collect();
    // A second one only if the flood takes more than three seconds.
    assert!(counts.len() <= 2 && counts.iter().sum::<u32>() == 997, "{reported}");
}

#[test]
fn a_command_that_hangs_delays_no_callback_and_is_killed_with_all_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pid");
    let mut tail = tail(&format!("sleep 600 & echo $! > '{}'; wait", path.display()), &[]);
    let mut out = BufReader::new(tail.child.stdout.take().unwrap());
    let mut client = tail.connect();
    for nth in 0..20 {
        client.post_ok(failed(nth));
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.contains(&format!(r#"\"MsgKey\":\"{nth}\""#)), "{line}");
    }
    let mut pid = None;
    until("its process is known", || {
        let text = fs::read_to_string(&path).unwrap_or_default();
        pid = text.trim().parse().ok().and_then(Pid::from_raw);
        pid.is_some()
    });
    let pid = pid.unwrap();
    assert!(tail.error_line().contains("--on 'failed': the command was not run for 10 callbacks"));
    let killed = "imscope: --on 'failed': the command did not end within 10 s and was killed\n";
    assert_eq!(tail.error_line(), killed);
    until("it is killed", || test_kill_process(pid).is_err() || is_zombie(pid));
    assert_eq!(tail.end(Signal::TERM).0, Some(0));
}

fn is_zombie(pid: Pid) -> bool {
    let path = format!("/proc/{}/stat", pid.as_raw_nonzero());
    fs::read_to_string(path).is_ok_and(|it| it.contains(") Z "))
}

#[test]
fn a_command_that_fails_is_reported_with_its_last_line_and_prints_nothing() {
    let command = "echo to the output; printf 'first\\nno \\033[31mluck\\n' >&2; exit 7";
    let mut tail = tail(command, &[]);
    tail.connect().post_ok(failed(1));
    let expected = "imscope: --on 'failed': exit status: 7: no ␛[31mluck\n";
    assert_eq!(tail.error_line(), expected);
    let output = tail.output(Signal::TERM);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.lines().count() == 1 && !printed.contains("to the output"), "{printed}");
}

#[test]
fn a_mistake_in_a_filter_is_told_with_a_caret_before_anything_listens() {
    let of = |args: &[&str]| {
        let output = imscope().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for (args, expected) in [
        (
            &["tail", "--bell", "小 (a"][..],
            "imscope: invalid value '小 (a' for '--bell <FILTER>': ",
        ),
        (
            &["tail", "--on", "ok", "true", "--on", "小 (a", "true"],
            "imscope: invalid value '小 (a' for '--on <FILTER> <COMMAND>': ",
        ),
        (
            &["--lang", "zh", "tail", "--on", "小 (a", "true"],
            "imscope: '--on <FILTER> <COMMAND>' 的值 '小 (a' 无效：",
        ),
        (&["--on", "小 (a", "true"], "imscope: invalid value '小 (a'"),
    ] {
        let text = of(args);
        assert!(text.starts_with(expected) && text.contains("\n\n  小 (a\n     ^\n"), "{text}");
    }
    for args in [&["tail", "--bell", "@bad"][..], &["tail", "--on", "@bad", "true"]] {
        assert!(of(args).contains("no filter has a name"), "{args:?}");
    }
    assert!(of(&["tail", "--on", "ok"]).contains("2 values required"));
    assert!(of(&["open", "x", "--bell", "ok"]).contains("unexpected argument"));
}

#[test]
fn a_config_file_sets_alerts_and_a_projects_file_runs_no_command_before_it_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let ran = folder.path().join("ran");
    let content = format!(
        "bell = 'failed'\non-limit = 2\non = [['failed', 'touch {0}'], ['ok', 'touch {0}']]\n",
        ran.display()
    );
    let file = folder.path().join(".imscope.toml");
    fs::write(&file, &content).unwrap();
    let mut command = imscope();
    command.current_dir(folder.path());
    let output = command.args(["config", "show"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("is not trusted, so it does not set `on` (line 3)"), "{text}");
    let mut untrusted = terminal::command(program::path());
    untrusted.args(["--listen", "127.0.0.1:0"]);
    untrusted.cwd(folder.path());
    let mut untrusted = Pty::run(untrusted, 100, 30);
    let url = untrusted.shows("Listening").url();
    post_to(&url, &failed(1));
    untrusted.shows("1 seen").press("q").ends();
    assert!(!ran.exists());
    let tail = Tail::start(&["--config", file.to_str().unwrap()]);
    tail.connect().post_ok(failed(1));
    assert_eq!(tail.end(Signal::TERM).0, Some(0));
    assert!(ran.exists());
}

#[test]
fn alerts_take_the_name_of_a_filter_on_the_command_line_and_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    let [by_file, by_option, other] = ["a", "b", "c"].map(|it| folder.path().join(it));
    let [of_file, of_option, of_other] =
        [&by_file, &by_option, &other].map(|it| format!("touch {}", it.display()));
    let filters = "[filters]\nbad = 'failed'\ngood = '-failed'\n";
    let content =
        format!("bell = '@bad'\non = [['@bad', '{of_file}'], ['@good', '{of_other}']]\n{filters}");
    fs::write(&file, content).unwrap();
    let tail = Tail::start(&["--config", file.to_str().unwrap()]);
    tail.connect().post_ok(failed(1));
    assert_eq!(tail.end(Signal::TERM).0, Some(0));
    assert!(by_file.exists() && !other.exists());
    fs::write(&file, filters).unwrap();
    let args = ["--config", file.to_str().unwrap(), "--bell", "@bad", "--on", "@bad", &of_option];
    let tail = Tail::start(&args);
    tail.connect().post_ok(failed(1));
    assert_eq!(tail.end(Signal::TERM).0, Some(0));
    assert!(by_option.exists());
}

#[test]
fn a_projects_filter_does_not_change_what_the_users_file_means_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let [failure, other, typed] = ["a", "b", "c"].map(|it| folder.path().join(it));
    let touch = |it: &Path| format!("touch {}", it.display());
    let hooks = format!("[['@bad', '{}'], ['-@bad', '{}']]", touch(&failure), touch(&other));
    let users = format!("filter = '@bad'\non = {hooks}\n[filters]\nbad = 'failed'\n");
    fs::create_dir_all(folder.path().join("config/imscope")).unwrap();
    fs::write(folder.path().join("config/imscope/config.toml"), users).unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".imscope.toml"), "[filters]\nbad = '-failed'").unwrap();
    let printed = |args: &[&str]| {
        let mut child = imscope();
        child.current_dir(folder.path()).env("XDG_CONFIG_HOME", folder.path().join("config"));
        child.stdout(Stdio::piped());
        let tail = Tail::spawn(child, args);
        tail.connect().post_ok(failed(1));
        let output = tail.output(Signal::TERM);
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        bodies(&output.stdout)
    };
    assert_eq!(printed(&[]), [failed(1)]);
    assert!(failure.exists() && !other.exists());
    // What is typed is the project's.
    assert!(printed(&["--filter", "@bad", "--on", "(-@bad)", &touch(&typed)]).is_empty());
    assert!(typed.exists());
}
