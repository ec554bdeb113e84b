//! A server on a free port that answers with bytes, and keeps what it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a request gets.
#[derive(Clone)]
pub(crate) enum Then {
    /// These bytes, and the connection stays.
    Keep(Vec<u8>),
    /// These bytes, and the connection closes.
    Close(Vec<u8>),
    /// These bytes, and the connection is reset.
    Reset(Vec<u8>),
    /// These bytes over and over, until nobody reads them.
    Endless(Vec<u8>),
    /// These bytes, and then nothing.
    Silence(Vec<u8>),
}

pub(crate) struct RawServer {
    pub(crate) address: SocketAddr,
    /// The number of the connection, and the head of the request.
    requests: Arc<Mutex<Vec<(usize, String)>>>,
}

impl RawServer {
    /// Answers each request by what this makes of its number, over all connections.
    pub(crate) async fn start(answer: impl Fn(usize) -> Then + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, connection, &log, &*answer).await });
            }
        });
        Self { address, requests }
    }

    /// Always the same.
    pub(crate) async fn always(then: Then) -> Self {
        Self::start(move |_| then.clone()).await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<(usize, String)> {
        self.requests.lock().unwrap().clone()
    }

    /// The connection of each request.
    pub(crate) fn connections(&self) -> Vec<usize> {
        self.requests()
            .into_iter()
            .map(|(connection, _)| connection)
            .collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    log: &Mutex<Vec<(usize, String)>>,
    answer: &(dyn Fn(usize) -> Then + Send + Sync),
) {
    while let Some(request) = read_request(&mut stream).await {
        let number = {
            let mut log = log.lock().unwrap();
            log.push((connection, request));
            log.len() - 1
        };
        // The client may go away at any time.
        match answer(number) {
            Then::Keep(bytes) => drop(stream.write_all(&bytes).await),
            Then::Close(bytes) => return drop(stream.write_all(&bytes).await),
            Then::Reset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                stream.set_zero_linger().unwrap();
                return;
            }
            Then::Endless(bytes) => while stream.write_all(&bytes).await.is_ok() {},
            Then::Silence(bytes) => {
                let _ = stream.write_all(&bytes).await;
                std::future::pending::<()>().await;
            }
        }
    }
}

/// The head of the next request; its body is passed over. `None` when none comes.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(head)
}

/// An answer that every page may read.
pub(crate) fn answer(status_line: &str, lines: &[&str], body: &str) -> Vec<u8> {
    let mut text = format!("{status_line}\r\nAccess-Control-Allow-Origin: *\r\n");
    for line in lines {
        text.push_str(line);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

pub(crate) fn ok(body: &str) -> Vec<u8> {
    answer(
        "HTTP/1.1 200 OK",
        &[&format!("Content-Length: {}", body.len())],
        body,
    )
}

/// Long enough for a busy machine to answer in, short enough to wait for.
pub(crate) const SHORT: Duration = Duration::from_millis(500);
