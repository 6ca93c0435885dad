//! The dashboard over a made-up chat, sent through the real listener.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use hyper::Uri;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::cli::DemoOptions;
use super::story::Story;
use super::watch::{self, Show};
use crate::callback::signature::Token;
use crate::edge::clock;
use crate::edge::desk::Setup;
use crate::edge::listen;
use crate::edge::live::News;
use crate::edge::post::Poster;
use crate::edge::reply::Switch;

/// The application of the made-up chat.
const APP: &str = "1400000000";
/// The token of the made-up chat; it is no secret.
const TOKEN: &str = "imscope-demo";
/// Far above anything the story sends.
const MAX_BODY: usize = 1 << 20;

/// Plays the story into a listener on a free port, and shows what comes.
///
/// # Errors
/// No free port, no terminal.
pub fn run(options: DemoOptions) -> anyhow::Result<ExitCode> {
    let DemoOptions { rate, seed, length, screen } = options;
    let setup = Setup {
        token: Token::new(TOKEN),
        sign_window: Some(60),
        max_body: MAX_BODY,
        switch: Arc::new(Switch::default()),
        forward: None,
        tls: None,
        clock: clock::now,
    };
    let listener = listen::bind("127.0.0.1:0")?;
    let story = Story::new(seed, APP, clock::now(), rate, length);
    let app = Some(APP.to_owned());
    watch::show(Show { listener, setup, app, screen, story: Some(story), ngrok: None })
}

/// Sends each beat of a story when its time has come.
pub(super) async fn play(story: Story, url: Uri, token: Option<Token>, tell: mpsc::Sender<News>) {
    let poster = Poster::default();
    let mut due = Instant::now();
    for beat in story {
        due += beat.after;
        sleep_until(due).await;
        let target = beat.target("/", token.as_ref(), clock::now());
        if let Err(error) = post(&poster, &url, &target, beat.sample.body).await {
            // Once the loop has ended there is nobody left to tell.
            let _ = tell.send(News::Tell(format!("demo: {error:#}"))).await;
            return;
        }
    }
}

/// Posts a body to a target (path and query) of a listener.
pub(super) async fn post(
    poster: &Poster,
    url: &Uri,
    target: &str,
    body: Vec<u8>,
) -> anyhow::Result<crate::edge::post::Reply> {
    let base = url.to_string();
    let url = format!("{}{target}", base.trim_end_matches('/'));
    let url: Uri = url.parse().context("a target that is no URL")?;
    poster.post(&url, Bytes::from(body)).await
}
