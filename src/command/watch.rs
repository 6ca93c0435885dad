//! `imscope` without a command: the dashboard of the callbacks a listener receives.

use std::future::ready;
use std::process::ExitCode;

use super::cli::other::WatchOptions;
use super::cli::recording::TailOptions;
use super::session::listening::{DashboardOptions, ListeningSession};
use super::{listener_config, plain_terminal, rules, tail};
use crate::edge::listen;

/// Listens, and shows the callbacks received until the user quits; on a terminal that cannot
/// show the dashboard, prints them.
///
/// # Errors
/// A port in use, an unreadable token, certificate or key, no terminal.
pub fn run(options: WatchOptions) -> anyhow::Result<ExitCode> {
    let WatchOptions { listen, record, screen, public_url, tunnel, alerts } = options;
    let lang = screen.lang;
    if let Some(term) = plain_terminal::detect() {
        let app = listen.sdk_app_id.clone();
        let print = plain_terminal::print_options(&term, &screen, app, alerts);
        return tail::run(&TailOptions { listen, record, print });
    }
    // The port first: otherwise a port in use would leave an empty recording.
    let listener = listen::bind(listen.addr)?;
    let config = listener_config::config(&listen, &record, &listener, lang)?;
    let (sdk_app_id, tunnels) = (listen.sdk_app_id, tunnel.apis());
    let rule_file = rules::of_file(&listen.rules, &config.switchboard.borrow().rules);
    let token_file = listen.token.token_file;
    let dashboard = DashboardOptions {
        token_file,
        rule_file,
        sdk_app_id,
        public_url,
        screen,
        alerts,
        demo: false,
    };
    let session = ListeningSession { listener, config, dashboard, tunnels };
    session.run(|_, _, _| ready(()))
}
