//! A gateway with its log, and an upstream that the test plays.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use corsac_gateway::{Config, Gateway, Log, LogFormat, LogLevel, Running};
use corsac_wire::policy_file;
use tokio::net::{TcpListener, TcpStream};

use crate::wire::{Wire, within};

pub(crate) struct Fixture {
    pub(crate) address: SocketAddr,
    upstream: Option<TcpListener>,
    running: Running,
    log: Lines,
}

/// What a log wrote.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Fixture {
    /// A gateway with [`POLICY`].
    pub(crate) async fn new() -> Self {
        Self::with(POLICY, |_| {}).await
    }

    /// A gateway with this policy file. `change` has the last word on its configuration.
    pub(crate) async fn with(policy: &str, change: impl FnOnce(&mut Config)) -> Self {
        let upstream = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", upstream.local_addr().expect("it is bound"));
        let (policies, _) =
            policy_file::read(policy, "corsac.toml").unwrap_or_else(|errors| panic!("{errors}"));
        let log = Lines::default();
        let mut config = Config::new(url.parse().expect("an upstream"), policies);
        config.listen.set_port(0);
        config.log = Log::new(LogLevel::All, LogFormat::Human, log.clone()).expect("a thread");
        change(&mut config);
        let running = Gateway::bind(config)
            .and_then(Gateway::start)
            .unwrap_or_else(|error| panic!("{error}"));
        Self {
            address: running.local_address(),
            upstream: Some(upstream),
            running,
            log,
        }
    }

    /// A client's new connection.
    pub(crate) async fn connect(&self) -> Wire {
        Wire::new(
            TcpStream::connect(self.address)
                .await
                .expect("the gateway listens"),
        )
    }

    /// The gateway's next connection, seen from the upstream.
    pub(crate) async fn accept(&self) -> Wire {
        let upstream = self.upstream.as_ref().expect("the upstream is up");
        let (socket, _) = within(upstream.accept()).await.expect("a connection");
        Wire::new(socket)
    }

    /// A request on a new connection, and the connection on which the upstream has read its head.
    pub(crate) async fn request(&self, bytes: impl AsRef<[u8]>) -> (Wire, Wire) {
        let mut client = self.connect().await;
        client.send(bytes).await;
        let mut upstream = self.accept().await;
        upstream.head().await;
        (client, upstream)
    }

    /// Whether the gateway has made another connection to the upstream.
    pub(crate) async fn has_connected(&self) -> bool {
        match &self.upstream {
            Some(upstream) => tokio::time::timeout(Duration::ZERO, upstream.accept())
                .await
                .is_ok(),
            None => false,
        }
    }

    /// From here on the upstream refuses connections.
    pub(crate) fn take_upstream_down(&mut self) {
        self.upstream = None;
    }

    /// Stop, and give the lines of the log without their times.
    pub(crate) fn log(self) -> Vec<String> {
        let Self { running, log, .. } = self;
        let _ = running.stop(Duration::ZERO);
        let bytes = log.0.lock().expect("nobody panicked").clone();
        String::from_utf8_lossy(&bytes)
            .lines()
            .map(|line| line.split_once(' ').map_or(line, |(_, text)| text).to_owned())
            .collect()
    }

    /// Stop: how many connections had to be cut.
    pub(crate) fn stop(self, longest: Duration) -> usize {
        self.running.stop(longest)
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One policy: `https://app.example`, with credentials.
pub(crate) const POLICY: &str = r#"
version = 1
[[policy]]
name = "app"
paths = ["/*"]
allow_origins = ["https://app.example"]
allow_credentials = true
"#;
