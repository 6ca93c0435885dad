//! Options for the local app that is asked before Tencent is answered.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::BoolishValueParser;
use hyper::Uri;

use super::value;
use crate::edge::client_tls::RootCerts;
use crate::edge::forward::Forwarder;

/// Who is asked before Tencent is answered.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Local app")]
pub struct ForwardOptions {
    /// Pass each callback on to this URL, with any path it has appended, and its reply back to Tencent
    #[arg(long, value_name = "URL", env = "IMSCOPE_FORWARD", hide_env_values = true)]
    #[arg(value_parser = value::base)]
    pub forward: Option<Uri>,
    /// Pass back also a reply that Tencent does not accept, and none as 502 or 504
    #[arg(long, env = "IMSCOPE_STRICT", hide_env_values = true, requires = "forward")]
    #[arg(value_parser = BoolishValueParser::new())]
    pub strict: bool,
    /// RootCerts the authorities in this file if the app speaks https
    #[arg(long, value_name = "FILE", env = "IMSCOPE_FORWARD_CA", hide_env_values = true)]
    pub forward_ca: Option<PathBuf>,
}

impl ForwardOptions {
    /// The local app, if there is one.
    ///
    /// # Errors
    /// A file of authorities that cannot be used.
    pub fn app(&self) -> anyhow::Result<Option<Arc<Forwarder>>> {
        let Some(url) = &self.forward else { return Ok(None) };
        let trust = RootCerts::for_url(url, self.forward_ca.as_deref())?;
        Ok(Some(Arc::new(Forwarder::new(url.clone(), self.strict, &trust))))
    }
}
