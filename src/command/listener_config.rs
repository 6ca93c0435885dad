//! The listener's configuration from the command line, and its URL.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use hyper::Uri;
use tokio::sync::watch;

use super::cli::listen::ListenOptions;
use super::cli::recording::RecordOptions;
use super::rules;
use crate::answer::{AnswerMode, Switchboard};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::edge::config::ListenerConfig;
use crate::edge::forward::RuleApps;
use crate::edge::recorder;

const NO_URL: Localized = Localized::new("invalid listen address", "监听地址无效");

/// The configuration of a listener that is already bound.
///
/// # Errors
/// An unreadable token, certificate or key; a recording that cannot be opened;
/// `--forward` to the listener itself; a rule that cannot work.
pub(super) fn config(
    listen: &ListenOptions,
    record: &RecordOptions,
    listener: &TcpListener,
    lang: Lang,
) -> anyhow::Result<ListenerConfig> {
    let token = listen.token.read(lang)?;
    let forward = listen.local_app.app()?;
    let address = listener.local_addr()?;
    if let Some(app) = forward.as_ref().filter(|it| it.targets(address)) {
        bail!(localize!(
            lang,
            "--forward {} is the address imscope itself listens on",
            "--forward {} 是 imscope 自身监听的地址",
            app.display_url()
        ));
    }
    let tls = listen.tls.read()?;
    let recorder =
        record.record.as_deref().map(|it| recorder::open(it, record.fsync)).transpose()?;
    let mode = AnswerMode { kind: listen.reply.clone(), delay: listen.delay };
    let rules = rules::read(&listen.rules, lang)?;
    let rule_apps = RuleApps::new(listen.local_app.strict, listen.local_app.forward_ca.clone());
    let rule_apps = Arc::new(rule_apps);
    rules::prepare_apps(&rules, &rule_apps, address, lang)?;
    let switchboard = watch::Sender::new(Switchboard { mode, rules });
    let (sign_window, max_body) = (listen.sign_window.0, listen.max_body);
    Ok(ListenerConfig {
        token,
        sign_window,
        max_body,
        switchboard,
        forwarder: forward,
        rule_apps,
        recorder,
        tls,
        ..ListenerConfig::default()
    })
}

/// The URL of a listener at `address`, with the path `/`.
pub(super) fn url(address: SocketAddr, tls: bool, lang: Lang) -> anyhow::Result<Uri> {
    let scheme = if tls { "https" } else { "http" };
    format!("{scheme}://{address}").parse().context(NO_URL.text(lang))
}
