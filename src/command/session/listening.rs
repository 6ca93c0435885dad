//! A session with a listener: the dashboard shows the callbacks it receives.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use hyper::Uri;
use tokio::sync::mpsc;

use super::colors::ScreenTheme;
use super::{Inputs, MESSAGES};
use crate::callback::Lang;
use crate::callback::signature::Token;
use crate::callback::trouble::reason;
use crate::command::cli::screen::ScreenOptions;
use crate::command::effects::entered::{self, EnteredTexts};
use crate::command::effects::sample::Sampler;
use crate::command::effects::{EffectHandler, ListenerHandles, TunnelLookup};
use crate::command::rules::AppCheck;
use crate::command::{listener_config, token_remark};
use crate::dashboard::alerts::AlertRules;
use crate::dashboard::{App, CallbackSource, InvalidReplies, QuitKey, Reach, SavedRules, Settings};
use crate::edge::clock;
use crate::edge::config::ListenerConfig;
use crate::edge::event_loop::Message;
use crate::edge::hook_runner::HookRunner;
use crate::edge::listen::{self, ListenerHandle};
use crate::edge::queue::queue;
use crate::edge::recorder::Recorder;
use crate::edge::task;
use crate::edge::terminal::Screen;
use crate::edge::tls::Tls;
use crate::edge::tunnel::TunnelApis;
use crate::edge::unreadable::UnreadableReports;
use crate::history::HistoryConfig;

/// A bound listener, and the options of the dashboard that shows what it
/// receives.
pub(in crate::command) struct ListeningSession {
    pub(in crate::command) listener: TcpListener,
    pub(in crate::command) config: ListenerConfig,
    pub(in crate::command) dashboard: DashboardOptions,
    /// The local APIs of tunnel programs; perhaps none.
    pub(in crate::command) tunnels: TunnelApis,
}

/// What the dashboard shows of a listener, besides its [`ListenerConfig`].
pub(in crate::command) struct DashboardOptions {
    /// The file of the token, if it is read from one.
    pub(in crate::command) token_file: Option<PathBuf>,
    /// The file that some of the rules were read from.
    pub(in crate::command) rule_file: Option<SavedRules>,
    /// The expected `SdkAppid`; callbacks of others are flagged.
    pub(in crate::command) sdk_app_id: Option<String>,
    /// The public URL of the listener, if it was given.
    pub(in crate::command) public_url: Option<String>,
    pub(in crate::command) screen: ScreenOptions,
    /// The bell, and commands for callbacks.
    pub(in crate::command) alerts: AlertRules,
    /// Whether the header marks the callbacks as simulated.
    pub(in crate::command) demo: bool,
}

impl ListeningSession {
    /// Runs listener and dashboard until the user quits. `background` gets the
    /// listener's URL, its token, and a sender of messages to the event loop; its
    /// future is spawned beside the loop.
    ///
    /// # Errors
    /// No terminal, or a failure of the listener or the terminal.
    pub(in crate::command) fn run<F>(
        mut self,
        background: impl FnOnce(Uri, Option<Token>, mpsc::Sender<Message>) -> F,
    ) -> anyhow::Result<ExitCode>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let address = self.listener.local_addr()?;
        let url =
            listener_config::url(address, self.config.tls.is_some(), self.dashboard.screen.lang)?;
        let (messages, receiver) = mpsc::channel(MESSAGES);
        let hooks = self.hook_runner(&messages)?;
        let effects = self.effect_handler(&url, address, hooks.clone(), messages.clone());
        if let Some(warning) = token_remark::warning(self.config.token.as_ref(), effects.lang) {
            let _ = messages.try_send(Message::Notice(warning.into()));
        }
        report_handshakes(&mut self.config, messages.clone(), effects.lang);
        let Self { listener, config, dashboard, .. } = self;
        let recording = config.recorder.as_ref().map(Recorder::status);
        let (sender, deliveries) = queue();
        let config = Arc::new(config);
        let theme = ScreenTheme::of(&dashboard.screen);
        let mut terminal = Screen::open(theme.needs_background())?;
        let running = listen::spawn(listener, Arc::clone(&config), sender)?;
        // Callbacks are answered from here on. What only the screen needs is done
        // after: finding the time zone takes milliseconds.
        let mut app = dashboard.app(&config, &url, address);
        let inputs = Inputs { deliveries, messages: receiver, recording };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let result = runtime.block_on(async {
            task::spawn(background(url, config.token.clone(), messages));
            super::run(&mut app, &mut terminal, inputs, effects, &theme).await
        });
        drop(terminal);
        let stopped = stop(running);
        // Commands get a moment to end.
        drop(hooks);
        task::end(runtime);
        stopped.and(result).map(|()| ExitCode::SUCCESS)
    }

    /// What runs the commands of hooks, if there are any.
    fn hook_runner(
        &self,
        messages: &mpsc::Sender<Message>,
    ) -> anyhow::Result<Option<Arc<HookRunner>>> {
        let count = self.dashboard.alerts.hooks.len();
        if count == 0 {
            return Ok(None);
        }
        let messages = messages.clone();
        // Dropped if the channel is full: only the last notice is shown anyway.
        let report = move |it| _ = messages.try_send(Message::Hook(it));
        Ok(Some(Arc::new(HookRunner::start(count, report)?)))
    }

    fn effect_handler(
        &self,
        url: &Uri,
        address: SocketAddr,
        hooks: Option<Arc<HookRunner>>,
        messages: mpsc::Sender<Message>,
    ) -> EffectHandler {
        let Self { config, dashboard, tunnels, .. } = self;
        let lang = dashboard.screen.lang;
        let sampler = Sampler {
            url: url.clone(),
            token: config.token.clone(),
            sdk_app_id: dashboard.sdk_app_id.clone(),
            lang,
        };
        let listener = ListenerHandles {
            sampler,
            tunnel: TunnelLookup { apis: tunnels.clone(), address },
            forward: config.forwarder.clone(),
            switchboard: config.switchboard.clone(),
            rule_apps: AppCheck { apps: Arc::clone(&config.rule_apps), listener: address },
            hooks,
        };
        let entered = EnteredTexts::start(&dashboard.screen, config.token.as_ref(), &messages);
        EffectHandler { messages, lang, entered, listener: Some(listener) }
    }
}

impl DashboardOptions {
    /// The dashboard of a listener with this configuration, URL and address.
    fn app(self, config: &ListenerConfig, url: &Uri, address: SocketAddr) -> App {
        let Self { token_file, rule_file, sdk_app_id, public_url, screen, alerts, demo } = self;
        let url = url.to_string().trim_end_matches('/').to_owned();
        let settings = Settings {
            signed: config.token.is_some(),
            self_signed: config.tls.as_ref().is_some_and(Tls::is_self_signed),
            token_file: token_file.map(|it| it.display().to_string()),
            public_url,
            reach: match address.ip().to_canonical().is_loopback() {
                true => Reach::ThisMachine,
                false => Reach::OtherMachines,
            },
            quit: match config.recorder.is_none() && !demo && !screen.quit_at_once {
                true => QuitKey::Asks,
                false => QuitKey::AtOnce,
            },
            source: if demo { CallbackSource::Demo } else { CallbackSource::Listener },
            rule_file,
            alerts,
            forward: config.forwarder.as_ref().map(|it| it.display_url()),
            invalid_replies: match config.forwarder.as_ref().is_some_and(|it| it.is_strict()) {
                true => InvalidReplies::Returned,
                false => InvalidReplies::Replaced,
            },
            switchboard: config.switchboard.borrow().clone(),
            ..super::settings(&screen, url, sdk_app_id.clone())
        };
        let history = HistoryConfig { max_bytes: screen.keep, sdk_app_id };
        let mut app = App::new(settings, history, clock::now());
        entered::read(&screen, &mut app);
        super::begin(&mut app, &screen);
        if let Some(recorder) = &config.recorder {
            app.set_recording(recorder.status().recording());
        }
        app
    }
}

/// Shows failed TLS handshakes, and what else reaches the port and is no request, as
/// notices; when the channel is full they are dropped, so that a flood of them does not
/// fill the memory.
fn report_handshakes(config: &mut ListenerConfig, messages: mpsc::Sender<Message>, lang: Lang) {
    let counts = messages.clone();
    let notify = move |text: String| {
        let text = reason::text(&text, lang).into_owned();
        let _ = messages.try_send(Message::Notice(text.into()));
    };
    config.tls = config.tls.take().map(|it| it.on_failure(notify));
    let count = move |unreadable| _ = counts.try_send(Message::Unreadable(unreadable));
    config.unreadable = UnreadableReports::new(count);
}

fn stop(mut running: ListenerHandle) -> anyhow::Result<()> {
    running.stop();
    running.join()
}
