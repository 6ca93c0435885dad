//! Tests of the command line's definition.

use super::other::WatchOptions;
use super::value::Window;
use super::*;
use crate::callback::Lang;

fn parse_in(line: &str, lang: Lang) -> Result<Cli, NoCommand> {
    Cli::parse(&line.split_whitespace().map(Into::into).collect::<Vec<_>>(), lang)
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
        builder::command(lang).debug_assert();
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
    assert!(text.starts_with("error: the subcommand 'demo' cannot be used with '--utc'"), "{text}");
    assert!(parse("imscope demo --utc").is_ok());
    for command in ["demo", "tail", "codes", "send", "man", "doctor", "answers check f", "help"] {
        assert!(parse(&format!("imscope --lang zh-CN {command}")).is_ok(), "{command}");
        assert!(parse(&format!("imscope {command} --lang auto")).is_ok(), "{command}");
    }
    assert!(parse("imscope --lang potato").is_err());
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
