//! What reached the port and is no request.

use crate::callback::Lang;
use crate::callback::lang::localize;

/// What a caller sent instead of a request that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// TLS, to a port without.
    Tls,
    /// HTTP/2.
    Http2,
    /// A head that was answered with this HTTP status: 400, 414 or 431.
    Head(u16),
    /// A TLS handshake that failed.
    Handshake,
    /// A connection that cannot be accepted for want of open files or memory.
    NoFiles,
}

impl Unreadable {
    /// What it is and what to do, a sentence.
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Self::Tls => localize!(
                lang,
                "a client speaks TLS to this plain port: the URL needs http://, or imscope --tls-cert",
                "有客户端以 TLS 连接此明文端口：URL 应为 http://，或为 imscope 加上 --tls-cert"
            ),
            Self::Http2 => localize!(
                lang,
                "a client speaks HTTP/2 to this port: let the proxy or tunnel use HTTP/1.1",
                "有客户端以 HTTP/2 连接此端口：请让代理或隧道使用 HTTP/1.1"
            ),
            Self::Head(status) => localize!(
                lang,
                "a request that cannot be read was answered {status}",
                "收到无法读取的请求，已应答 {status}"
            ),
            Self::NoFiles => localize!(
                lang,
                "no connection can be accepted: the limit of open files is reached (raise it: ulimit -n)",
                "无法接受新连接：打开的文件数已达上限（用 ulimit -n 提高上限）"
            ),
            Self::Handshake => localize!(
                lang,
                "a TLS handshake failed: the caller speaks no TLS, or does not trust the certificate",
                "TLS 握手失败：对方未使用 TLS，或不信任此证书"
            ),
        }
    }
}
