//! What the commands print in Chinese, run as a user runs them.

use std::net::TcpListener;
use std::process::Output;

use imscope_test_support::program::imscope;

fn run(lang: [&str; 2], args: &[&str]) -> Output {
    let [name, value] = lang;
    imscope().env(name, value).args(args).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

#[test]
fn an_error_of_the_system_is_in_the_language_of_the_locale() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (name, value) in [("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh_CN"), ("IMSCOPE_LANG", "zh-CN")] {
        let output = run([name, value], &["tail", "--listen", &address]);
        let expected = format!(
            "imscope: 无法监听 {address}：端口已被占用\
             （是否已有 imscope 在运行？可试 --listen 127.0.0.1:0）\n"
        );
        assert_eq!(printed(&output), expected, "{name}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn the_option_counts_before_the_command_and_after_it() {
    for args in [["--lang", "zh", "codes", "77777"], ["codes", "77777", "--lang", "zh"]] {
        let output = run(["LANG", "C"], &args);
        assert_eq!(printed(&output), "表中没有 77777；请看回调中的 ErrorInfo\n");
    }
    let output = run(["LANG", "zh_CN"], &["--lang", "en", "codes", "77777"]);
    assert!(printed(&output).starts_with("77777 is not in the table"));
}

#[test]
fn errors_have_no_english_sentence_and_the_same_status() {
    for (line, expected, status) in [
        ("open /nowhere", "imscope: 无法读取 /nowhere：文件或目录不存在\n", 1),
        (
            "open",
            "imscope: 缺少必填项：\n  <FILE>\n\n用法：imscope open <FILE>\n\n更多说明：--help\n",
            2,
        ),
        ("open Cargo.toml", "imscope: Cargo.toml 不是录制文件：第 1 行：", 1),
        ("tail --record /nowhere/a --listen 0", "imscope: 无法录制到 /nowhere/a：", 1),
        (
            "tail --token-file Cargo.lock/a --listen 0",
            "imscope: 无法读取 Cargo.lock/a（由 --token-file 指定）：不是目录\n",
            1,
        ),
        ("tail --tls-client-ca a --listen 0", "imscope: --tls-client-ca 需要 --tls-cert", 1),
        ("answers check /nowhere", "imscope: 无法读取 /nowhere：文件或目录不存在\n", 1),
        ("send --stale 1s", "imscope: --stale 需要 Token：", 1),
        (
            "send --result abc",
            "imscope: '--result <CODE>' 的值 'abc' 无效：应为整数，如 80001 或 -1\n",
            2,
        ),
        ("send --expect denied", "imscope: C2C.CallbackAfterSendMsg 是之后回调，", 2),
        ("send --scenario nowhere", "imscope: 没有名为 nowhere 的场景（可用场景：", 2),
        ("help potato", "imscope: 没有此主题：potato\n\n主题：keys、filter、", 2),
        ("", "imscope: 界面需要终端，而标准输出不是终端；", 1),
    ] {
        let args: Vec<_> = line.split_whitespace().collect();
        let output = run(["IMSCOPE_LANG", "zh"], &args);
        let text = printed(&output);
        assert!(text.starts_with(expected), "{line}: {text}");
        assert_eq!(output.status.code(), Some(status), "{line}");
    }
}

#[test]
fn a_reply_that_does_not_come_is_named_in_chinese_with_a_summary() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}/");
    let output = run(["IMSCOPE_LANG", "zh"], &["send", &url]);
    let expected = format!("  1  ---  无法连接 {url}：连接被拒绝\n尝试 1 个，均无应答\n");
    assert_eq!(printed(&output), expected);
}

#[test]
fn help_manual_and_completions_are_in_chinese() {
    let zh = |args: &[&str]| printed(&run(["IMSCOPE_LANG", "zh"], args));
    assert!(zh(&["send", "-h"]).contains("用法：imscope send [选项] [URL]\n"));
    assert!(zh(&["help", "filter"]).contains("之前回调"));
    assert!(zh(&["man"]).contains(".SH 过滤条件\n"));
    for shell in ["zsh", "fish"] {
        assert!(zh(&["completions", shell]).contains("原样发送此文件的内容"), "{shell}");
    }
    assert!(zh(&["answers"]).starts_with("检查规则文件"));
}
