//! Finds the way for a request and puts it on the wire, whichever protocol that takes.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use corsac::Origin;
use corsac_fetch::{HeaderList, HttpRequest, NetworkFailure};
use rustls::ClientConfig;
use tokio::time::timeout_at;

use crate::exchange::{Exchange, Failure, Tls};
use crate::network::connect::{connect, connect_to};
use crate::network::http1::{self, request_bytes};
use crate::network::http1_body::Http1Body;
use crate::network::incoming::{Incoming, Source};
use crate::network::pool::{Key, Lease, Pool};
use crate::network::response_head::ResponseHead;
use crate::network::stream::Stream;
use crate::network::wire_headers::Framing;
use crate::network::{http2, tls};
use crate::options::{Settings, Trust, deadline};
use crate::service::{self, Handler};

/// Connections to servers, and services in their place.
pub(crate) struct Transport {
    settings: Settings,
    tls: OnceLock<Result<Arc<ClientConfig>, Failure>>,
    pool: Arc<Pool>,
}

/// What a route is wanted for.
pub(crate) struct Errand<'a> {
    pub(crate) request: &'a HttpRequest,
    pub(crate) network_partition_key: &'a str,
    /// The request opens a WebSocket: over HTTP/1.1, on a connection of its own.
    pub(crate) is_web_socket: bool,
    /// No connection that was used before will do.
    pub(crate) is_fresh: bool,
}

/// Where a request goes.
pub(crate) struct Route {
    way: Way,
    key: Key,
    pub(crate) remote: Option<SocketAddr>,
    /// Whether the connection was used before: the server may have closed it meanwhile.
    pub(crate) is_reused: bool,
    is_web_socket: bool,
}

enum Way {
    Service(Arc<dyn Handler>),
    Http1(http1::Connection),
    Http2(http2::Connection),
}

impl Route {
    pub(crate) fn framing(&self) -> Framing {
        match self.way {
            Way::Http2(_) => Framing::Http2,
            _ if self.is_web_socket => Framing::WebSocket,
            Way::Http1(_) | Way::Service(_) => Framing::Http1,
        }
    }
}

impl Transport {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            tls: OnceLock::new(),
            pool: Arc::default(),
        }
    }

    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The service, the idle connection or the new connection for this request. Writes down how far it
    /// came.
    pub(crate) async fn route(&self, errand: &Errand<'_>, exchange: &mut Exchange) -> Result<Route, Failure> {
        let url = &errand.request.url;
        let Some(key) = Key::of(errand.request, errand.network_partition_key) else {
            return Err(Failure::new(NetworkFailure::Connect, "the URL has no host"));
        };
        if !self.settings.services.is_empty()
            && let Some(service) = self.settings.services.get(&Origin::of_url(url).to_string())
        {
            let route = Route::new(Way::Service(Arc::clone(service)), key, None);
            return Ok(route.with_web_socket(errand.is_web_socket));
        }
        let is_secure = url.scheme() == "https";
        let reused = match errand.is_fresh || errand.is_web_socket {
            true => None,
            false => self.reused(&key, is_secure),
        };
        let route = match reused {
            Some(route) => {
                exchange.remote = route.remote;
                route
            }
            // In a box, as most requests do without: futures are moved with all they may need.
            None => Box::pin(self.open(errand, key, &mut exchange.remote)).await?,
        };
        exchange.tls = is_secure.then_some(Tls {
            certificate_checked: !matches!(self.settings.options.trust, Trust::DangerouslyAnyCertificate),
        });
        Ok(route.with_web_socket(errand.is_web_socket))
    }

    fn reused(&self, key: &Key, is_secure: bool) -> Option<Route> {
        let (way, remote) = if is_secure && let Some((connection, remote)) = self.pool.http2(key) {
            (Way::Http2(connection), remote)
        } else {
            let (connection, remote) = self.pool.take(key)?;
            (Way::Http1(connection), remote)
        };
        let route = Route::new(way, key.clone(), remote);
        Some(Route {
            is_reused: true,
            ..route
        })
    }

    async fn open(
        &self,
        errand: &Errand<'_>,
        key: Key,
        reached: &mut Option<SocketAddr>,
    ) -> Result<Route, Failure> {
        let url = &errand.request.url;
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(Failure::new(NetworkFailure::Connect, "the URL has no host"));
        };
        let until = deadline(self.settings.options.connect_timeout);
        let late = |_elapsed| Failure::new(NetworkFailure::Timeout, "no connection in time");
        let stream = match self.settings.addresses.get(&host.to_string()) {
            Some(address) => timeout_at(until, connect_to(vec![*address])).await,
            None => timeout_at(until, connect(host.clone(), port)).await,
        }
        .map_err(late)??;
        let remote = stream.peer_addr().ok();
        *reached = remote;
        if url.scheme() != "https" {
            let connection = http1::Connection::new(Stream::Plain(stream));
            return Ok(Route::new(Way::Http1(connection), key, remote));
        }
        let handshake = tls::handshake(self.tls_config(errand.is_web_socket)?, host, stream);
        let stream = timeout_at(until, handshake).await.map_err(late)??;
        if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
            let connection = http1::Connection::new(Stream::Tls(Box::new(stream)));
            return Ok(Route::new(Way::Http1(connection), key, remote));
        }
        let connection = timeout_at(until, http2::open(stream)).await.map_err(late)??;
        self.pool.keep_http2(key.clone(), connection.clone(), remote);
        Ok(Route::new(Way::Http2(connection), key, remote))
    }

    /// The TLS configuration, made at the first `https` URL: reading the machine's roots takes
    /// longer than most requests to this machine.
    fn tls_config(&self, is_web_socket: bool) -> Result<Arc<ClientConfig>, Failure> {
        let config = self
            .tls
            .get_or_init(|| tls::client_config(&self.settings.options.trust))
            .clone()?;
        match is_web_socket {
            true => Ok(Arc::new(tls::without_http2(&config))),
            false => Ok(config),
        }
    }

    /// Sends the request and reads the head of its answer.
    pub(crate) async fn send(
        &self,
        route: Route,
        request: &HttpRequest,
        headers: &HeaderList,
    ) -> Result<(ResponseHead, Incoming), Failure> {
        let (method, url, body) = (&request.method, &request.url, request.body.as_deref());
        match route.way {
            Way::Service(service) => {
                service::send(service.as_ref(), request, headers, route.is_web_socket).await
            }
            Way::Http1(mut connection) => {
                let head = connection
                    .send(request_bytes(method, url, headers, body), route.is_web_socket)
                    .await?;
                let lease = self.settings.keeps_connections.then(|| Lease {
                    pool: Arc::clone(&self.pool),
                    key: route.key,
                    remote: route.remote,
                });
                let body = Http1Body::new(connection, method, &head, lease);
                Ok((head, Incoming::new(Source::Http1(Box::new(body)))))
            }
            Way::Http2(connection) => {
                // Whether or not it gets to its end: what fails, or is given up, is not used again.
                let guard = ForgetUnlessAnswered {
                    pool: &self.pool,
                    key: &route.key,
                    is_answered: false,
                };
                let sending = http2::send(connection, method, url, headers, body);
                let (head, body) = Box::pin(guard.watch(sending)).await?;
                Ok((head, Incoming::new(Source::Http2(body))))
            }
        }
    }
}

impl Route {
    const fn new(way: Way, key: Key, remote: Option<SocketAddr>) -> Self {
        Self {
            way,
            key,
            remote,
            is_reused: false,
            is_web_socket: false,
        }
    }

    fn with_web_socket(self, is_web_socket: bool) -> Self {
        Self {
            is_web_socket,
            ..self
        }
    }
}

/// Takes an HTTP/2 connection out of the pool when a request on it fails or is given up.
struct ForgetUnlessAnswered<'a> {
    pool: &'a Pool,
    key: &'a Key,
    is_answered: bool,
}

impl ForgetUnlessAnswered<'_> {
    async fn watch<T>(mut self, sending: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let answer = sending.await;
        self.is_answered = answer.is_ok();
        answer
    }
}

impl Drop for ForgetUnlessAnswered<'_> {
    fn drop(&mut self) {
        if !self.is_answered {
            self.pool.forget_http2(self.key);
        }
    }
}
