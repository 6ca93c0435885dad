//! Options of `imscope doctor`.

use std::net::SocketAddr;

use hyper::Uri;

use super::token::TokenOptions;
use super::tunnel::TunnelOptions;
use super::value::Window;
use super::values::Values;
use crate::callback::Lang;

/// Options of `imscope doctor`.
#[derive(Debug, Clone)]
pub struct DoctorOptions {
    /// Callback URL set in the console.
    pub public_url: Option<String>,
    /// Address to connect to for the public URL.
    pub connect_to: Option<SocketAddr>,
    /// Address and port that imscope listens on, or would.
    pub listen: SocketAddr,
    /// The local app that also gets a test callback.
    pub forward: Option<Uri>,
    /// `SdkAppid` of the test callbacks.
    pub sdk_app_id: String,
    /// The token.
    pub token: TokenOptions,
    /// Largest difference between `RequestTime` and now in a signed callback.
    pub sign_window: Window,
    /// Whether the results are printed as one JSON object.
    pub json: bool,
    /// The language of the results.
    pub lang: Lang,
    /// The local APIs of tunnel programs.
    pub tunnel: TunnelOptions,
}

impl DoctorOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            public_url: values.get("public-url"),
            connect_to: values.get("connect-to"),
            listen: values.value("listen"),
            forward: values.get("forward"),
            sdk_app_id: values.value("app"),
            token: TokenOptions::of(values),
            sign_window: values.value("sign-window"),
            json: values.is_set("json"),
            lang: values.lang,
            tunnel: TunnelOptions::of(values),
        }
    }
}
