//! Tests of the command line's definition.

use clap::CommandFactory;

use super::value::Window;
use super::*;
use crate::callback::Lang;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(line.split_whitespace())
}

#[test]
fn the_definition_is_valid() {
    Cli::command().debug_assert();
}

#[test]
fn without_a_command_the_options_are_those_of_the_dashboard() {
    let cli = parse("imscope --listen 0.0.0.0:80 --sign-window off --keep 64k --lang zh --utc");
    let watch = cli.unwrap().watch;
    assert_eq!(watch.listen.addr.to_string(), "0.0.0.0:80");
    assert_eq!(watch.listen.sign_window, Window(None));
    assert_eq!((watch.screen.keep, watch.screen.lang, watch.screen.utc), (65536, Lang::Zh, true));
}

#[test]
fn options_before_a_command_are_an_error() {
    assert!(parse("imscope --utc demo").is_err());
    assert!(parse("imscope demo --utc").is_ok());
}

#[test]
fn tail_has_the_options_of_listener_and_recording() {
    let line = "imscope tail --listen 80 --record a.jsonl --fsync --format text";
    let Some(Command::Tail(tail)) = parse(line).unwrap().command else { panic!("should be tail") };
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
    let watch = parse("imscope --forward localhost:8080/im --strict").unwrap().watch;
    let app = watch.listen.local_app;
    assert_eq!(app.forward.unwrap().to_string(), "http://localhost:8080/im");
    assert!(app.strict);
}

#[test]
fn a_negative_code_is_not_an_option() {
    let Some(Command::Codes(codes)) = parse("imscope codes -10113").unwrap().command else {
        panic!("should be codes")
    };
    assert_eq!(codes.wanted, ["-10113"]);
}

#[test]
fn a_body_from_a_file_conflicts_with_generated_content() {
    assert!(parse("imscope send --body - --text hi").is_err());
    assert!(parse("imscope send --body - --command A.B --count 3").is_ok());
}
