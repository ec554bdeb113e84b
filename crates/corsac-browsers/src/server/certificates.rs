//! A certificate authority for one run, and the certificate of all its servers.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// What the https servers need, and what a browser must trust.
pub(super) struct Certificates {
    pub(super) acceptor: TlsAcceptor,
    /// DER.
    pub(super) authority: Vec<u8>,
}

pub(super) fn make() -> anyhow::Result<Certificates> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
        .distinguished_name
        .push(DnType::CommonName, "corsac-browsers");
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
    let names = ["localhost", "*.example.test", "127.0.0.1"].map(str::to_owned);
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(names)?.signed_by(&key, &authority)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Certificates {
        acceptor: TlsAcceptor::from(Arc::new(config)),
        authority: authority.der().to_vec(),
    })
}
