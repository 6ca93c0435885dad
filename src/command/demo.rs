//! `imscope demo`: the dashboard of a simulated chat, sent through a real listener.

pub mod simulator;
pub mod signing;
mod script;
mod chat;

use std::process::ExitCode;

use hyper::Uri;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::cli::DemoOptions;
use super::effects;
use super::session::listening::ListeningSession;
use crate::callback::signature::Token;
use crate::edge::config::ListenerConfig;
use crate::edge::event_loop::Message;
use crate::edge::http_client::HttpClient;
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
    let DemoOptions { rate, seed, length, screen } = options;
    let config = ListenerConfig { token: Token::new(TOKEN), ..ListenerConfig::default() };
    let listener = listen::bind("127.0.0.1:0")?;
    let simulator = Simulator::new(seed, SDK_APP_ID, clock::now(), rate, length);
    let sdk_app_id = Some(SDK_APP_ID.to_owned());
    let session = ListeningSession {
        listener,
        config,
        token_file: None,
        sdk_app_id,
        screen,
        demo: true,
        ngrok: None,
    };
    session.run(|url, token, messages| send(simulator, url, token, messages))
}

/// Sends each callback when it is due.
async fn send(
    simulator: Simulator,
    url: Uri,
    token: Option<Token>,
    messages: mpsc::Sender<Message>,
) {
    let client = HttpClient::default();
    let mut due = Instant::now();
    for step in simulator {
        due += step.interval;
        sleep_until(due).await;
        let target = step.target("/", token.as_ref(), clock::now());
        if let Err(error) = client.post_to(&url, &target, step.sample.body).await {
            effects::send(&messages, Message::Notice(format!("demo: {error:#}").into())).await;
            return;
        }
    }
}
