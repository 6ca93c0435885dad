//! The configuration of the listener.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::body::BODY_STALL;
use super::clock;
use super::forward::{Forwarder, RuleApps};
use super::recorder::Recorder;
use super::tls::Tls;
use super::unreadable::UnreadableReports;
use crate::answer::Switchboard;
use crate::callback::Timestamp;
use crate::callback::signature::Token;

/// The configuration of the listener.
#[derive(Debug, Clone)]
pub struct ListenerConfig {
    /// The token that signatures are checked with; without one, none is checked.
    pub token: Option<Token>,
    /// Maximum difference in seconds between the time of a signature and the
    /// clock; `None` is unlimited.
    pub sign_window: Option<u32>,
    /// Maximum size of a body in bytes.
    pub max_body: usize,
    /// Time in which 16 KiB more of a large body must arrive if others wait for its
    /// memory.
    pub body_stall: Duration,
    /// How valid callbacks are answered. The listener reads it for each of them,
    /// so a change applies to the next one.
    pub switchboard: watch::Sender<Switchboard>,
    /// The local app that callbacks are forwarded to.
    pub forwarder: Option<Arc<Forwarder>>,
    /// The local apps that rules forward to.
    pub rule_apps: Arc<RuleApps>,
    /// Writes each delivery to a file before it is answered.
    pub recorder: Option<Recorder>,
    /// TLS; without it the listener speaks plain HTTP.
    pub tls: Option<Tls>,
    /// Receives what reaches the port and is no request.
    pub unreadable: UnreadableReports,
    /// The time of day.
    pub clock: fn() -> Timestamp,
}

impl Default for ListenerConfig {
    /// The configuration of the command line without options.
    fn default() -> Self {
        Self {
            token: None,
            sign_window: Some(60),
            max_body: 1 << 20,
            body_stall: BODY_STALL,
            switchboard: watch::Sender::default(),
            forwarder: None,
            rule_apps: Arc::default(),
            recorder: None,
            tls: None,
            unreadable: UnreadableReports::default(),
            clock: clock::now,
        }
    }
}

impl ListenerConfig {
    /// Whether a callback may be forwarded, to the local app or to that of a rule.
    pub fn forwards(&self) -> bool {
        self.forwarder.is_some() || self.switchboard.borrow().forwards()
    }
}
