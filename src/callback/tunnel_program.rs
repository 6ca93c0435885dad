//! The programs that make a port of this machine reachable from the Internet.

/// A program that makes a port of this machine reachable from the Internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TunnelProgram {
    /// ngrok.
    Ngrok,
    /// cloudflared.
    Cloudflared,
    /// The client of frp.
    Frp,
    /// cpolar; it has no local API without an account.
    Cpolar,
    /// natapp; it has no local API.
    Natapp,
}

impl TunnelProgram {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Ngrok, Self::Cloudflared, Self::Cpolar, Self::Natapp, Self::Frp];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ngrok => "ngrok",
            Self::Cloudflared => "cloudflared",
            Self::Frp => "frp",
            Self::Cpolar => "cpolar",
            Self::Natapp => "natapp",
        }
    }

    /// The name of its executable file.
    pub const fn executable(self) -> &'static str {
        match self {
            Self::Frp => "frpc",
            _ => self.name(),
        }
    }

    /// The command that starts a tunnel to a port, of a listener with TLS or without.
    pub fn command(self, port: u16, tls: bool) -> String {
        let origin = if tls { "https://localhost:" } else { "" };
        match self {
            Self::Ngrok => format!("ngrok http {origin}{port}"),
            // The certificate of a local listener is rarely one of a public authority.
            Self::Cloudflared if tls => {
                format!("cloudflared tunnel --no-tls-verify --url https://localhost:{port}")
            }
            Self::Cloudflared => format!("cloudflared tunnel --url http://localhost:{port}"),
            Self::Cpolar => format!("cpolar http {origin}{port}"),
            // The port is set on its web page.
            Self::Natapp => "natapp -authtoken=TOKEN".to_owned(),
            Self::Frp => format!("frpc -c frpc.toml (localPort = {port})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tunnel_to_tls_is_told_so() {
        assert_eq!(TunnelProgram::Ngrok.command(9527, false), "ngrok http 9527");
        assert_eq!(TunnelProgram::Ngrok.command(9527, true), "ngrok http https://localhost:9527");
        assert!(TunnelProgram::Cloudflared.command(1, true).contains("--no-tls-verify"));
    }
}
