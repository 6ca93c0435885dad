//! The dashboard on a real terminal: keys, signals, and the editor in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};
use jiff::tz::TimeZone;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::cli::ScreenOptions;
use super::perform::Performer;
use crate::dashboard::app::Settings;
use crate::dashboard::{App, Effect, theme};
use crate::edge::intake::Deliveries;
use crate::edge::keys::{self, Keys};
use crate::edge::live::{self, Ended, News, Surface as _, World};
use crate::edge::record;
use crate::edge::terminal::{self, Screen};
use crate::edge::{clock, editor};

/// News that may wait for the loop.
pub(super) const NEWS: usize = 64;

/// The way from the listener, or from a recording, to the screen.
pub(super) struct Way {
    pub(super) deliveries: Deliveries,
    pub(super) news: mpsc::Receiver<News>,
    pub(super) recording: Option<Arc<record::Status>>,
}

/// Shows what comes until there is a reason to end.
///
/// # Errors
/// When the terminal fails, or any part of the program panicked: its task or
/// thread would be missed by nobody.
pub(super) async fn play(
    app: &mut App,
    surface: &mut Screen,
    way: Way,
    performer: Performer,
) -> anyhow::Result<()> {
    let Way { deliveries, news, recording } = way;
    let lent = Arc::new(AtomicBool::new(false));
    watch_signals(&performer.tell, &lent)?;
    let tell = performer.tell.clone();
    keys::watch_hang_up(move || _ = tell.blocking_send(News::End))?;
    performer.perform(Effect::FindTunnel);
    let perform = |effect| performer.perform(effect);
    let mut world = World { deliveries, news, recording, clock: clock::now, perform };
    // Each time a new stream of keys: the old one would take them from the
    // editor. Keys come from the terminal itself where standard input is a pipe.
    loop {
        let ended = tokio::select! {
            biased;
            () = terminal::panicked() => bail!("a part of it failed, as told above"),
            ended = live::run(app, surface, Keys::read()?, &mut world) => ended?,
        };
        let Ended::Edit(delivery) = ended else { return Ok(()) };
        surface.lend();
        lent.store(true, Ordering::SeqCst);
        let body = delivery.body.clone();
        let editing = tokio::task::spawn_blocking(move || editor::edit(&body));
        let edited = live::meanwhile(app, &mut world.deliveries, editing).await?;
        lent.store(false, Ordering::SeqCst);
        surface.resume()?;
        performer.send_edited(*delivery, edited);
    }
}

/// SIGTERM, SIGHUP and SIGINT end the program in good order; after a stop the
/// screen is painted again. While the terminal is lent to an editor, ^C is the
/// editor's.
fn watch_signals(tell: &mpsc::Sender<News>, lent: &Arc<AtomicBool>) -> anyhow::Result<()> {
    let ends = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()];
    for kind in ends {
        let mut signals = signal(kind).context("cannot watch signals")?;
        let (tell, lent) = (tell.clone(), Arc::clone(lent));
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                let of_editor = kind == SignalKind::interrupt() && lent.load(Ordering::SeqCst);
                if !of_editor && tell.send(News::End).await.is_err() {
                    return;
                }
            }
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

/// How the dashboard looks and speaks, as the options have it.
pub(super) fn settings(screen: &ScreenOptions, url: String, app: Option<String>) -> Settings {
    Settings {
        url,
        app,
        lang: screen.lang,
        theme: if is_plain() { theme::Name::Mono } else { screen.theme },
        zone: if screen.utc { TimeZone::UTC } else { TimeZone::system() },
        ..Settings::default()
    }
}

/// `NO_COLOR` (any value but empty) and `TERM=dumb` ask for no colors.
pub(super) fn is_plain() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
    set("NO_COLOR") || dumb
}
