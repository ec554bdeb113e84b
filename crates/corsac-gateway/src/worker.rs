//! A worker: one thread, one runtime, its clients' connections and its own pool to the upstream.

use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use corsac::PolicyTable;
use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::client_stream::{ClientActivity, ClientStream};
use crate::config::{HostHeader, Timeouts};
use crate::connect::Connector;
use crate::log::Log;
use crate::pool::{MAX_REST, Pool};
use crate::proxy::{Client, answer};
use crate::request_head::ClientAddress;

/// What all workers share.
pub(crate) struct Shared {
    pub(crate) connector: Connector,
    pub(crate) policies: PolicyTable,
    pub(crate) is_debug: bool,
    pub(crate) timeouts: Timeouts,
    pub(crate) host_header: HostHeader,
    pub(crate) log: Log,
}

/// What a request needs of its worker.
pub(crate) struct Worker {
    shared: Arc<Shared>,
    pool: Pool,
}

/// A client's connection, handed to a worker. `load` counts it as long as it lives.
pub(crate) struct NewConnection {
    pub(crate) socket: std::net::TcpStream,
    pub(crate) address: SocketAddr,
    pub(crate) load: Arc<()>,
}

/// Tells workers to finish: the longest that they may take.
pub(crate) type Stop = watch::Receiver<Option<Duration>>;

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            pool: Pool::default(),
        }
    }

    pub(crate) fn connector(&self) -> &Connector {
        &self.shared.connector
    }

    pub(crate) fn policies(&self) -> &PolicyTable {
        &self.shared.policies
    }

    /// Whether browsers are told why a request is refused.
    pub(crate) fn is_debug(&self) -> bool {
        self.shared.is_debug
    }

    pub(crate) fn timeouts(&self) -> &Timeouts {
        &self.shared.timeouts
    }

    pub(crate) fn host_header(&self) -> HostHeader {
        self.shared.host_header
    }

    pub(crate) fn log(&self) -> &Log {
        &self.shared.log
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Serve what comes in until told to stop, then finish what is running. Gives the number of
    /// connections that had to be cut.
    pub(crate) async fn run(
        self: Rc<Self>,
        mut incoming: mpsc::UnboundedReceiver<NewConnection>,
        mut stop: Stop,
    ) -> usize {
        let mut connections = JoinSet::new();
        let mut sweep = tokio::time::interval(MAX_REST);
        let longest = loop {
            tokio::select! {
                Some(new) = incoming.recv() => {
                    connections.spawn_local(serve(Rc::clone(&self), new, stop.clone()));
                }
                Some(_) = connections.join_next() => {}
                _ = sweep.tick() => self.pool.sweep(),
                longest = stopped(&mut stop) => break longest,
            }
        };
        let drained = async { while connections.join_next().await.is_some() {} };
        // Whether they all ended is what `len` says.
        let _ = tokio::time::timeout(longest, drained).await;
        connections.len()
    }
}

/// Wait for the word to stop. The other side being gone is one.
pub(crate) async fn stopped(stop: &mut Stop) -> Duration {
    match stop.wait_for(Option::is_some).await {
        Ok(longest) => longest.unwrap_or_default(),
        Err(_) => Duration::ZERO,
    }
}

async fn serve(worker: Rc<Worker>, new: NewConnection, mut stop: Stop) {
    let NewConnection {
        socket,
        address,
        load: _load,
    } = new;
    let Ok(socket) = TcpStream::from_std(socket) else {
        return;
    };
    // Only a delay would come of a failure here.
    let _ = socket.set_nodelay(true);
    let client = Rc::new(Client {
        address: ClientAddress::new(address.ip()),
        activity: Arc::<ClientActivity>::default(),
    });
    let stream = ClientStream::new(socket, Arc::clone(&client.activity), worker.timeouts().client);
    let service =
        service_fn(move |request: Request<Incoming>| answer(Rc::clone(&worker), Rc::clone(&client), request));
    let builder = http_builder();
    let mut connection = pin!(builder.serve_connection_with_upgrades(TokioIo::new(stream), service));
    tokio::select! {
        biased;
        // How a client ends its connection is its own affair.
        _ = connection.as_mut() => return,
        _ = stopped(&mut stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

fn http_builder() -> auto::Builder<LocalExecutor> {
    let mut builder = auto::Builder::new(LocalExecutor);
    builder
        .http1()
        // `ClientStream` bounds the time for a head without a timer per request.
        .header_read_timeout(None)
        .max_buf_size(MAX_READ_BYTES);
    builder.http2().max_header_list_size(MAX_READ_BYTES as u32);
    builder
}

/// Spawns on the runtime of this thread.
#[derive(Clone, Copy)]
struct LocalExecutor;

impl<F: Future<Output: 'static> + 'static> hyper::rt::Executor<F> for LocalExecutor {
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}

/// A head beyond this is answered 431 by hyper, without reading the rest.
const MAX_READ_BYTES: usize = 128 * 1024;
