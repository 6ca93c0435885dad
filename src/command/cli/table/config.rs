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
     its keys are the options that have a variable, by their long names; the table [filters] \
     names filters, and [keys] changes the keys of the dashboard. The file .imscope.toml \
     of a project is before it; it is that of the working folder, or the nearest above it within \
     the repository or the home. The command line is before the environment, and this before the \
     files.",
    "用户的配置文件是 $XDG_CONFIG_HOME/imscope/config.toml，未设置时在 ~/.config 下。格式为 TOML，\
     键是有环境变量的选项的长名称；[filters] 表为过滤条件命名，[keys] 表更改界面的按键。项目的 .imscope.toml 优先于它：取工作目录中的，\
     或仓库、主目录以内上级目录中最近的一个。命令行优先于环境变量，环境变量优先于配置文件。",
)
.groups(&[&COMMON])
.commands(&[
    CommandSpec::new(
        "init",
        "Write a file with all keys and their defaults, as comments",
        "写出含所有配置项与默认值的文件（均为注释）",
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
    CommandSpec::new(
        "trust",
        "Trust the .imscope.toml of the project until it changes",
        "信任项目的 .imscope.toml，直到其内容改变",
    )
    .details(
        "Such a file comes with whatever was cloned. Until it is trusted, it sets nothing that \
         names a file, reaches another machine or is reached from one, or turns a check off.",
        "此文件随克隆的项目而来。受信任之前，凡是指定文件、访问其他机器或可被其他机器访问、\
         关闭检查的设置，均不生效。",
    )
    .groups(&[&COMMON]),
]);

/// Arguments of `config check`.
const CHECK: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::argument("file", "FILE", file).help(
        "The file; without it, those that other commands read",
        "配置文件；不填则检查其他命令会读取的文件",
    )],
};
