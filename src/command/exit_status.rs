//! The exit statuses, and what they mean.

use crate::callback::lang::Localized;

/// A mistake in the arguments.
pub const USAGE: u8 = 2;
/// Nothing is worse than that some callbacks got no reply.
pub(super) const NO_REPLY: u8 = 3;
/// Ended by ^C before all callbacks were sent; as shells have it, 128 and the signal.
pub(super) const INTERRUPTED: u8 = 130;

/// What a status means.
#[derive(Debug)]
pub(super) struct ExitStatus {
    /// The status.
    pub(super) code: u8,
    /// The commands for which it means that; none for all others.
    pub(super) commands: &'static [&'static str],
    /// What it means.
    pub(super) meaning: Localized,
}

/// All statuses: those of every command, then those of single ones.
pub(super) static TABLE: [ExitStatus; 11] = [
    of_all(0, "it succeeded", "成功"),
    of_all(
        1,
        "it failed, or what it checks is not in order; why is on standard error",
        "失败，或检查未通过；原因见标准错误输出",
    ),
    of_all(USAGE, "a mistake in the arguments, or in a scenario", "参数或场景有误"),
    of(
        0,
        SENDING,
        "all replies are as Tencent requires, and as expected",
        "所有应答均符合腾讯云要求与预期",
    ),
    of(
        1,
        SENDING,
        "a reply is not as required or expected, or is late",
        "有应答不符合要求或预期，或超时",
    ),
    of(
        NO_REPLY,
        SENDING,
        "nothing worse than that the URL could not be reached, or closed the connection without a reply",
        "仅有 URL 无法连接，或连接在应答前被关闭",
    ),
    of(INTERRUPTED, SENDING, "ended by ^C", "被 ^C 终止"),
    of(1, &["doctor"], "a check failed", "有检查未通过"),
    of(1, &["codes"], "no code was found", "没有找到错误码"),
    of(1, &["answers"], "a rule cannot work", "有规则无法生效"),
    of(1, &["config"], "a file has a mistake", "配置文件有误"),
];

/// The commands that send callbacks.
const SENDING: &[&str] = &["send", "replay"];

const fn of_all(code: u8, en: &'static str, zh: &'static str) -> ExitStatus {
    of(code, &[], en, zh)
}

const fn of(
    code: u8,
    commands: &'static [&'static str],
    en: &'static str,
    zh: &'static str,
) -> ExitStatus {
    ExitStatus { code, commands, meaning: Localized::new(en, zh) }
}

/// Whether a command has statuses of its own.
pub(super) fn has_own(name: &str) -> bool {
    TABLE.iter().any(|it| it.commands.contains(&name))
}

/// The statuses of a command: its own, and of the others those of every command.
pub(super) fn of_command(name: &str) -> impl Iterator<Item = &'static ExitStatus> {
    let own = |it: &&ExitStatus| it.commands.contains(&name);
    let has_own = move |code| TABLE.iter().filter(own).any(|it| it.code == code);
    let is_of = move |it: &&ExitStatus| own(it) || it.commands.is_empty() && !has_own(it.code);
    let mut statuses: Vec<_> = TABLE.iter().filter(is_of).collect();
    statuses.sort_by_key(|it| it.code);
    statuses.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::cli::table::PROGRAM;

    #[test]
    fn a_status_of_a_command_replaces_that_of_all() {
        let codes = |name| of_command(name).map(|it| it.code).collect::<Vec<_>>();
        assert_eq!(codes("send"), [0, 1, 2, 3, 130]);
        assert_eq!(codes("demo"), [0, 1, 2]);
        let failed = of_command("doctor").find(|it| it.code == 1);
        assert_eq!(failed.unwrap().meaning.en, "a check failed");
        let mut names = TABLE.iter().flat_map(|it| it.commands);
        assert!(names.all(|name| PROGRAM.commands.iter().any(|it| it.name == *name)));
    }
}
