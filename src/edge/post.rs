//! A small HTTP client: one POST or GET, its reply, and how long it took.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderValue};
use hyper::{Request, Uri};
use jiff::SignedDuration;
use jiff::fmt::rfc2822::DateTimeParser;

use super::client::{self, Http, reason};
use super::clock;
use super::resolve::Names;
use super::trust::Trust;
use crate::callback::Timestamp;

pub use super::client::place;

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
    /// The `Date`, if it came and is one: the clock of whoever answered.
    pub date: Option<Timestamp>,
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
    /// A client that waits so long for a whole reply. For https it trusts the
    /// public authorities that browsers trust.
    pub fn new(timeout: Duration) -> Self {
        Self::trusting(timeout, &Trust::default())
    }

    /// The same, with others to trust for https.
    pub fn trusting(timeout: Duration, trust: &Trust) -> Self {
        Self { client: client::client(trust, Names::of_the_system()), timeout }
    }

    /// The same as new, with names that are looked up otherwise.
    pub fn at(timeout: Duration, address: SocketAddr) -> Self {
        Self { client: client::client(&Trust::default(), Names::all_at(address)), timeout }
    }

    /// Posts a body; any HTTP status is a reply.
    ///
    /// # Errors
    /// Why no reply came, or none that could be read; names the URL without
    /// its query, which may hold a signature.
    pub async fn post(&self, url: &Uri, body: Bytes) -> anyhow::Result<Reply> {
        let mut request = Request::post(url.clone()).body(Full::new(body))?;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.send(request).await
    }

    /// Posts a body to `target` (path and query) at the origin `base`.
    ///
    /// # Errors
    /// An invalid target, and as [`Poster::post`].
    pub async fn post_to(&self, base: &Uri, target: &str, body: Vec<u8>) -> anyhow::Result<Reply> {
        let url = format!("{}{target}", base.to_string().trim_end_matches('/'));
        let url: Uri = url.parse().context("invalid request target")?;
        self.post(&url, Bytes::from(body)).await
    }

    /// Gets a URL; any HTTP status is a reply.
    ///
    /// # Errors
    /// As [`Poster::post`].
    pub async fn get(&self, url: &Uri) -> anyhow::Result<Reply> {
        self.send(Request::get(url.clone()).body(Full::default())?).await
    }

    /// Sends a request as it is; any HTTP status is a reply.
    ///
    /// # Errors
    /// As [`Poster::post`].
    pub async fn send(&self, request: Request<Full<Bytes>>) -> anyhow::Result<Reply> {
        let url = request.uri().clone();
        let began = clock::now();
        let asked = tokio::time::timeout(self.timeout, self.ask(&url, request)).await;
        let Ok(reply) = asked else {
            let waited = SignedDuration::try_from(self.timeout).unwrap_or_default();
            bail!("no reply from {} within {waited:#}", place(&url));
        };
        Ok(Reply { took: clock::now().since(began), ..reply? })
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
        let headers = response.headers();
        let content_type = headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|it| it.to_str().ok()).map(str::to_owned);
        let date = date(headers);
        let body = match Limited::new(response.into_body(), LIMIT).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                bail!("the reply from {} is larger than 1 MiB", place(url))
            }
            Err(_) => bail!("the reply from {} broke off", place(url)),
        };
        Ok(Reply { status, content_type, date, body, took: Duration::ZERO })
    }
}

impl Default for Poster {
    fn default() -> Self {
        Self::new(TIMEOUT)
    }
}

/// When a reply was made, by the clock of who made it; to the second.
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?;
    let date = DateTimeParser::new().parse_timestamp(date.as_bytes()).ok()?;
    Some(Timestamp::from_secs(date.as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_a_reply_is_read_if_it_is_one() {
        let read = |text| date(&HeaderMap::from_iter([(DATE, HeaderValue::from_static(text))]));
        assert_eq!(
            read("Thu, 01 Dec 2022 05:21:52 GMT"),
            Some(Timestamp::from_secs(1_669_872_112))
        );
        assert_eq!(read("yesterday"), None);
        assert_eq!(date(&HeaderMap::new()), None);
    }

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
