//! New connections to the upstream.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::body::RequestBody;
use crate::failure::{Failed, Failure};
use crate::upstream::{Scheme, Upstream, UpstreamHost};

/// How to reach the upstream.
pub(crate) struct Connector {
    upstream: Upstream,
    tls: Option<(TlsConnector, ServerName<'static>)>,
    timeout: Duration,
}

pub(crate) type Sender = http1::SendRequest<RequestBody>;

impl Connector {
    /// # Errors
    /// The upstream is `https` and the system has no root certificates, or its host cannot be in a
    /// certificate.
    pub(crate) fn new(upstream: Upstream, timeout: Duration) -> io::Result<Self> {
        let tls = match upstream.scheme() {
            Scheme::Http => None,
            Scheme::Https => Some((tls_connector()?, server_name(upstream.host())?)),
        };
        Ok(Self {
            upstream,
            tls,
            timeout,
        })
    }

    pub(crate) fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Connect, and let a task of this thread drive the connection.
    pub(crate) async fn connect(&self) -> Result<Sender, Failed> {
        tokio::time::timeout(self.timeout, self.connect_unbounded())
            .await
            .unwrap_or_else(|_| Err(Failure::UpstreamConnectTimeout.into()))
    }

    async fn connect_unbounded(&self) -> Result<Sender, Failed> {
        let socket = connect_tcp(&self.upstream).await?;
        match &self.tls {
            None => start_http(socket).await,
            Some((connector, name)) => {
                let stream = connector
                    .connect(name.clone(), socket)
                    .await
                    .map_err(|error| Failure::UpstreamTls.because(error))?;
                start_http(stream).await
            }
        }
    }
}

async fn connect_tcp(upstream: &Upstream) -> Result<TcpStream, Failed> {
    let socket = match upstream.host() {
        UpstreamHost::Address(address) => {
            TcpStream::connect(SocketAddr::new(*address, upstream.port())).await
        }
        UpstreamHost::Name(name) => {
            let addresses: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), upstream.port()))
                .await
                .map_err(|error| Failure::UpstreamName.because(error))?
                .collect();
            TcpStream::connect(addresses.as_slice()).await
        }
    };
    let socket = socket.map_err(|error| Failure::UpstreamRefused.because(error))?;
    // Only a delay would come of a failure here.
    let _ = socket.set_nodelay(true);
    Ok(socket)
}

async fn start_http<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S) -> Result<Sender, Failed> {
    let (sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_RESPONSE_HEAD_BYTES)
        .handshake(TokioIo::new(stream))
        .await?;
    tokio::task::spawn_local(async move {
        // Each exchange gets its own error; what ends an idle connection concerns nobody.
        let _ = connection.with_upgrades().await;
    });
    Ok(sender)
}

fn tls_connector() -> io::Result<TlsConnector> {
    let mut roots = rustls::RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "the system has no root certificates to check an https upstream with",
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

fn server_name(host: &UpstreamHost) -> io::Result<ServerName<'static>> {
    match host {
        UpstreamHost::Address(address) => Ok(ServerName::IpAddress((*address).into())),
        UpstreamHost::Name(name) => ServerName::try_from(name.clone()).map_err(io::Error::other),
    }
}

/// A response head above this is refused. It is also how much of a body is read at once.
pub(crate) const MAX_RESPONSE_HEAD_BYTES: usize = 32 * 1024;
