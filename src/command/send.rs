//! `imscope send`: sends generated callbacks, and validates the replies.

mod plan;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::error::ErrorKind;
use hyper::Uri;

use super::checked_reply::CheckedReply;
use super::cli::send::SendOptions;
use super::report::Report;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::sample::Sample;
use crate::callback::secret::Secrets;
use crate::callback::signature::Token;
use crate::edge::client_tls::RootCerts;
use crate::edge::clock;
use crate::edge::http_client::HttpClient;
use crate::edge::signals::interrupted;
use plan::Plan;

/// Sends the callbacks and prints the replies; the exit status is 0 if all replies
/// are valid, and as expected.
///
/// # Errors
/// An expectation that no reply can meet, a body or a token that cannot be read, or an output that cannot be written. A
/// callback without a reply is not an error; it is counted and printed.
pub fn run(options: &SendOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let token = options.token.read()?;
    if token.is_none() && options.stale.is_some() {
        bail!("--stale requires a token: set IMSCOPE_TOKEN or --token-file");
    }
    let plan = Plan::new(options, clock::now())?;
    if let Some(problem) = options.expect.and_then(|it| it.problem(plan.word())) {
        return Err(clap::Error::raw(ErrorKind::ValueValidation, format!("{problem}\n")).into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the async runtime")?;
    let mut report = Report::default();
    let interrupted = runtime.block_on(async {
        tokio::select! {
            biased;
            () = interrupted() => Ok(true),
            sent = send(options, token.as_ref(), &plan, &mut report, out) => sent.map(|()| false),
        }
    })?;
    report.finish(out)?;
    Ok(report.exit_code(interrupted))
}

async fn send(
    options: &SendOptions,
    token: Option<&Token>,
    plan: &Plan<'_>,
    report: &mut Report,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let roots = RootCerts::for_url(&options.url, options.ca.as_deref())?;
    let client = HttpClient::with_roots(TENCENT_TIMEOUT, &roots);
    let mut pace = options.rate.map(|it| tokio::time::interval(Duration::from_secs_f64(1.0 / it)));
    for nth in plan.order() {
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        let sample = plan.sample(nth);
        let target = target(&options.url, &sample, token, options.stale);
        let reply = client.post_to(&options.url, &target, sample.body.clone()).await;
        let secrets = Secrets::of_target(&target, token);
        let mut checked = CheckedReply::new(plan.word(), &sample.body, &reply, &secrets);
        if let Some(it) = options.expect {
            checked = checked.expecting(it);
        }
        report.add(&checked, out)?;
    }
    Ok(())
}

/// The request target of one callback: path and query of the given URL, then
/// Tencent's query, signed `stale` ago if there is a token.
fn target(url: &Uri, sample: &Sample, token: Option<&Token>, stale: Option<Duration>) -> String {
    let time = clock::now().minus(stale.unwrap_or_default());
    let path = url.path_and_query().map_or("/", |it| it.as_str());
    sample.target(path, token.map(|it| (it, time)))
}
