//! What the tunnel programs of this machine report.

use super::lang::{Lang, localize};
use super::public_url::{PublicUrl, UrlSource};
use super::trouble::reason;
use super::tunnel_program::TunnelProgram;

/// The tunnels of this machine as their programs report them; the order is that of
/// importance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TunnelState {
    /// No program with a local API replies.
    #[default]
    NotRunning,
    /// The API of this program, which an option names, does not reply, for this reason.
    NoReply(TunnelProgram, String),
    /// The API of this program replies with this HTTP status, and with no tunnels.
    Refused(TunnelProgram, u16),
    /// This program runs, and has no tunnel for HTTP.
    NoTunnel(TunnelProgram),
    /// This program runs, but its tunnels lead to these addresses.
    OtherTarget(TunnelProgram, Vec<String>),
    /// These public URLs lead to the listener; at least one.
    Found(Vec<PublicUrl>),
}

impl TunnelState {
    /// The state of two programs as one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Found(mut urls), Self::Found(others)) => {
                urls.extend(others);
                Self::Found(urls)
            }
            (one, other) if one < other => other,
            (one, _) => one,
        }
    }

    /// The public URLs that lead to the listener.
    pub fn urls(&self) -> &[PublicUrl] {
        match self {
            Self::Found(urls) => urls,
            _ => &[],
        }
    }
}

/// That the local API of a program does not reply, for a reason.
pub fn no_reply(program: TunnelProgram, why: &str, lang: Lang) -> String {
    let (name, why) = (program.name(), reason::text(why, lang));
    localize!(lang, "no reply of {name}: {why}", "{name} 没有应答：{why}")
}

/// What a look at the tunnels of this machine found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TunnelReport {
    /// The tunnels.
    pub state: TunnelState,
    /// The programs that are installed, running or not.
    pub installed: Vec<TunnelProgram>,
}

impl TunnelReport {
    /// One tunnel of a program, with this public URL.
    pub fn found(program: TunnelProgram, url: &str) -> Self {
        let url = PublicUrl { url: url.to_owned(), source: UrlSource::Tunnel(program) };
        Self { state: TunnelState::Found(vec![url]), installed: vec![program] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_the_listener_is_more_important_than_what_does_not() {
        let found = |url: &str| {
            let source = UrlSource::Tunnel(TunnelProgram::Frp);
            TunnelState::Found(vec![PublicUrl { url: url.to_owned(), source }])
        };
        let elsewhere = TunnelState::OtherTarget(TunnelProgram::Ngrok, vec!["80".to_owned()]);
        let none = TunnelState::NoTunnel(TunnelProgram::Cloudflared);
        assert_eq!(elsewhere.clone().or(found("a")), found("a"));
        assert_eq!(found("a").or(elsewhere.clone()), found("a"));
        assert_eq!(found("a").or(found("b")).urls().len(), 2);
        assert_eq!(none.clone().or(elsewhere.clone()), elsewhere);
        assert_eq!(TunnelState::default().or(none.clone()), none);
    }
}
