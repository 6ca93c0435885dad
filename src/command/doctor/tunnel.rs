//! Checks whether a tunnel forwards to the port.

use super::check::{CheckName, CheckResult};
use super::context::CheckContext;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::public_url::{PublicUrl, UrlSource};
use crate::callback::tunnel::{TunnelState, no_reply};
use crate::callback::tunnel_program::TunnelProgram;
use crate::edge::tunnel;

/// Whether a tunnel forwards to the port; also the public URL, if one does.
pub(super) async fn check(context: &CheckContext) -> (CheckResult, Option<PublicUrl>) {
    let (lang, port) = (context.lang, context.listen.port());
    let state = match tunnel::look(&context.tunnels, context.listen).await {
        TunnelState::Found(urls) => return found(context, &urls),
        TunnelState::NotRunning if context.public_url.is_some() => {
            let message = localize!(
                lang,
                "none is found on this machine; the public URL was given",
                "本机未发现隧道；已指定公网 URL",
            );
            return (CheckResult::skipped(CheckName::Tunnel, message), None);
        }
        other => other,
    };
    let hint = hint(&state, port, lang);
    (CheckResult::warning(CheckName::Tunnel, problem(state, port, lang)).hint(hint), None)
}

/// What to do so that a tunnel is found.
fn hint(state: &TunnelState, port: u16, lang: Lang) -> String {
    if let TunnelState::NoReply(program, _) = state {
        let name = program.name();
        return localize!(
            lang,
            "start {name} with its local API, or correct its address: --ngrok-api, --frp-admin …",
            "请启动 {name} 及其本地接口，或改正其地址：--ngrok-api、--frp-admin 等",
        );
    }
    let commands = commands(port);
    localize!(
        lang,
        "start a tunnel with: {commands}; of any other tunnel set the URL with --public-url",
        "启动隧道：{commands}；其他隧道请用 --public-url 指定公网 URL",
    )
}

/// Why no tunnel is found that forwards to the port.
fn problem(state: TunnelState, port: u16, lang: Lang) -> String {
    match state {
        TunnelState::NotRunning | TunnelState::Found(_) => localize!(
            lang,
            "none is found on this machine (ngrok, cloudflared, frp)",
            "本机未发现隧道（ngrok、cloudflared、frp）",
        ),
        TunnelState::NoReply(program, why) => no_reply(program, &why, lang),
        TunnelState::Refused(program, status) => {
            let name = program.name();
            localize!(
                lang,
                "the local API of {name} answers HTTP {status}",
                "{name} 的本地接口应答 HTTP {status}",
            )
        }
        TunnelState::NoTunnel(program) => {
            let name = program.name();
            localize!(
                lang,
                "{name} is running, but has no HTTP tunnel",
                "{name} 正在运行，但没有 HTTP 隧道",
            )
        }
        TunnelState::OtherTarget(program, targets) => {
            let (name, targets) = (program.name(), targets.join(lang.comma()));
            localize!(
                lang,
                "{name} is running, but forwards to {targets}, not to port {port}",
                "{name} 正在运行，但指向 {targets}，而非端口 {port}",
            )
        }
    }
}

/// The commands that start a tunnel: of the programs that are installed, else of the
/// first one.
fn commands(port: u16) -> String {
    let mut programs = tunnel::installed();
    if programs.is_empty() {
        programs.push(TunnelProgram::ALL[0]);
    }
    programs.into_iter().map(|it| it.command(port, false)).collect::<Vec<_>>().join(" | ")
}

/// Tunnels were found: a warning if none has the public URL that was given, which is of
/// the same kind.
fn found(context: &CheckContext, urls: &[PublicUrl]) -> (CheckResult, Option<PublicUrl>) {
    let lang = context.lang;
    let given = context
        .public_url
        .as_ref()
        .map(|it| PublicUrl { url: it.clone(), source: UrlSource::Given });
    let is_given = |it: &PublicUrl| given.as_ref().is_some_and(|given| it.has_host_of(given));
    let Some(shown) = urls.iter().find(|it| is_given(it)).or_else(|| urls.first()).cloned() else {
        return (CheckResult::skipped(CheckName::Tunnel, ""), None);
    };
    let (url, name) = (&shown.url, shown.program().map_or("", TunnelProgram::name));
    let message = localize!(lang, "{name} forwards {url} to it", "{name} 将 {url} 转发到这里");
    let is_outdated = given.as_ref().is_some_and(|it| it.is_of_service(&shown));
    if is_given(&shown) || !is_outdated {
        return (CheckResult::ok(CheckName::Tunnel, message), Some(shown));
    }
    let message = localize!(
        lang,
        "{message}, but another URL was given: the URL of a tunnel can change",
        "{message}，但指定的是另一个 URL：隧道地址会变",
    );
    let hint = localize!(lang, "set the tunnel's URL in the console", "在控制台改为该隧道的 URL");
    (CheckResult::warning(CheckName::Tunnel, message).hint(hint), Some(shown))
}
