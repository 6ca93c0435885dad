//! Options for a listener that speaks TLS.

use std::path::PathBuf;

use clap::Args;
use clap::builder::BoolishValueParser;

use crate::edge::tls::{Identity, Tls};

/// How the listener speaks TLS; without any of these it speaks plain HTTP.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "TLS")]
pub struct TlsOptions {
    /// Speak https with this certificate (PEM, with its chain)
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TLS_CERT", hide_env_values = true)]
    #[arg(requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The key of the certificate (PEM, not encrypted)
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TLS_KEY", hide_env_values = true)]
    #[arg(requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Let in only who shows a certificate of an authority in this file (PEM)
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TLS_CLIENT_CA", hide_env_values = true)]
    pub tls_client_ca: Option<PathBuf>,
    /// Speak https with a new certificate for localhost; Tencent accepts none such
    #[arg(long, env = "IMSCOPE_TLS_SELF_SIGNED", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new(), conflicts_with = "tls_cert")]
    pub tls_self_signed: bool,
}

impl TlsOptions {
    /// What the listener needs to speak TLS, if it is to.
    ///
    /// # Errors
    /// What is wrong with which file.
    pub fn read(&self) -> anyhow::Result<Option<Tls>> {
        let identity = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Identity::read(certificate, key)?,
            _ if self.tls_self_signed => Identity::self_signed()?,
            _ if self.tls_client_ca.is_some() => {
                anyhow::bail!(
                    "--tls-client-ca needs --tls-cert with --tls-key, or --tls-self-signed"
                )
            }
            _ => return Ok(None),
        };
        Tls::new(&identity, self.tls_client_ca.as_deref()).map(Some)
    }
}
