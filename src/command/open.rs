//! `imscope open`: a recording in the dashboard.

mod reader;

use std::process::ExitCode;

use tokio::runtime::Builder;
use tokio::sync::mpsc;

use super::cli::recording::OpenOptions;
use super::cli::screen::ScreenOptions;
use super::cli::token::{self, TokenOptions};
use super::effects::EffectHandler;
use super::effects::entered::{self, EnteredTexts};
use super::plain_terminal;
use super::session::colors::ScreenTheme;
use super::session::{self, Inputs, MESSAGES};
use crate::callback::Lang;
use crate::callback::signature::Token;
use crate::dashboard::{self, App, Settings};
use crate::edge::queue::queue;
use crate::edge::recording_reader::Source;
use crate::edge::terminal::Screen;
use crate::edge::{clock, pipeline, task};
use crate::history::HistoryConfig;
use reader::Reader;

/// Shows a recording until the user quits; a pipe is read as it is written.
///
/// # Errors
/// A file that is not a recording, or of a newer version of imscope; no terminal.
pub fn run(options: OpenOptions) -> anyhow::Result<ExitCode> {
    let OpenOptions { file, sdk_app_id, screen } = options;
    plain_terminal::refuse(screen.lang)?;
    let source = Source::new(&file);
    let lines = source.open()?;
    let settings = settings(&screen, &source, sdk_app_id.clone());
    let (deliveries, receiver) = queue();
    let (messages, message_receiver) = mpsc::channel(MESSAGES);
    let theme = ScreenTheme::of(&screen);
    let mut terminal = Screen::open(theme.needs_background())?;
    let history = HistoryConfig { max_bytes: screen.keep, sdk_app_id };
    let mut app = App::new(settings, history, clock::now());
    session::begin(&mut app, &screen);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let reader = Reader {
        lines,
        name: source.name(screen.lang),
        lang: screen.lang,
        deliveries: deliveries.clone(),
        messages: messages.clone(),
    };
    task::start_thread("read", move || reader.run())?;
    entered::read(&screen, &mut app);
    let entered = EnteredTexts::start(&screen, token(screen.lang).as_ref(), &messages);
    let effects = EffectHandler { messages, lang: screen.lang, entered, listener: None };
    let inputs = Inputs { deliveries: receiver, messages: message_receiver, recording: None };
    let result = runtime.block_on(session::run(&mut app, &mut terminal, inputs, effects, &theme));
    drop(terminal);
    task::end(runtime);
    result?;
    if source == Source::Input {
        pipeline::end_writers();
    }
    // Dropped only here: without a sender the event loop ends with the recording.
    drop(deliveries);
    Ok(ExitCode::SUCCESS)
}

/// The settings of the dashboard.
fn settings(screen: &ScreenOptions, source: &Source, sdk_app_id: Option<String>) -> Settings {
    Settings {
        source: dashboard::CallbackSource::Recording,
        signed: token::is_in_environment(),
        ..session::settings(screen, source.name(screen.lang), sdk_app_id)
    }
}

/// The token of the environment, which no text that is kept may hold. One that is wrong is
/// none, as nothing is signed here.
fn token(lang: Lang) -> Option<Token> {
    TokenOptions { token_file: None, named_by: String::new() }.read(lang).ok().flatten()
}
