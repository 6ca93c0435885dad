//! The dashboard on a real terminal: event loop, keys, signals, external editor.

pub(super) mod listening;
pub(super) mod colors;
mod signals;
pub(super) mod signs;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::cli::screen::ScreenOptions;
use super::effects::{EffectHandler, not_resent};
use crate::callback::Delivery;
use crate::callback::json_text::indented;
use crate::callback::trouble::failure;
use crate::dashboard::theme::ColorSupport;
use crate::dashboard::{App, MouseUse, Request, Settings, SignSet, words};
use crate::edge::event_loop::{self, Exit, LoopContext, Message, Surface as _};
use crate::edge::keys::Keys;
use crate::edge::queue::Receiver;
use crate::edge::recorder;
use crate::edge::signals::on_hang_up;
use crate::edge::terminal::{self, Screen};
use crate::edge::{clock, editor, stdio};
use colors::ScreenTheme;

/// Capacity of the channel of messages to the event loop.
pub(super) const MESSAGES: usize = 64;

/// What the event loop receives from the listener, or from the reader of a
/// recording.
pub(super) struct Inputs {
    pub(super) deliveries: Receiver,
    pub(super) messages: mpsc::Receiver<Message>,
    pub(super) recording: Option<Arc<recorder::Status>>,
}

/// Runs the event loop until the user quits, a signal arrives or the input ends;
/// in between, runs the editor when a body is to be edited.
///
/// # Errors
/// When the terminal fails, or any thread or task of the program panicked:
/// without this check nothing would notice that it is gone.
pub(super) async fn run(
    app: &mut App,
    screen: &mut Screen,
    inputs: Inputs,
    effects: EffectHandler,
    theme: &ScreenTheme,
) -> anyhow::Result<()> {
    let Inputs { deliveries, messages, recording } = inputs;
    let terminal_yielded = Arc::new(AtomicBool::new(false));
    signals::watch(&effects.messages, &terminal_yielded)?;
    let sender = effects.messages.clone();
    on_hang_up(stdio::stdout_file()?, move || _ = sender.blocking_send(Message::Quit))?;
    effects.execute(Request::FindTunnel);
    let perform = |request| effects.execute(request);
    let mut context = LoopContext { deliveries, messages, recording, clock: clock::now, perform };
    let mut keys = read_keys(app, theme).await?;
    // A new key stream after each editor: the old one would read keys meant for
    // the editor. Keys are read from the terminal even if standard input is a pipe.
    loop {
        let exit = tokio::select! {
            biased;
            () = terminal::panicked() => bail!(failure::task_panicked()),
            exit = event_loop::run(app, screen, keys, &mut context) => exit?,
        };
        let Exit::Edit(delivery) = exit else { return Ok(()) };
        screen.release();
        terminal_yielded.store(true, Ordering::SeqCst);
        let body = indented(&delivery.body);
        let editing = tokio::task::spawn_blocking(move || editor::edit(&body));
        let edited = event_loop::drain_while(app, &mut context, editing).await?;
        terminal_yielded.store(false, Ordering::SeqCst);
        screen.resume()?;
        keys = Keys::read(false)?;
        send_edited(app, *delivery, edited, &effects);
    }
}

/// Sends a delivery with the body that the editor left.
fn send_edited(
    app: &mut App,
    delivery: Delivery,
    edited: anyhow::Result<Option<Vec<u8>>>,
    effects: &EffectHandler,
) {
    match edited {
        Ok(Some(body)) => {
            app.send_edited(delivery, body).into_iter().for_each(|it| effects.execute(it));
        }
        Ok(None) => app.notify(words::UNCHANGED.text(effects.lang)),
        Err(error) => app.notify(not_resent(&error, effects.lang)),
    }
}

/// The keys of the terminal. If it replies to the query for its background in time, the styles
/// are for that.
async fn read_keys(app: &mut App, theme: &ScreenTheme) -> io::Result<Keys> {
    let mut keys = Keys::read(theme.needs_background())?;
    if let Some(color) = keys.background().await {
        app.set_theme(theme.on(Some(color)));
    }
    Ok(keys)
}

/// The dashboard's settings from the options; `url` names the source, the
/// listener's URL or the recording.
pub(super) fn settings(screen: &ScreenOptions, url: String, app: Option<String>) -> Settings {
    Settings {
        url,
        sdk_app_id: app,
        mouse: if screen.mouse { MouseUse::On } else { MouseUse::Off },
        lang: screen.lang,
        filters: screen.filters.as_slice().into(),
        keymap: screen.keymap.clone(),
        writes_entered: !screen.no_history,
        signs: signs::of(screen),
        theme: ScreenTheme::of(screen).at_start(),
        zone: if screen.utc { TimeZone::UTC } else { TimeZone::system() },
        ..Settings::default()
    }
}

/// Sets the initial filter, and shows what is to be known of the options: of several, that a
/// project's file is not trusted.
pub(super) fn begin(app: &mut App, screen: &ScreenOptions) {
    app.set_filter(screen.filter.clone());
    app.notify_filter_remark();
    if screen.ascii.is_none() && signs::of(screen) == SignSet::Ascii {
        app.notify(signs::REASON.text(screen.lang));
    }
    screen.ignored.iter().for_each(|it| app.notify(it.clone()));
}

/// Whether texts are without colors, as on the screen.
pub(super) fn colors_disabled() -> bool {
    colors::support() == ColorSupport::None
}
