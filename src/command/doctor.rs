//! `imscope doctor`: checks whether callbacks can arrive.
//!
//! The checks build on each other: which program owns the port, which public URL
//! reaches it, whether the clocks agree, and whether a signed test callback
//! sent to the public URL arrives.

mod context;
mod check;
mod port;
mod token;
mod tunnel;
mod url;
mod clock;
mod test_callback;
mod round_trip;
mod local_app;
mod report;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context as _;
use hyper::Uri;

use super::cli::doctor::DoctorOptions;
use super::words;
use crate::callback::callback_url::{Finding, findings};
use crate::callback::lang::localize;
use crate::edge::stdio::Printer;
pub use check::{CheckName, CheckResult, Level};
pub use context::CheckContext;
pub use report::Diagnosis;

/// Runs all checks and prints their results; exit status 1 if one failed.
///
/// # Errors
/// The output cannot be written.
pub fn run(
    options: DoctorOptions,
    colors: bool,
    out: &mut Printer<impl Write>,
) -> anyhow::Result<ExitCode> {
    let (json, lang) = (options.json, options.lang);
    let context = CheckContext::from(options);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let diagnosis = runtime.context(words::NO_RUNTIME.text(lang))?.block_on(run_checks(&context));
    match json {
        true => diagnosis.json(out)?,
        false => diagnosis.text(lang, colors, out)?,
    }
    Ok(if diagnosis.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs all checks.
pub async fn run_checks(context: &CheckContext) -> Diagnosis {
    let (port, owner) = port::check(context).await;
    let (tunnel, tunnel_url) = tunnel::check(context).await;
    let public_url = context.public_url.clone().or(tunnel_url.map(|it| it.url));
    let uri = public_url.as_deref().and_then(usable);
    let mut checks = vec![
        port,
        token::check(context, public_url.is_some(), owner),
        token::check_signing(context),
        tunnel,
    ];
    checks.push(url::check(context, public_url.as_deref()));
    checks.push(clock::check(context, uri.as_ref(), owner).await);
    checks.push(match (&public_url, &uri) {
        (Some(_), None) => {
            let message =
                localize!(context.lang, "the public URL cannot be called", "公网 URL 无法调用");
            CheckResult::skipped(CheckName::TestCallback, message)
        }
        _ => round_trip::check(context, uri.as_ref(), owner).await,
    });
    checks.extend(local_app::check(context).await);
    Diagnosis { checks, public_url }.masked(context.token.as_ref().ok().and_then(Option::as_ref))
}

/// The URL parsed, if it is http or https and has a host and a valid port.
fn usable(url: &str) -> Option<Uri> {
    // Without a valid port it would be called at the default one, and a number alone
    // would be an address.
    let is_port = |it: &Finding| matches!(it, Finding::Port);
    let uri: Uri = url.parse().ok().filter(|_| !findings(url).iter().any(is_port))?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    let is_name = |it: &str| it.bytes().any(|it| !it.is_ascii_digit());
    (is_http && uri.host().is_some_and(is_name)).then_some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_without_a_valid_port_or_a_name_is_not_called() {
        for url in
            ["https://im.example.com:99999", "http://a:80a/x", "https://8080", "8080", "http://"]
        {
            assert_eq!(usable(url), None, "{url}");
        }
        assert!(usable("https://im.example.com:8443/x").is_some());
    }
}
