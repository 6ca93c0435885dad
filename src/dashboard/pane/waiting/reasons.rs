//! Why no callback may arrive, each with what checks it.

use super::{Line, Rank};
use crate::callback::lang::{Localized, localize};
use crate::callback::public_url::{DEFAULT_PORT, PublicUrl};
use crate::dashboard::app::App;
use crate::dashboard::text::clean;
use crate::dashboard::words;

/// What checks a reason.
enum Check {
    /// A look at the page of the console.
    Console,
    /// `imscope doctor`, which also checks DNS and certificate.
    Doctor,
    /// A request from another network.
    Request,
    /// A message of another kind.
    Client,
    /// The switchboard, and the replies of the local app.
    Switchboard,
}

const REASONS: [(Localized, Check); 6] = [
    (words::SILENT_SWITCH, Check::Console),
    (words::SILENT_URL, Check::Doctor),
    (words::SILENT_HOST, Check::Request),
    (words::SILENT_CERTIFICATE, Check::Doctor),
    (words::SILENT_REST, Check::Client),
    (words::SILENT_DENIED, Check::Switchboard),
];

/// The title, and a line for each reason.
pub(super) fn lines(app: &App) -> impl Iterator<Item = Line> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let title = Line::new(Rank::Reason, words::SILENT_TITLE.text(lang), theme.warning);
    let reasons = REASONS.iter().map(move |(reason, check)| {
        let (reason, check) = (reason.text(lang), check.text(app));
        Line::new(
            Rank::Reason,
            localize!(lang, "  – {reason}: {check}", "  – {reason}：{check}"),
            theme.text,
        )
    });
    [Line::new(Rank::Blank, "", theme.text), title].into_iter().chain(reasons)
}

impl Check {
    fn text(&self, app: &App) -> String {
        const CONSOLE: Localized = Localized::new("look there", "请在控制台查看");
        const CLIENT: Localized = Localized::new("send one from a client", "请从客户端发一条");
        let lang = app.settings.lang;
        match self {
            Self::Console => CONSOLE.text(lang).to_owned(),
            Self::Client => CLIENT.text(lang).to_owned(),
            Self::Switchboard => app.settings.text_with_keys(words::CHECK_SWITCHBOARD).into_owned(),
            Self::Doctor => doctor(app),
            Self::Request => format!("curl -i {}", url(app)),
        }
    }
}

/// The command that checks the set-up. It finds tunnels itself.
fn doctor(app: &App) -> String {
    let listen = match app.port() {
        DEFAULT_PORT => String::new(),
        port => format!(" --listen {port}"),
    };
    let is_found = |it: &PublicUrl| it.program().is_some();
    match app.status.reachability.url().is_none_or(is_found) {
        true => format!("imscope doctor{listen}"),
        false => format!("imscope doctor{listen} --public-url {}", url(app)),
    }
}

/// The public URL in a command.
fn url(app: &App) -> String {
    let url = app.status.reachability.url().map(PublicUrl::for_console);
    url.map_or_else(|| "URL".to_owned(), |it| clean(app.unless_private(&it)).into_owned())
}
