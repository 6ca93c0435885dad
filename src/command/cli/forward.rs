//! Options of forwarding to a local app.

use std::path::PathBuf;
use std::sync::Arc;

use hyper::Uri;

use super::values::Values;
use crate::edge::client_tls::RootCerts;
use crate::edge::forward::Forwarder;

/// Options of forwarding to a local app.
#[derive(Debug, Clone)]
pub struct ForwardOptions {
    /// URL of the local app.
    pub forward: Option<Uri>,
    /// Whether invalid replies are returned unchanged, and 502 or 504 when there is none.
    pub strict: bool,
    /// File of the CAs to trust if the URL is https.
    pub forward_ca: Option<PathBuf>,
}

impl ForwardOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            forward: values.get("forward"),
            strict: values.is_set("strict"),
            forward_ca: values.file("forward-ca"),
        }
    }

    /// The local app to forward to, if `--forward` is given.
    ///
    /// # Errors
    /// A CA file that cannot be read.
    pub fn app(&self) -> anyhow::Result<Option<Arc<Forwarder>>> {
        let Some(url) = &self.forward else { return Ok(None) };
        let roots = RootCerts::for_url(url, self.forward_ca.as_deref())?;
        Ok(Some(Arc::new(Forwarder::new(url.clone(), self.strict, &roots))))
    }
}
