//! What the app wants of the world, done.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use hyper::Uri;
use tokio::sync::mpsc;

use super::sample::Sampler;
use crate::callback::signature::Token;
use crate::callback::{Delivery, Lang};
use crate::dashboard::{Effect, words};
use crate::edge::forward::Forward;
use crate::edge::live::News;
use crate::edge::reply::Switch;
use crate::edge::{clipboard, clock, tunnel};

/// Performs effects. None of them makes the loop wait: what takes time tells
/// its end as news.
#[derive(Debug, Clone)]
pub(super) struct Performer {
    /// Where the loop hears of it.
    pub(super) tell: mpsc::Sender<News>,
    /// The language of what is told.
    pub(super) lang: Lang,
    /// The listener, as far as there is one.
    pub(super) listener: Option<Listener>,
}

/// What can be done with a listener that runs.
#[derive(Debug, Clone)]
pub(super) struct Listener {
    /// Who sends it samples.
    pub(super) sampler: Sampler,
    /// Who looks for the public URL that leads to it.
    pub(super) lookout: Lookout,
    /// The local app behind it.
    pub(super) forward: Option<Arc<Forward>>,
    /// What it answers.
    pub(super) switch: Arc<Switch>,
}

impl Performer {
    /// Performs an effect. What needs the terminal is done by the loop itself.
    pub(super) fn perform(&self, effect: Effect) {
        let Some(listener) = &self.listener else {
            return match effect {
                Effect::Copy(copied) => self.copy(copied),
                Effect::Sample | Effect::Answer(_) => self.say(words::NO_LISTENER.of(self.lang)),
                _ => {}
            };
        };
        match effect {
            Effect::Copy(copied) => self.copy(copied),
            Effect::Sample => {
                tokio::spawn(listener.sampler.clone().send(self.tell.clone()));
            }
            Effect::FindTunnel => {
                tokio::spawn(listener.lookout.clone().look(self.tell.clone()));
            }
            Effect::Answer(setting) => listener.switch.set(setting),
            Effect::Resend(delivery) => self.resend(*delivery, None),
            Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Edit(_) => {}
        }
    }

    /// Sends what came out of the editor, if anything was changed.
    pub(super) fn send_edited(&self, kept: Delivery, edited: anyhow::Result<Option<Vec<u8>>>) {
        match edited {
            Ok(Some(body)) => self.resend(kept, Some(body)),
            Ok(None) => self.say(words::UNCHANGED.of(self.lang)),
            Err(error) => self.say(format!("{} {error:#}", words::NOT_RESENT.of(self.lang))),
        }
    }

    fn resend(&self, kept: Delivery, edited: Option<Vec<u8>>) {
        let Some(listener) = &self.listener else { return };
        let Some(forward) = listener.forward.clone() else { return };
        let token: Option<Token> = listener.sampler.token.clone();
        let (tell, lang) = (self.tell.clone(), self.lang);
        tokio::spawn(async move {
            let sent = forward.resend(&kept, edited, token.as_ref(), clock::now).await;
            let said = match sent {
                Ok(delivery) => {
                    let said = match delivery.answer.trouble.first() {
                        None => format!("{} {}", words::RESENT.of(lang), forward.place()),
                        Some(trouble) => format!("{} {trouble}", words::RESENT_WITH.of(lang)),
                    };
                    // Once the loop has ended there is nobody left to tell.
                    let _ = tell.send(News::Resent(Box::new(delivery))).await;
                    said
                }
                Err(error) => format!("{} {error:#}", words::NOT_RESENT.of(lang)),
            };
            let _ = tell.send(News::Tell(said)).await;
        });
    }

    fn copy(&self, copied: crate::dashboard::app::Copied) {
        let tell = self.tell.clone();
        tokio::spawn(async move {
            // Once the loop has ended there is nobody left to tell.
            let _ = tell.send(News::Tell(clipboard::copy(copied).await)).await;
        });
    }

    fn say(&self, said: impl Into<String>) {
        // If there is so much to tell already, this is not missed.
        let _ = self.tell.try_send(News::Tell(said.into()));
    }
}

/// Looks for the public URL that leads to the listener.
#[derive(Debug, Clone)]
pub(super) struct Lookout {
    /// Where to ask for it, if it is to be looked for.
    pub(super) ngrok: Option<Uri>,
    /// Where the listener listens.
    pub(super) address: SocketAddr,
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

/// The URL of a listener.
pub(super) fn url_of(address: SocketAddr, tls: bool) -> anyhow::Result<Uri> {
    let scheme = if tls { "https" } else { "http" };
    format!("{scheme}://{address}").parse().context("an address that makes no URL")
}
