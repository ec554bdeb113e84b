//! Puts one request on the wire, whichever protocol that takes.

use std::net::SocketAddr;
use std::sync::Arc;

use corsac_fetch::{HeaderList, HttpRequest, NetworkFailure};
use rustls::ClientConfig;
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::cookies::Cookies;
use crate::exchange::{Answer, Exchange, Failure, Tls};
use crate::network::connect::connect;
use crate::network::wire_headers::{Framing, wire_headers};
use crate::network::{http1, http2, tls};
use crate::options::{Options, Trust};

/// Connections to servers.
pub(crate) struct Transport {
    options: Options,
    tls: Option<Arc<ClientConfig>>,
    http2_connections: Vec<Http2Connection>,
}

struct Http2Connection {
    host: String,
    port: u16,
    remote: Option<SocketAddr>,
    connection: http2::Connection,
}

impl Transport {
    pub(crate) const fn new(options: Options) -> Self {
        Self {
            options,
            tls: None,
            http2_connections: Vec::new(),
        }
    }

    pub(crate) const fn options(&self) -> &Options {
        &self.options
    }

    /// Sends the request and waits for its answer until the deadline. Cookies are sent when
    /// `cookies_apply` and the request includes credentials.
    pub(crate) async fn send(
        &mut self,
        request: &HttpRequest,
        cookies_apply: bool,
        deadline: Instant,
    ) -> Exchange {
        let mut exchange = Exchange {
            hop: request.hop,
            kind: request.kind,
            method: request.method.clone(),
            url: request.url.clone(),
            headers: HeaderList::new(),
            body_length: request.body.as_ref().map_or(0, Vec::len),
            remote: None,
            tls: None,
            answer: Err(Failure::new(NetworkFailure::Timeout, "no answer in time")),
        };
        let answer = timeout_at(deadline, self.try_send(request, cookies_apply, &mut exchange)).await;
        if let Ok(answer) = answer {
            exchange.answer = answer;
        } else {
            self.http2_connections.clear();
        }
        exchange
    }

    async fn try_send(
        &mut self,
        request: &HttpRequest,
        cookies_apply: bool,
        exchange: &mut Exchange,
    ) -> Result<Answer, Failure> {
        let connection = self.open(&request.url, exchange).await?;
        let framing = match connection {
            Connection::Http2(_) => Framing::Http2,
            Connection::Plain(_) | Connection::Tls(_) => Framing::Http1,
        };
        let cookies: Option<&Cookies> = self.options.cookies.as_ref().filter(|_| cookies_apply);
        let headers = wire_headers(request, self.options.user_agent, cookies, framing);
        exchange.headers = headers.clone();
        let body = request.body.as_deref();
        let (method, url) = (&request.method, &request.url);
        match connection {
            Connection::Plain(stream) => {
                http1::exchange(stream, method, url, &headers, body.unwrap_or_default()).await
            }
            Connection::Tls(stream) => {
                http1::exchange(stream, method, url, &headers, body.unwrap_or_default()).await
            }
            Connection::Http2(connection) => http2::exchange(connection, method, url, &headers, body).await,
        }
    }

    async fn open(&mut self, url: &Url, exchange: &mut Exchange) -> Result<Connection, Failure> {
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(Failure::new(NetworkFailure::Connect, "the URL has no host"));
        };
        let secure = url.scheme() == "https";
        let session = Tls {
            certificate_checked: !matches!(self.options.trust, Trust::DangerouslyAnyCertificate),
        };
        if secure && let Some(open) = self.http2_connection(&host.to_string(), port) {
            exchange.remote = open.remote;
            exchange.tls = Some(session);
            return Ok(Connection::Http2(open.connection.clone()));
        }
        let until = Instant::now() + self.options.connect_timeout;
        let late = |_elapsed| Failure::new(NetworkFailure::Timeout, "no connection in time");
        let stream = timeout_at(until, connect(host.clone(), port))
            .await
            .map_err(late)??;
        exchange.remote = stream.peer_addr().ok();
        if !secure {
            return Ok(Connection::Plain(stream));
        }
        let config = self.tls_config()?;
        let handshake = tls::handshake(config, host.clone(), stream);
        let stream = timeout_at(until, handshake).await.map_err(late)??;
        exchange.tls = Some(session);
        if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
            return Ok(Connection::Tls(Box::new(stream)));
        }
        let connection = http2::open(stream).await?;
        self.http2_connections.push(Http2Connection {
            host: host.to_string(),
            port,
            remote: exchange.remote,
            connection: connection.clone(),
        });
        Ok(Connection::Http2(connection))
    }

    fn http2_connection(&self, host: &str, port: u16) -> Option<&Http2Connection> {
        self.http2_connections
            .iter()
            .find(|open| open.host == host && open.port == port)
    }

    /// The TLS configuration, made at the first `https` URL: reading the machine's roots takes
    /// longer than most requests to this machine.
    fn tls_config(&mut self) -> Result<Arc<ClientConfig>, Failure> {
        if let Some(config) = &self.tls {
            return Ok(Arc::clone(config));
        }
        let config = tls::client_config(&self.options.trust)?;
        self.tls = Some(Arc::clone(&config));
        Ok(config)
    }
}

enum Connection {
    Plain(tokio::net::TcpStream),
    Tls(Box<tokio_rustls::client::TlsStream<tokio::net::TcpStream>>),
    Http2(http2::Connection),
}
