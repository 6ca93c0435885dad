//! A small HTTP client: one POST, its reply, and how long it took.

use std::time::Duration;

use anyhow::bail;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Request, Uri};
use jiff::SignedDuration;

use super::client::{self, Http, place, reason};
use super::clock;
use super::trust::Trust;

/// How long Tencent waits for the reply to a callback (document: 2 s, and not
/// to be changed).
pub const TIMEOUT: Duration = Duration::from_secs(2);

/// The largest reply that is read. What Tencent requires is some fifty bytes.
const LIMIT: usize = 1 << 20;

/// A reply as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, if it came and is text.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
    /// From before the call to the last byte of the reply.
    pub took: Duration,
}

/// Posts bodies as JSON, over connections that are kept alive; follows no
/// redirect, as Tencent does not.
#[derive(Debug, Clone)]
pub struct Poster {
    client: Http,
    timeout: Duration,
}

impl Poster {
    /// A client that waits so long for a whole reply, and trusts those for https.
    pub fn new(timeout: Duration, trust: &Trust) -> Self {
        Self { client: client::client(trust), timeout }
    }

    /// Posts a body; any HTTP status is a reply.
    ///
    /// # Errors
    /// Why no reply came, or none that could be read; names the URL without
    /// its query, which may hold a signature.
    pub async fn post(&self, url: &Uri, body: Bytes) -> anyhow::Result<Reply> {
        let mut request = Request::post(url.clone()).body(Full::new(body))?;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let began = clock::now();
        let asked = tokio::time::timeout(self.timeout, self.ask(url, request)).await;
        let Ok(reply) = asked else {
            let waited = SignedDuration::try_from(self.timeout).unwrap_or_default();
            bail!("no reply from {} within {waited:#}", place(url));
        };
        let micros = u64::try_from(clock::now().since(began)).unwrap_or_default();
        Ok(Reply { took: Duration::from_micros(micros), ..reply? })
    }

    async fn ask(&self, url: &Uri, request: Request<Full<Bytes>>) -> anyhow::Result<Reply> {
        let response = match self.client.request(request).await {
            Ok(response) => response,
            Err(error) if error.is_connect() => {
                bail!("cannot connect to {}: {}", place(url), reason(&error))
            }
            Err(error) => bail!("no reply from {}: {}", place(url), reason(&error)),
        };
        let status = response.status().as_u16();
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|it| it.to_str().ok()).map(str::to_owned);
        let body = match Limited::new(response.into_body(), LIMIT).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                bail!("the reply from {} is larger than 1 MiB", place(url))
            }
            Err(_) => bail!("the reply from {} broke off", place(url)),
        };
        Ok(Reply { status, content_type, body, took: Duration::ZERO })
    }
}

impl Default for Poster {
    fn default() -> Self {
        Self::new(TIMEOUT, &Trust::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_refused_connection_is_told_as_such() {
        // Bound and let go, so that nobody listens there.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url: Uri = format!("http://{free}/im?Sign=abc").parse().unwrap();
        let error = Poster::default().post(&url, Bytes::new()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot connect to http://{free}/im: connection refused")
        );
    }
}
