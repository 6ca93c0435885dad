//! Inputs of the checks, from the command line.

use std::net::SocketAddr;

use hyper::Uri;

use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::signature::Token;
use crate::callback::{Lang, Timestamp};
use crate::command::cli::doctor::DoctorOptions;
use crate::command::sentence;
use crate::edge::clock;
use crate::edge::http_client::HttpClient;
use crate::edge::tunnel::TunnelApis;

/// Inputs of the checks.
#[derive(Debug, Clone)]
pub struct CheckContext {
    /// The address imscope listens on, or would.
    pub listen: SocketAddr,
    /// `SdkAppid` of the test callbacks.
    pub sdk_app_id: String,
    /// The token, or why it cannot be read.
    pub token: Result<Option<Token>, String>,
    /// Where the token is set: a file or a variable.
    pub token_source: Option<String>,
    /// Largest difference, in seconds, of `RequestTime` and now; `None` is unlimited.
    pub sign_window: Option<u32>,
    /// The URL set in the console, as typed.
    pub public_url: Option<String>,
    /// Address to connect to for the public URL, instead of resolving its host.
    pub connect_to: Option<SocketAddr>,
    /// URL of the local app.
    pub forward: Option<Uri>,
    /// The local APIs of tunnel programs.
    pub tunnels: TunnelApis,
    /// The language of messages and hints.
    pub lang: Lang,
    /// The current time.
    pub clock: fn() -> Timestamp,
}

impl CheckContext {
    /// A client for the public URL, with the timeout of Tencent.
    pub(super) fn client(&self) -> HttpClient {
        self.connect_to
            .map_or_else(HttpClient::default, |it| HttpClient::connecting_to(TENCENT_TIMEOUT, it))
    }
}

impl From<DoctorOptions> for CheckContext {
    fn from(options: DoctorOptions) -> Self {
        Self {
            listen: options.listen,
            sdk_app_id: options.sdk_app_id,
            token: options.token.read(options.lang).map_err(|it| sentence(&it, options.lang)),
            token_source: options.token.source(),
            sign_window: options.sign_window.0,
            public_url: options.public_url,
            connect_to: options.connect_to,
            forward: options.forward,
            tunnels: options.tunnel.apis(),
            lang: options.lang,
            clock: clock::now,
        }
    }
}
