//! The local APIs of tunnel programs: where they are by default, and by options.

use std::fmt;
use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::Uri;
use percent_encoding::percent_decode_str;

use crate::callback::tunnel_program::TunnelProgram;

/// The ports of 127.0.0.1 at which programs serve their APIs by default; a second agent
/// takes the next one.
const PORTS: [(TunnelProgram, RangeInclusive<u16>); 3] = [
    (TunnelProgram::Ngrok, 4040..=4045),
    (TunnelProgram::Cloudflared, 20241..=20245),
    (TunnelProgram::Frp, 7400..=7400),
];

/// The local APIs that are asked for tunnels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TunnelApis(Vec<Api>);

/// The local API of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Api {
    pub(super) program: TunnelProgram,
    /// Its URL without a slash at the end, a user or a password.
    pub(super) url: String,
    pub(super) auth: Option<BasicAuth>,
    /// Whether an option named it.
    pub(super) is_given: bool,
}

/// The value of the header `Authorization`; a secret.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct BasicAuth(pub(super) String);

impl BasicAuth {
    /// From user and password as they stand in a URL.
    fn of(user: &str) -> Self {
        let user: Vec<u8> = percent_decode_str(user).collect();
        Self(format!("Basic {}", STANDARD.encode(user)))
    }
}

impl fmt::Debug for BasicAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicAuth")
    }
}

impl Default for TunnelApis {
    /// The APIs at their default ports.
    fn default() -> Self {
        let apis = PORTS.into_iter().flat_map(|(program, ports)| {
            ports.map(move |port| Api {
                program,
                url: format!("http://127.0.0.1:{port}"),
                auth: None,
                is_given: false,
            })
        });
        Self(apis.collect())
    }
}

impl TunnelApis {
    /// No API.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The same APIs, but that of a program is at this URL and nowhere else. The URL can
    /// have a user and a password.
    #[must_use]
    pub fn with(mut self, program: TunnelProgram, url: Option<&Uri>) -> Self {
        let Some(url) = url else { return self };
        self.0.retain(|it| it.program != program);
        self.0.push(Api::of(program, url));
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Api> {
        self.0.iter()
    }
}

impl Api {
    fn of(program: TunnelProgram, url: &Uri) -> Self {
        let authority = url.authority().map_or("", |it| it.as_str());
        let (user, address) = match authority.rsplit_once('@') {
            Some((user, address)) => (Some(user), address),
            None => (None, authority),
        };
        let (scheme, path) = (url.scheme_str().unwrap_or("http"), url.path());
        Self {
            program,
            url: format!("{scheme}://{address}{}", path.trim_end_matches('/')),
            auth: user.map(BasicAuth::of),
            is_given: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_password_of_a_url_become_a_header_and_are_not_shown() {
        let url: Uri = "http://admin:p%40ss@127.0.0.1:7400/".parse().unwrap();
        let apis = TunnelApis::none().with(TunnelProgram::Frp, Some(&url));
        let Api { url, auth, .. } = &apis.0[0];
        assert_eq!(url, "http://127.0.0.1:7400");
        assert_eq!(auth.as_ref().unwrap().0, format!("Basic {}", STANDARD.encode("admin:p@ss")));
        let shown = format!("{apis:?}");
        assert!(!shown.contains("p@ss") && !shown.contains("Basic Y"), "{shown}");
    }

    #[test]
    fn an_option_replaces_the_default_ports_of_its_program() {
        let url: Uri = "http://127.0.0.1:9".parse().unwrap();
        let ports = TunnelApis::default();
        let of_ngrok: Vec<_> =
            ports.iter().filter(|it| it.program == TunnelProgram::Ngrok).collect();
        assert_eq!(of_ngrok[0].url.as_str(), "http://127.0.0.1:4040");
        assert_eq!(of_ngrok[of_ngrok.len() - 1].url.as_str(), "http://127.0.0.1:4045");
        let apis = TunnelApis::default().with(TunnelProgram::Ngrok, Some(&url));
        let urls = |program| -> Vec<_> {
            apis.iter().filter(|it| it.program == program).map(|it| it.url.as_str()).collect()
        };
        assert_eq!(urls(TunnelProgram::Ngrok), ["http://127.0.0.1:9"]);
        assert_eq!(urls(TunnelProgram::Cloudflared).len(), 5);
    }
}
