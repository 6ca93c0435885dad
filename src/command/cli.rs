//! The command line: every option, its default and its environment variable.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

pub mod app;
pub mod recording;
pub mod tls;
pub mod token;
pub mod value;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use hyper::Uri;

use crate::callback::Lang;
use crate::callback::answer_mode::AnswerKind;
use crate::callback::sample::{Shape, event};
use crate::dashboard::theme;
use crate::edge::tunnel;
use crate::history::filter::Filter;
use app::ForwardOptions;
use recording::{OpenOptions, RecordOptions, ReplayOptions, TailOptions};
use tls::TlsOptions;
use token::TokenOptions;
use value::Window;

/// A live scope for Tencent Cloud IM callbacks in the terminal
///
/// Without a command it opens the dashboard and listens for callbacks.
#[derive(Debug, Parser)]
#[command(name = "imscope", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; without it, watch.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of watching.
    #[command(flatten)]
    pub watch: WatchOptions,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the dashboard with a made-up chat, sent through the real listener
    Demo(DemoOptions),
    /// Listen without a screen, and print a line for each callback
    Tail(Box<TailOptions>),
    /// Open a recording in the dashboard
    Open(OpenOptions),
    /// Send a recording again
    Replay(Box<ReplayOptions>),
    /// Send made-up callbacks, and check the replies as Tencent would
    Send(Box<SendOptions>),
    /// Tell what a failure code means, in English and Chinese
    Codes(CodesOptions),
    /// Check whether all is set up so that callbacks arrive
    Doctor(Box<DoctorOptions>),
    /// Print the completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// What `imscope` itself can be told.
#[derive(Debug, Clone, Args)]
pub struct WatchOptions {
    /// How it listens.
    #[command(flatten)]
    pub listen: ListenOptions,
    /// Where it is written down.
    #[command(flatten)]
    pub record: RecordOptions,
    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Which tunnel leads here.
    #[command(flatten)]
    pub tunnel: TunnelOptions,
}

/// How to learn of a tunnel.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Tunnel")]
pub struct TunnelOptions {
    /// Where ngrok's agent tells its tunnels
    #[arg(long, value_name = "URL", env = "IMSCOPE_NGROK_API", hide_env_values = true)]
    #[arg(default_value = tunnel::API, value_parser = value::url)]
    pub ngrok_api: Uri,
}

/// How to listen for callbacks.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Listening")]
pub struct ListenOptions {
    /// Address and port to listen on; a port alone is one of this machine only
    #[arg(long = "listen", value_name = "ADDR", env = "IMSCOPE_LISTEN", hide_env_values = true)]
    #[arg(default_value = "127.0.0.1:9527", value_parser = value::address)]
    pub addr: SocketAddr,
    /// The application expected; callbacks of others are flagged
    #[arg(long, value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(value_parser = value::app)]
    pub app: Option<String>,
    /// The token.
    #[command(flatten)]
    pub token: TokenOptions,
    /// How far RequestTime may be from now in a signed callback, or off
    #[arg(long, value_name = "DURATION|off", env = "IMSCOPE_SIGN_WINDOW", hide_env_values = true)]
    #[arg(default_value = "60s", value_parser = value::window)]
    pub sign_window: Window,
    /// What to answer: ok, fail, fail:TEXT, status:CODE or hang
    #[arg(long, value_name = "REPLY", env = "IMSCOPE_REPLY", hide_env_values = true)]
    #[arg(default_value = "ok")]
    pub reply: AnswerKind,
    /// How long to hold the answer back
    #[arg(long, value_name = "DURATION", env = "IMSCOPE_DELAY", hide_env_values = true)]
    #[arg(default_value = "0s", value_parser = value::duration)]
    pub delay: Duration,
    /// The largest body to accept
    #[arg(long, value_name = "SIZE", env = "IMSCOPE_MAX_BODY", hide_env_values = true)]
    #[arg(default_value = "1MiB", value_parser = value::size)]
    pub max_body: usize,
    /// Who is asked before Tencent is answered.
    #[command(flatten)]
    pub local_app: ForwardOptions,
    /// How it speaks TLS; after all others, for its heading holds for what follows.
    #[command(flatten)]
    pub tls: TlsOptions,
}

/// What the dashboard looks like, and how much it keeps.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Dashboard")]
pub struct ScreenOptions {
    /// How much memory the callbacks kept may take
    #[arg(long, value_name = "SIZE", env = "IMSCOPE_KEEP", hide_env_values = true)]
    #[arg(default_value = "256MiB", value_parser = value::size)]
    pub keep: usize,
    /// Show only what this filter lets through, as / does
    #[arg(long, value_name = "EXPR", env = "IMSCOPE_FILTER", hide_env_values = true)]
    #[arg(value_parser = value::filter)]
    pub filter: Option<Filter>,
    /// The language of the screen
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
    /// The colors of the screen
    #[arg(long, value_name = "NAME", env = "IMSCOPE_THEME", hide_env_values = true)]
    #[arg(default_value = "auto")]
    pub theme: theme::Name,
    /// Show times in UTC and not in local time
    #[arg(long, env = "IMSCOPE_UTC", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new())]
    pub utc: bool,
}

/// What `imscope demo` can be told.
#[derive(Debug, Clone, Args)]
pub struct DemoOptions {
    /// Callbacks a second, once everything has been shown
    #[arg(long, value_name = "N", default_value = "5", value_parser = value::rate)]
    pub rate: f64,
    /// Which of the made-up chats; the same number gives the same chat
    #[arg(long, value_name = "N", default_value_t = 9527)]
    pub seed: u64,
    /// Stop sending after this time
    #[arg(long = "for", value_name = "DURATION", value_parser = value::duration)]
    pub length: Option<Duration>,
    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenOptions,
}

/// What `imscope send` can be told.
#[derive(Debug, Clone, Args)]
pub struct SendOptions {
    /// Where to send to
    #[arg(value_name = "URL", default_value = "http://127.0.0.1:9527")]
    #[arg(value_parser = value::url)]
    pub url: Uri,
    /// How many to send
    #[arg(long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub count: u32,
    /// How many a second; without it, each as soon as the one before is answered
    #[arg(long, value_name = "N", value_parser = value::rate)]
    pub rate: Option<f64>,
    /// Send each of them twice
    #[arg(long)]
    pub duplicate: bool,
    /// Send them in random order
    #[arg(long)]
    pub shuffle: bool,
    /// Sign as of this long ago
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub stale: Option<Duration>,
    /// What to make up; the same number gives the same, but for the times
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// RootCerts the authorities in this file if the URL is https; without it, the
    /// public ones, and anybody on this machine
    #[arg(long, value_name = "FILE", env = "IMSCOPE_CA", hide_env_values = true)]
    pub ca: Option<PathBuf>,
    /// The token to sign with.
    #[command(flatten)]
    pub token: TokenOptions,
    /// What to send; last, for its heading holds for all that follows.
    #[command(flatten)]
    pub what: WhatOptions,
}

/// What the callbacks sent tell.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "The callback")]
pub struct WhatOptions {
    /// The command word, known or not
    #[arg(long, value_name = "WORD", default_value = event::AFTER_SEND)]
    pub command: String,
    /// Who acts
    #[arg(long, value_name = "USER", default_value = "jared")]
    pub from: String,
    /// To whom: a user or a group
    #[arg(long, value_name = "USER", default_value = "Jonh")]
    pub to: String,
    /// What the message consists of
    #[arg(long = "type", value_name = "TYPE", default_value = "text")]
    pub shape: Shape,
    /// The words in the message, where its type has any
    #[arg(long)]
    pub text: Option<String>,
    /// SendMsgResult: 0, or a failure code
    #[arg(long, value_name = "CODE", default_value_t = 0, allow_negative_numbers = true)]
    pub result: i64,
    /// ErrorInfo beside the result
    #[arg(long, value_name = "TEXT")]
    pub error_info: Option<String>,
    /// UnreadMsgNum; without it, it rises with each message
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub unread: Option<i64>,
    /// The application it comes from
    #[arg(long, value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(default_value = "1400000000", value_parser = value::app)]
    pub app: String,
    /// Send the bytes of this file as they are; - is standard input
    #[arg(long, value_name = "FILE")]
    #[arg(conflicts_with_all = ["shape", "text", "result", "error_info", "unread"])]
    pub body: Option<PathBuf>,
}

/// What `imscope doctor` can be told.
#[derive(Debug, Clone, Args)]
pub struct DoctorOptions {
    /// The callback URL in the console; without it, that of ngrok's tunnel
    #[arg(long, value_name = "URL", env = "IMSCOPE_PUBLIC_URL", hide_env_values = true)]
    pub public_url: Option<String>,
    /// Connect here for the public URL, whatever its name is said to be; for a
    /// name that DNS does not know yet
    #[arg(long, value_name = "ADDR", value_parser = value::address)]
    pub connect_to: Option<SocketAddr>,
    /// Address and port that imscope listens on, or would
    #[arg(long, value_name = "ADDR", env = "IMSCOPE_LISTEN", hide_env_values = true)]
    #[arg(default_value = "127.0.0.1:9527", value_parser = value::address)]
    pub listen: SocketAddr,
    /// A local app to be asked as well
    #[arg(long, value_name = "URL", env = "IMSCOPE_FORWARD", hide_env_values = true)]
    #[arg(value_parser = value::url)]
    pub forward: Option<Uri>,
    /// The application that the probes name
    #[arg(long, value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(default_value = "1400000000", value_parser = value::app)]
    pub app: String,
    /// The token.
    #[command(flatten)]
    pub token: TokenOptions,
    /// How far RequestTime may be from now in a signed callback, or off
    #[arg(long, value_name = "DURATION|off", env = "IMSCOPE_SIGN_WINDOW", hide_env_values = true)]
    #[arg(default_value = "60s", value_parser = value::window)]
    pub sign_window: Window,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// The language of what is printed
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
    /// The tunnel; last, for its heading holds for all that follows.
    #[command(flatten)]
    pub tunnel: TunnelOptions,
}

/// What `imscope codes` can be told.
#[derive(Debug, Clone, Args)]
pub struct CodesOptions {
    /// Codes, or words of a meaning; without any, all codes
    #[arg(value_name = "CODE|WORDS", allow_negative_numbers = true)]
    pub wanted: Vec<String>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_watches() {
        let cli = parse("imscope --listen 0.0.0.0:80 --sign-window off --keep 64k --lang zh --utc");
        let watch = cli.unwrap().watch;
        assert_eq!(watch.listen.addr.to_string(), "0.0.0.0:80");
        assert_eq!(watch.listen.sign_window, Window(None));
        assert_eq!(
            (watch.screen.keep, watch.screen.lang, watch.screen.utc),
            (65536, Lang::Zh, true)
        );
    }

    #[test]
    fn options_of_watching_before_another_command_are_a_mistake() {
        assert!(parse("imscope --utc demo").is_err());
        assert!(parse("imscope demo --utc").is_ok());
    }

    #[test]
    fn tail_listens_and_records_as_the_dashboard_does() {
        let line = "imscope tail --listen 80 --record a.jsonl --fsync --format text";
        let Some(Command::Tail(tail)) = parse(line).unwrap().command else {
            panic!("should be tail")
        };
        assert_eq!(tail.record.record.unwrap().to_str(), Some("a.jsonl"));
        assert!(tail.record.fsync && parse("imscope --record a.jsonl --fsync").is_ok());
        assert!(parse("imscope replay a.jsonl").is_err(), "there is no place to send it to");
    }

    #[test]
    fn options_that_mean_nothing_alone_are_a_mistake() {
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
    fn a_negative_code_is_no_option() {
        let Some(Command::Codes(codes)) = parse("imscope codes -10113").unwrap().command else {
            panic!("should be codes")
        };
        assert_eq!(codes.wanted, ["-10113"]);
    }

    #[test]
    fn a_body_of_ones_own_leaves_nothing_to_make_up() {
        assert!(parse("imscope send --body - --text hi").is_err());
        assert!(parse("imscope send --body - --command A.B --count 3").is_ok());
    }
}
