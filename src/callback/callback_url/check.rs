//! Finds what is wrong with a callback URL.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Finding, MAX_HOST};
use crate::callback::local;

/// The findings about a callback URL; empty if it is accepted.
pub fn findings(url: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let bad = |it: &char| it.is_whitespace() || it.is_control() || "!$&".contains(*it);
    found.extend(url.chars().find(bad).map(Finding::Character));
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        found.push(Finding::Scheme);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let before_fragment = path.split('#').next().unwrap_or_default();
    if before_fragment.contains('?') {
        found.push(Finding::Query);
    }
    if path.contains('#') {
        found.push(Finding::Fragment);
    }
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
    if host_and_port.len() < authority.len() {
        found.push(Finding::User);
    }
    let (host, port) = split_port(host_and_port);
    if port.is_some_and(|it| it.parse::<u16>().map_or(true, |it| it == 0)) {
        found.push(Finding::Port);
    }
    check_host(host, secure, &mut found);
    if scheme.eq_ignore_ascii_case("http") {
        found.push(Finding::Plain);
    }
    found
}

/// Host and port; colons within brackets belong to the host.
fn split_port(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    }
}

fn check_host(host: &str, secure: bool, found: &mut Vec<Finding>) {
    if host.is_empty() {
        return found.push(Finding::NoHost);
    }
    if let Some(address) = local::address(host) {
        found.extend(unreachable(address));
        if address.is_ipv6() {
            found.push(Finding::Ipv6);
        }
        if secure {
            found.push(Finding::AddressCertificate);
        }
        return;
    }
    check_name(host, found);
}

fn check_name(host: &str, found: &mut Vec<Finding>) {
    let allowed = |it: &char| it.is_ascii_alphanumeric() || "-.".contains(*it);
    // Reported by `findings` already.
    let reported = |it: &char| it.is_whitespace() || it.is_control() || "!$&".contains(*it);
    found.extend(host.chars().find(|it| !allowed(it) && !reported(it)).map(Finding::HostCharacter));
    let length = host.chars().count();
    if MAX_HOST < length {
        found.push(Finding::HostLength(length));
    }
    let name = host.to_ascii_lowercase();
    if name.split('.').any(|it| it.is_empty() || it.starts_with('-') || it.ends_with('-')) {
        found.push(Finding::HostForm);
    }
    let is_within = |domains: &[&str]| {
        let mut domains = domains.iter();
        domains.any(|it| name.strip_suffix(it).is_some_and(|rest| rest.ends_with('.')))
    };
    if local::is_local_host(&name) || is_within(&["localhost"]) {
        found.push(Finding::Loopback);
    } else if is_within(&["local", "lan", "internal", "home.arpa"]) {
        found.push(Finding::Private);
    } else if !name.contains('.') {
        found.push(Finding::NoDomain);
    }
}

/// Why an address cannot be reached from the Internet, if it cannot.
fn unreachable(address: IpAddr) -> Option<Finding> {
    if local::is_local_address(address) {
        return Some(Finding::Loopback);
    }
    let v4 = |it: Ipv4Addr| match it.octets() {
        // 100.64.0.0/10: carrier-grade NAT (RFC 6598).
        [100, second, ..] if second & 0xc0 == 64 => Some(Finding::Private),
        _ if it.is_private() || it.is_link_local() => Some(Finding::Private),
        _ => None,
    };
    let v6 = |it: Ipv6Addr| {
        let is_private = it.is_unique_local() || it.is_unicast_link_local();
        is_private.then_some(Finding::Private)
    };
    match address.to_canonical() {
        IpAddr::V4(it) => v4(it),
        IpAddr::V6(it) => v6(it),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Finding::*;
    use super::super::Level;
    use super::*;

    fn check(url: &str, expected: &[Finding]) {
        assert_eq!(findings(url), expected, "{url}");
    }

    #[test]
    fn urls_that_the_console_accepts() {
        for url in [
            "https://im.example.com",
            "HTTPS://IM.Example.com/callback/s3cr3t_path",
            "https://im.example.com:8443/im",
            "https://abc123.ngrok-free.app/",
            "https://xn--fiq228c.example.cn/im",
        ] {
            check(url, &[]);
        }
    }

    #[test]
    fn urls_with_warnings() {
        check("http://im.example.com/im", &[Plain]);
        check("http://8.8.8.8:80/imcallback", &[Plain]);
        check("https://8.8.8.8/imcallback", &[AddressCertificate]);
        check("http://[2606:4700::1111]:8080/", &[Ipv6, Plain]);
        assert!([Plain, AddressCertificate, Ipv6].iter().all(|it| it.level() == Level::Warning));
    }

    #[test]
    fn urls_that_the_console_refuses() {
        let long = format!("https://{}.example.com/", "a".repeat(52));
        let longest = format!("https://{}.example.com/", "a".repeat(51));
        check(&long, &[HostLength(64)]);
        check(&longest, &[]);
        check("im.example.com/im", &[Scheme]);
        check("ftp://im.example.com", &[Scheme]);
        check("https:///im", &[NoHost]);
        check("", &[Scheme, NoHost]);
        check("https://my_app.example.com", &[HostCharacter('_')]);
        check("https://回调.example.com", &[HostCharacter('回')]);
        check("https://im.example.com/a b", &[Character(' ')]);
        check("https://im.example.com ", &[Character(' ')]);
        check("https://im.example.com/pay$me", &[Character('$')]);
        check("https://im.example.com/\u{1b}[2J", &[Character('\u{1b}')]);
        check("https://im.example.com/im?key=1&b=2", &[Character('&'), Query]);
        check("https://im.example.com?key=1", &[Query]);
        check("https://im.example.com/#a?b", &[Fragment]);
        check("https://me:secret@im.example.com/", &[User]);
        check("https://im.example.com:99999/", &[Port]);
        check("https://im.example.com:/", &[Port]);
        check("https://im..example.com", &[HostForm]);
        check("https://-im.example.com", &[HostForm]);
        check("https://intranet/im", &[NoDomain]);
    }

    #[test]
    fn addresses_that_are_not_public() {
        for url in ["https://localhost:9527", "https://im.localhost", "https://LOCALHOST"] {
            check(url, &[Loopback]);
        }
        for host in ["127.0.0.1:9527", "0.0.0.0", "127.1.2.3"] {
            check(&format!("http://{host}"), &[Loopback, Plain]);
        }
        for host in ["10.0.0.1", "172.31.0.1:80", "192.168.1.5", "169.254.1.1", "100.64.0.1"] {
            check(&format!("http://{host}/im"), &[Private, Plain]);
        }
        for host in ["172.32.0.1", "100.128.0.1"] {
            check(&format!("http://{host}/im"), &[Plain]);
        }
        check("http://[::1]:9527/", &[Loopback, Ipv6, Plain]);
        check("http://[fd00::1]/", &[Private, Ipv6, Plain]);
        check("http://[::ffff:10.0.0.1]/", &[Private, Ipv6, Plain]);
        check("https://macbook.local", &[Private]);
    }
}
