//! Options of forwarding to a local app.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::BoolishValueParser;
use hyper::Uri;

use super::value;
use crate::edge::client_tls::RootCerts;
use crate::edge::forward::Forwarder;

/// Options of forwarding to a local app.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Forwarding")]
pub struct ForwardOptions {
    /// Forward each callback to this URL, with its path appended, and return the reply to Tencent
    #[arg(long, value_name = "URL", env = "IMSCOPE_FORWARD", hide_env_values = true)]
    #[arg(value_parser = value::base)]
    pub forward: Option<Uri>,
    /// Return invalid replies unchanged, and 502 or 504 when there is none
    #[arg(long, env = "IMSCOPE_STRICT", hide_env_values = true, requires = "forward")]
    #[arg(value_parser = BoolishValueParser::new())]
    pub strict: bool,
    /// Trust the CAs in this file (PEM) if the URL is https
    #[arg(long, value_name = "FILE", env = "IMSCOPE_FORWARD_CA", hide_env_values = true)]
    pub forward_ca: Option<PathBuf>,
}

impl ForwardOptions {
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
