//! `imscope demo`: the dashboard of a simulated chat, sent through a real listener.

pub mod simulator;
pub mod signing;
mod script;
mod chat;

use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use hyper::Uri;
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::cli::other::DemoOptions;
use super::cli::screen::ScreenOptions;
use super::session::listening::{DashboardOptions, ListeningSession};
use super::{effects, plain_terminal, sentence, tail};
use crate::answer::Rule;
use crate::answer::rule::RuleError;
use crate::answer::switchboard::{Entry, Switchboard};
use crate::callback::Answer;
use crate::callback::signature::Token;
use crate::edge::config::ListenerConfig;
use crate::edge::event_loop::Message;
use crate::edge::http_client::HttpClient;
use crate::edge::tunnel::TunnelApis;
use crate::edge::{clock, listen, task};
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
    if let Some(term) = plain_terminal::detect() {
        let print = plain_terminal::print_options(&term, &screen, sdk_app_id, alerts);
        return tail::print(listener, config, &print, |url, token| {
            send_in_background(simulator, url, token)
        });
    }
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
    session.run(move |url, token, messages| async move {
        if let Err(error) = send(simulator, url, token).await {
            let notice = format!("demo: {}", sentence(&error, lang));
            effects::send(&messages, Message::Notice(notice.into())).await;
        }
    })
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

/// Sends the callbacks on a thread of its own, until the listener ends.
fn send_in_background(simulator: Simulator, url: Uri, token: Option<Token>) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let sending = move || drop(runtime.block_on(send(simulator, url, token)));
    task::start_thread("demo", sending).map(drop)
}

/// Sends each callback when it is due.
async fn send(mut simulator: Simulator, url: Uri, token: Option<Token>) -> anyhow::Result<()> {
    let client = HttpClient::default();
    let mut due = Instant::now();
    while let Some(step) = simulator.next() {
        due += step.interval;
        sleep_until(due).await;
        let target = step.target("/", token.as_ref(), clock::now());
        let reply = client.post_to(&url, &target, step.sample.body).await?;
        simulator.answered(&Answer {
            status: reply.status,
            took: clock::micros(reply.took),
            body: Vec::from(reply.body).into(),
            ..Answer::default()
        });
    }
    Ok(())
}
