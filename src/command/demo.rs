//! `imscope demo`: the dashboard of a simulated chat, sent through a real listener.

pub mod simulator;
pub mod signing;
mod script;
mod chat;

use std::process::ExitCode;
use std::sync::Arc;

use hyper::Uri;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use super::cli::other::DemoOptions;
use super::cli::screen::ScreenOptions;
use super::session::listening::{DashboardOptions, ListeningSession};
use super::{effects, sentence};
use crate::answer::Rule;
use crate::answer::rule::RuleError;
use crate::answer::switchboard::{Entry, Switchboard};
use crate::callback::signature::Token;
use crate::callback::{Answer, Lang};
use crate::edge::config::ListenerConfig;
use crate::edge::event_loop::Message;
use crate::edge::http_client::HttpClient;
use crate::edge::tunnel::TunnelApis;
use crate::edge::{clock, listen};
use simulator::Simulator;

/// The `SdkAppid` of the simulated chat.
const SDK_APP_ID: &str = "1400000000";
/// The token of the simulated chat; not a secret.
const TOKEN: &str = "imscope-demo";

/// Sends a simulated chat to a listener on a free port, and shows it.
///
/// # Errors
/// No free port, no terminal.
pub fn run(options: DemoOptions) -> anyhow::Result<ExitCode> {
    let DemoOptions { rate, seed, length, screen, public_url, alerts } = options;
    // What is made up is not kept.
    let screen = ScreenOptions { no_history: true, ..screen };
    let config = ListenerConfig {
        token: Token::new(TOKEN),
        switchboard: watch::Sender::new(switchboard()?),
        ..ListenerConfig::default()
    };
    let lang = screen.lang;
    let listener = listen::bind("127.0.0.1:0")?;
    let simulator = Simulator::new(seed, SDK_APP_ID, clock::now(), rate, length);
    let sdk_app_id = Some(SDK_APP_ID.to_owned());
    let dashboard = DashboardOptions {
        token_file: None,
        rule_file: None,
        sdk_app_id,
        public_url,
        screen,
        alerts,
        demo: true,
    };
    let session = ListeningSession { listener, config, dashboard, tunnels: TunnelApis::none() };
    session.run(move |url, token, messages| send(simulator, url, token, messages, lang))
}

/// The rules of the demo, all on.
fn switchboard() -> Result<Switchboard, RuleError> {
    let entry = |text: &str| {
        let rule = Rule::parse(text, &mut |file| Err(file.to_owned()))?;
        Ok(Entry { rule: Arc::new(rule), is_on: true })
    };
    let rules = script::RULES.into_iter().map(entry).collect::<Result<_, _>>()?;
    Ok(Switchboard { rules, ..Switchboard::default() })
}

/// Sends each callback when it is due.
async fn send(
    mut simulator: Simulator,
    url: Uri,
    token: Option<Token>,
    messages: mpsc::Sender<Message>,
    lang: Lang,
) {
    let client = HttpClient::default();
    let mut due = Instant::now();
    while let Some(step) = simulator.next() {
        due += step.interval;
        sleep_until(due).await;
        let target = step.target("/", token.as_ref(), clock::now());
        let answer = match client.post_to(&url, &target, step.sample.body).await {
            Ok(reply) => Answer {
                status: reply.status,
                took: clock::micros(reply.took),
                body: Vec::from(reply.body).into(),
                ..Answer::default()
            },
            Err(error) => {
                let notice = format!("demo: {}", sentence(&error, lang));
                effects::send(&messages, Message::Notice(notice.into())).await;
                return;
            }
        };
        simulator.answered(&answer);
    }
}
