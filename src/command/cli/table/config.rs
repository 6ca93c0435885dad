//! The commands on config files.

use super::COMMON;
use crate::command::cli::parser::file;
use crate::command::cli::spec::{CommandSpec, OptionGroup, OptionSpec};

/// `config`.
pub(super) const CONFIG: CommandSpec = CommandSpec::new(
    "config",
    "Write a config file, show the settings, or check a file",
    "写出配置文件、显示各项设置，或检查配置文件",
)
.details(
    "The user's file is $XDG_CONFIG_HOME/imscope/config.toml, or in ~/.config. It is TOML, and \
     its keys are the options that have a variable, by their long names. The command line is \
     before the environment, and this before the file.",
    "用户的配置文件是 $XDG_CONFIG_HOME/imscope/config.toml，未设置时在 ~/.config 下。格式为 TOML，\
     键是有环境变量的选项的长名称。命令行优先于环境变量，环境变量优先于配置文件。",
)
.groups(&[&COMMON])
.commands(&[
    CommandSpec::new(
        "init",
        "Write a file with all keys and their defaults, as comments",
        "写出含所有键与默认值的文件（均为注释）",
    )
    .groups(&[&COMMON]),
    CommandSpec::new("show", "Show each setting, and where it comes from", "显示每项设置及其来源")
        .groups(&[&COMMON]),
    CommandSpec::new(
        "check",
        "Check a config file; exit status 1 if it has mistakes",
        "检查配置文件；有错误时退出码为 1",
    )
    .groups(&[&CHECK, &COMMON]),
]);

/// Arguments of `config check`.
const CHECK: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::argument("file", "FILE", file).help(
        "The file; without it, those that other commands read",
        "配置文件；不填则检查其他命令会读取的文件",
    )],
};
