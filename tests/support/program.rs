//! The built binary as a child process, without the settings of the user.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The path of the built binary. Cargo builds it before any integration test
/// runs, and puts it beside the folder of the test's own binary.
pub fn path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(|deps| deps.parent()).unwrap();
    let path = folder.join("imscope").with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.exists(), "{} is not built", path.display());
    path
}

/// The command of the binary.
pub fn imscope() -> Command {
    let mut command = Command::new(path());
    clean(&mut command);
    command
}

/// The command that runs an ignored test of the running test binary in a process
/// of its own.
pub fn child_test(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(child_test_arguments(name));
    command
}

/// The arguments of [`child_test`].
pub const fn child_test_arguments(name: &str) -> [&str; 5] {
    ["--ignored", "--exact", name, "--nocapture", "--test-threads=1"]
}

/// Removes the settings of the user from the environment of a command, and its
/// standard input.
pub fn clean(command: &mut Command) {
    for name in settings() {
        command.env_remove(name);
    }
    command.env("XDG_CONFIG_HOME", NO_CONFIG).stdin(Stdio::null());
}

/// A folder without the user's config file.
pub const NO_CONFIG: &str = "/nowhere";

/// The environment variables that imscope reads as options, and those of the locale.
pub(crate) fn settings() -> impl Iterator<Item = OsString> {
    let names = std::env::vars_os().map(|(name, _)| name);
    let is_locale = |it: &str| matches!(it, "LC_ALL" | "LC_MESSAGES" | "LC_CTYPE" | "LANG");
    names.filter(move |it| {
        let name = it.to_string_lossy();
        name.starts_with("IMSCOPE_") || is_locale(&name)
    })
}

/// Runs the binary with some arguments to its end.
pub fn run(args: &[&str]) -> Output {
    imscope().args(args).output().unwrap()
}

/// Runs the binary with arguments that must fail with status 1 and without
/// output; returns what it writes to standard error.
pub fn refusal(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
