//! The public URL as callbacks and tunnels report it, and its notices.

use super::action::Action;
use super::app::App;
use super::effect::{ClipboardText, Effect, Request, TerminalEffect};
use super::notice::Notice;
use super::reachability::Change;
use super::words;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::redact::MASK;
use crate::callback::tunnel::{TunnelReport, no_reply};

impl App {
    /// Takes what a look at the tunnels of this machine found, and shows what changed.
    pub fn report_tunnel(&mut self, report: TunnelReport) {
        let lang = self.settings.lang;
        let key = self.settings.keymap.dashboard.label(Action::CopyUrl);
        let change = self.status.reachability.update(report);
        if let Some(notice) = change.notice(self.port(), self.has_tls(), &key, lang) {
            self.notify(notice);
        }
    }

    /// Copies the public URL as it has to stand in the console; without one, looks for a
    /// tunnel.
    pub(super) fn copy_public_url(&mut self) -> Option<Effect> {
        let lang = self.settings.lang;
        if self.shows_recording() {
            self.notify(words::NO_LISTENER.text(lang));
            return None;
        }
        let Some(url) = self.status.reachability.url() else {
            self.status.reachability.await_look();
            self.notify(words::NO_PUBLIC_URL.text(lang));
            return Some(Request::FindTunnel.into());
        };
        if self.is_private() {
            self.notify_with_keys(words::NO_URL_WHILE_PRIVATE);
            return None;
        }
        let label = words::COPY_PUBLIC_URL.text(lang).to_owned();
        let text = url.for_console().into_bytes();
        Some(TerminalEffect::Copy(ClipboardText { label, text }).into())
    }

    /// The port of the listener.
    pub(super) fn port(&self) -> u16 {
        let authority = self.settings.url.rsplit("//").next().unwrap_or_default();
        let port = authority.split('/').next().and_then(|it| it.rsplit(':').next()?.parse().ok());
        port.unwrap_or(if self.has_tls() { 443 } else { 80 })
    }

    /// Whether the listener has TLS.
    pub(super) fn has_tls(&self) -> bool {
        self.settings.url.starts_with("https:")
    }
}

impl Change {
    /// What to show, if anything; `key` copies the public URL.
    fn notice(&self, port: u16, tls: bool, key: &str, lang: Lang) -> Option<Notice> {
        let text = match self {
            Self::None | Self::Found(_, false) => return None, // The header shows it.
            Self::NotFound => return Some(Notice::harmless(words::NO_TUNNEL.text(lang))),
            Self::Found(url, true) => {
                let text = |url: &str| {
                    localize!(
                        lang,
                        "found: {url}; {key} copies it",
                        "已找到：{url}（按 {key} 复制）"
                    )
                };
                return Some(Notice::from(text(url)).redacted_as(text(MASK)));
            }
            Self::NoReply(program, why) => {
                let text = |why: &str| no_reply(*program, why, lang);
                return Some(Notice::from(text(why)).redacted_as(text(MASK)));
            }
            Self::Back => return Some(Notice::harmless(words::TUNNEL_BACK.text(lang)).brief()),
            Self::Replaced(url) => {
                let text = |url: &str| {
                    localize!(
                        lang,
                        "the tunnel has another URL now: {url}; set it in the console ({key} copies it)",
                        "隧道地址已变为 {url}，请在控制台更新（按 {key} 复制）"
                    )
                };
                return Some(Notice::from(text(url)).redacted_as(text(MASK)));
            }
            Self::Missing(program) => {
                let (name, command) = (program.name(), program.command(port, tls));
                localize!(
                    lang,
                    "the tunnel is gone, {name} does not report it any more: {command}",
                    "隧道已断开，{name} 不再报告该隧道：{command}"
                )
            }
        };
        Some(Notice::harmless(text))
    }
}
