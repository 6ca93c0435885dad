//! A session with a listener: the dashboard shows the callbacks it receives.

use std::future::Future;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use hyper::Uri;
use tokio::sync::mpsc;

use super::{Inputs, MESSAGES};
use crate::callback::signature::Token;
use crate::command::cli::screen::ScreenOptions;
use crate::command::effects::sample::Sampler;
use crate::command::effects::{EffectHandler, ListenerHandles, TunnelLookup};
use crate::command::{listener_config, token_remark};
use crate::dashboard::{App, Reach, SavedRules, Settings};
use crate::edge::clock;
use crate::edge::config::ListenerConfig;
use crate::edge::event_loop::Message;
use crate::edge::listen::{self, ListenerHandle};
use crate::edge::queue::queue;
use crate::edge::recorder::Recorder;
use crate::edge::terminal::Screen;
use crate::edge::tls::Tls;
use crate::edge::unreadable::UnreadableReports;
use crate::history::HistoryConfig;

/// A bound listener, and the options of the dashboard that shows what it
/// receives.
pub(in crate::command) struct ListeningSession {
    pub(in crate::command) listener: TcpListener,
    pub(in crate::command) config: ListenerConfig,
    /// The file of the token, if it is read from one.
    pub(in crate::command) token_file: Option<PathBuf>,
    /// The file that some of the rules were read from.
    pub(in crate::command) rule_file: Option<SavedRules>,
    /// The expected `SdkAppid`; callbacks of others are flagged.
    pub(in crate::command) sdk_app_id: Option<String>,
    pub(in crate::command) screen: ScreenOptions,
    /// Whether the header marks the callbacks as simulated.
    pub(in crate::command) demo: bool,
    /// URL of ngrok's local API; without it no tunnel is looked up.
    pub(in crate::command) ngrok: Option<Uri>,
}

impl ListeningSession {
    /// Runs listener and dashboard until the user quits. `background` gets the
    /// listener's URL, its token, and a sender of messages to the event loop; its
    /// future is spawned beside the loop.
    ///
    /// # Errors
    /// No terminal, or a failure of the listener or the terminal.
    pub(in crate::command) fn run<F>(
        self,
        background: impl FnOnce(Uri, Option<Token>, mpsc::Sender<Message>) -> F,
    ) -> anyhow::Result<ExitCode>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let Self { listener, mut config, token_file, rule_file, sdk_app_id, screen, demo, ngrok } =
            self;
        let address = listener.local_addr()?;
        let url = listener_config::url(address, config.tls.is_some())?;
        let token = config.token.clone();
        let (messages, receiver) = mpsc::channel(MESSAGES);
        let sampler = Sampler {
            url: url.clone(),
            token: token.clone(),
            sdk_app_id: sdk_app_id.clone(),
            lang: screen.lang,
        };
        let effects = EffectHandler {
            messages: messages.clone(),
            lang: screen.lang,
            listener: Some(ListenerHandles {
                sampler,
                tunnel: TunnelLookup { ngrok, address },
                forward: config.forwarder.clone(),
                switchboard: config.switchboard.clone(),
            }),
        };
        if let Some(warning) = token_remark::warning(token.as_ref(), screen.lang) {
            let _ = messages.try_send(Message::Notice(warning.into()));
        }
        report_handshakes(&mut config, messages.clone());
        let recording = config.recorder.as_ref().map(Recorder::status);
        let (sender, deliveries) = queue();
        let config = Arc::new(config);
        let mut terminal = Screen::open()?;
        let running = listen::spawn(listener, Arc::clone(&config), sender)?;
        // Callbacks are answered from here on. What only the screen needs is done
        // after: finding the time zone takes milliseconds.
        let known = Settings {
            demo,
            rule_file,
            token_file: token_file.map(|it| it.display().to_string()),
            reach: match address.ip().to_canonical().is_loopback() {
                true => Reach::ThisMachine,
                false => Reach::OtherMachines,
            },
            ..Settings::default()
        };
        let mut dashboard = dashboard(&config, &screen, &url, sdk_app_id, known);
        let inputs = Inputs { deliveries, messages: receiver, recording };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let result = runtime.block_on(async {
            tokio::spawn(background(url, token, messages));
            super::run(&mut dashboard, &mut terminal, inputs, effects).await
        });
        drop(terminal);
        stop(running).and(result)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Shows failed TLS handshakes, and what else reaches the port and is no request, as
/// notices; when the channel is full they are
/// dropped, so that a flood of them does not fill the memory.
fn report_handshakes(config: &mut ListenerConfig, messages: mpsc::Sender<Message>) {
    let counts = messages.clone();
    let notify = move |text: String| _ = messages.try_send(Message::Notice(text.into()));
    config.tls = config.tls.take().map(|it| it.on_failure(notify));
    let count = move |unreadable| _ = counts.try_send(Message::Unreadable(unreadable));
    config.unreadable = UnreadableReports::new(count);
}

fn dashboard(
    config: &ListenerConfig,
    screen: &ScreenOptions,
    url: &Uri,
    sdk_app_id: Option<String>,
    known: Settings,
) -> App {
    let url = url.to_string().trim_end_matches('/').to_owned();
    let settings = Settings {
        signed: config.token.is_some(),
        self_signed: config.tls.as_ref().is_some_and(Tls::is_self_signed),
        token_file: known.token_file,
        reach: known.reach,
        demo: known.demo,
        rule_file: known.rule_file,
        forward: config.forwarder.as_ref().map(|it| it.display_url()),
        switchboard: config.switchboard.borrow().clone(),
        ..super::settings(screen, url, sdk_app_id.clone())
    };
    let mut dashboard =
        App::new(settings, HistoryConfig { max_bytes: screen.keep, sdk_app_id }, clock::now());
    dashboard.set_filter(screen.filter.clone());
    if let Some(recorder) = &config.recorder {
        dashboard.set_recording(recorder.status().recording());
    }
    dashboard
}

fn stop(mut running: ListenerHandle) -> anyhow::Result<()> {
    running.stop();
    running.join()
}
