//! Options of TLS on the listener.

use std::path::PathBuf;

use clap::Args;
use clap::builder::BoolishValueParser;

use crate::edge::tls::{Identity, Tls};

/// Options of TLS; without any of these the listener serves plain HTTP.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "TLS")]
pub struct TlsOptions {
    /// Serve https with this certificate (PEM, with its chain)
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TLS_CERT", hide_env_values = true)]
    #[arg(requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM, unencrypted)
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TLS_KEY", hide_env_values = true)]
    #[arg(requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Require client certificates signed by a CA in this file (PEM); Tencent presents
    /// none any more, so this is for callers such as your own proxy
    #[arg(long, value_name = "FILE", env = "IMSCOPE_TLS_CLIENT_CA", hide_env_values = true)]
    pub tls_client_ca: Option<PathBuf>,
    /// Serve https with a self-signed certificate for localhost; Tencent rejects it
    #[arg(long, env = "IMSCOPE_TLS_SELF_SIGNED", hide_env_values = true)]
    #[arg(value_parser = BoolishValueParser::new(), conflicts_with = "tls_cert")]
    pub tls_self_signed: bool,
}

impl TlsOptions {
    /// The TLS configuration of the listener; `None` is plain HTTP.
    ///
    /// # Errors
    /// An unreadable or invalid certificate or key; a client CA without a
    /// certificate.
    pub fn read(&self) -> anyhow::Result<Option<Tls>> {
        let identity = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Identity::read(certificate, key)?,
            _ if self.tls_self_signed => Identity::self_signed()?,
            _ if self.tls_client_ca.is_some() => {
                anyhow::bail!(
                    "--tls-client-ca requires --tls-cert and --tls-key, or --tls-self-signed"
                )
            }
            _ => return Ok(None),
        };
        Tls::new(&identity, self.tls_client_ca.as_deref()).map(Some)
    }
}
