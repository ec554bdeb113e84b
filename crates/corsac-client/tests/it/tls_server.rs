//! A TLS listener with a certificate of an authority made for the test.

use std::sync::Arc;

use corsac_client::Trust;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

pub(crate) struct TlsServer {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    authority: Vec<u8>,
}

impl TlsServer {
    /// For `localhost`, and these protocols.
    pub(crate) async fn new(protocols: &[&[u8]]) -> Self {
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        Self::with_certificate(params, protocols).await
    }

    /// With a certificate that was good until some years ago.
    pub(crate) async fn expired() -> Self {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        Self::with_certificate(params, &[]).await
    }

    async fn with_certificate(params: CertificateParams, protocols: &[&[u8]]) -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        Self {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
            authority: authority.der().to_vec(),
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.listener.local_addr().unwrap().port()
    }

    /// Trusts the authority of this server and no other.
    pub(crate) fn trust(&self) -> Trust {
        Trust::Roots(vec![self.authority.clone()])
    }

    /// The next connection; `None` when its handshake fails.
    pub(crate) async fn accept(&self) -> Option<TlsStream<TcpStream>> {
        let (stream, _) = self.listener.accept().await.unwrap();
        self.acceptor.accept(stream).await.ok()
    }
}
