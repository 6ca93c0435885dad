//! What to do until the first callback arrives, in three steps, each ticked off by what
//! is known.

use super::{Line, Rank};
use crate::callback::lang::{Localized, localize};
use crate::callback::public_url::{PublicUrl, UrlSource};
use crate::callback::tunnel::{TunnelState, no_reply};
use crate::callback::tunnel_program::TunnelProgram;
use crate::dashboard::action::Action;
use crate::dashboard::app::App;
use crate::dashboard::text::clean;

/// Commands of tunnels that are shown at most.
const COMMANDS: usize = 3;

/// The programs that are offered while none is installed.
const WELL_KNOWN: [TunnelProgram; COMMANDS] =
    [TunnelProgram::Ngrok, TunnelProgram::Cloudflared, TunnelProgram::Cpolar];

const CONSOLE: Localized =
    Localized::new("2 set the callback URL in the console", "2 在控制台填写回调 URL");
const PAGE: Localized = Localized::new(
    "Chat console > your app > Callback (Webhook) Configuration",
    "即时通信 IM 控制台 > 目标应用 > 回调配置",
);
const SWITCHES: Localized = Localized::new(
    "switch on the callbacks after a message was sent, read, recalled",
    "勾选：发单聊消息之后回调、单聊消息已读上报后回调、单聊消息撤回后回调",
);
const TOKEN: Localized = Localized::new(
    "switch on authentication, with the token that imscope has ✓",
    "开启鉴权，填写 imscope 已有的 Token ✓",
);
const WAIT: Localized =
    Localized::new("3 wait two minutes, then send a message", "3 等待 2 分钟，然后发一条消息");
const CACHES: Localized = Localized::new(
    "so long Tencent's servers go on with the former setting",
    "新的配置约 2 分钟后生效",
);

/// The lines of all steps.
pub(super) fn lines(app: &App) -> Vec<Line> {
    let mut lines = tunnel(app);
    lines.extend(console(app));
    let (lang, theme) = (app.settings.lang, &app.theme);
    lines.push(Line::new(Rank::Step, format!("  {}", WAIT.text(lang)), theme.text));
    lines.push(Line::new(Rank::Detail, format!("      {}", CACHES.text(lang)), theme.dim));
    lines
}

/// The first step: a tunnel, or another public URL.
fn tunnel(app: &App) -> Vec<Line> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let reach = &app.status.reachability;
    if let Some(url) = reach.url().filter(|_| !reach.is_missing()) {
        return vec![Line::new(Rank::Step, format!("✓ 1 {}", known(app, url)), theme.good)];
    }
    let commands = commands(app);
    let (first, others) = commands.split_first().map_or(("", &[][..]), |(it, rest)| (it, rest));
    let (text, style) = match reach.is_missing() {
        true => (
            localize!(lang, "1 the tunnel is not there any more: {first}", "1 隧道已断开：{first}"),
            theme.failure,
        ),
        false => (localize!(lang, "1 start a tunnel: {first}", "1 启动隧道：{first}"), theme.text),
    };
    let mut lines = vec![Line::new(Rank::Step, format!("  {text}"), style)];
    if let Some(remark) = elsewhere(app) {
        lines.push(Line::new(Rank::Step, format!("    {remark}"), theme.warning));
    }
    lines.extend(others.iter().map(|it| {
        let other = localize!(lang, "or: {it}", "或：{it}");
        Line::new(Rank::Detail, format!("    {other}"), theme.key)
    }));
    lines
}

/// The public URL, and where it is known from.
fn known(app: &App, url: &PublicUrl) -> String {
    let lang = app.settings.lang;
    let shown = clean(app.unless_private(&url.url));
    match url.source {
        UrlSource::Given => localize!(lang, "the public URL is {shown}", "公网 URL：{shown}"),
        UrlSource::Call => {
            localize!(lang, "a callback came through {shown}", "已有回调经 {shown} 到达")
        }
        UrlSource::Tunnel(program) => {
            let name = program.name();
            localize!(lang, "{name} leads here: {shown}", "{name} 隧道已就绪：{shown}")
        }
    }
}

/// That a program runs, and its tunnels do not lead here.
fn elsewhere(app: &App) -> Option<String> {
    let lang = app.settings.lang;
    match app.status.reachability.state() {
        TunnelState::NotRunning | TunnelState::Found(_) => None,
        TunnelState::NoReply(program, why) => {
            Some(clean(&no_reply(*program, app.unless_private(why), lang)).into_owned())
        }
        TunnelState::Refused(program, status) => {
            let name = program.name();
            Some(localize!(
                lang,
                "the local API of {name} answers HTTP {status}",
                "{name} 的本地接口应答 HTTP {status}"
            ))
        }
        TunnelState::NoTunnel(program) => {
            let name = program.name();
            Some(localize!(lang, "{name} runs without a tunnel", "{name} 正在运行，但没有隧道"))
        }
        TunnelState::OtherTarget(program, targets) => {
            let targets = targets.join(lang.comma());
            let (name, targets) = (program.name(), clean(app.unless_private(&targets)));
            Some(localize!(
                lang,
                "{name} leads to {targets}, not here",
                "{name} 指向 {targets}，而非这里"
            ))
        }
    }
}

/// The commands that start a tunnel: of the programs that are installed, else of those
/// that are well known.
fn commands(app: &App) -> Vec<String> {
    let reach = &app.status.reachability;
    let lost = reach.url().filter(|_| reach.is_missing()).and_then(PublicUrl::program);
    let installed = reach.installed().iter().copied().filter(|it| Some(*it) != lost);
    let mut programs: Vec<_> = lost.into_iter().chain(installed).collect();
    if programs.is_empty() {
        programs.extend(WELL_KNOWN);
    }
    let programs = programs.into_iter().take(COMMANDS);
    programs.map(|it| it.command(app.port(), app.has_tls())).collect()
}

/// The second step: the console.
fn console(app: &App) -> Vec<Line> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mut lines = vec![Line::new(Rank::Step, format!("  {}", CONSOLE.text(lang)), theme.text)];
    let mut add =
        |rank, text: &str, style| lines.push(Line::new(rank, format!("      {text}"), style));
    add(Rank::Detail, PAGE.text(lang), theme.text);
    if let Some(url) = app.status.reachability.url() {
        let url = url.for_console();
        let url = clean(app.unless_private(&url));
        let key = app.settings.keymap.dashboard.label(Action::CopyUrl);
        let text = localize!(lang, "{url}   {key} copies it", "{url}   按 {key} 复制");
        add(Rank::Command, &text, theme.strong.patch(theme.accent));
    }
    add(Rank::Detail, SWITCHES.text(lang), theme.text);
    if app.settings.signed {
        add(Rank::Detail, TOKEN.text(lang), theme.good);
    }
    lines
}
