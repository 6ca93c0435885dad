//! Tests of running commands.

use std::sync::mpsc;

use tokio::time::Instant;

use super::*;

fn ended(line: &str, input: &[u8]) -> Result<(), HookFailure> {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(run_one(line, input))
}

fn status(line: &str) -> (String, String) {
    match ended(line, b"") {
        Err(HookFailure::Status(status, line)) => (status, line),
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn a_command_gets_the_callback_on_its_standard_input() {
    assert_eq!(ended("grep -q bob", b"from alice to bob\n"), Ok(()));
    let large = vec![b'x'; 1 << 20];
    assert_eq!(ended("true", &large), Ok(()), "it need not read");
    assert_eq!(ended("test $(wc -c) -eq 1048576", &large), Ok(()));
}

#[test]
fn a_failure_has_the_status_and_the_last_line_of_standard_error() {
    let failed = status("echo out; echo one >&2; printf 'two \n\n' >&2; exit 3");
    assert_eq!(failed, ("exit status: 3".into(), "two".into()));
    assert_eq!(status("exit 1").1, "");
    assert!(status("kill -9 $$").0.starts_with("signal: 9"));
    let (_, line) =
        status("head -c 100000 /dev/zero | tr '\\0' x >&2; { echo; echo last; } >&2; exit 1");
    assert_eq!(line, "last");
}

#[test]
fn what_a_command_leaves_behind_does_not_delay_its_end() {
    let began = Instant::now();
    assert_eq!(status("sleep 60 & echo $! >&2; exit 1").0, "exit status: 1");
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[test]
fn at_the_end_a_command_that_hangs_is_killed_with_its_group() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let line = format!("sleep 600 & echo $! > '{}'; wait", pid.display());
    let runner = HookRunner::start(1, |_| {}).unwrap();
    runner.run(HookRun { hook: 0, command: line.into(), input: Vec::new() }).unwrap();
    let number = || std::fs::read_to_string(&pid).ok()?.trim().parse().ok();
    let pid = loop {
        match number().and_then(Pid::from_raw) {
            Some(it) => break it,
            None => thread::yield_now(),
        }
    };
    drop(runner);
    // Its parent is gone, so it may be a zombie for a moment.
    let began = Instant::now();
    while rustix::process::test_kill_process(pid).is_ok() && !is_zombie(pid) {
        assert!(began.elapsed() < Duration::from_secs(60), "it runs on");
        thread::yield_now();
    }
}

fn is_zombie(pid: Pid) -> bool {
    let path = format!("/proc/{}/stat", pid.as_raw_nonzero());
    std::fs::read_to_string(path).is_ok_and(|it| it.contains(") Z "))
}

#[test]
fn the_commands_of_a_hook_run_in_order_and_none_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("order");
    let append = format!("cat >> '{}'", path.display());
    let (sender, reports) = mpsc::channel();
    let runner = HookRunner::start(2, move |it| sender.send(it).unwrap()).unwrap();
    let run = |hook, command: &str, input: String| {
        runner.run(HookRun { hook, command: command.into(), input: input.into_bytes() })
    };
    (0..20).for_each(|nth| run(0, &append, format!("{nth} ")).unwrap());
    // It waits for no other hook.
    run(1, "exit 7", String::new()).unwrap();
    let expected = HookFailure::Status("exit status: 7".into(), String::new());
    assert_eq!(reports.recv().unwrap(), failed(1, expected));
    run(0, "exit 8", String::new()).unwrap();
    assert_eq!(reports.recv().unwrap().hook, 0);
    let order: Vec<_> = (0..20).map(|nth| nth.to_string()).collect();
    assert_eq!(std::fs::read_to_string(path).unwrap(), order.join(" ") + " ");
}

#[test]
fn when_too_many_wait_a_run_is_refused() {
    let runner = HookRunner::start(1, |_| {}).unwrap();
    let run = || HookRun { hook: 0, command: "sleep 600".into(), input: vec![b'x'; 1 << 20] };
    let refused = (0..200).map(|_| runner.run(run())).position(|it| it.is_err());
    assert_eq!(refused, Some(15), "16 MiB");
    assert_eq!(runner.run(run()), Err(failed(0, HookFailure::Busy)));
}
