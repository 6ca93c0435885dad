//! What the console and Tencent's servers ask of a callback URL.
//!
//! The text is judged as it was typed: what is wrong with it may well be that it
//! is no URL. The rules are those of the console's page and of Tencent's own
//! list of why a callback fails (documents 269/32431 and "callback overview").

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::lang::Lang;

/// How long a host may be.
const HOST: usize = 63;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It works, and is worth a thought.
    Warning,
    /// No callback will arrive.
    Failure,
}

/// Something about a URL that the console or Tencent will not like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It begins with neither `http://` nor `https://`.
    Scheme,
    /// It has no host.
    NoHost,
    /// A character that may stand nowhere in the URL.
    Character(char),
    /// A character that may not stand in the host.
    HostCharacter(char),
    /// The host is too long: so many characters.
    HostLength(usize),
    /// A part of the host is empty, or begins or ends with a `-`.
    HostForm,
    /// The host is a word without a dot, which no public name server knows.
    NoDomain,
    /// The port is no number from 1 to 65535.
    Port,
    /// It has a query of its own.
    Query,
    /// It has a part after a `#`, which is never sent.
    Fragment,
    /// It holds a user name or a password.
    User,
    /// It is an address, or a name, of this machine only.
    Loopback,
    /// It is an address, or a name, of a private network.
    Private,
    /// It is an IPv6 address, of which the documents say nothing.
    Ipv6,
    /// It is not encrypted.
    Plain,
    /// An https URL with a bare address: few certificates are made for these.
    AddressCertificate,
}

/// Everything there is to say about a callback URL; nothing if all is well.
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

/// Host and port; the colons of an address in brackets are its own.
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
    let bare = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    if let Ok(address) = bare.unwrap_or(host).parse::<IpAddr>() {
        found.extend(reach(address));
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
    // What may stand nowhere has been told already.
    let plain = |it: &char| it.is_ascii_alphanumeric() || "-.".contains(*it);
    let told = |it: &char| it.is_whitespace() || it.is_control() || "!$&".contains(*it);
    found.extend(host.chars().find(|it| !plain(it) && !told(it)).map(Finding::HostCharacter));
    let length = host.chars().count();
    if HOST < length {
        found.push(Finding::HostLength(length));
    }
    let name = host.to_ascii_lowercase();
    if name.split('.').any(|it| it.is_empty() || it.starts_with('-') || it.ends_with('-')) {
        found.push(Finding::HostForm);
    }
    let within = |domains: &[&str]| {
        let mut domains = domains.iter();
        domains.any(|it| name.strip_suffix(it).is_some_and(|rest| rest.ends_with('.')))
    };
    if name == "localhost" || within(&["localhost"]) {
        found.push(Finding::Loopback);
    } else if within(&["local", "lan", "internal", "home.arpa"]) {
        found.push(Finding::Private);
    } else if !name.contains('.') {
        found.push(Finding::NoDomain);
    }
}

/// Why an address cannot be reached from outside, if it cannot.
fn reach(address: IpAddr) -> Option<Finding> {
    let of_four = |it: Ipv4Addr| match it.octets() {
        [127 | 0, ..] => Some(Finding::Loopback),
        // 100.64/10 is what providers use between them and their customers.
        [100, second, ..] if second & 0xc0 == 64 => Some(Finding::Private),
        _ if it.is_private() || it.is_link_local() => Some(Finding::Private),
        _ => None,
    };
    let of_six = |it: Ipv6Addr| match it.to_ipv4_mapped() {
        Some(four) => of_four(four),
        None if it.is_loopback() || it.is_unspecified() => Some(Finding::Loopback),
        None if it.is_unique_local() || it.is_unicast_link_local() => Some(Finding::Private),
        None => None,
    };
    match address {
        IpAddr::V4(it) => of_four(it),
        IpAddr::V6(it) => of_six(it),
    }
}

impl Finding {
    /// How much it weighs.
    pub const fn level(self) -> Level {
        match self {
            Self::Plain | Self::Ipv6 | Self::AddressCertificate => Level::Warning,
            _ => Level::Failure,
        }
    }

    /// It, in a sentence.
    pub fn said(self, lang: Lang) -> String {
        match lang {
            Lang::En => self.in_english(),
            Lang::Zh => self.in_chinese(),
        }
    }

    fn in_english(self) -> String {
        let said = match self {
            Self::Scheme => "it must begin with http:// or https://",
            Self::NoHost => "it has no host",
            Self::Character(' ') => "it holds a space",
            Self::Character(it) => {
                return format!("it holds {}, which the console does not take", quoted(it));
            }
            Self::HostCharacter(it) => {
                return format!(
                    "the host holds {}, but may hold only letters, digits, - and dots",
                    quoted(it)
                );
            }
            Self::HostLength(length) => {
                return format!("the host has {length} characters, but may have at most {HOST}");
            }
            Self::HostForm => "a part of the host is empty, or begins or ends with -",
            Self::NoDomain => "the host has no dot: no public name server knows it",
            Self::Port => "the port is no number from 1 to 65535",
            Self::Query => {
                "it has a query, which the console does not take: put a secret into the path"
            }
            Self::Fragment => "it has a part after #, which is never sent",
            Self::User => "it holds a user name or a password, of which the console knows nothing",
            Self::Loopback => "it is of this machine only: Tencent cannot reach it",
            Self::Private => "it is of a private network: Tencent cannot reach it",
            Self::Ipv6 => "it is an IPv6 address, of which the documents say nothing",
            Self::Plain => {
                "http is not encrypted: whoever reads a signature on the way can use it for a minute"
            }
            Self::AddressCertificate => {
                "it is https with a bare address: its certificate must be made for the address, by a public authority"
            }
        };
        said.to_owned()
    }

    fn in_chinese(self) -> String {
        let said = match self {
            Self::Scheme => "必须以 http:// 或 https:// 开头",
            Self::NoHost => "缺少主机名",
            Self::Character(' ') => "包含空格",
            Self::Character(it) => return format!("包含控制台不接受的字符 {}", quoted(it)),
            Self::HostCharacter(it) => {
                return format!("主机名包含 {}，只允许字母、数字、- 和点", quoted(it));
            }
            Self::HostLength(length) => {
                return format!("主机名有 {length} 个字符，最多 {HOST} 个");
            }
            Self::HostForm => "主机名的某一段为空，或以 - 开头或结尾",
            Self::NoDomain => "主机名不含点，公网 DNS 无法解析",
            Self::Port => "端口不是 1 到 65535 的数字",
            Self::Query => "带有控制台不接受的查询参数：请把密钥放在路径里",
            Self::Fragment => "带有 # 之后的部分，它不会被发送",
            Self::User => "带有用户名或密码，控制台不支持",
            Self::Loopback => "这是本机地址，腾讯云无法访问",
            Self::Private => "这是内网地址，腾讯云无法访问",
            Self::Ipv6 => "这是 IPv6 地址，文档未说明是否支持",
            Self::Plain => "http 未加密：途中看到签名的人可在一分钟内冒用",
            Self::AddressCertificate => "https 加裸 IP：证书须由公共 CA 为该 IP 签发",
        };
        said.to_owned()
    }
}

/// A character that cannot move a cursor.
fn quoted(it: char) -> String {
    if it.is_ascii_graphic() || it.is_alphanumeric() {
        return format!("\"{it}\"");
    }
    format!("U+{:04X}", u32::from(it))
}

#[cfg(test)]
mod tests {
    use super::Finding::*;
    use super::*;

    fn check(url: &str, expected: &[Finding]) {
        assert_eq!(findings(url), expected, "{url}");
    }

    #[test]
    fn urls_that_the_console_takes() {
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
    fn what_works_and_is_worth_a_thought() {
        check("http://im.example.com/im", &[Plain]);
        check("http://8.8.8.8:80/imcallback", &[Plain]);
        check("https://8.8.8.8/imcallback", &[AddressCertificate]);
        check("http://[2606:4700::1111]:8080/", &[Ipv6, Plain]);
        assert!([Plain, AddressCertificate, Ipv6].iter().all(|it| it.level() == Level::Warning));
    }

    #[test]
    fn what_the_console_does_not_take() {
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
    fn what_cannot_be_reached_from_outside() {
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

    #[test]
    fn a_finding_cannot_move_the_cursor_and_is_told_in_every_language() {
        let said = Character('\u{1b}').said(Lang::En);
        assert_eq!(said, "it holds U+001B, which the console does not take");
        assert_eq!(Character('\u{202e}').said(Lang::Zh), "包含控制台不接受的字符 U+202E");
    }
}
