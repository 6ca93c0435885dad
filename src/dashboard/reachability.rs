//! How Tencent reaches the listener: the public URL, where it is known from, and what
//! became of its tunnel.

use super::settings::Settings;
use crate::callback::public_url::{PublicUrl, UrlSource};
use crate::callback::tunnel::{TunnelReport, TunnelState};
use crate::callback::tunnel_program::TunnelProgram;
use crate::callback::{Delivery, Timestamp};

/// The public URL of the listener, and what is known of tunnels to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Reachability {
    url: Option<PublicUrl>,
    /// Whether the tunnel of the URL was not found by the last look.
    is_missing: bool,
    /// The tunnels as of the last look.
    state: TunnelState,
    /// The last occasion of a look.
    occasion: Option<Occasion>,
    /// Whether the user waits for what a look finds.
    is_awaited: bool,
    /// The tunnel programs that are installed.
    installed: Vec<TunnelProgram>,
}

/// What makes a look at the tunnels useful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Requests arrive: by now a tunnel may have been started.
    Traffic,
    /// No request has arrived for a minute.
    Silence,
    /// Callbacks have stopped; the last one came then.
    BrokenOff(Timestamp),
}

/// What a look at the tunnels changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing that matters.
    None,
    /// The user waited, and no public URL was found.
    NotFound,
    /// A public URL is known now; whether the user waited for it.
    Found(String, bool),
    /// The user waited, and the local API of this program does not reply.
    NoReply(TunnelProgram, String),
    /// The tunnel has another public URL now.
    Replaced(String),
    /// The tunnel of this program is gone.
    Missing(TunnelProgram),
    /// The tunnel is there again.
    Back,
}

impl Reachability {
    /// The public URL of the options.
    pub(super) fn new(settings: &Settings) -> Self {
        let given = settings.public_url.clone();
        let url = given.map(|url| PublicUrl { url, source: UrlSource::Given });
        Self { url, ..Self::default() }
    }

    /// The public URL, also while its tunnel is gone.
    pub(super) const fn url(&self) -> Option<&PublicUrl> {
        self.url.as_ref()
    }

    /// Whether the tunnel of the public URL was not found any more.
    pub(super) const fn is_missing(&self) -> bool {
        self.is_missing
    }

    /// The tunnels as of the last look.
    pub(super) const fn state(&self) -> &TunnelState {
        &self.state
    }

    /// The tunnel programs that are installed, in the order in which they are offered.
    pub(super) fn installed(&self) -> &[TunnelProgram] {
        &self.installed
    }

    /// Whether to look on an occasion; once for each.
    pub(super) fn wants_look(&mut self, occasion: Occasion) -> bool {
        if self.occasion.replace(occasion) == Some(occasion) {
            return false;
        }
        match (&self.url, occasion) {
            (None, _) => true,
            (Some(_), Occasion::Traffic) => self.is_missing,
            (Some(it), Occasion::Silence | Occasion::BrokenOff(_)) => it.program().is_some(),
        }
    }

    /// Waits for what the next look finds.
    pub(super) const fn await_look(&mut self) {
        self.is_awaited = true;
    }

    /// Takes the public URL from a callback that came through, while nothing better is
    /// known.
    pub(super) fn note_call(&mut self, delivery: &Delivery) {
        let is_known = self.url.as_ref().is_some_and(|it| {
            it.source != UrlSource::Call || it.is_host(delivery.headers.get("host"))
        });
        if !is_known && let Some(url) = PublicUrl::of_call(delivery) {
            self.url = Some(url);
        }
    }

    /// Takes what a look found. A URL that was given stays, and one of a call as well.
    pub(super) fn update(&mut self, report: TunnelReport) -> Change {
        self.installed = report.installed;
        self.state = report.state;
        let was_missing = std::mem::take(&mut self.is_missing);
        let is_awaited = std::mem::take(&mut self.is_awaited);
        let found = self.state.urls();
        let Some(known) = &mut self.url else {
            let Some(first) = found.first() else {
                return match &self.state {
                    _ if !is_awaited => Change::None,
                    TunnelState::NoReply(program, why) => Change::NoReply(*program, why.clone()),
                    _ => Change::NotFound,
                };
            };
            self.url = Some(first.clone());
            return Change::Found(first.url.clone(), is_awaited);
        };
        let same = found.iter().find(|it| it.has_host_of(known));
        match (known.source, same, found.first()) {
            (UrlSource::Tunnel(_), Some(_), _) if was_missing => Change::Back,
            (UrlSource::Tunnel(_), None, Some(first)) => {
                *known = first.clone();
                Change::Replaced(first.url.clone())
            }
            (UrlSource::Tunnel(program), None, None) => {
                self.is_missing = true;
                if was_missing { Change::None } else { Change::Missing(program) }
            }
            (UrlSource::Call, Some(same), _) => {
                // The path is that of the call.
                known.source = same.source;
                Change::None
            }
            _ => Change::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "https://a1.ngrok-free.app";
    const NEW: &str = "https://b2.ngrok-free.app";

    fn report(url: &str) -> TunnelReport {
        TunnelReport::found(TunnelProgram::Ngrok, url)
    }

    fn known(url: &str, source: UrlSource) -> Reachability {
        let url = Some(PublicUrl { url: url.to_owned(), source });
        Reachability { url, ..Reachability::default() }
    }

    #[test]
    fn a_tunnel_that_goes_away_comes_back_or_changes_is_noticed_once() {
        let mut reach = Reachability::default();
        assert_eq!(reach.update(report(OLD)), Change::Found(OLD.to_owned(), false));
        assert_eq!(reach.update(report(OLD)), Change::None);
        assert_eq!(reach.update(TunnelReport::default()), Change::Missing(TunnelProgram::Ngrok));
        assert!(reach.is_missing() && reach.url().is_some());
        assert_eq!(reach.update(TunnelReport::default()), Change::None);
        assert_eq!(reach.update(report(OLD)), Change::Back);
        assert_eq!(reach.update(report(NEW)), Change::Replaced(NEW.to_owned()));
        assert!(!reach.is_missing());
    }

    #[test]
    fn only_a_look_that_is_awaited_reports_that_it_found_nothing() {
        let mut reach = Reachability::default();
        assert_eq!(reach.update(TunnelReport::default()), Change::None);
        reach.await_look();
        assert_eq!(reach.update(TunnelReport::default()), Change::NotFound);
        assert_eq!(reach.update(TunnelReport::default()), Change::None);
    }

    #[test]
    fn each_occasion_makes_one_look_if_it_can_find_something_new() {
        let mut reach = Reachability::default();
        let broken_off = |at| Occasion::BrokenOff(Timestamp(at));
        assert!(reach.wants_look(Occasion::Silence) && !reach.wants_look(Occasion::Silence));
        assert!(reach.wants_look(Occasion::Traffic) && !reach.wants_look(Occasion::Traffic));
        reach.update(report(OLD));
        assert!(reach.wants_look(broken_off(1)) && !reach.wants_look(broken_off(1)));
        assert!(!reach.wants_look(Occasion::Traffic));
        assert!(reach.wants_look(broken_off(2)));
        reach.update(TunnelReport::default());
        assert!(reach.wants_look(Occasion::Traffic), "it may be there again");
        let mut given = known(NEW, UrlSource::Given);
        assert!(!given.wants_look(broken_off(1)) && !given.wants_look(Occasion::Silence));
    }

    #[test]
    fn a_url_that_was_given_stays_whatever_is_found() {
        let mut reach = known("https://im.example.com/hook", UrlSource::Given);
        assert_eq!(reach.update(report(NEW)), Change::None);
        assert_eq!(reach.update(TunnelReport::default()), Change::None);
        assert_eq!(reach.url().unwrap().url, "https://im.example.com/hook");
    }

    #[test]
    fn the_public_url_is_that_of_the_last_call_while_nothing_better_is_known() {
        let call = |host: &str| Delivery {
            method: "POST".into(),
            target: "/".into(),
            headers: [("host", host.as_bytes())].into_iter().collect(),
            ..Delivery::default()
        };
        let mut reach = Reachability::default();
        for (host, expected) in [
            ("a1.natappfree.cc", "http://a1.natappfree.cc/"),
            ("127.0.0.1:9527", "http://a1.natappfree.cc/"),
            ("b2.natappfree.cc", "http://b2.natappfree.cc/"),
        ] {
            reach.note_call(&call(host));
            assert_eq!(reach.url().unwrap().url, expected);
        }
        let mut reach = known(OLD, UrlSource::Tunnel(TunnelProgram::Ngrok));
        reach.note_call(&call("a1.natappfree.cc"));
        assert_eq!(reach.url().unwrap().url, OLD);
    }

    #[test]
    fn the_path_of_a_call_stays_when_its_tunnel_is_found() {
        let mut reach = known("https://a1.ngrok-free.app/im", UrlSource::Call);
        assert_eq!(reach.update(TunnelReport::default()), Change::None);
        assert_eq!(reach.update(report(OLD)), Change::None);
        let url = reach.url().unwrap();
        assert_eq!(url.url, "https://a1.ngrok-free.app/im");
        assert_eq!(url.program(), Some(TunnelProgram::Ngrok));
    }
}
