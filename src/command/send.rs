//! `imscope send`: made-up callbacks for a listener, and a verdict on its replies.

mod plan;
pub(super) mod report;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use hyper::Uri;

use super::cli::send::SendOptions;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::sample::Sample;
use crate::callback::signature::Token;
use crate::edge::client_tls::RootCerts;
use crate::edge::clock;
use crate::edge::http_client::HttpClient;
use plan::Plan;
use report::Report;

/// Sends what is asked for and prints each reply; the exit status is 0 if all
/// were answered as Tencent requires.
///
/// # Errors
/// A body or a token that cannot be read, or an output that cannot be written.
/// A call without a reply is no error here: it is counted and told.
pub fn run(options: &SendOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let token = options.token.read()?;
    if token.is_none() && options.stale.is_some() {
        bail!("--stale needs a token to sign with: set IMSCOPE_TOKEN or --token-file");
    }
    let plan = Plan::new(options, clock::now())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    runtime.block_on(send(options, token.as_ref(), &plan, out))
}

async fn send(
    options: &SendOptions,
    token: Option<&Token>,
    plan: &Plan<'_>,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let trust = RootCerts::for_url(&options.url, options.ca.as_deref())?;
    let poster = HttpClient::with_roots(TENCENT_TIMEOUT, &trust);
    let expected = Expected::of(plan.word());
    let mut pace = options.rate.map(|it| tokio::time::interval(Duration::from_secs_f64(1.0 / it)));
    let mut report = Report::default();
    for nth in plan.order() {
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        let sample = plan.sample(nth);
        let url = signed(&options.url, &sample, token, options.stale)?;
        match poster.post(&url, Bytes::from(sample.body)).await {
            Ok(reply) => {
                let checked = check_reply(expected, reply.status, &reply.body);
                report.replied(reply.status, reply.took, checked, out)?;
            }
            Err(error) => report.silent(&format!("{error:#}"), out)?,
        }
    }
    report.end(out)?;
    Ok(if report.all_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The URL of one call: path and query of the user's, then Tencent's query.
fn signed(
    url: &Uri,
    sample: &Sample,
    token: Option<&Token>,
    stale: Option<Duration>,
) -> anyhow::Result<Uri> {
    let time = clock::now().minus(stale.unwrap_or_default());
    let path = url.path_and_query().map_or("/", |it| it.as_str());
    let mut parts = url.clone().into_parts();
    parts.path_and_query = Some(sample.target(path, token.map(|it| (it, time))).parse()?);
    Ok(Uri::from_parts(parts)?)
}
