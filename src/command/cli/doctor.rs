//! Options of `imscope doctor`.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

use std::net::SocketAddr;

use clap::Args;
use hyper::Uri;

use super::listen::TunnelOptions;
use super::token::TokenOptions;
use super::value::{self, Window};
use crate::callback::Lang;

/// Options of `imscope doctor`.
#[derive(Debug, Clone, Args)]
pub struct DoctorOptions {
    /// Callback URL set in the console; without it, the URL of ngrok's tunnel
    #[arg(long, value_name = "URL", env = "IMSCOPE_PUBLIC_URL", hide_env_values = true)]
    pub public_url: Option<String>,
    /// Connect to this address for the public URL instead of resolving its host,
    /// for a name that is not in DNS yet
    #[arg(long, value_name = "ADDR", value_parser = value::address)]
    pub connect_to: Option<SocketAddr>,
    /// Address and port that imscope listens on, or would
    #[arg(long, value_name = "ADDR", env = "IMSCOPE_LISTEN", hide_env_values = true)]
    #[arg(default_value = "127.0.0.1:9527", value_parser = value::address)]
    pub listen: SocketAddr,
    /// Also send a test callback to the local app at this URL
    #[arg(long, value_name = "URL", env = "IMSCOPE_FORWARD", hide_env_values = true)]
    #[arg(value_parser = value::url)]
    pub forward: Option<Uri>,
    /// SdkAppid of the test callbacks
    #[arg(long = "app", value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(default_value = "1400000000", value_parser = value::app)]
    pub sdk_app_id: String,
    /// The token.
    #[command(flatten)]
    pub token: TokenOptions,
    /// Largest difference between RequestTime and now in a signed callback, or off
    #[arg(long, value_name = "DURATION|off", env = "IMSCOPE_SIGN_WINDOW", hide_env_values = true)]
    #[arg(default_value = "60s", value_parser = value::window)]
    pub sign_window: Window,
    /// Print the results as one JSON object
    #[arg(long)]
    pub json: bool,
    /// Language of the output
    #[arg(long, value_name = "LANG", env = "IMSCOPE_LANG", hide_env_values = true)]
    #[arg(default_value = "en")]
    pub lang: Lang,
    /// The tunnel; last, because its heading applies to all options after it.
    #[command(flatten)]
    pub tunnel: TunnelOptions,
}
