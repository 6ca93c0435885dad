//! Checks a callback URL against what the console and Tencent's servers accept.
//!
//! It is checked as typed, because it may not even be a URL. The rules are those of
//! the console and of Tencent's list of causes of failing callbacks
//! (<https://cloud.tencent.com/document/product/269/32431>).

mod check;

use super::lang::{Lang, localize};
pub use check::findings;

/// The longest host name in characters that the console accepts.
const MAX_HOST: usize = 63;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Callbacks arrive, but something may be wrong.
    Warning,
    /// No callback arrives.
    Failure,
}

/// A property of a URL that the console or Tencent's servers do not accept, or
/// that is worth a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It begins with neither `http://` nor `https://`.
    Scheme,
    /// It has no host.
    NoHost,
    /// It has this character, which is allowed nowhere in it.
    Character(char),
    /// Its host has this character, which is not allowed there.
    HostCharacter(char),
    /// Its host has this many characters, too many.
    HostLength(usize),
    /// A label of its host is empty, or begins or ends with a `-`.
    HostForm,
    /// Its host is a name without a dot, which is not in the public DNS.
    NoDomain,
    /// Its port is not a number from 1 to 65535.
    Port,
    /// It has a query.
    Query,
    /// It has a fragment, which is never sent.
    Fragment,
    /// It has a user name or a password.
    User,
    /// Its host is this machine.
    Loopback,
    /// Its host is in a private network.
    Private,
    /// Its host is an IPv6 address; these are not documented.
    Ipv6,
    /// It is not encrypted.
    Plain,
    /// It is https with an IP address, for which few authorities issue
    /// certificates.
    AddressCertificate,
}

impl Finding {
    /// How serious it is.
    pub const fn level(self) -> Level {
        match self {
            Self::Plain | Self::Ipv6 | Self::AddressCertificate => Level::Warning,
            _ => Level::Failure,
        }
    }

    /// The finding as a sentence. It has no control characters, whatever the URL
    /// has.
    // A table with a row for each.
    #[rustfmt::skip]
    pub fn message(self, lang: Lang) -> String {
        macro_rules! text {
            ($($texts:tt)*) => { localize!(lang, $($texts)*) };
        }
        match self {
            Self::Scheme => text!("it must begin with http:// or https://", "必须以 http:// 或 https:// 开头"),
            Self::NoHost => text!("it has no host", "缺少主机名"),
            Self::Character(' ') => text!("it has a space", "包含空格"),
            Self::Character(it) => {
                let it = quoted(it);
                text!("it has {it}, which the console does not accept", "包含控制台不接受的字符 {it}")
            }
            Self::HostCharacter(it) => {
                let it = quoted(it);
                text!(
                    "the host has {it}, but may have only letters, digits, - and dots",
                    "主机名包含 {it}，只允许字母、数字、- 和点"
                )
            }
            Self::HostLength(length) => text!(
                "the host has {length} characters, but may have at most {MAX_HOST}",
                "主机名有 {length} 个字符，最多 {MAX_HOST} 个"
            ),
            Self::HostForm => text!(
                "a label of the host is empty, or begins or ends with -",
                "主机名的某一段为空，或以 - 开头或结尾"
            ),
            Self::NoDomain => text!(
                "the host has no dot: it is not in the public DNS",
                "主机名不含点，公网 DNS 无法解析"
            ),
            Self::Port => text!("the port is not a number from 1 to 65535", "端口不是 1 到 65535 的数字"),
            Self::Query => text!(
                "it has a query, which the console does not accept: put a secret into the path",
                "带有控制台不接受的查询参数：请把密钥放在路径里"
            ),
            Self::Fragment => text!("it has a part after #, which is never sent", "带有 # 之后的部分，它不会被发送"),
            Self::User => text!(
                "it has a user name or a password, which the console does not support",
                "带有用户名或密码，控制台不支持"
            ),
            Self::Loopback => text!(
                "it is an address of this machine only: Tencent cannot reach it",
                "这是本机地址，腾讯云无法访问"
            ),
            Self::Private => text!(
                "it is an address of a private network: Tencent cannot reach it",
                "这是内网地址，腾讯云无法访问"
            ),
            Self::Ipv6 => text!(
                "it is an IPv6 address; whether these work is not documented",
                "这是 IPv6 地址，文档未说明是否支持"
            ),
            Self::Plain => text!(
                "http is not encrypted: a signature read on the network can be reused for a minute",
                "http 未加密：途中看到签名的人可在一分钟内冒用"
            ),
            Self::AddressCertificate => text!(
                "it is https with an IP address: a public authority must issue the certificate for that address",
                "https 加裸 IP：证书须由公共 CA 为该 IP 签发"
            ),
        }
    }
}

/// A character in quotes, or its number if it is not printable.
fn quoted(it: char) -> String {
    if it.is_ascii_graphic() || it.is_alphanumeric() {
        return format!("\"{it}\"");
    }
    format!("U+{:04X}", u32::from(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_no_control_characters() {
        let text = Finding::Character('\u{1b}').message(Lang::En);
        assert_eq!(text, "it has U+001B, which the console does not accept");
        assert_eq!(
            Finding::Character('\u{202e}').message(Lang::Zh),
            "包含控制台不接受的字符 U+202E"
        );
    }
}
