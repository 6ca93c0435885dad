//! Executes the effects requested by the dashboard, and reports results as messages.

pub(super) mod sample;
mod rules;
mod save;
pub(super) mod entered;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::rules::AppCheck;
use crate::answer::Switchboard;
use crate::callback::lang::localize;
use crate::callback::trouble::{Trouble, reason};
use crate::callback::tunnel::TunnelReport;
use crate::callback::{Answer, Delivery, Lang, format};
use crate::dashboard::{ClipboardText, Notice, Request, words};
use crate::edge::event_loop::Message;
use crate::edge::forward::Forwarder;
use crate::edge::hook_runner::HookRunner;
use crate::edge::tunnel::TunnelApis;
use crate::edge::{clipboard, clock, task, tunnel};
use entered::EnteredTexts;
use sample::Sampler;

/// Executes effects without blocking the event loop: what takes time runs in a
/// task, and its result is sent as a message.
#[derive(Debug, Clone)]
pub(super) struct EffectHandler {
    /// Messages to the event loop.
    pub(super) messages: mpsc::Sender<Message>,
    /// The language of notices.
    pub(super) lang: Lang,
    /// Writes what was entered in input lines, if it is written.
    pub(super) entered: Option<Arc<EnteredTexts>>,
    /// The running listener; `None` when a recording is shown.
    pub(super) listener: Option<ListenerHandles>,
}

/// The parts of a running listener that effects use.
#[derive(Debug, Clone)]
pub(super) struct ListenerHandles {
    /// Sends sample callbacks to the listener.
    pub(super) sampler: Sampler,
    /// Looks for tunnels to the listener.
    pub(super) tunnel: TunnelLookup,
    /// The local app that callbacks are forwarded to.
    pub(super) forward: Option<Arc<Forwarder>>,
    /// The answer mode in use.
    pub(super) switchboard: watch::Sender<Switchboard>,
    /// Checks the local apps of rules.
    pub(super) rule_apps: AppCheck,
    /// Runs commands for callbacks, if there are any.
    pub(super) hooks: Option<Arc<HookRunner>>,
}

impl EffectHandler {
    /// Executes a request.
    pub(super) fn execute(&self, request: Request) {
        match (request, &self.listener) {
            (Request::Copy { copied, in_terminal }, _) => self.copy(copied, in_terminal),
            (Request::Sample, Some(listener)) => {
                task::spawn(listener.sampler.clone().send(self.messages.clone()));
            }
            (Request::FindTunnel, Some(listener)) => {
                task::spawn(listener.tunnel.clone().run(self.messages.clone()));
            }
            (Request::FindTunnel, None) => {}
            (Request::WriteEntered(it), _) => {
                self.entered.iter().for_each(|texts| texts.write(it.clone()));
            }
            (Request::Save(request), _) => save::save(request, self.messages.clone()),
            (Request::Answer(it), Some(listener)) => _ = listener.switchboard.send_replace(it),
            (Request::ParseRule(text, place), Some(listener)) => {
                rules::parse(text, place, listener.rule_apps.clone(), self.messages.clone());
            }
            (Request::ReadRules(name), Some(listener)) => {
                let apps = listener.rule_apps.clone();
                rules::read(name, self.lang, apps, self.messages.clone());
            }
            (Request::WriteRules(name, rules), Some(_)) => {
                rules::write(name, rules, self.lang, self.messages.clone());
            }
            (Request::RunHook(run), Some(listener)) => {
                let refused = listener.hooks.as_ref().and_then(|it| it.run(run).err());
                // Dropped if the channel is full, as other notices.
                let _ = refused.map(|it| self.messages.try_send(Message::Hook(it)));
            }
            (Request::ResendMarked(delivery), Some(_)) => self.resend_marked(*delivery),
            (Request::Resend(delivery), Some(_)) => self.resend(*delivery, None),
            (Request::SendEdited(delivery, body), Some(_)) => self.resend(*delivery, Some(body)),
            (_, None) => self.notify(words::NO_LISTENER.text(self.lang)),
        }
    }

    fn resend(&self, delivery: Delivery, edited: Option<Vec<u8>>) {
        let Some(listener) = &self.listener else { return };
        let Some(forwarder) = listener.forward.clone() else { return };
        let token = listener.sampler.token.clone();
        let (messages, lang) = (self.messages.clone(), self.lang);
        task::spawn(async move {
            let sent = forwarder.resend(&delivery, edited, token.as_ref(), clock::now).await;
            let notice = match sent {
                Ok(resent) => {
                    let notice = resent_notice(&resent.answer, lang);
                    send(&messages, Message::Resent(Box::new(resent))).await;
                    notice
                }
                Err(error) => not_resent(&error, lang).into(),
            };
            send(&messages, Message::Notice(notice)).await;
        });
    }

    fn resend_marked(&self, delivery: Delivery) {
        let Some(listener) = &self.listener else { return };
        let Some(forwarder) = listener.forward.clone() else { return };
        let (token, messages) = (listener.sampler.token.clone(), self.messages.clone());
        let lang = self.lang;
        task::spawn(async move {
            let sent = forwarder.resend(&delivery, None, token.as_ref(), clock::now).await;
            let why = |error| reason::text(&format!("{error:#}"), lang).into_owned();
            let sent = sent.map(Box::new).map_err(why);
            send(&messages, Message::ResentMarked(sent)).await;
        });
    }

    fn copy(&self, copied: ClipboardText, in_terminal: bool) {
        let (messages, lang) = (self.messages.clone(), self.lang);
        task::spawn(async move {
            let programs = clipboard::copy(&copied.text).await;
            let is_copied = in_terminal || !programs.is_empty();
            let file = match is_copied {
                true => None,
                false => {
                    let text = copied.text.clone();
                    tokio::task::spawn_blocking(move || clipboard::save(&text)).await.ok()
                }
            };
            let notice = copied.notice(in_terminal, &programs, file, lang);
            let notice = if is_copied { notice.brief() } else { notice };
            send(&messages, Message::Notice(notice)).await;
        });
    }

    fn notify(&self, notice: impl Into<Notice>) {
        // Dropped if the channel is full: only the last notice is shown anyway.
        let _ = self.messages.try_send(Message::Notice(notice.into()));
    }
}

/// The notice of a callback that was sent again: the answer, and what is wrong with it, if
/// anything is.
fn resent_notice(answer: &Answer, lang: Lang) -> Notice {
    let sent = resent_problem(answer, lang).unwrap_or_else(|| {
        let (status, took) =
            (answer.status, format::duration(Duration::from_micros(answer.took.into())));
        localize!(
            lang,
            "sent again; the local app answered {status} in {took}",
            "已重发；本地应用返回 {status}，耗时 {took}"
        )
    });
    localize!(lang, "{sent}   R shows it", "{sent}   R 查看").into()
}

/// What is wrong with the answer to a callback that was sent again.
fn resent_problem(answer: &Answer, lang: Lang) -> Option<String> {
    let is_reply = answer.trouble.iter().any(Trouble::is_app_answered);
    let wrong = answer.trouble.iter().find(|it| !it.is_fact())?.text(lang);
    Some(match is_reply {
        true => localize!(
            lang,
            "sent again; the local app's reply: {wrong}",
            "已重发；本地应用返回：{wrong}"
        ),
        false => localize!(lang, "sent again, but {wrong}", "已重发，但{wrong}"),
    })
}

/// The notice of a callback that could not be sent again.
pub(super) fn not_resent(error: &anyhow::Error, lang: Lang) -> String {
    let why = format!("{error:#}");
    let why = reason::text(&why, lang);
    localize!(lang, "not sent again: {why}", "未能重发：{why}")
}

/// Looks for tunnels to the listener.
#[derive(Debug, Clone)]
pub(super) struct TunnelLookup {
    /// The local APIs that are asked.
    pub(super) apis: TunnelApis,
    /// The listener's address.
    pub(super) address: SocketAddr,
}

impl TunnelLookup {
    /// Looks once, and sends what was found.
    async fn run(self, messages: mpsc::Sender<Message>) {
        let state = tunnel::look(&self.apis, self.address).await;
        let installed = tokio::task::spawn_blocking(tunnel::installed).await.unwrap_or_default();
        send(&messages, Message::Tunnel(TunnelReport { state, installed })).await;
    }
}

/// Sends a message to the event loop, unless it has ended.
pub(super) async fn send(messages: &mpsc::Sender<Message>, message: Message) {
    let _ = messages.send(message).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_of_a_callback_sent_again_names_what_is_wrong_and_no_fact() {
        let answered = "the local app answered 200 after 11 ms";
        let broken = "the local app's answer 200 broke off";
        for (trouble, expected) in [
            (vec![], None),
            (
                vec![answered, "ErrorInfo is missing"],
                Some("sent again; the local app's reply: ErrorInfo is missing"),
            ),
            (vec![broken], Some("sent again, but the local app's answer 200 broke off")),
        ] {
            let trouble = trouble.into_iter().map(Trouble::recorded).collect();
            let answer = Answer { trouble, ..Answer::default() };
            assert_eq!(resent_problem(&answer, Lang::En).as_deref(), expected);
        }
    }
}
