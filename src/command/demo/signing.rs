//! Valid and invalid signatures of simulated callbacks.

use std::time::Duration;

use crate::callback::Timestamp;
use crate::callback::sample::Sample;
use crate::callback::signature::Token;

/// How a callback is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signing {
    /// With the token, now.
    #[default]
    Valid,
    /// With another token.
    WrongToken,
    /// With the token, and a `RequestTime` this many seconds ago.
    Stale(u32),
}

impl Signing {
    /// Path and query of a sample, signed this way.
    pub(super) fn target(
        self,
        sample: &Sample,
        path: &str,
        token: &Token,
        now: Timestamp,
    ) -> String {
        match self {
            Self::Valid => sample.target(path, Some((token, now))),
            Self::WrongToken => {
                let wrong = Token::new("not the token");
                sample.target(path, wrong.as_ref().map(|it| (it, now)))
            }
            Self::Stale(seconds) => {
                let then = now.minus(Duration::from_secs(seconds.into()));
                sample.target(path, Some((token, then)))
            }
        }
    }
}
