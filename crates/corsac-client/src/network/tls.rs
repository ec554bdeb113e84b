//! TLS by rustls with the ring provider.

use std::io;
use std::sync::Arc;

use corsac_fetch::NetworkFailure;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Host;

use crate::exchange::Failure;
use crate::options::Trust;

/// The configuration that all connections share. Reads the machine's roots when `trust` says so.
pub(crate) fn client_config(trust: &Trust) -> Result<Arc<ClientConfig>, Failure> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::new(NetworkFailure::Tls, error.to_string()))?;
    let mut config = match trust {
        Trust::System => builder.with_root_certificates(system_roots()?),
        Trust::Roots(roots) => builder.with_root_certificates(given_roots(roots)?),
        Trust::DangerouslyAnyCertificate => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider))),
    }
    .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The same, for what only HTTP/1.1 can do.
pub(crate) fn without_http2(config: &ClientConfig) -> ClientConfig {
    let mut config = config.clone();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

/// The handshake.
pub(crate) async fn handshake(
    config: Arc<ClientConfig>,
    host: Host<&str>,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Failure> {
    let name = match host {
        Host::Domain(name) => ServerName::try_from(name.trim_end_matches('.').to_owned())
            .map_err(|_| Failure::new(NetworkFailure::Tls, format!("no certificate can name `{name}`")))?,
        Host::Ipv4(address) => ServerName::from(std::net::IpAddr::from(address)),
        Host::Ipv6(address) => ServerName::from(std::net::IpAddr::from(address)),
    };
    TlsConnector::from(config)
        .connect(name, stream)
        .await
        .map_err(|error| handshake_failure(&error))
}

fn handshake_failure(error: &io::Error) -> Failure {
    let tls_error = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    let detail = match tls_error {
        Some(Error::InvalidCertificate(reason)) => format!("certificate refused: {}", certificate(reason)),
        Some(Error::InvalidMessage(_)) => "the server does not speak TLS on this port".to_owned(),
        Some(other) => format!("TLS handshake failed: {other}"),
        None => format!("TLS handshake failed: {}", error.kind()),
    };
    Failure::new(NetworkFailure::Tls, detail)
}

fn certificate(reason: &CertificateError) -> String {
    match reason {
        CertificateError::UnknownIssuer => "its issuer is not among the trusted roots".to_owned(),
        CertificateError::NotValidForName => "it is for another name".to_owned(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet".to_owned()
        }
        CertificateError::Revoked => "it is revoked".to_owned(),
        CertificateError::BadEncoding => "it cannot be read".to_owned(),
        CertificateError::Other(_) => {
            "it is not one for servers; a self-signed one often is an authority's".to_owned()
        }
        other => other.to_string(),
    }
}

fn system_roots() -> Result<RootCertStore, Failure> {
    let loaded = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    // Stores contain certificates that no TLS library accepts; one usable root is enough to try.
    let (usable, _) = roots.add_parsable_certificates(loaded.certs);
    if usable > 0 {
        return Ok(roots);
    }
    let why = loaded
        .errors
        .first()
        .map_or_else(String::new, |error| format!(": {error}"));
    Err(Failure::new(
        NetworkFailure::Tls,
        format!("this machine has no trusted root certificates{why}"),
    ))
}

fn given_roots(roots: &[Vec<u8>]) -> Result<RootCertStore, Failure> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store
            .add(CertificateDer::from(root.as_slice()).into_owned())
            .map_err(|error| Failure::new(NetworkFailure::Tls, format!("root certificate: {error}")))?;
    }
    Ok(store)
}

/// Accepts every certificate, and still checks that the server holds its key: an answer then
/// comes from whoever owns the certificate shown, be it self-signed.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
