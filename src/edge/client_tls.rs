//! Which server certificates the HTTP client accepts.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use hyper::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, ConfigBuilder, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    WantsVerifier,
};

use crate::callback::local::is_local_host;
use crate::callback::trouble::reason;

/// The root certificates to verify servers with; by default the public
/// authorities that browsers accept.
#[derive(Debug, Clone, Default)]
pub struct RootCerts(Option<Arc<ClientConfig>>);

impl RootCerts {
    /// The root certificates for a URL: those of a PEM file if there is one; any
    /// certificate on this machine, where plain HTTP would be no less safe and
    /// certificates are self-signed; the public authorities elsewhere.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no certificate.
    pub fn for_url(url: &Uri, ca_file: Option<&Path>) -> anyhow::Result<Self> {
        match ca_file {
            Some(file) => Self::of_file(file),
            None if url.host().is_some_and(is_local_host) => Self::accept_any(),
            None => Ok(Self::default()),
        }
    }

    /// The certificates of a PEM file.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no certificate.
    pub fn of_file(file: &Path) -> anyhow::Result<Self> {
        let config = client_config()?.with_root_certificates(read_root_certs(file)?);
        Ok(Self(Some(Arc::new(config.with_no_client_auth()))))
    }

    /// Accepts any certificate.
    ///
    /// # Errors
    /// None in practice: only a build without any cipher suite would fail.
    pub fn accept_any() -> anyhow::Result<Self> {
        let verifier = Arc::new(AcceptAny(ring::default_provider()));
        let config = client_config()?.dangerous().with_custom_certificate_verifier(verifier);
        Ok(Self(Some(Arc::new(config.with_no_client_auth()))))
    }

    pub(super) fn connector<C>(&self, http: HttpConnector<C>) -> HttpsConnector<HttpConnector<C>> {
        let builder = HttpsConnectorBuilder::new();
        let builder = match &self.0 {
            Some(config) => builder.with_tls_config((**config).clone()),
            None => builder.with_webpki_roots(),
        };
        builder.https_or_http().enable_http1().wrap_connector(http)
    }
}

fn client_config() -> anyhow::Result<ConfigBuilder<ClientConfig, WantsVerifier>> {
    let provider = Arc::new(ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?)
}

/// The root certificates of a PEM file.
pub(super) fn read_root_certs(file: &Path) -> anyhow::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for certificate in read_certificates(file)? {
        roots.add(certificate).with_context(|| reason::invalid_certificate_in(file.display()))?;
    }
    Ok(roots)
}

/// The certificates of a PEM file, at least one.
///
/// # Errors
/// A file that cannot be read, or holds no certificate.
pub fn read_certificates(file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let name = file.display();
    let text = fs::read(file).with_context(|| reason::cannot_read(&name))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let certificates = certificates.with_context(|| reason::not_pem(&name))?;
    if certificates.is_empty() {
        bail!(reason::no_certificate(name));
    }
    Ok(certificates)
}

/// Accepts any certificate, but only with a signature by its key.
#[derive(Debug)]
struct AcceptAny(CryptoProvider);

impl ServerCertVerifier for AcceptAny {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_certificate_is_accepted_from_this_machine_only() {
        let is_default =
            |url: &str| RootCerts::for_url(&url.parse().unwrap(), None).unwrap().0.is_none();
        assert!(!is_default("https://localhost:8443/x") && !is_default("https://[::1]:1"));
        assert!(is_default("https://example.com") && is_default("https://10.0.0.1"));
    }

    #[test]
    fn a_file_without_a_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let error = |text: &str| {
            fs::write(&file, text).unwrap();
            format!(
                "{:#}",
                RootCerts::for_url(&Uri::from_static("https://a"), Some(&file)).unwrap_err()
            )
        };
        let name = file.display().to_string();
        assert_eq!(error("hello"), format!("no certificate in {name}"));
        let torn = error("-----BEGIN CERTIFICATE-----\nAAAA\n");
        assert!(torn.starts_with(&format!("{name} is not valid PEM: ")), "{torn}");
        let empty = error("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert!(empty.starts_with(&format!("invalid certificate in {name}: ")), "{empty}");
    }
}
