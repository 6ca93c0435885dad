//! A small HTTP client: sends one request and reads the reply and its duration.

pub(in crate::edge) mod error;
pub(in crate::edge) mod pool;

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Body as _;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Uri};
use jiff::fmt::rfc2822::DateTimeParser;
use tokio::time::Instant;

use super::client_tls::RootCerts;
use super::resolve::Resolver;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::trouble::failure;
use crate::callback::{Timestamp, own_request};
pub use error::TimedOut;
use error::reason;
use pool::{PooledClient, pooled_client};

/// The maximum size of a reply in bytes. What Tencent requires is some fifty.
const MAX_REPLY: usize = 1 << 20;

/// A reply to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, if there is one and it is text.
    pub content_type: Option<String>,
    /// The `Date`, if there is a valid one: the clock of the server.
    pub date: Option<Timestamp>,
    /// The body.
    pub body: Bytes,
    /// Time from before the request to the last byte of the reply.
    pub took: Duration,
}

/// Sends requests over connections that are kept alive; follows no redirect, as
/// Tencent does not.
#[derive(Debug, Clone)]
pub struct HttpClient {
    client: PooledClient,
    timeout: Duration,
}

impl HttpClient {
    /// A client with a timeout for the complete reply. For https it accepts the
    /// public certificate authorities that browsers accept.
    pub fn new(timeout: Duration) -> Self {
        Self::with_roots(timeout, &RootCerts::default())
    }

    /// A client that accepts other server certificates.
    pub fn with_roots(timeout: Duration, roots: &RootCerts) -> Self {
        Self { client: pooled_client(roots, Resolver::system()), timeout }
    }

    /// A client that connects to one address, whatever the host of a URL.
    pub fn connecting_to(timeout: Duration, address: SocketAddr) -> Self {
        let resolver = Resolver::fixed(address);
        Self { client: pooled_client(&RootCerts::default(), resolver), timeout }
    }

    /// Posts a JSON body as imscope; any HTTP status is a reply.
    ///
    /// # Errors
    /// When no reply was received, or one that cannot be read; names the URL
    /// without its query, which may hold a signature.
    pub async fn post(&self, url: &Uri, body: Bytes) -> anyhow::Result<Reply> {
        let mut request = Request::post(url.clone()).body(Full::new(body))?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static(own_request::USER_AGENT));
        self.send(request).await
    }

    /// Posts a JSON body to `target` (path and query) at the origin of `url`.
    ///
    /// # Errors
    /// An invalid target, and as [`HttpClient::post`].
    pub async fn post_to(&self, url: &Uri, target: &str, body: Vec<u8>) -> anyhow::Result<Reply> {
        self.post(&with_target(url, target)?, Bytes::from(body)).await
    }

    /// Gets a URL; any HTTP status is a reply.
    ///
    /// # Errors
    /// As [`HttpClient::post`].
    pub async fn get(&self, url: &Uri) -> anyhow::Result<Reply> {
        self.send(Request::get(url.clone()).body(Full::default())?).await
    }

    /// Sends a request as it is; any HTTP status is a reply.
    ///
    /// # Errors
    /// As [`HttpClient::post`].
    pub async fn send(&self, request: Request<Full<Bytes>>) -> anyhow::Result<Reply> {
        let url = request.uri().clone();
        let start = Instant::now();
        let exchange = tokio::time::timeout(self.timeout, self.exchange(&url, request)).await;
        let Ok(reply) = exchange else {
            bail!(TimedOut { url: display_url(&url), timeout: self.timeout });
        };
        Ok(Reply { took: start.elapsed(), ..reply? })
    }

    async fn exchange(
        &self,
        url: &Uri,
        mut request: Request<Full<Bytes>>,
    ) -> anyhow::Result<Reply> {
        set_length(&mut request);
        let response = match self.client.request(request).await {
            Ok(response) => response,
            Err(error) if error.is_connect() => {
                bail!(failure::cannot_connect(display_url(url), reason(&error)))
            }
            Err(error) => bail!(failure::no_reply(display_url(url), reason(&error))),
        };
        let status = response.status().as_u16();
        let headers = response.headers();
        let content_type = headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|it| it.to_str().ok()).map(str::to_owned);
        let date = date(headers);
        let body = match Limited::new(response.into_body(), MAX_REPLY).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                bail!(failure::reply_too_large(display_url(url)))
            }
            Err(_) => bail!(failure::reply_broke_off(display_url(url))),
        };
        Ok(Reply { status, content_type, date, body, took: Duration::ZERO })
    }
}

/// Sets `Content-Length` also for an empty body of a POST, which has none by default;
/// some servers refuse that (411).
pub(in crate::edge) fn set_length(request: &mut Request<Full<Bytes>>) {
    let length = request.body().size_hint().exact().unwrap_or_default();
    if request.method() == Method::POST {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}

/// The URL with another path and query.
///
/// # Errors
/// An invalid target.
pub fn with_target(url: &Uri, target: &str) -> anyhow::Result<Uri> {
    let mut parts = url.clone().into_parts();
    parts.path_and_query = Some(target.parse().with_context(failure::invalid_target)?);
    Ok(Uri::from_parts(parts)?)
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::new(TENCENT_TIMEOUT)
    }
}

/// A URL for display: without its query and without user name and password.
pub fn display_url(url: &Uri) -> String {
    let scheme = url.scheme_str().unwrap_or("http");
    let port = url.port().map(|it| format!(":{it}")).unwrap_or_default();
    format!("{scheme}://{}{port}{}", url.host().unwrap_or_default(), url.path())
}

/// The `Date` of a reply, in whole seconds of the server's clock.
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?;
    let date = DateTimeParser::new().parse_timestamp(date.as_bytes()).ok()?;
    Some(Timestamp::from_secs(date.as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_displayed_url_holds_neither_query_nor_password() {
        let url: Uri = "https://me:secret@example.com:8443/im?Sign=abc".parse().unwrap();
        assert_eq!(display_url(&url), "https://example.com:8443/im");
    }

    #[test]
    fn the_date_of_a_reply_is_read_if_it_is_valid() {
        let read = |text| date(&HeaderMap::from_iter([(DATE, HeaderValue::from_static(text))]));
        assert_eq!(
            read("Thu, 01 Dec 2022 05:21:52 GMT"),
            Some(Timestamp::from_secs(1_669_872_112))
        );
        assert_eq!(read("yesterday"), None);
        assert_eq!(date(&HeaderMap::new()), None);
    }

    #[tokio::test]
    async fn a_refused_connection_is_reported_as_such() {
        // Bound and closed again, so that nothing listens there.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url: Uri = format!("http://{free}/im?Sign=abc").parse().unwrap();
        let error = HttpClient::default().post(&url, Bytes::new()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot connect to http://{free}/im: connection refused")
        );
    }
}
