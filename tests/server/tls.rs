//! The listener over TLS: clients that are accepted, refused, or speak no TLS.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use imscope::edge::listen::{self, ListenerConfig};
use imscope::edge::queue::queue;
use imscope::edge::tls::{HANDSHAKE_TIMEOUT, Identity, Tls};
use imscope_test_support::http::post;
use imscope_test_support::program::run;
use imscope_test_support::{GUARD, OK};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::harness::{Scope, setup};

/// Certificate authorities and the certificates they sign, in files.
struct Office {
    folder: TempDir,
}

/// An authority with the name of its file.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Office {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn authority(&self, name: &str) -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let made = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        fs::write(self.path(&format!("{name}.pem")), made.pem()).unwrap();
        Authority(made)
    }

    /// `name.pem` and `name.key`, vouched for by an authority.
    fn certificate(&self, name: &str, by: &Authority) {
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        let made = params.signed_by(&key, &by.0).unwrap();
        fs::write(self.path(&format!("{name}.pem")), made.pem()).unwrap();
        fs::write(self.path(&format!("{name}.key")), key.serialize_pem()).unwrap();
    }

    fn identity(&self, name: &str) -> Identity {
        let [certificate, key] = ["pem", "key"].map(|it| self.path(&format!("{name}.{it}")));
        Identity::read(&certificate, &key).unwrap()
    }
}

/// A listener over TLS, and the reasons of the handshakes that fail.
fn listening(identity: &Identity, client_ca: Option<&Path>) -> (Scope, Receiver<String>) {
    let (sender, failures) = mpsc::channel();
    let tls = Tls::new(identity, client_ca).unwrap();
    let tls = tls.on_failure(move |message| sender.send(message).unwrap());
    (Scope::start(ListenerConfig { tls: Some(tls), ..setup() }), failures)
}

/// Posts over TLS, trusting one authority, with or without a client certificate;
/// returns the answer, or the error as text.
fn ask(scope: &Scope, office: &Office, ca: &str, client: Option<&str>) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    let file = office.path(&format!("{ca}.pem"));
    roots.add(CertificateDer::from_pem_file(file).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let config = match client {
        None => config.with_no_client_auth(),
        Some(name) => {
            let [chain, key] = ["pem", "key"].map(|it| office.path(&format!("{name}.{it}")));
            let chain = vec![CertificateDer::from_pem_file(chain).unwrap()];
            let key = PrivateKeyDer::from_pem_file(key).unwrap();
            config.with_client_auth_cert(chain, key).unwrap()
        }
    };
    let name = ServerName::try_from("localhost").unwrap();
    let tls = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(scope.running.address()).unwrap();
    stream.set_read_timeout(Some(GUARD)).unwrap();
    let mut tls = StreamOwned::new(tls, stream);
    let text = |error: std::io::Error| error.to_string();
    tls.write_all(&post("/over/tls", "Connection: close\r\n", b"{}")).map_err(text)?;
    let mut answer = String::new();
    tls.read_to_string(&mut answer).map_err(text)?;
    Ok(answer)
}

#[test]
fn a_client_that_trusts_the_authority_connects_and_another_is_reported() {
    let office = Office::new();
    let ours = office.authority("ours");
    office.authority("others");
    office.certificate("server", &ours);
    let (mut scope, failures) = listening(&office.identity("server"), None);
    let answer = ask(&scope, &office, "ours", None).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with(OK), "{answer}");
    let delivery = scope.take();
    assert_eq!((delivery.path(), &*delivery.body), ("/over/tls", &b"{}"[..]));
    assert!(ask(&scope, &office, "others", None).unwrap_err().contains("UnknownIssuer"));
    let message = failures.recv_timeout(GUARD).unwrap();
    assert!(message.starts_with("TLS handshake with 127.0.0.1:"), "{message}");
    assert!(message.ends_with(" failed: the client does not trust this certificate"), "{message}");
}

#[test]
fn with_an_authority_for_clients_only_its_own_get_in() {
    let office = Office::new();
    let (ours, others) = (office.authority("ours"), office.authority("others"));
    office.certificate("server", &ours);
    office.certificate("tencent", &ours);
    office.certificate("stranger", &others);
    let ca = office.path("ours.pem");
    let (mut scope, failures) = listening(&office.identity("server"), Some(&ca));
    ask(&scope, &office, "ours", None).unwrap_err();
    let message = failures.recv_timeout(GUARD).unwrap();
    assert!(message.ends_with("failed: no client certificate was presented"), "{message}");
    ask(&scope, &office, "ours", Some("stranger")).unwrap_err();
    let message = failures.recv_timeout(GUARD).unwrap();
    assert!(message.contains("failed: the client certificate is refused"), "{message}");
    assert!(ask(&scope, &office, "ours", Some("tencent")).unwrap().ends_with(OK));
    assert_eq!(scope.take().seq.0, 1, "the others never called");
}

#[test]
fn plain_http_on_the_port_is_closed_and_reported() {
    let (scope, failures) = listening(&Identity::self_signed().unwrap(), None);
    let mut client = scope.connect();
    client.send(post("/", "", b"{}"));
    let mut received = Vec::new();
    // It may be closed with our bytes unread, which is an error on our side.
    let _ = client.0.read_to_end(&mut received);
    assert!(!received.starts_with(b"HTTP"), "{received:?}");
    let message = failures.recv_timeout(GUARD).unwrap();
    assert!(
        message.ends_with("failed: the client does not speak TLS; the URL needs https://"),
        "{message}"
    );
    // A connection without a byte, such as a port scan, is not reported.
    drop(scope.connect());
    drop(scope);
    assert_eq!(failures.recv().ok(), None);
}

/// A listener that is stopped by `stop`, a client that sends one byte of a
/// handshake, and the failures that the listener reports.
async fn silent(
    stop: impl Future<Output = ()> + Send + 'static,
) -> (tokio::net::TcpStream, JoinHandle<()>, UnboundedReceiver<String>) {
    let (sender, _deliveries) = queue();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (reports, failures) = unbounded_channel();
    let tls = Tls::new(&Identity::self_signed().unwrap(), None).unwrap();
    let tls = tls.on_failure(move |message| reports.send(message).unwrap());
    let setup = Arc::new(ListenerConfig { tls: Some(tls), ..setup() });
    let running = tokio::spawn(listen::run(listener, setup, sender, stop));
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(b"\x16").await.unwrap();
    (stream, running, failures)
}

#[tokio::test(start_paused = true)]
async fn an_incomplete_handshake_is_closed() {
    let start = Instant::now();
    let (end, ended) = oneshot::channel::<()>();
    let (mut stream, running, mut failures) = silent(async { _ = ended.await }).await;
    // No other time runs here than the one for handshakes: a real socket may
    // take longer than a moment of paused time.
    let message = failures.recv().await.unwrap();
    assert!(message.ends_with("failed: it took longer than 5 s"), "{message}");
    let took = start.elapsed();
    assert!(took >= HANDSHAKE_TIMEOUT && took < HANDSHAKE_TIMEOUT * 2, "{took:?}");
    // Closed with a byte unread, which may be an error on our side.
    assert_eq!(stream.read(&mut [0]).await.unwrap_or_default(), 0);
    end.send(()).unwrap();
    running.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn stopping_does_not_wait_for_a_handshake() {
    let start = Instant::now();
    let stop = tokio::time::sleep(Duration::from_secs(1));
    let (_stream, running, mut failures) = silent(stop).await;
    running.await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!(failures.try_recv().ok(), None);
}

#[test]
fn send_trusts_this_machine_or_the_authorities_it_is_given() {
    let office = Office::new();
    let ours = office.authority("ours");
    office.authority("others");
    office.certificate("server", &ours);
    let (mut scope, _failures) = listening(&office.identity("server"), None);
    let url = format!("https://localhost:{}/im", scope.running.address().port());
    let [ours, others] = ["ours.pem", "others.pem"].map(|it| office.path(it));
    let [ours, others] = [&ours, &others].map(|it| it.to_str().unwrap());
    for args in [&["send", &url, "--count", "2"][..], &["send", &url, "--ca", ours]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    assert_eq!(scope.take().path(), "/im");
    let output = run(&["send", &url, "--ca", others]);
    assert_eq!(output.status.code(), Some(3));
    let message = String::from_utf8(output.stdout).unwrap();
    assert!(
        message.contains("cannot connect to ") && message.contains("UnknownIssuer"),
        "{message}"
    );
}

#[test]
fn an_unusable_certificate_file_is_an_error_before_the_screen_opens() {
    let office = Office::new();
    let ours = office.authority("ours");
    office.certificate("server", &ours);
    office.certificate("other", &ours);
    let [cert, key, other, gone] = ["server.pem", "server.key", "other.key", "gone.pem"]
        .map(|it| office.path(it).to_str().unwrap().to_owned());
    let listen = ["--listen", "127.0.0.1:0"];
    let cases = [
        (
            [&listen[..], &["--tls-cert", &cert, "--tls-key", &other]].concat(),
            format!("imscope: the key in {other} does not belong to the certificate in {cert}\n"),
        ),
        (
            [&listen[..], &["--tls-cert", &key, "--tls-key", &key]].concat(),
            format!("imscope: no certificate in {key}\n"),
        ),
        (
            [&listen[..], &["--tls-self-signed", "--tls-client-ca", &gone]].concat(),
            format!("imscope: cannot read {gone}: No such file or directory (os error 2)\n"),
        ),
        (
            [&listen[..], &["--forward", "https://a", "--forward-ca", &key]].concat(),
            format!("imscope: no certificate in {key}\n"),
        ),
    ];
    for (args, wanted) in cases {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), wanted);
    }
    assert_eq!(run(&["--tls-cert", &cert]).status.code(), Some(2));
    assert_eq!(run(&["--forward", "http://a/?b"]).status.code(), Some(2));
}
