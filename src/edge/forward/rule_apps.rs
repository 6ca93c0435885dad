//! The local apps of rules (`forward URL`).

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use hyper::Uri;

use super::Forwarder;
use crate::callback::trouble::reason;
use crate::callback::{Delivery, Refusal};
use crate::edge::client_tls::RootCerts;

/// Number of idle connections that are kept to an app. Several apps together would else
/// keep as many as there are open files.
const KEPT: usize = 8;

/// The local apps of rules, each with its own connections, made when a rule first names
/// it.
#[derive(Debug, Default)]
pub struct RuleApps {
    strict: bool,
    ca: Option<PathBuf>,
    apps: Mutex<Vec<(Box<str>, Arc<Forwarder>)>>,
}

impl RuleApps {
    /// No apps yet; each will be `strict` and trust the authorities in `ca`, as that of
    /// `--forward`.
    pub fn new(strict: bool, ca: Option<PathBuf>) -> Self {
        Self { strict, ca, apps: Mutex::default() }
    }

    /// The app at a URL.
    ///
    /// # Errors
    /// A URL that is none, or a file of authorities that cannot be read.
    pub fn app(&self, url: &str) -> anyhow::Result<Arc<Forwarder>> {
        let mut apps = self.apps.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, app)) = apps.iter().find(|(it, _)| **it == *url) {
            return Ok(app.clone());
        }
        let uri: Uri = url.parse().with_context(|| reason::no_url(url))?;
        let roots = RootCerts::for_url(&uri, self.ca.as_deref())?;
        let app = Arc::new(Forwarder::keeping(KEPT, uri, self.strict, &roots));
        apps.push((url.into(), app.clone()));
        Ok(app)
    }

    /// Why a callback must not reach any of the apps, by its head.
    pub fn refusal(&self, delivery: &Delivery) -> Option<Refusal> {
        let apps = self.apps.lock().unwrap_or_else(PoisonError::into_inner);
        apps.iter().find_map(|(_, app)| app.refusal(delivery))
    }
}
