//! Tests of the command line's definition.

use super::other::WatchOptions;
use super::value::Window;
use super::*;
use crate::callback::Lang;
use crate::callback::public_url::DEFAULT_PORT;
use crate::dashboard::action::Action;

fn parse_in(line: &str, lang: Lang) -> Result<Cli, NoCommand> {
    Cli::parse(
        &line.split_whitespace().map(Into::into).collect::<Vec<_>>(),
        &FileSettings::default(),
        lang,
    )
}

fn parse(line: &str) -> Result<Cli, NoCommand> {
    parse_in(line, Lang::En)
}

fn watch(line: &str) -> WatchOptions {
    let Command::Watch(options) = parse(line).unwrap().command else { panic!("{line}") };
    *options
}

#[test]
fn the_definition_is_valid() {
    for lang in [Lang::En, Lang::Zh] {
        builder::command(&FileSettings::default(), lang).debug_assert();
    }
}

#[test]
fn without_a_command_the_options_are_those_of_the_dashboard() {
    let watch = watch("imscope --listen 0.0.0.0:80 --sign-window off --keep 64k --utc");
    assert_eq!(watch.listen.addr.to_string(), "0.0.0.0:80");
    assert_eq!(watch.listen.sign_window, Window(None));
    assert_eq!((watch.screen.keep, watch.screen.utc), (65536, true));
}

#[test]
fn of_the_options_only_the_language_may_stand_before_a_command() {
    let Err(NoCommand::Mistake(text)) = parse("imscope --utc demo") else { panic!("is accepted") };
    assert!(text.starts_with("options go after the command: imscope demo --utc\n"), "{text}");
    assert!(parse("imscope demo --utc").is_ok());
    for command in ["demo", "tail", "codes", "send", "man", "doctor", "answers check f", "help"] {
        assert!(parse(&format!("imscope --lang zh-CN {command}")).is_ok(), "{command}");
        assert!(parse(&format!("imscope {command} --lang auto")).is_ok(), "{command}");
    }
    assert!(parse("imscope --lang potato").is_err());
}

#[test]
fn a_command_that_needs_one_of_its_own_is_explained() {
    for line in ["imscope answers", "imscope answers --lang zh"] {
        let Err(NoCommand::Incomplete(path)) = parse(line) else { panic!("{line}") };
        assert_eq!(path.last().unwrap().name, "answers");
    }
}

#[test]
fn tail_has_the_options_of_listener_and_recording() {
    let line = "imscope tail --listen 80 --record a.jsonl --fsync --format text";
    let Command::Tail(tail) = parse(line).unwrap().command else { panic!("should be tail") };
    assert_eq!(tail.record.record.unwrap().to_str(), Some("a.jsonl"));
    assert!(tail.record.fsync && parse("imscope --record a.jsonl --fsync").is_ok());
    assert!(parse("imscope replay a.jsonl").is_err(), "--to is required");
}

#[test]
fn options_that_need_others_are_an_error_alone() {
    for alone in ["--strict", "--tls-cert a", "--tls-key a", "--forward http://a?b"] {
        assert!(parse(&format!("imscope {alone}")).is_err(), "{alone}");
    }
    assert!(parse("imscope --tls-self-signed --tls-cert a --tls-key b").is_err());
    let app = watch("imscope --forward localhost:8080/im --strict").listen.local_app;
    assert_eq!(app.forward.unwrap().to_string(), "http://localhost:8080/im");
    assert!(app.strict);
}

#[test]
fn a_negative_code_is_not_an_option() {
    let Command::Codes(codes) = parse("imscope codes -10113").unwrap().command else {
        panic!("should be codes")
    };
    assert_eq!(codes.wanted, ["-10113"]);
}

#[test]
fn a_body_from_a_file_conflicts_with_generated_content() {
    assert!(parse("imscope send --body - --text hi").is_err());
    assert!(parse("imscope send --body - --command A.B --count 3").is_ok());
}

fn all_commands() -> Vec<Vec<&'static CommandSpec>> {
    let mut found = vec![vec![&PROGRAM]];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        let commands = path.last().unwrap().commands;
        found.extend(commands.iter().map(|it| [&path[..], &[it]].concat()));
        next += 1;
    }
    found
}

#[test]
fn the_default_port_is_that_which_the_dashboard_leaves_out() {
    let suffix = format!(":{DEFAULT_PORT}");
    let mut found = 0;
    for option in all_commands().iter().flat_map(|it| it.last().unwrap().options()) {
        if ["listen", "url"].contains(&option.name)
            && let Some(default) = option.default
        {
            assert!(default.ends_with(&suffix), "{}: {default}", option.name);
            found += 1;
        }
    }
    assert!(3 <= found, "{found}");
}

#[test]
fn every_option_and_command_has_its_texts_in_both_languages() {
    let is_chinese = |it: &str| it.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
    for path in all_commands() {
        let command = path.last().unwrap();
        let helps = command.options().map(|it| (it.name, it.help));
        let details = command.options().filter_map(|it| Some((it.name, it.details?)));
        for (name, text) in helps.chain(details).chain([(command.name, command.about)]) {
            assert!(!text.en.is_empty() && !is_chinese(text.en), "{name}: {}", text.en);
            // That of SdkAppid is its name.
            assert!(is_chinese(text.zh) || text.en == text.zh, "{name}: {}", text.zh);
        }
        for lang in [Lang::En, Lang::Zh] {
            let page = help_page::page(&path, lang, Length::Long, 100);
            let page: String = page.into_iter().map(|it| it.text).collect();
            let missing = command.options().find(|it| !page.contains(it.value_name));
            assert!(missing.is_none(), "{missing:?} in {page}");
            let is_option = |it: &&spec::OptionSpec| !it.is_argument();
            let mut options = command.options().filter(is_option);
            assert!(options.all(|it| page.contains(&format!("--{}", it.name))), "{page}");
        }
    }
}

#[test]
fn a_variable_is_named_like_its_option() {
    for path in all_commands() {
        for option in path.last().unwrap().options() {
            let named = format!("IMSCOPE_{}", option.name.to_uppercase().replace('-', "_"));
            assert!(option.variable.is_none_or(|it| it == named), "{option:?}");
        }
    }
}

#[test]
fn no_line_of_the_help_is_wider_than_the_terminal() {
    for path in all_commands() {
        for (lang, columns) in [(Lang::En, 72), (Lang::Zh, 72), (Lang::Zh, 100)] {
            for length in [Length::Short, Length::Long] {
                let page = help_page::page(&path, lang, length, columns);
                let page: String = page.into_iter().map(|it| it.text).collect();
                let widest = page.lines().map(crate::dashboard::text::width).max();
                assert!(widest.unwrap_or_default() <= columns, "{page}");
            }
        }
    }
}

#[test]
fn every_mistake_is_named_in_chinese() {
    for (line, expected) in [
        ("imscope potato", "未知命令 'potato'\n"),
        ("imscope answres", "  提示：相近的命令：'answers'\n"),
        ("imscope send --typ x", "  提示：相近的选项：'--type'\n"),
        ("imscope send --count", "'--count <N>' 缺少值\n"),
        ("imscope send --count 0", "无效：应为 1 到 10000000 之间的整数\n"),
        ("imscope send --type tex", "\n  [可选值：text、face、"),
        ("imscope send --count 1 --count 2", "'--count <N>' 只能出现一次\n"),
        ("imscope send --body - --text a", "不能与以下选项同时使用：\n  --text <TEXT>\n"),
        ("imscope replay a", "缺少必填项：\n  --to <URL>\n"),
        ("imscope --utc demo", "选项应写在命令之后：imscope demo --utc\n"),
        ("imscope demo x", "\n用法：imscope demo [选项]\n\n更多说明：--help"),
        ("imscope --lang fr", "'--lang <LANG>' 的值 'fr' 无效\n"),
        ("imscope --fsync=x", "'--fsync'"),
    ] {
        let Err(NoCommand::Mistake(text)) = parse_in(line, Lang::Zh) else { panic!("{line}") };
        assert!(text.contains(expected) && !text.contains("error"), "{line}: {text}");
    }
}

#[test]
fn a_value_of_every_option_has_the_type_that_is_read() {
    let values = "imscope --app 1 --answer a --forward 1 --strict --record a --fsync --filter a \
                  --tls-cert a --tls-key a --tls-client-ca a --token-file a --answers a \
                  --forward-ca a --mouse";
    assert!(parse(values).is_ok());
    let send = "imscope send 1 --rate 1 --stale 1s --seed 1 --expect denied --ca a --to a --text a \
                --error-info a --unread 1 --token-file a";
    assert!(parse(send).is_ok() && parse("imscope send --scenario bot").is_ok());
    assert!(parse("imscope doctor --public-url a --connect-to 1 --forward 1").is_ok());
    assert!(parse("imscope answers try f --command a --app 1").is_ok());
    assert!(parse("imscope demo --for 1s").is_ok() && parse("imscope completions bash").is_ok());
    assert!(parse("imscope replay a --to 1 --speed max").is_ok());
    assert!(parse("imscope open a --app 1").is_ok() && parse("imscope help send").is_ok());
}

/// Parses a line with the settings of a config file.
fn parse_with(line: &str, toml: &str) -> Result<Cli, NoCommand> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    std::fs::write(&path, toml).unwrap();
    let mut files = FileSettings::default();
    files.add(config_file::ConfigFile::read(&path).settings(Lang::En).unwrap());
    Cli::parse(&line.split_whitespace().map(Into::into).collect::<Vec<_>>(), &files, Lang::En)
}

fn watch_with(line: &str, toml: &str) -> WatchOptions {
    let Ok(Cli { command: Command::Watch(it), .. }) = parse_with(line, toml) else {
        panic!("{line} with {toml}")
    };
    *it
}

#[test]
fn a_config_file_has_a_value_that_the_command_line_leaves_open() {
    let file = "listen = 8080\nutc = true\nanswers = ['a => hang', '=> deny']\nformat = 'text'";
    let watch = watch_with("imscope", file);
    assert_eq!((watch.listen.addr.port(), watch.screen.utc), (8080, true));
    assert_eq!(watch.listen.rules.answer, ["a => hang", "=> deny"]);
    let watch = watch_with("imscope --listen 1 --answer x", file);
    assert_eq!((watch.listen.addr.port(), &*watch.listen.rules.answer), (1, &["x".to_owned()][..]));
    let Command::Tail(tail) = parse_with("imscope tail --utc", file).unwrap().command else {
        panic!("should be tail")
    };
    assert_eq!((tail.listen.addr.port(), tail.print.format), (8080, recording::Format::Text));
}

#[test]
fn an_option_of_a_command_that_is_no_setting_is_not_in_the_file() {
    let line = "imscope answers try f";
    let Command::Answers(AnswersCommand::Try(it)) = parse_with(line, "app = 1").unwrap().command
    else {
        panic!("should be answers try")
    };
    assert_eq!(it.app, None);
}

#[test]
fn a_flag_goes_together_with_a_file_and_wins_where_they_exclude_one_another() {
    let watch = watch_with("imscope --strict", "forward = 'localhost:1'");
    assert!(watch.listen.local_app.strict && watch.listen.local_app.forward.is_some());
    let tls = "tls-cert = 'a'\ntls-key = 'b'";
    let tls = watch_with("imscope --tls-self-signed", tls).listen.tls;
    assert!(tls.tls_self_signed && tls.tls_cert.is_none());
    assert!(watch_with("imscope", "fsync = true").record.fsync);
    let Err(NoCommand::Mistake(text)) = parse_with("imscope", "utc = true\ntls-cert = 'a'") else {
        panic!("is accepted")
    };
    assert!(text.ends_with("c.toml:2: `tls-cert` needs `tls-key`"), "{text}");
    assert!(parse_with("imscope demo", "tls-cert = 'a'").is_ok());
}

#[test]
fn names_of_files_are_relative_to_the_folder_of_the_config_file() {
    let watch = watch_with("imscope", "record = 'calls.jsonl'\nanswers = '/rules'");
    assert!(watch.record.record.unwrap().is_absolute());
    assert_eq!(watch.listen.rules.answers.unwrap().to_str(), Some("/rules"));
}

#[test]
fn every_option_with_a_variable_decides_on_trust() {
    for path in all_commands() {
        for option in path.last().unwrap().options().filter(|it| it.variable.is_some()) {
            let need = option.trust.expect("decides");
            // A file is never named by what was cloned.
            let is_file = matches!(option.names, spec::Nameable::File(_));
            assert!(!is_file || need.is_required_for("a"), "{option:?}");
        }
    }
}

#[test]
fn keys_and_filters_of_a_file_are_those_of_the_dashboard() {
    let file = "[keys]\nzoom = ['v', 'f2']\n[filters]\nslow = 'lag>1s'\nbad = 'failed'";
    let screen = watch_with("imscope --filter @slow", file).screen;
    assert_eq!(screen.keymap.dashboard.label(Action::Zoom), "v");
    assert_eq!(screen.keymap.dashboard.label(Action::Wrap), "w");
    assert_eq!(screen.filters.iter().map(|it| it.name).collect::<Vec<_>>(), ["slow", "bad"]);
    assert_eq!(screen.filter.unwrap().text(), "lag>1s");
    assert!(parse_with("imscope --filter @none", file).is_err());
    let file = "filter = '@bad'\n[filters]\nbad = 'failed'\n[keys]\nfilter = 'f3'";
    assert_eq!(watch_with("imscope", file).screen.filter.unwrap().text(), "failed");
    let screen = watch_with("imscope --filter denied", file).screen;
    assert_eq!(screen.filter.unwrap().text(), "denied");
    assert_eq!(screen.keymap.dashboard.label(Action::Filter), "f3");
}
