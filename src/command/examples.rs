//! Command lines to begin with.

use crate::callback::lang::Localized;

/// A command line, and what it does.
#[derive(Debug)]
pub(super) struct Example {
    /// The name of its command; empty for that of the program.
    pub(super) command: &'static str,
    /// The command line.
    pub(super) line: &'static str,
    /// What it does.
    pub(super) meaning: Localized,
}

const fn example(
    command: &'static str,
    line: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Example {
    Example { command, line, meaning: Localized::new(en, zh) }
}

/// All examples, in the order of the commands.
pub(super) static TABLE: [Example; 20] = [
    example("", "imscope", "The dashboard, listening on port 9527", "监听 9527 端口并显示界面"),
    example(
        "",
        "imscope --forward http://localhost:8080/im --record calls.jsonl",
        "In front of a local app, which replies; each callback is recorded",
        "置于本地应用之前，由其应答；每个回调都录制下来",
    ),
    example(
        "",
        "imscope --answer 'before from:mallory => deny 120001 \"no advertising\"'",
        "Deny what mallory asks for",
        "拒绝 mallory 的请求",
    ),
    example("demo", "imscope demo", "A simulated chat to try the keys on", "用模拟的聊天熟悉按键"),
    example(
        "tail",
        "imscope tail --record calls.jsonl --filter 'failed | denied'",
        "Print the failures and denials; all callbacks are recorded",
        "只输出失败与拒绝；全部回调都录制",
    ),
    example(
        "tail",
        "imscope tail | jq -c '.body | fromjson | .From_Account'",
        "A field of each body: in a line of JSON, body is a string",
        "取每个正文的一个字段：JSON 行中的 body 是字符串",
    ),
    example(
        "open",
        "imscope open calls.jsonl --filter 'user:alice since:1h'",
        "Show a recording, at first the last hour of alice",
        "查看录制文件，先显示 alice 最近一小时的回调",
    ),
    example(
        "replay",
        "imscope replay calls.jsonl --to http://localhost:8080/im --speed max",
        "Send a recording to a local app as fast as it replies",
        "尽快将录制的回调发给本地应用",
    ),
    example(
        "send",
        "imscope send --text 'hello' --from alice --to bob",
        "Send a message to the listener on this machine",
        "向本机的监听端口发送一条消息",
    ),
    example(
        "send",
        "imscope send --command C2C.CallbackBeforeSendMsg --expect denied",
        "Test in a script whether a message is denied, by the exit status",
        "在脚本中以退出码检查消息是否被拒绝",
    ),
    example(
        "send",
        "imscope send --scenario message",
        "Callbacks that belong together, as Tencent sends them",
        "按腾讯云的顺序发送一组相关的回调",
    ),
    example("codes", "imscope codes 80001", "What a code means", "某个错误码的含义"),
    example(
        "codes",
        "imscope codes blocklist",
        "The codes whose explanation has a word",
        "说明中含有某个词的错误码",
    ),
    example(
        "answers",
        "imscope answers check rules.txt",
        "What cannot work in a file of rules",
        "检查规则文件中无法生效之处",
    ),
    example(
        "answers",
        "imscope answers try rules.txt < body.json",
        "Which rule decides on a callback",
        "某个回调由哪条规则决定",
    ),
    example("config", "imscope config init", "Write a config file", "写出一个配置文件"),
    example(
        "doctor",
        "imscope doctor",
        "Check port, token, tunnel and clock, and send a test callback",
        "检查端口、Token、隧道与时钟，并发送一个测试回调",
    ),
    example("help", "imscope help filter", "The language of filters", "过滤语法"),
    example(
        "completions",
        "imscope completions zsh > ~/.zfunc/_imscope",
        "Completions for zsh",
        "zsh 的补全脚本",
    ),
    example("man", "imscope man send | man -l -", "Read the manual of send", "阅读 send 的手册"),
];

/// The examples of a command.
pub(super) fn of_command(name: &str) -> impl Iterator<Item = &'static Example> {
    TABLE.iter().filter(move |it| it.command == name)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::callback::Lang;
    use crate::command::cli::Cli;
    use crate::command::cli::file_settings::FileSettings;

    /// The arguments of the program in a line of a shell.
    fn arguments(line: &str) -> Vec<OsString> {
        let mut arguments = vec![String::new()];
        let mut quote = None;
        for char in line.chars() {
            match char {
                '|' | '<' | '>' if quote.is_none() => break,
                _ if quote == Some(char) => quote = None,
                '\'' if quote.is_none() => quote = Some(char),
                ' ' if quote.is_none() => arguments.push(String::new()),
                _ => arguments.last_mut().unwrap().push(char),
            }
        }
        arguments.into_iter().filter(|it| !it.is_empty()).map(OsString::from).collect()
    }

    #[test]
    fn each_example_is_a_command_line_of_its_command() {
        for Example { command, line, .. } in &TABLE {
            let arguments = arguments(line);
            let name = match *command {
                "" => "imscope",
                name => arguments[1].to_str().filter(|it| *it == name).expect(line),
            };
            assert!(line.contains(name));
            let parsed = Cli::parse(&arguments, &FileSettings::default(), Lang::En);
            assert!(parsed.is_ok(), "{line}: {parsed:?}");
        }
    }
}
