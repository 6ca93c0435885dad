//! Whom the HTTP client trusts when the other side speaks TLS.

use std::fs;
use std::net::IpAddr;
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

/// Whom to trust; by default the public authorities that browsers trust.
#[derive(Debug, Clone, Default)]
pub struct Trust(Option<Arc<ClientConfig>>);

impl Trust {
    /// Whom to trust at a URL: the authorities of a PEM file if there is one;
    /// anybody on this machine, where plain HTTP would be no less safe and
    /// certificates are made by hand; the public authorities elsewhere.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no certificate.
    pub fn of(url: &Uri, authorities: Option<&Path>) -> anyhow::Result<Self> {
        match authorities {
            Some(file) => {
                let config = client_config()?.with_root_certificates(read_authorities(file)?);
                Ok(Self(Some(Arc::new(config.with_no_client_auth()))))
            }
            None if is_local(url) => Self::anybody(),
            None => Ok(Self::default()),
        }
    }

    /// Trusts any certificate.
    ///
    /// # Errors
    /// None in practice: only a build without any cipher would fail.
    pub fn anybody() -> anyhow::Result<Self> {
        let verifier = Arc::new(Anybody(ring::default_provider()));
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

/// The authorities of a PEM file.
pub(super) fn read_authorities(file: &Path) -> anyhow::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for certificate in read_certificates(file)? {
        roots
            .add(certificate)
            .with_context(|| format!("a certificate in {} is broken", file.display()))?;
    }
    Ok(roots)
}

/// The certificates of a PEM file, at least one.
pub(super) fn read_certificates(file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let name = file.display();
    let text = fs::read(file).with_context(|| format!("cannot read {name}"))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let certificates = certificates.with_context(|| format!("{name} is broken PEM"))?;
    if certificates.is_empty() {
        bail!("no certificate in {name}");
    }
    Ok(certificates)
}

/// Whether a URL names this very machine.
fn is_local(url: &Uri) -> bool {
    let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Takes any certificate, but only from who has its key.
#[derive(Debug)]
struct Anybody(CryptoProvider);

impl ServerCertVerifier for Anybody {
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
        let known = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_trusted_unseen() {
        for url in ["https://localhost:8443/x", "https://127.0.0.2", "https://[::1]:1"] {
            assert!(is_local(&url.parse().unwrap()), "{url}");
        }
        for url in ["https://example.com", "https://localhost.example.com", "https://10.0.0.1"] {
            assert!(!is_local(&url.parse().unwrap()), "{url}");
        }
    }

    #[test]
    fn a_file_without_a_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let said = |text: &str| {
            fs::write(&file, text).unwrap();
            format!("{:#}", Trust::of(&Uri::from_static("https://a"), Some(&file)).unwrap_err())
        };
        let name = file.display().to_string();
        assert_eq!(said("hello"), format!("no certificate in {name}"));
        let torn = said("-----BEGIN CERTIFICATE-----\nAAAA\n");
        assert!(torn.starts_with(&format!("{name} is broken PEM: ")), "{torn}");
        let empty = said("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert!(empty.starts_with(&format!("a certificate in {name} is broken: ")), "{empty}");
    }
}
