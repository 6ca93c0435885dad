//! Child processes: editor, clipboard programs and commands of hooks. None inherits the
//! token.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// The environment variable that holds the token.
pub const TOKEN_VARIABLE: &str = "IMSCOPE_TOKEN";

/// The command of a program, without the token in its environment.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_remove(TOKEN_VARIABLE);
    command
}

/// As [`command`], of a program that leads a process group of its own: it can be killed with
/// all that it starts, and the keys that stop or interrupt imscope do not reach it.
pub(super) fn leader(program: impl AsRef<OsStr>) -> Command {
    let mut command = command(program);
    command.process_group(0);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_child_inherits_the_token() {
        let mut parent = Command::new("sh");
        // A child of a child, because a test cannot set its own environment.
        let script = "IMSCOPE_TOKEN=secret; export IMSCOPE_TOKEN; exec \"$0\" --exact --ignored \
                      edge::child::tests::a_child_of_a_process_with_a_token";
        let output = parent.args(["-c", script]).arg(std::env::current_exe().unwrap()).output();
        assert!(String::from_utf8(output.unwrap().stdout).unwrap().contains("1 passed"));
    }

    #[test]
    #[ignore = "run by the test above"]
    fn a_child_of_a_process_with_a_token() {
        assert_eq!(std::env::var(TOKEN_VARIABLE).unwrap(), "secret");
        let output = command("sh").args(["-c", "printf %s \"${IMSCOPE_TOKEN-none}\""]).output();
        let child = String::from_utf8(output.unwrap().stdout).unwrap();
        assert_eq!(child, "none");
    }
}
