//! `imscope doctor`: is everything set up so that callbacks arrive?
//!
//! The checks build on each other: who has the port, which URL leads to it,
//! what that URL's clock says, and then a signed probe out there and back in.

mod check;
mod outside;
mod probe;
mod report;
mod setup;

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
use crate::edge::clock;
use crate::edge::http_client::HttpClient;
pub use check::{Check, Level};
pub use report::Diagnosis;

/// The world as the checks see it.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where imscope listens, or would.
    pub listen: SocketAddr,
    /// The application that the probes name.
    pub app: String,
    /// The token, or why it cannot be read.
    pub token: Result<Option<Token>, String>,
    /// Where the token comes from.
    pub token_from: Option<String>,
    /// How many seconds a signature may be off.
    pub window: Option<u32>,
    /// The URL in the console, as it was typed.
    pub public_url: Option<String>,
    /// Where the host of the public URL is, if its name is not to be asked for.
    pub connect_to: Option<SocketAddr>,
    /// The local app.
    pub forward: Option<Uri>,
    /// Where ngrok's agent tells its tunnels.
    pub ngrok: Uri,
    /// The language of what is message.
    pub lang: Lang,
    /// The time of day.
    pub clock: fn() -> Timestamp,
}

impl Context {
    /// What calls the public URL, as Tencent does.
    fn poster(&self) -> HttpClient {
        self.connect_to
            .map_or_else(HttpClient::default, |it| HttpClient::connecting_to(TENCENT_TIMEOUT, it))
    }
}

/// Makes all checks and prints what they found; exit status 1 if one failed.
///
/// # Errors
/// The output cannot be written.
pub fn run(options: DoctorOptions, colors: bool, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let (json, lang) = (options.json, options.lang);
    let context = context(options);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let diagnosis = runtime.context("cannot start")?.block_on(examine(&context));
    match json {
        true => diagnosis.json(out)?,
        false => diagnosis.text(lang, colors, out)?,
    }
    Ok(if diagnosis.is_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn context(options: DoctorOptions) -> Context {
    Context {
        listen: options.listen,
        app: options.app,
        token: options.token.read().map_err(|it| format!("{it:#}")),
        token_from: options.token.source(),
        window: options.sign_window.0,
        public_url: options.public_url,
        connect_to: options.connect_to,
        forward: options.forward,
        ngrok: options.tunnel.ngrok_api,
        lang: options.lang,
        clock: clock::now,
    }
}

/// Makes all checks.
pub async fn examine(context: &Context) -> Diagnosis {
    let (port, owner) = setup::port(context).await;
    let (tunnel, found) = outside::tunnel(context).await;
    let public_url = context.public_url.clone().or(found);
    let uri = public_url.as_deref().and_then(callable);
    let mut checks = vec![port, setup::token(context), setup::signing(context), tunnel];
    checks.push(outside::url(context, public_url.as_deref()));
    checks.push(outside::clock(context, uri.as_ref(), owner).await);
    checks.push(match (&public_url, &uri) {
        (Some(_), None) => unusable(context),
        _ => probe::round_trip(context, uri.as_ref(), owner).await,
    });
    checks.extend(probe::app(context).await);
    Diagnosis { checks, public_url }
}

/// A URL that can be called at all.
fn callable(url: &str) -> Option<Uri> {
    let uri: Uri = url.parse().ok()?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    (is_http && uri.host().is_some_and(|it| !it.is_empty())).then_some(uri)
}

fn unusable(context: &Context) -> Check {
    let message = localize!(context.lang, "the public URL cannot be called", "公网 URL 无法调用");
    Check::skipped("probe", message)
}
