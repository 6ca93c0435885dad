//! Options of the listener.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::forward::ForwardOptions;
use super::tls::TlsOptions;
use super::token::TokenOptions;
use super::value::Window;
use super::values::Values;
use crate::answer::mode::AnswerKind;

/// Options of the listener.
#[derive(Debug, Clone)]
pub struct ListenOptions {
    /// Address and port to listen on.
    pub addr: SocketAddr,
    /// Expected `SdkAppid`; callbacks with another one are flagged.
    pub sdk_app_id: Option<String>,
    /// The token.
    pub token: TokenOptions,
    /// Largest difference between `RequestTime` and now in a signed callback.
    pub sign_window: Window,
    /// How callbacks are answered.
    pub reply: AnswerKind,
    /// Delay before each answer.
    pub delay: Duration,
    /// The rules.
    pub rules: RuleOptions,
    /// Largest request body accepted, in bytes.
    pub max_body: usize,
    /// The local app.
    pub local_app: ForwardOptions,
    /// TLS.
    pub tls: TlsOptions,
}

impl ListenOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        let folder = values.setting("answer").map(|it| it.folder().to_owned());
        let folder = folder.unwrap_or_default();
        let answer = values.all("answer");
        Self {
            addr: values.value("listen"),
            sdk_app_id: values.get("app"),
            token: TokenOptions::of(values),
            sign_window: values.value("sign-window"),
            reply: values.value("reply"),
            delay: values.value("delay"),
            rules: RuleOptions { answer, folder, answers: values.file("answers") },
            max_body: values.value("max-body"),
            local_app: ForwardOptions::of(values),
            tls: TlsOptions::of(values),
        }
    }
}

/// Rules of how callbacks are answered.
#[derive(Debug, Clone)]
pub struct RuleOptions {
    /// Rules, of which the first that matches decides.
    pub answer: Vec<String>,
    /// The folder that names of files in them are relative to; empty is the working folder.
    pub folder: PathBuf,
    /// File of the rules after those.
    pub answers: Option<PathBuf>,
}
