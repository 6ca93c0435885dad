//! The dashboard over what the listener takes.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use crossterm::event::EventStream;
use hyper::Uri;
use jiff::tz::TimeZone;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::cli::{ScreenOptions, WatchOptions};
use super::demo;
use super::sample::Sampler;
use super::story::Story;
use crate::dashboard::app::Settings;
use crate::dashboard::{App, Effect, theme};
use crate::edge::desk::Setup;
use crate::edge::intake::{Deliveries, intake};
use crate::edge::listen::{self, Running};
use crate::edge::live::{self, News, World};
use crate::edge::reply::Switch;
use crate::edge::terminal::Screen;
use crate::edge::tunnel;
use crate::edge::{clipboard, clock};
use crate::history::Keep;

/// News that may wait for the loop.
const NEWS: usize = 64;

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

/// Looks for the public URL that leads to the listener.
#[derive(Debug, Clone)]
struct Lookout {
    ngrok: Option<Uri>,
    address: SocketAddr,
}

impl Lookout {
    /// Looks once, and tells if there is one.
    async fn look(self, tell: mpsc::Sender<News>) {
        let Some(api) = self.ngrok else { return };
        if let Some(url) = tunnel::public_url(&api, self.address).await {
            // Once the loop has ended there is nobody left to tell.
            let _ = tell.send(News::Tunnel(url)).await;
        }
    }
}

/// Listens, and shows what comes until the user leaves.
///
/// # Errors
/// A port in use, an unreadable token, certificate or key, no terminal.
pub fn run(options: WatchOptions) -> anyhow::Result<ExitCode> {
    let WatchOptions { listen, screen, tunnel } = options;
    let setup = Setup {
        token: listen.token.read()?,
        sign_window: listen.sign_window.0,
        max_body: listen.max_body,
        switch: Arc::new(Switch::default()),
        forward: listen.local_app.app()?,
        tls: listen.tls.read()?,
        clock: clock::now,
    };
    let listener = listen::bind(listen.addr)?;
    let address = listener.local_addr()?;
    if let Some(app) = setup.forward.as_ref().filter(|it| it.is(address)) {
        bail!("--forward {} is where imscope itself listens", app.place());
    }
    let ngrok = Some(tunnel.ngrok_api);
    show(Show { listener, setup, app: listen.app, screen, story: None, ngrok })
}

/// Shows what comes to a bound listener until the user leaves.
pub(super) fn show(show: Show) -> anyhow::Result<ExitCode> {
    let Show { listener, mut setup, app, screen, story, ngrok } = show;
    let address = listener.local_addr()?;
    let lookout = Lookout { ngrok, address };
    let scheme = if setup.tls.is_some() { "https" } else { "http" };
    let url: Uri = format!("{scheme}://{address}").parse()?;
    let settings = Settings {
        url: format!("{scheme}://{address}"),
        app: app.clone(),
        signed: setup.token.is_some(),
        demo: story.is_some(),
        lang: screen.lang,
        theme: theme_of(&screen),
        zone: if screen.utc { TimeZone::UTC } else { TimeZone::system() },
    };
    let token = setup.token.clone();
    let sampler = Sampler { url, token, app: app.clone(), lang: screen.lang };
    let keep = Keep { bytes: screen.keep, app };
    let (to_loop, deliveries) = intake();
    let (tell, news) = mpsc::channel(NEWS);
    let teller = tell.clone();
    // Told at most: whoever floods the port with handshakes fills no memory.
    setup.tls = setup.tls.map(|it| it.telling(move |said| _ = teller.try_send(News::Tell(said))));
    let mut surface = Screen::open()?;
    let running = listen::spawn(listener, Arc::new(setup), to_loop)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut app = App::new(settings, keep, clock::now());
    let news = (tell, news);
    let shown =
        runtime.block_on(play(&mut app, &mut surface, deliveries, news, sampler, story, lookout));
    drop(surface);
    end(running).and(shown)?;
    Ok(ExitCode::SUCCESS)
}

async fn play(
    app: &mut App,
    surface: &mut Screen,
    deliveries: Deliveries,
    (tell, news): (mpsc::Sender<News>, mpsc::Receiver<News>),
    sampler: Sampler,
    story: Option<Story>,
    lookout: Lookout,
) -> anyhow::Result<()> {
    watch_signals(&tell)?;
    if let Some(story) = story {
        let (url, token) = (sampler.url.clone(), sampler.token.clone());
        tokio::spawn(demo::play(story, url, token, tell.clone()));
    }
    tokio::spawn(lookout.clone().look(tell.clone()));
    let perform = |effect| match effect {
        Effect::Sample => {
            tokio::spawn(sampler.clone().send(tell.clone()));
        }
        Effect::Copy(copied) => {
            let tell = tell.clone();
            tokio::spawn(async move {
                // Once the loop has ended there is nobody left to tell.
                let _ = tell.send(News::Tell(clipboard::copy(copied).await)).await;
            });
        }
        Effect::FindTunnel => {
            tokio::spawn(lookout.clone().look(tell.clone()));
        }
        Effect::Quit | Effect::Suspend | Effect::Redraw => {}
    };
    let world = World { input: EventStream::new(), deliveries, news, clock: clock::now, perform };
    live::run(app, surface, world).await
}

/// SIGTERM, SIGHUP and SIGINT end the program in good order; after a stop the
/// screen is painted again.
fn watch_signals(tell: &mpsc::Sender<News>) -> anyhow::Result<()> {
    let ends = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()];
    for kind in ends {
        let mut signals = signal(kind).context("cannot watch signals")?;
        let tell = tell.clone();
        tokio::spawn(async move {
            signals.recv().await;
            let _ = tell.send(News::End).await;
        });
    }
    let mut continued = signal(SignalKind::from_raw(signal_hook::consts::SIGCONT))
        .context("cannot watch signals")?;
    let tell = tell.clone();
    tokio::spawn(async move {
        while continued.recv().await.is_some() && tell.send(News::Resumed).await.is_ok() {}
    });
    Ok(())
}

fn end(mut running: Running) -> anyhow::Result<()> {
    running.stop();
    running.join()
}

/// `NO_COLOR` (any value but empty) and `TERM=dumb` ask for no colors.
pub(super) fn is_plain() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
    set("NO_COLOR") || dumb
}

fn theme_of(screen: &ScreenOptions) -> theme::Name {
    match is_plain() {
        true => theme::Name::Mono,
        false => screen.theme,
    }
}
