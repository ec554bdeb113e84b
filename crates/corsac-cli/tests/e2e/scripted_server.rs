//! A server that answers each connection with the next entry of a script, byte for byte, and keeps
//! what it was sent. It never reads ahead, decides nothing, and ends with the test.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde::Deserialize;

/// One server of a case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    /// Speak TLS with a certificate that nobody signed.
    #[serde(default)]
    self_signed: bool,
    /// The answers, one for each connection. No more connections are taken than there are answers.
    answers: Vec<Answer>,
}

/// What one connection gets.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    /// Lines, joined by CR LF. The last one gets no line end, so that a body ends as written.
    lines: Vec<String>,
    /// After the first line, this one so many times.
    filler: Option<(String, usize)>,
    /// Do not wait for a request: what comes is no HTTP.
    #[serde(default)]
    at_once: bool,
    /// What happens then.
    #[serde(default)]
    then: Then,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Then {
    /// The connection is closed.
    #[default]
    Close,
    /// Nothing, until the client gives up.
    Wait,
}

/// A running script.
pub(crate) struct ScriptedServer {
    received: Arc<Mutex<Vec<String>>>,
}

impl ScriptedServer {
    pub(crate) fn listen() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").unwrap()
    }

    /// Starts to answer; `fill_in` puts the ports of the case's servers into the lines.
    pub(crate) fn start(listener: TcpListener, script: &Script, fill_in: impl Fn(&str) -> String) -> Self {
        let received = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<(Answer, Vec<u8>)> = script
            .answers
            .iter()
            .map(|answer| (answer.clone(), fill_in(&answer.text()).into_bytes()))
            .collect();
        if answers.is_empty() {
            // Nothing listens any more when this returns.
            return Self { received };
        }
        let tls = script.self_signed.then(self_signed);
        let log = Arc::clone(&received);
        thread::spawn(move || {
            for (answer, bytes) in answers {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                // The client may go away at any time; what it sent was kept.
                let _ = match &tls {
                    None => serve(&stream, &answer, &bytes, &log),
                    Some(config) => serve_tls(stream, Arc::clone(config), &bytes, &log),
                };
            }
        });
        Self { received }
    }

    /// The requests so far, one text each.
    pub(crate) fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

impl Answer {
    fn text(&self) -> String {
        let mut lines = self.lines.iter();
        let mut text = lines.next().cloned().unwrap_or_default();
        if let Some((filler, times)) = &self.filler {
            text.push_str(&format!("\r\n{filler}").repeat(*times));
        }
        for line in lines {
            text.push_str("\r\n");
            text.push_str(line);
        }
        text
    }
}

fn serve_tls(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    answer: &[u8],
    log: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut tls = StreamOwned::new(connection, stream);
    let request = read_request(&mut tls)?;
    log.lock().unwrap().push(request);
    tls.write_all(answer)?;
    tls.conn.send_close_notify();
    tls.flush()?;
    tls.sock.shutdown(Shutdown::Write)
}

fn serve(mut stream: &TcpStream, answer: &Answer, bytes: &[u8], log: &Mutex<Vec<String>>) -> io::Result<()> {
    if !answer.at_once {
        let request = read_request(&mut stream)?;
        log.lock().unwrap().push(request);
    }
    stream.write_all(bytes)?;
    match answer.then {
        Then::Close => stream.shutdown(Shutdown::Write)?,
        Then::Wait => {}
    }
    wait(&mut stream)
}

/// Until the client closes.
fn wait(reader: &mut impl Read) -> io::Result<()> {
    io::copy(reader, &mut io::sink()).map(drop)
}

/// A whole request: its head, and as much body as that says.
fn read_request(reader: &mut impl Read) -> io::Result<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("Content-Length: "))
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Ok(text.into_owned());
            }
        }
        match reader.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => request.extend_from_slice(&buffer[..read]),
        }
    }
}

fn self_signed() -> Arc<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    Arc::new(config)
}
