//! The dashboard over what the listener takes.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use hyper::Uri;
use tokio::sync::mpsc;

use super::cli::recording::RecordOptions;
use super::cli::{ListenOptions, ScreenOptions, WatchOptions};
use super::demo;
use super::perform::{Listener, Lookout, Performer, url_of};
use super::sample::Sampler;
use super::stage::{self, NEWS, Way};
use super::story::Story;
use crate::callback::answer_mode::AnswerMode;
use crate::dashboard::App;
use crate::dashboard::app::Settings;
use crate::edge::clock;
use crate::edge::desk::Setup;
use crate::edge::intake::intake;
use crate::edge::listen::{self, Running};
use crate::edge::live::News;
use crate::edge::record::{self, Recorder};
use crate::edge::reply::Switch;
use crate::edge::terminal::Screen;
use crate::history::Keep;

/// What is shown, once the port is bound.
pub(super) struct Show {
    pub(super) listener: std::net::TcpListener,
    pub(super) setup: Setup,
    pub(super) app: Option<String>,
    pub(super) screen: ScreenOptions,
    /// Who plays into the listener, if anybody.
    pub(super) story: Option<Story>,
    /// Where to ask for a tunnel, if one is to be looked for.
    pub(super) ngrok: Option<Uri>,
}

/// Listens, and shows what comes until the user leaves.
///
/// # Errors
/// A port in use, an unreadable token, certificate or key, no terminal.
pub fn run(options: WatchOptions) -> anyhow::Result<ExitCode> {
    let WatchOptions { listen, record, screen, tunnel } = options;
    // First the port: a file made for nothing would be left behind.
    let listener = listen::bind(listen.addr)?;
    let setup = setup(&listen, &record, &listener)?;
    let ngrok = Some(tunnel.ngrok_api);
    show(Show { listener, setup, app: listen.app, screen, story: None, ngrok })
}

/// What the options tell a listener that is bound.
pub(super) fn setup(
    listen: &ListenOptions,
    record: &RecordOptions,
    listener: &std::net::TcpListener,
) -> anyhow::Result<Setup> {
    let token = listen.token.read()?;
    let forward = listen.local_app.app()?;
    let address = listener.local_addr()?;
    if let Some(app) = forward.as_ref().filter(|it| it.is(address)) {
        bail!("--forward {} is where imscope itself listens", app.place());
    }
    let tls = listen.tls.read()?;
    let recorder = record.record.as_deref().map(|it| record::open(it, record.fsync)).transpose()?;
    let setting = AnswerMode { kind: listen.reply.clone(), delay: listen.delay };
    let switch = Arc::new(Switch::new(setting));
    let (sign_window, max_body) = (listen.sign_window.0, listen.max_body);
    Ok(Setup { token, sign_window, max_body, switch, forward, recorder, tls, ..Setup::default() })
}

/// Shows what comes to a bound listener until the user leaves.
pub(super) fn show(show: Show) -> anyhow::Result<ExitCode> {
    let Show { listener, mut setup, app, screen, story, ngrok } = show;
    let address = listener.local_addr()?;
    let url = url_of(address, setup.tls.is_some())?;
    let (tell, news) = mpsc::channel(NEWS);
    let (token, lang) = (setup.token.clone(), screen.lang);
    let listening = Listener {
        sampler: Sampler { url, token, app: app.clone(), lang },
        lookout: Lookout { ngrok, address },
        forward: setup.forward.clone(),
        switch: Arc::clone(&setup.switch),
    };
    let performer = Performer { tell: tell.clone(), lang, listener: Some(listening.clone()) };
    // Told at most: whoever floods the port with handshakes fills no memory.
    setup.tls = setup.tls.map(|it| it.telling(move |said| _ = tell.try_send(News::Tell(said))));
    let (to_loop, deliveries) = intake();
    let recording = setup.recorder.as_ref().map(Recorder::status);
    let setup = Arc::new(setup);
    let mut surface = Screen::open()?;
    let running = listen::spawn(listener, Arc::clone(&setup), to_loop)?;
    // Callbacks are answered by now; what only the screen needs, as the time
    // zone, which takes milliseconds to find, comes after.
    let settings = Settings {
        signed: setup.token.is_some(),
        demo: story.is_some(),
        forward: setup.forward.as_ref().map(|it| it.place()),
        answers: setup.switch.get(),
        ..stage::settings(
            &screen,
            listening.sampler.url.to_string().trim_end_matches('/').to_owned(),
            app.clone(),
        )
    };
    let mut dashboard = App::new(settings, Keep { bytes: screen.keep, app }, clock::now());
    dashboard.set_filter(screen.filter);
    if let Some(status) = &recording {
        dashboard.set_recording(status.shown());
    }
    let way = Way { deliveries, news, recording };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let shown = runtime.block_on(async {
        if let Some(story) = story {
            let Sampler { url, token, .. } = listening.sampler;
            tokio::spawn(demo::play(story, url, token, performer.tell.clone()));
        }
        stage::play(&mut dashboard, &mut surface, way, performer).await
    });
    drop(surface);
    end(running).and(shown)?;
    Ok(ExitCode::SUCCESS)
}

fn end(mut running: Running) -> anyhow::Result<()> {
    running.stop();
    running.join()
}
