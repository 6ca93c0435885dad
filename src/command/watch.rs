//! `imscope` without a command: the dashboard of the callbacks a listener receives.

use std::future::ready;
use std::process::ExitCode;

use super::cli::WatchOptions;
use super::listener;
use super::session::listening::Session;
use crate::edge::listen;

/// Listens, and shows the callbacks received until the user quits.
///
/// # Errors
/// A port in use, an unreadable token, certificate or key, no terminal.
pub fn run(options: WatchOptions) -> anyhow::Result<ExitCode> {
    let WatchOptions { listen, record, screen, tunnel } = options;
    // The port first: otherwise a port in use would leave an empty recording.
    let listener = listen::bind(listen.addr)?;
    let config = listener::config(&listen, &record, &listener)?;
    let (app, ngrok) = (listen.app, Some(tunnel.ngrok_api));
    Session { listener, config, app, screen, demo: false, ngrok }.run(|_, _, _| ready(()))
}
