//! Options of TLS on the listener.

use std::path::PathBuf;

use super::values::Values;
use crate::callback::trouble::failure;
use crate::edge::tls::{Identity, Tls};

/// Options of TLS; without any of these the listener serves plain HTTP.
#[derive(Debug, Clone)]
pub struct TlsOptions {
    /// File of the certificate with its chain.
    pub tls_cert: Option<PathBuf>,
    /// File of the private key.
    pub tls_key: Option<PathBuf>,
    /// File of the CAs that must have signed client certificates.
    pub tls_client_ca: Option<PathBuf>,
    /// Whether the certificate is self-signed, for localhost.
    pub tls_self_signed: bool,
}

impl TlsOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            tls_cert: values.file("tls-cert"),
            tls_key: values.file("tls-key"),
            tls_client_ca: values.file("tls-client-ca"),
            tls_self_signed: values.is_set("tls-self-signed"),
        }
    }

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
                anyhow::bail!(failure::client_ca_alone())
            }
            _ => return Ok(None),
        };
        Tls::new(&identity, self.tls_client_ca.as_deref()).map(Some)
    }
}
