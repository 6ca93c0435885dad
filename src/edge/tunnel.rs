//! The public URLs of tunnels to the listener, from the local APIs of their programs.
//!
//! That there is no tunnel is not an error, and it is soon known.

mod apis;
mod routes;
mod installed;

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use http_body_util::Full;
use hyper::header::{AUTHORIZATION, HeaderValue};
use hyper::{Request, Uri};
use serde_json::Value;

use super::http_client::HttpClient;
use crate::callback::tunnel::TunnelState;
use crate::callback::tunnel_program::TunnelProgram;
pub use apis::TunnelApis;
use apis::{Api, BasicAuth};
pub use installed::installed;
use routes::{read, state};

/// The programs are on this machine: they reply at once or not at all.
const TIMEOUT: Duration = Duration::from_millis(300);

/// Asks all programs at once for tunnels to the listener's address.
pub async fn look(apis: &TunnelApis, listen: SocketAddr) -> TunnelState {
    let client = HttpClient::new(TIMEOUT);
    let states = apis.iter().map(|api| look_at(&client, api, listen));
    join_all(states).await.into_iter().fold(TunnelState::NotRunning, TunnelState::or)
}

async fn look_at(client: &HttpClient, api: &Api, listen: SocketAddr) -> TunnelState {
    let mut replies = Vec::new();
    for path in paths(api.program) {
        match get(client, api, path).await {
            Ok((200, body)) => replies.push(serde_json::from_slice(&body).unwrap_or(Value::Null)),
            // Any server can have such a port; that of an option is the user's word.
            Ok((status, _)) if replies.is_empty() && api.is_given => {
                return TunnelState::Refused(api.program, status);
            }
            Err(why) if replies.is_empty() && api.is_given => {
                return TunnelState::NoReply(api.program, why.to_string());
            }
            _ if replies.is_empty() => return TunnelState::NotRunning,
            _ => replies.push(Value::Null),
        }
    }
    match read(api.program, &replies) {
        Some(routes) => state(api.program, routes, listen),
        None => TunnelState::NotRunning,
    }
}

/// The resources of a program's API; the others are asked for if the first one replies.
const fn paths(program: TunnelProgram) -> &'static [&'static str] {
    match program {
        TunnelProgram::Ngrok => &["/api/tunnels"],
        TunnelProgram::Cloudflared => &["/quicktunnel", "/config"],
        TunnelProgram::Frp => &["/api/status"],
        TunnelProgram::Cpolar | TunnelProgram::Natapp => &[],
    }
}

/// Status and body of a resource of an API.
///
/// # Errors
/// Why there is no reply.
async fn get(client: &HttpClient, api: &Api, path: &str) -> anyhow::Result<(u16, Vec<u8>)> {
    let url: Uri = format!("{}{path}", api.url).parse()?;
    let mut request = Request::get(url).body(Full::default())?;
    if let Some(BasicAuth(value)) = &api.auth {
        let mut value = HeaderValue::from_str(value)?;
        value.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    let reply = client.send(request).await?;
    Ok((reply.status, reply.body.to_vec()))
}
