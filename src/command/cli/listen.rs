//! Options of the listener and of the tunnel to it.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use hyper::Uri;

use super::forward::ForwardOptions;
use super::tls::TlsOptions;
use super::token::TokenOptions;
use super::value::{self, Window};
use crate::answer::mode::AnswerKind;
use crate::edge::tunnel;

/// Options of the listener.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Listener")]
pub struct ListenOptions {
    /// Address and port to listen on; a port alone binds to 127.0.0.1
    #[arg(long = "listen", value_name = "ADDR", env = "IMSCOPE_LISTEN", hide_env_values = true)]
    #[arg(default_value = "127.0.0.1:9527", value_parser = value::address)]
    pub addr: SocketAddr,
    /// Expected SdkAppid; callbacks with another one are flagged
    #[arg(long = "app", value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(value_parser = value::app)]
    pub sdk_app_id: Option<String>,
    /// The token.
    #[command(flatten)]
    pub token: TokenOptions,
    /// Largest difference between RequestTime and now in a signed callback, or off
    #[arg(long, value_name = "DURATION|off", env = "IMSCOPE_SIGN_WINDOW", hide_env_values = true)]
    #[arg(default_value = "60s", value_parser = value::window)]
    pub sign_window: Window,
    /// Answer to callbacks: ok, fail, fail:TEXT, status:CODE or hang
    #[arg(long, value_name = "REPLY", env = "IMSCOPE_REPLY", hide_env_values = true)]
    #[arg(default_value = "ok")]
    pub reply: AnswerKind,
    /// Delay before each answer
    #[arg(long, value_name = "DURATION", env = "IMSCOPE_DELAY", hide_env_values = true)]
    #[arg(default_value = "0s", value_parser = value::duration)]
    pub delay: Duration,
    /// The rules.
    #[command(flatten)]
    pub rules: RuleOptions,
    /// Largest request body accepted
    #[arg(long, value_name = "SIZE", env = "IMSCOPE_MAX_BODY", hide_env_values = true)]
    #[arg(default_value = "1MiB", value_parser = value::size)]
    pub max_body: usize,
    /// The local app.
    #[command(flatten)]
    pub local_app: ForwardOptions,
    /// TLS; last, because its heading applies to all options after it.
    #[command(flatten)]
    pub tls: TlsOptions,
}

/// Rules of how callbacks are answered.
#[derive(Debug, Clone, Args)]
pub struct RuleOptions {
    /// Answer callbacks by a rule: FILTER => ACTION; of several, the first that matches decides
    #[arg(long, value_name = "RULE")]
    pub answer: Vec<String>,
    /// File of rules, one a line, after those of --answer (check it: imscope answers check FILE)
    #[arg(long, value_name = "FILE", env = "IMSCOPE_ANSWERS", hide_env_values = true)]
    pub answers: Option<PathBuf>,
}

/// Options of the tunnel lookup.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Tunnel")]
pub struct TunnelOptions {
    /// URL of ngrok's local API
    #[arg(long, value_name = "URL", env = "IMSCOPE_NGROK_API", hide_env_values = true)]
    #[arg(default_value = tunnel::API, value_parser = value::url)]
    pub ngrok_api: Uri,
}
