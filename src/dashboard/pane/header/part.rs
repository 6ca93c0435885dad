//! The parts of the first line, each with its texts.

use super::answers::{answers, reply, reset, silent_app};
use crate::callback::format;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::pace::Age;
use crate::dashboard::pane::StyledText;
use crate::dashboard::settings::{CallbackSource, InvalidReplies, Reach};
use crate::dashboard::text::{clean, fit_middle};
use crate::dashboard::words;

/// Width that a shortened address has at least.
const ADDRESS_CELLS: usize = 14;

/// A part of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The name of the program.
    Program,
    /// The light of the listener.
    Dot,
    /// How callbacks are answered, unless it is the default.
    Answers,
    /// The key that makes the default of it.
    Reset,
    /// That there is no token, though strangers can call the local app.
    Exposed,
    /// What that means.
    Danger,
    /// The URL of the listener, or the name of the recording that is shown.
    Listener,
    /// The public URL of a tunnel.
    Tunnel,
    /// The URL of the local app.
    LocalApp,
    /// That its replies are passed on as they are.
    Strict,
    /// That the callbacks are those of a recording.
    Source,
    /// The state of the signature check.
    Sign,
    /// The default answer of imscope, or that the local app gives none.
    Reply,
    /// That the local app answers, which its URL shows as well.
    ReplyOfApp,
    /// That the callbacks are made up.
    Demo,
    /// The expected application.
    AppId,
    /// That a recording is written.
    Recording,
    /// The name of its file.
    FileName,
    /// The size of its file.
    FileSize,
    /// That it goes on in a new file.
    NewFile,
    /// That personal data is hidden.
    Private,
    /// That the view is paused.
    Paused,
    /// Requests that were not answered.
    Unanswered,
    /// Callbacks that are not shown.
    Unshown,
    /// Callbacks that left memory.
    Evicted,
    /// How long no callback has come, once their pace has broken off.
    Silence,
    /// The number of callbacks.
    Seen,
}

impl Part {
    /// Its texts in full or in short; none where it does not apply.
    pub(super) fn spans(self, app: &App, short: bool) -> Vec<StyledText> {
        let of_listener = !app.shows_recording();
        let forwards = app.settings.forward.is_some();
        let is_silent = forwards && app.history().counts().is_app_silent;
        match self {
            Self::Answers => answers(app, short),
            Self::Reset if app.status.switchboard.is_default() => Vec::new(),
            Self::Reset => {
                let key = reset(&app.status.switchboard, short);
                let key = app.settings.text_with_keys(key);
                vec![(format!("· {key} "), app.theme.banner)]
            }
            Self::Listener | Self::Tunnel | Self::LocalApp => self.address_spans(app, short),
            Self::Sign if of_listener => sign(app, short),
            Self::Reply if of_listener && is_silent => silent_app(app),
            Self::Reply if of_listener && !forwards => reply(app),
            Self::ReplyOfApp if of_listener && forwards && !is_silent => reply(app),
            Self::AppId => app_id(app),
            Self::Recording | Self::FileName | Self::FileSize | Self::NewFile => {
                self.recording_spans(app)
            }
            Self::Private | Self::Paused => self.badge(app),
            Self::Unanswered | Self::Unshown | Self::Evicted => self.count(app),
            Self::Silence => silence(app, short),
            _ => self.word(app).into_iter().collect(),
        }
    }

    /// The text of a part that has one, where it applies.
    fn word(self, app: &App) -> Option<StyledText> {
        let (lang, theme, settings) = (app.settings.lang, &app.theme, &app.settings);
        let seen = format::grouped(app.history().seen());
        let is_strict =
            settings.forward.is_some() && settings.invalid_replies == InvalidReplies::Returned;
        let failure = theme.strong.patch(theme.failure);
        let (applies, text, style) = match self {
            Self::Program => (true, " imscope ".to_owned(), theme.strong.patch(theme.accent)),
            Self::Dot => (true, "● ".to_owned(), theme.good),
            Self::Exposed => {
                (is_exposed(app), format!("   ! {}", words::NO_TOKEN.text(lang)), failure)
            }
            Self::Danger => (is_exposed(app), words::ANYONE_CAN_CALL.text(lang).into(), failure),
            Self::Strict => (is_strict, format!("  {}", words::STRICT.text(lang)), theme.warning),
            Self::Source => {
                let text = format!("   {}", words::RECORDING.text(lang));
                (app.shows_recording(), text, theme.warning)
            }
            Self::Demo => {
                let text = format!("   {}", words::DEMO.text(lang));
                (settings.source == CallbackSource::Demo, text, theme.warning)
            }
            Self::Seen => (true, localize!(lang, "  {seen} seen ", "  {seen} 条 "), theme.strong),
            _ => return None,
        };
        applies.then_some((text, style))
    }

    /// A mode of the view, while it is on.
    fn badge(self, app: &App) -> Vec<StyledText> {
        let (is_on, word) = match self {
            Self::Private => (app.is_private(), words::PRIVATE),
            _ => (app.paused.is_some(), words::PAUSED),
        };
        let text = format!(" {} ", word.text(app.settings.lang));
        match is_on {
            true => vec![(" ".to_owned(), app.theme.text), (text, app.theme.banner)],
            false => Vec::new(),
        }
    }

    /// How many were lost, unless none.
    fn count(self, app: &App) -> Vec<StyledText> {
        let (status, theme) = (&app.status, &app.theme);
        let (count, word, style) = match self {
            Self::Unanswered => (status.unanswered, words::UNANSWERED, theme.failure),
            Self::Unshown => (status.unshown, words::UNSHOWN, theme.failure),
            _ => (app.history().flow().evicted(), words::EVICTED, theme.dim),
        };
        let text = format!("  {} {}", format::grouped(count), word.text(app.settings.lang));
        if count == 0 { Vec::new() } else { vec![(text, style)] }
    }

    /// The address of this part; `None` if it has none.
    pub(super) fn address(self, app: &App) -> Option<String> {
        let settings = &app.settings;
        let address = match self {
            Self::Listener if app.shows_recording() => app.unless_private(&settings.url),
            Self::Listener => &settings.url,
            Self::Tunnel => app.unless_private(&app.status.reachability.url()?.url),
            Self::LocalApp => app.unless_private(settings.forward.as_deref()?),
            _ => return None,
        };
        Some(clean(address).into_owned())
    }

    /// A mark and an address.
    fn address_spans(self, app: &App, short: bool) -> Vec<StyledText> {
        let theme = &app.theme;
        let Some(address) = self.address(app) else { return Vec::new() };
        let (mark, style) = match self {
            Self::Tunnel if app.status.reachability.is_missing() => (" ⇎ ", theme.failure),
            Self::Tunnel => (" ⇄ ", theme.accent),
            Self::LocalApp => ("   ⇒ ", theme.name),
            _ if app.status.switchboard.is_default() => ("", theme.strong),
            _ => ("  ", theme.strong),
        };
        let address =
            if short { fit_middle(&address, ADDRESS_CELLS).into_owned() } else { address };
        vec![(mark.to_owned(), style), (address, style)]
    }

    /// What is shown of the recording that is written.
    fn recording_spans(self, app: &App) -> Vec<StyledText> {
        let (lang, theme) = (app.settings.lang, &app.theme);
        let Some(it) = &app.status.recording else { return Vec::new() };
        let style = if it.failing { theme.failure } else { theme.good };
        match self {
            Self::Recording => vec![(format!("   ● {}", words::REC.text(lang)), style)],
            Self::FileName => vec![(format!(" {}", app.unless_private(&it.name)), style)],
            Self::FileSize => vec![(format!(" {}", format::bytes(it.bytes)), style)],
            Self::NewFile if 0 < it.new_files => {
                vec![(format!(" {}", words::IN_NEW_FILE.text(lang)), theme.warning)]
            }
            _ => Vec::new(),
        }
    }
}

/// Whether strangers can call the local app through the listener.
fn is_exposed(app: &App) -> bool {
    let settings = &app.settings;
    let is_public =
        settings.reach == Reach::OtherMachines || app.status.reachability.url().is_some();
    settings.forward.is_some() && !settings.signed && is_public
}

/// How long no callback has come, once their pace has broken off.
fn silence(app: &App, short: bool) -> Vec<StyledText> {
    let lang = app.settings.lang;
    let Some(age) = app.silence() else { return Vec::new() };
    let age = match age {
        Age::Minutes(it) => localize!(lang, "{it} min ago", "{it} 分钟前"),
        Age::Hours(it) => localize!(lang, "{it} h ago", "{it} 小时前"),
        Age::Days(it) => localize!(lang, "{it} d ago", "{it} 天前"),
    };
    let text = match short {
        true => localize!(lang, "  last {age}", "  {age}"),
        false => localize!(lang, "  last callback {age}", "  上次回调 {age}"),
    };
    vec![(text, app.theme.warning)]
}

fn app_id(app: &App) -> Vec<StyledText> {
    let Some(app_id) = app.settings.sdk_app_id.as_ref().filter(|_| !app.shows_recording()) else {
        return Vec::new();
    };
    let text = format!("   {} {}", words::APP.text(app.settings.lang), app.app_id(app_id));
    vec![(text, app.theme.text)]
}

/// The state of the signature check: while calls are refused, how many since the last
/// that was not. The Traffic pane counts all.
fn sign(app: &App, short: bool) -> Vec<StyledText> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let (text, style) = match app.panes().counts.refused_signatures {
        _ if !app.settings.signed => (words::SIGN_OFF.text(lang).to_owned(), theme.dim),
        0 if app.history().seen() == 0 => (words::SIGN_ON.text(lang).to_owned(), theme.dim),
        0 => ("✓".to_owned(), theme.good),
        count => {
            let count = format::grouped(count);
            let full = localize!(lang, "✗ last {count} refused", "✗ 最近拒收 {count} 条");
            (if short { format!("✗ {count}") } else { full }, theme.failure)
        }
    };
    let is_refused = style == theme.failure;
    let label = format!("   {} ", words::SIGN.text(lang));
    vec![(label, if is_refused { theme.failure } else { theme.dim }), (text, style)]
}
