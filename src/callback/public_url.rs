//! The public URL of the listener, and where it is known from.

use super::browser;
use super::callback_url::{Level, findings};
use super::delivery::{Delivery, DeliveryKind, Origin};
use super::local;
use super::tunnel_program::TunnelProgram;

/// The port of the listener unless an option has another.
pub const DEFAULT_PORT: u16 = 9527;

/// The URL by which Tencent reaches the listener.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicUrl {
    /// The URL, without a query, a user or a password.
    pub url: String,
    /// Where it is known from.
    pub source: UrlSource,
}

/// Where a public URL is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UrlSource {
    /// From an option.
    Given,
    /// From the local API of this program.
    Tunnel(TunnelProgram),
    /// From the headers of a callback that came through.
    Call,
}

impl PublicUrl {
    /// The URL that a callback was sent to: by the header `Host`, or by
    /// `X-Forwarded-Host` where a proxy replaced that. `None` unless it is a public name;
    /// the headers of a refused call and of a web page are anyone's.
    pub fn of_call(delivery: &Delivery) -> Option<Self> {
        let is_callback = delivery.origin == Origin::Caller
            && delivery.kind() == DeliveryKind::Callback
            && !delivery.is_refused();
        if !is_callback {
            return None;
        }
        // One pass: this is on the path of each callback until the URL is known.
        let [mut host, mut forwarded_host, mut scheme] = [None; 3];
        for (name, value) in delivery.headers.bytes() {
            match name {
                b"host" => host = host.or(Some(value)),
                b"x-forwarded-host" => forwarded_host = forwarded_host.or(Some(value)),
                b"x-forwarded-proto" => scheme = scheme.or(Some(value)),
                _ => {}
            }
        }
        let host = host.and_then(public_host).or_else(|| forwarded_host.and_then(public_host))?;
        if browser::is_from_page(&delivery.headers) {
            return None;
        }
        let scheme = match scheme.and_then(first_value) {
            Some(it) if it.eq_ignore_ascii_case("https") => "https",
            _ => "http",
        };
        let url = format!("{scheme}://{}{}", host.to_ascii_lowercase(), delivery.path());
        let is_usable = findings(&url).iter().all(|it| it.level() < Level::Failure);
        is_usable.then_some(Self { url, source: UrlSource::Call })
    }

    /// The URL as it has to stand in the console: it has a path.
    pub fn for_console(&self) -> String {
        let (scheme, rest) = self.url.split_once("://").unwrap_or(("", &self.url));
        let slash = if rest.contains('/') { "" } else { "/" };
        format!("{scheme}://{rest}{slash}")
    }

    /// The program whose tunnel it is, if it is one.
    pub const fn program(&self) -> Option<TunnelProgram> {
        match self.source {
            UrlSource::Tunnel(program) => Some(program),
            UrlSource::Given | UrlSource::Call => None,
        }
    }

    /// Whether two URLs have the same host and port.
    pub fn has_host_of(&self, other: &Self) -> bool {
        self.authority().eq_ignore_ascii_case(other.authority())
    }

    /// Whether it is the URL of this header `Host`.
    pub fn is_host(&self, host: Option<&[u8]>) -> bool {
        host.is_some_and(|it| it.eq_ignore_ascii_case(self.authority().as_bytes()))
    }

    /// Whether two hosts have the same two labels at the end, as those that one service
    /// gives out.
    pub fn is_of_service(&self, other: &Self) -> bool {
        let service = |it: &Self| {
            let name = it.authority().split(':').next().unwrap_or_default().to_ascii_lowercase();
            let mut labels = name.rsplitn(3, '.').take(2).map(str::to_owned);
            (labels.next(), labels.next())
        };
        service(self) == service(other)
    }

    /// Its host, with the port if it has one.
    fn authority(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, it)| it);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

/// The first value of a header, which the outermost of several proxies wrote.
fn first_value(value: &[u8]) -> Option<&str> {
    Some(str::from_utf8(value).ok()?.split(',').next()?.trim())
}

/// The host of a header, with the port if it has one, if it is a name that can be public.
fn public_host(value: &[u8]) -> Option<&str> {
    // Most hosts are addresses, and none is public: cheaper than to parse them.
    if !value.iter().any(|it| it.is_ascii_alphabetic() || !it.is_ascii()) {
        return None;
    }
    let host = first_value(value)?;
    let name = host.split(':').next().unwrap_or_default();
    (name.contains('.') && local::address(name).is_none()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::super::{Headers, Refusal};
    use super::*;

    fn call(headers: &[(&str, &str)]) -> Delivery {
        let headers: Headers = headers.iter().map(|(name, it)| (*name, it.as_bytes())).collect();
        Delivery {
            method: "POST".into(),
            target: "/im/hook?SdkAppid=1400000000&Sign=abc".into(),
            headers,
            ..Delivery::default()
        }
    }

    fn url(headers: &[(&str, &str)]) -> Option<String> {
        PublicUrl::of_call(&call(headers)).map(|it| it.url)
    }

    #[test]
    fn a_call_through_a_tunnel_shows_its_public_url() {
        let https = ("x-forwarded-proto", "https");
        let found = |it: &str| Some(it.to_owned());
        let host = ("host", "A1.NATAPPFREE.cc");
        assert_eq!(url(&[host]), found("http://a1.natappfree.cc/im/hook"));
        assert_eq!(url(&[host, https]), found("https://a1.natappfree.cc/im/hook"));
        let behind =
            [("host", "127.0.0.1:9527"), ("x-forwarded-host", "im.example.com, proxy"), https];
        assert_eq!(url(&behind), found("https://im.example.com/im/hook"));
        let port = [("host", "im.example.com:8443"), https];
        assert_eq!(url(&port), found("https://im.example.com:8443/im/hook"));
    }

    #[test]
    fn a_host_that_is_not_public_is_no_public_url() {
        for host in ["localhost:9527", "127.0.0.1", "10.0.0.1:80", "[::1]:80", "app", "8.8.8.8", ""]
        {
            assert_eq!(url(&[("host", host)]), None, "{host}");
        }
        for host in ["imscope.local", "host.docker.internal:9527", "my_app.example.com", "a.b:x"] {
            assert_eq!(url(&[("host", host)]), None, "{host}");
        }
        assert_eq!(url(&[]), None);
    }

    #[test]
    fn a_refused_call_a_page_and_a_probe_show_no_public_url() {
        let host = ("host", "evil.example");
        assert_eq!(url(&[host, ("origin", "http://evil.example")]), None);
        let refused = Delivery { refusal: Some(Refusal::Signature), ..call(&[host]) };
        assert_eq!(PublicUrl::of_call(&refused), None);
        assert_eq!(PublicUrl::of_call(&Delivery { method: "GET".into(), ..call(&[host]) }), None);
    }

    #[test]
    fn in_the_console_a_url_has_a_path() {
        for (url, expected) in [
            ("https://a.example", "https://a.example/"),
            ("https://a.example:8443/im", "https://a.example:8443/im"),
        ] {
            let url = PublicUrl { url: url.to_owned(), source: UrlSource::Given };
            assert_eq!(url.for_console(), expected);
        }
    }
}
