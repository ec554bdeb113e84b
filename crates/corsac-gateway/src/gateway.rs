//! Starting and stopping: a thread that accepts connections and gives each to the worker that has
//! fewest, and the workers.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::{Builder, LocalOptions, LocalRuntime};
use tokio::sync::{mpsc, watch};

use crate::config::Config;
use crate::connect::Connector;
use crate::worker::{NewConnection, Shared, Stop, Worker, stopped};

/// A gateway that listens, but does not answer yet.
pub struct Gateway {
    listener: TcpListener,
    address: SocketAddr,
    workers: usize,
    shared: Arc<Shared>,
}

/// A gateway that answers. Dropping it stops it at once.
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<Option<Duration>>,
    acceptor: Option<JoinHandle<Option<()>>>,
    workers: Vec<JoinHandle<Option<usize>>>,
}

/// Why a gateway does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// There is no way to speak TLS with the upstream.
    Tls(io::Error),
    /// The system gives no thread or no event queue.
    Thread(io::Error),
}

impl Gateway {
    /// Take the address. Clients can connect from here on, and wait for [`Gateway::start`].
    ///
    /// # Errors
    /// The address is taken or not ours, or TLS with the upstream cannot be set up.
    pub fn bind(config: Config) -> Result<Self, StartError> {
        let connector = Connector::new(config.upstream, config.timeouts.connect).map_err(StartError::Tls)?;
        let listen_error = |source| StartError::Listen {
            address: config.listen,
            source,
        };
        let listener = TcpListener::bind(config.listen).map_err(listen_error)?;
        listener.set_nonblocking(true).map_err(listen_error)?;
        Ok(Self {
            address: listener.local_addr().map_err(listen_error)?,
            listener,
            workers: config.workers.get(),
            shared: Arc::new(Shared {
                connector,
                policies: config.policies,
                is_debug: config.is_debug,
                timeouts: config.timeouts,
                host_header: config.host_header,
                log: config.log,
            }),
        })
    }

    /// The address that it listens on.
    #[must_use]
    pub fn local_address(&self) -> SocketAddr {
        self.address
    }

    /// Answer requests, on threads of its own.
    ///
    /// # Errors
    /// The system gives no thread or no event queue.
    pub fn start(self) -> Result<Running, StartError> {
        self.start_threads().map_err(StartError::Thread)
    }

    fn start_threads(self) -> io::Result<Running> {
        let (stop, stop_receiver) = watch::channel(None);
        let mut running = Running {
            address: self.address,
            stop,
            acceptor: None,
            workers: Vec::with_capacity(self.workers),
        };
        let mut seats = Vec::with_capacity(self.workers);
        for number in 0..self.workers {
            let (queue, incoming) = mpsc::unbounded_channel();
            let (shared, stop) = (Arc::clone(&self.shared), stop_receiver.clone());
            running
                .workers
                .push(spawn(format!("corsac-{number}"), move |runtime| {
                    runtime.block_on(Rc::new(Worker::new(shared)).run(incoming, stop))
                })?);
            seats.push(Seat {
                queue,
                load: Arc::new(()),
            });
        }
        let listener = self.listener;
        running.acceptor = Some(spawn("corsac-accept".to_owned(), move |runtime| {
            runtime.block_on(accept(listener, seats, stop_receiver));
        })?);
        Ok(running)
    }
}

impl Running {
    /// The address that it listens on.
    #[must_use]
    pub fn local_address(&self) -> SocketAddr {
        self.address
    }

    /// Accept nothing more, let running requests finish for so long, and wait for that. Gives the
    /// number of connections that had to be cut.
    #[must_use]
    pub fn stop(mut self, longest: Duration) -> usize {
        self.end(longest)
    }

    fn end(&mut self, longest: Duration) -> usize {
        self.stop.send_replace(Some(longest));
        if let Some(acceptor) = self.acceptor.take() {
            // It does not panic, and if it did, it would be gone all the same.
            let _ = acceptor.join();
        }
        self.workers
            .drain(..)
            .filter_map(|worker| worker.join().ok().flatten())
            .sum()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end(Duration::ZERO);
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, source } => match source.kind() {
                io::ErrorKind::AddrInUse => write!(f, "`{address}` is in use by another program"),
                io::ErrorKind::AddrNotAvailable => write!(f, "`{address}` is no address of this machine"),
                io::ErrorKind::PermissionDenied => write!(f, "listening on `{address}` is not permitted"),
                _ => write!(f, "cannot listen on `{address}`: {source}"),
            },
            Self::Tls(source) => write!(f, "TLS with the upstream is not possible: {source}"),
            Self::Thread(source) => write!(f, "cannot start a thread: {source}"),
        }
    }
}

impl std::error::Error for StartError {}

/// A worker as the acceptor sees it. Each of its connections holds a clone of `load`.
struct Seat {
    queue: mpsc::UnboundedSender<NewConnection>,
    load: Arc<()>,
}

async fn accept(listener: TcpListener, seats: Vec<Seat>, mut stop: Stop) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped(&mut stop) => return,
        };
        match accepted.and_then(|(socket, address)| Ok((socket.into_std()?, address))) {
            Ok((socket, address)) => hand_over(&seats, socket, address),
            // A connection that was gone before it was accepted concerns nobody; without
            // descriptors there is nothing to do but wait for others to be closed.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => tokio::time::sleep(WITHOUT_DESCRIPTORS).await,
        }
    }
}

fn hand_over(seats: &[Seat], socket: std::net::TcpStream, address: SocketAddr) {
    if let Some(seat) = seats.iter().min_by_key(|seat| Arc::strong_count(&seat.load)) {
        let load = Arc::clone(&seat.load);
        // A worker that has ended closes the connection by dropping it.
        let _ = seat.queue.send(NewConnection {
            socket,
            address,
            load,
        });
    }
}

/// Run on a thread with a runtime of its own. `None` is the end of a thread that got no runtime,
/// which this reports as an error.
fn spawn<T: Send + 'static>(
    name: String,
    run: impl FnOnce(LocalRuntime) -> T + Send + 'static,
) -> io::Result<JoinHandle<Option<T>>> {
    let (report, started) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new().name(name).spawn(move || {
        let built = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build_local(LocalOptions::default());
        let (runtime, result) = match built {
            Ok(runtime) => (Some(runtime), Ok(())),
            Err(error) => (None, Err(error)),
        };
        // The starting side waits for this word, so it is there.
        let _ = report.send(result);
        runtime.map(run)
    })?;
    started.recv().map_err(io::Error::other)??;
    Ok(thread)
}

const WITHOUT_DESCRIPTORS: Duration = Duration::from_millis(50);
