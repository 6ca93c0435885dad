//! `imscope doctor`: checks whether callbacks can arrive.
//!
//! The checks build on each other: which program owns the port, which public URL
//! reaches it, whether the clocks agree, and whether a signed probe sent to the
//! public URL arrives.

mod check;
mod port;
mod token;
mod tunnel;
mod url;
mod clock;
mod probe;
mod round_trip;
mod local_app;
mod report;

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use hyper::Uri;

use super::cli::doctor::DoctorOptions;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::lang::localize;
use crate::callback::signature::Token;
use crate::callback::{Lang, Timestamp};
use crate::edge;
use crate::edge::http_client::HttpClient;
pub use check::{Check, Level};
pub use report::Diagnosis;

/// Inputs of the checks.
#[derive(Debug, Clone)]
pub struct Context {
    /// The address imscope listens on, or would.
    pub listen: SocketAddr,
    /// `SdkAppid` of the probes.
    pub app: String,
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
    /// URL of ngrok's local API.
    pub ngrok: Uri,
    /// The language of messages and hints.
    pub lang: Lang,
    /// The current time.
    pub clock: fn() -> Timestamp,
}

impl Context {
    /// A client for the public URL, with the timeout of Tencent.
    fn client(&self) -> HttpClient {
        self.connect_to
            .map_or_else(HttpClient::default, |it| HttpClient::connecting_to(TENCENT_TIMEOUT, it))
    }
}

impl From<DoctorOptions> for Context {
    fn from(options: DoctorOptions) -> Self {
        Self {
            listen: options.listen,
            app: options.app,
            token: options.token.read().map_err(|it| format!("{it:#}")),
            token_source: options.token.source(),
            sign_window: options.sign_window.0,
            public_url: options.public_url,
            connect_to: options.connect_to,
            forward: options.forward,
            ngrok: options.tunnel.ngrok_api,
            lang: options.lang,
            clock: edge::clock::now,
        }
    }
}

/// Runs all checks and prints their results; exit status 1 if one failed.
///
/// # Errors
/// The output cannot be written.
pub fn run(options: DoctorOptions, colors: bool, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let (json, lang) = (options.json, options.lang);
    let context = Context::from(options);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let diagnosis = runtime.context("cannot start the async runtime")?.block_on(examine(&context));
    match json {
        true => diagnosis.json(out)?,
        false => diagnosis.text(lang, colors, out)?,
    }
    Ok(if diagnosis.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs all checks.
pub async fn examine(context: &Context) -> Diagnosis {
    let (port, owner) = port::check(context).await;
    let (tunnel, tunnel_url) = tunnel::check(context).await;
    let public_url = context.public_url.clone().or(tunnel_url);
    let uri = public_url.as_deref().and_then(usable);
    let mut checks = vec![port, token::check(context), token::check_signing(context), tunnel];
    checks.push(url::check(context, public_url.as_deref()));
    checks.push(clock::check(context, uri.as_ref(), owner).await);
    checks.push(match (&public_url, &uri) {
        (Some(_), None) => {
            let message =
                localize!(context.lang, "the public URL cannot be called", "公网 URL 无法调用");
            Check::skipped("probe", message)
        }
        _ => round_trip::check(context, uri.as_ref(), owner).await,
    });
    checks.extend(local_app::check(context).await);
    Diagnosis { checks, public_url }
}

/// The URL parsed, if it is http or https and has a host.
fn usable(url: &str) -> Option<Uri> {
    let uri: Uri = url.parse().ok()?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    (is_http && uri.host().is_some_and(|it| !it.is_empty())).then_some(uri)
}
