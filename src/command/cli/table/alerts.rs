//! Options of alerts: the bell, and commands for callbacks.

use crate::callback::lang::Localized;
use crate::command::cli::parser::{parsed, text};
use crate::command::cli::spec::{OptionGroup, OptionSpec};
use crate::command::cli::trust::TrustNeed;
use crate::command::cli::value;

const HEADING: Option<Localized> = Some(Localized::new("Alerts", "提醒"));

const BELL: OptionSpec = OptionSpec::filter("bell", "FILTER")
    .help(
        "Ring the bell of the terminal, and show a message on the desktop where it can, when a \
         callback matches, such as failed; of many, together; @NAME is one of the config file",
        "有回调匹配时（如 failed）响铃，并在终端支持时弹出桌面通知；多个时合并提醒；@名称 取自配置文件",
    )
    .variable("IMSCOPE_BELL", TrustNeed::Harmless);

/// Options of alerts.
pub(super) const ALERTS: OptionGroup = OptionGroup {
    heading: HEADING,
    options: &[
        BELL,
        OptionSpec::pairs("on", ["FILTER", "COMMAND"], text)
            .help(
                "Run a command by sh for each callback that matches, with its line of a recording on \
                 standard input; @NAME is a filter of the config file",
                "为每个匹配的回调用 sh 运行命令，其标准输入为该回调在录制文件中的一行；@名称 取自配置文件",
            )
            .details(
                "It runs for one callback after the other, and for at most 10 s. Its output is \
                 discarded; the exit status, and the last line on standard error, are shown if it \
                 fails.",
                "逐个回调依次运行，每次最长 10 秒。其输出会被丢弃；失败时显示退出码与标准错误的最后一行。",
            )
            .in_file(TrustNeed::Required),
        OptionSpec::value("on-limit", "N", |it| parsed(it, value::count))
            .help(
                "How often a minute each command of --on is run at most",
                "--on 的每个命令每分钟最多运行的次数",
            )
            .variable("IMSCOPE_ON_LIMIT", TrustNeed::Harmless)
            .default("10"),
    ],
};

/// Options of alerts, of `demo`, which runs no commands.
pub(super) const ALERTS_OF_DEMO: OptionGroup = OptionGroup { heading: HEADING, options: &[BELL] };
