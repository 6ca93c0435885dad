//! The table of all commands and options, with their texts in every language. Help,
//! manual page, completions and README are made of it, and a command's values are read
//! by the names in it.

mod choices;
mod listener;
mod alerts;
mod dashboard;
mod recording;
mod send;
mod checks;
mod config;

use clap::builder::{EnumValueParser, ValueParser};
use clap_complete::Shell;

use super::parser::{file, text};
use super::spec::{CommandSpec, OptionGroup, OptionSpec};
use super::trust::TrustNeed;

/// The program; its options are those without a command.
pub static PROGRAM: CommandSpec = CommandSpec::new(
    "imscope",
    "Live monitor for Tencent Cloud IM callbacks in the terminal",
    "在终端中实时查看腾讯云 IM 回调",
)
.details(
    "Without a command, listens for callbacks and shows them in the dashboard.",
    "不带命令时，监听回调并显示在界面中。",
)
.groups(&[
    &COMMON,
    &listener::LISTENER,
    &listener::FORWARDING,
    &listener::TLS,
    &recording::RECORDING,
    &dashboard::DASHBOARD,
    &alerts::ALERTS,
    &listener::TUNNEL,
])
.commands(&[
    CommandSpec::new(
        "demo",
        "Show the dashboard with a simulated chat, sent through a real listener",
        "在界面中演示模拟的聊天，回调经真实的监听端口送达",
    )
    .groups(&[
        &dashboard::DEMO,
        &COMMON,
        &dashboard::DASHBOARD,
        &alerts::ALERTS_OF_DEMO,
        &listener::TUNNEL_OF_DEMO,
    ]),
    CommandSpec::new(
        "tail",
        "Listen without a dashboard, and print one line per callback",
        "监听但不显示界面，每个回调输出一行",
    )
    .groups(&[
        &recording::TAIL,
        &COMMON,
        &listener::LISTENER,
        &listener::FORWARDING,
        &listener::TLS,
        &recording::RECORDING,
        &alerts::ALERTS,
    ]),
    CommandSpec::new("open", "Show a recording in the dashboard", "在界面中查看录制文件")
        .groups(&[&recording::OPEN, &COMMON, &dashboard::DASHBOARD]),
    CommandSpec::new(
        "replay",
        "Send the callbacks of a recording again",
        "重新发送录制文件中的回调",
    )
    .groups(&[&recording::REPLAY, &COMMON]),
    CommandSpec::new(
        "send",
        "Send generated callbacks, and validate the replies as Tencent would",
        "发送生成的回调，并按腾讯云的要求检查应答",
    )
    .groups(&[&send::SEND, &COMMON, &send::CALLBACK]),
    CommandSpec::new("codes", "Explain error codes, in English and Chinese", "用中英文解释错误码")
        .groups(&[&CODES, &COMMON]),
    CommandSpec::new(
        "answers",
        "Check a file of rules, or try it on a callback",
        "检查规则文件，或用一个回调试运行",
    )
    .groups(&[&COMMON])
    .commands(&[
        CommandSpec::new(
            "check",
            "Check a file of rules, without listening",
            "检查规则文件，不监听",
        )
        .groups(&[&checks::ANSWERS_CHECK, &COMMON]),
        CommandSpec::new(
            "try",
            "Show which rule decides on a callback, and what would be answered",
            "显示由哪条规则决定某个回调，以及会如何应答",
        )
        .details(
            "Reads the callback from standard input: a body, or a line of a recording.",
            "从标准输入读取回调：一个正文，或录制文件中的一行。",
        )
        .groups(&[&checks::ANSWERS_TRY, &COMMON]),
    ]),
    config::CONFIG,
    CommandSpec::new(
        "doctor",
        "Check port, token, tunnel, URL and clock, and send a test callback",
        "检查端口、Token、隧道、URL 与时钟，并发送一个测试回调",
    )
    .groups(&[&checks::DOCTOR, &COMMON, &listener::TUNNEL_OF_DOCTOR]),
    CommandSpec::new(
        "help",
        "Print the help of a command, or of a topic such as keys or filter",
        "显示命令的帮助，或主题（如 keys、filter）的说明",
    )
    .groups(&[&HELP, &COMMON]),
    CommandSpec::new("completions", "Print shell completions", "输出 shell 补全脚本")
        .groups(&[&COMPLETIONS, &COMMON]),
    CommandSpec::new(
        "man",
        "Print the manual, or that of a command: imscope man | man -l -",
        "输出手册，或某个命令的手册：imscope man | man -l -",
    )
    .groups(&[&MAN, &COMMON]),
]);

/// Options of every command.
const COMMON: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::value("lang", "LANG", super::language::parser)
        .help(
            "Language of all that is shown: en, zh, or auto, which is that of LC_ALL, LC_MESSAGES or LANG",
            "显示所用的语言：en、zh，或 auto（按 LC_ALL、LC_MESSAGES、LANG）",
        )
        .variable("IMSCOPE_LANG", TrustNeed::Harmless)
        .default("auto"),
        OptionSpec::value("config", "FILE", file).help(
            "Config file to read instead of the project's and the user's",
            "要读取的配置文件，代替项目与用户的配置文件",
        )],
};

/// Whether an option is one of every command.
pub fn is_common(name: &str) -> bool {
    COMMON.options.iter().any(|it| it.name == name)
}

/// The options that a config file can have, each once, in the order of the table.
pub fn known() -> impl Iterator<Item = &'static OptionSpec> {
    let all = || {
        let commands = [&PROGRAM].into_iter().chain(PROGRAM.commands);
        commands.flat_map(CommandSpec::options).filter(|it| it.trust.is_some())
    };
    let is_first =
        move |(nth, it): &(usize, &OptionSpec)| all().take(*nth).all(|o| o.name != it.name);
    all().enumerate().filter(is_first).map(|(_, it)| it)
}

/// Arguments of `codes`.
const CODES: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::arguments("wanted", "CODE|WORDS", text)
        .help(
            "Codes, ranges such as 20000-20999, or words of symbol, meaning or advice; without any, all codes",
            "错误码、范围（如 20000-20999），或名称、含义、建议中的词；不填则列出全部",
        )
        .negative()],
};

/// Arguments of `help`.
const HELP: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::arguments("topic", "COMMAND|TOPIC", text)
        .help("A command or a topic; without one, all of them", "命令或主题；不填则列出全部")],
};

/// Arguments of `man`.
const MAN: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::arguments("topic", "COMMAND", text)
        .help("A command; without one, all about imscope", "命令；不填则为完整的手册")],
};

/// Arguments of `completions`.
const COMPLETIONS: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::argument("shell", "SHELL", |_| {
        ValueParser::new(EnumValueParser::<Shell>::new())
    })
    .help("The shell", "shell 名称")
    .required()],
};
