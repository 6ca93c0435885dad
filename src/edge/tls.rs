//! TLS for the listener: its certificate, client certificates, the handshake.

use std::fmt;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{
    AlertDescription, Error, InconsistentKeys, InvalidMessage, ServerConfig,
};
use tokio_rustls::server::TlsStream;

use super::client_tls::{read_certificates, read_root_certs};
use super::unreadable::UnreadableReports;
use crate::callback::trouble::failure;
use crate::callback::trouble::reason as texts;
use crate::dashboard::Unreadable;

/// Maximum time for a handshake: a caller that is not Tencent may take longer than
/// [`TENCENT_TIMEOUT`](crate::callback::deadline::TENCENT_TIMEOUT).
pub const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(5);

/// The names in a self-signed certificate.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A certificate with its key.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    is_self_signed: bool,
}

impl Identity {
    /// Reads two PEM files: the certificate chain, that of the listener first, and
    /// its key.
    ///
    /// # Errors
    /// A file that cannot be read or used; names it.
    pub fn read(certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        let chain = read_certificates(certificate)?;
        let identity = Self { chain, key: read_key(key)?, is_self_signed: false };
        // Tried here, because only here the files have names.
        identity.config(None).map_err(|error| match error.downcast_ref() {
            Some(Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => {
                anyhow!(failure::key_of_another(key.display(), certificate.display()))
            }
            _ => error.context(failure::unusable_pair(certificate.display(), key.display())),
        })?;
        Ok(identity)
    }

    /// Creates a self-signed certificate for this machine. It is never stored.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn self_signed() -> anyhow::Result<Self> {
        let made = rcgen::generate_simple_self_signed(LOCAL.map(str::to_owned))
            .with_context(failure::no_certificate_made)?;
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        Ok(Self { chain: vec![made.cert.into()], key, is_self_signed: true })
    }

    fn config(&self, client_ca: Option<&Path>) -> anyhow::Result<ServerConfig> {
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()?;
        let builder = match client_ca {
            None => builder.with_no_client_auth(),
            Some(file) => {
                let roots = Arc::new(read_root_certs(file)?);
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                builder.with_client_cert_verifier(verifier.build()?)
            }
        };
        let mut config = builder.with_single_cert(self.chain.clone(), self.key.clone_key())?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// The private key of a PEM file.
///
/// # Errors
/// A file that cannot be read, or holds no key that is not encrypted.
pub fn read_key(file: &Path) -> anyhow::Result<PrivateKeyDer<'static>> {
    let name = file.display();
    let text = fs::read(file).with_context(|| texts::cannot_read(&name))?;
    match PrivateKeyDer::from_pem_slice(&text) {
        Ok(key) => Ok(key),
        Err(pem::Error::NoItemsFound)
            if memchr::memmem::find(&text, b"ENCRYPTED PRIVATE KEY").is_some() =>
        {
            bail!(failure::encrypted_key(&name))
        }
        Err(pem::Error::NoItemsFound) => bail!(failure::no_private_key(&name)),
        Err(error) => Err(error).with_context(|| texts::not_pem(&name)),
    }
}

/// Accepts TLS connections.
#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
    is_self_signed: bool,
    failed: Arc<dyn Fn(String) + Send + Sync>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// TLS with an identity. With `client_ca`, clients must present a certificate
    /// signed by a CA in this file.
    ///
    /// # Errors
    /// A file that cannot be read or used.
    pub fn new(identity: &Identity, client_ca: Option<&Path>) -> anyhow::Result<Self> {
        let config = identity.config(client_ca)?;
        let (acceptor, failed) = (TlsAcceptor::from(Arc::new(config)), Arc::new(drop));
        Ok(Self { acceptor, is_self_signed: identity.is_self_signed, failed })
    }

    /// Whether the certificate was made by [`Identity::self_signed`].
    pub const fn is_self_signed(&self) -> bool {
        self.is_self_signed
    }

    /// Calls `failed` with the reason of each failed handshake, a sentence. It must
    /// not block.
    #[must_use]
    pub fn on_failure(self, failed: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { failed: Arc::new(failed), ..self }
    }

    /// Reports each failed handshake there, too.
    pub(super) fn reporting(self, reports: UnreadableReports) -> Self {
        let failed = self.failed.clone();
        self.on_failure(move |why| {
            reports.report(Unreadable::Handshake);
            failed(why);
        })
    }

    /// Performs the handshake; `None` if it failed.
    pub(super) async fn accept(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
    ) -> Option<TlsStream<TcpStream>> {
        let why = match timeout(HANDSHAKE_TIMEOUT, self.acceptor.accept(stream)).await {
            Ok(Ok(stream)) => return Some(stream),
            Ok(Err(error)) => {
                match error.get_ref().and_then(|it| it.downcast_ref::<Error>()) {
                    Some(error) => reason(error),
                    // A connection that is closed without a byte is a port check.
                    None => return None,
                }
            }
            Err(_) => failure::handshake_slow(HANDSHAKE_TIMEOUT.as_secs()),
        };
        (self.failed)(failure::handshake_failed(peer, why));
        None
    }
}

/// The reason of a failed handshake in few words.
fn reason(error: &Error) -> String {
    match error {
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => failure::client_without_tls(),
        Error::NoCertificatesPresented => failure::no_client_certificate(),
        Error::AlertReceived(
            AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown,
        ) => failure::untrusted_by_client(),
        Error::InvalidCertificate(_) => failure::client_refused(error),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        file
    }

    #[test]
    fn an_invalid_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let make = || rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (one, other) = (make(), make());
        let certificate = written(folder.path(), "cert.pem", &one.cert.pem());
        let key = written(folder.path(), "key.pem", &one.signing_key.serialize_pem());
        let stranger = written(folder.path(), "other.pem", &other.signing_key.serialize_pem());
        let locked =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
        let locked = written(folder.path(), "locked.pem", locked);
        let gone = folder.path().join("gone.pem");
        let error = |certificate: &Path, key: &Path| {
            let failure = Identity::read(certificate, key).unwrap_err();
            format!("{failure:#}").replace(&format!("{}/", folder.path().display()), "")
        };
        Identity::read(&certificate, &key).unwrap();
        assert_eq!(error(&key, &certificate), "no certificate in key.pem");
        assert_eq!(error(&certificate, &certificate), "no private key in cert.pem");
        assert_eq!(
            error(&certificate, &stranger),
            "the key in other.pem does not belong to the certificate in cert.pem"
        );
        assert!(error(&certificate, &locked).starts_with("the key in locked.pem is encrypted"));
        assert!(error(&gone, &key).starts_with("cannot read gone.pem: "));
        let identity = Identity::self_signed().unwrap();
        let error = Tls::new(&identity, Some(&key)).unwrap_err().to_string();
        assert!(error.starts_with("no certificate in "), "{error}");
    }
}
