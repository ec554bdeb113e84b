//! Running the built `corsac` binary.

use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// Run it to its end.
pub(crate) fn corsac<S: AsRef<str>>(arguments: &[S]) -> Output {
    let mut command = command(arguments);
    command.output().unwrap()
}

/// The binary with these arguments, without colours and without a terminal.
pub(crate) fn command<S: AsRef<str>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsac"));
    command
        .args(arguments.iter().map(AsRef::as_ref))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

/// `corsac gateway` on a free port; it stops when this is dropped.
pub(crate) struct Gateway {
    pub(crate) address: SocketAddr,
    _running: Running,
}

impl Gateway {
    pub(crate) fn start(upstream: SocketAddr, policy_file: &Path) -> Self {
        let upstream = format!("http://{upstream}");
        let mut command = command(&["gateway", "--upstream", &upstream, "--listen", "127.0.0.1:0"]);
        command.arg("--config").arg(policy_file);
        let mut running = Running(
            command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap(),
        );
        let stderr = running.0.stderr.take().unwrap();
        let said = read_until(stderr, "listening on http://");
        let address = address_after(&said, "listening on http://");
        Self {
            address,
            _running: running,
        }
    }
}

/// `corsac demo` on free ports; it stops when this is dropped.
pub(crate) struct Demo {
    gateway: SocketAddr,
    api: SocketAddr,
    _running: Running,
}

impl Demo {
    pub(crate) fn start() -> Self {
        let mut command = command(&["demo", "--port", "0"]);
        let mut running = Running(
            command
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        );
        let stdout = running.0.stdout.take().unwrap();
        let said = read_until(stdout, "Both stay up until Ctrl-C");
        let gateway = address_after(&said, "gateway     http://");
        let api = address_after(&said, "sample API  http://");
        Self {
            gateway,
            api,
            _running: running,
        }
    }

    /// A command of a page, sent to this demo.
    pub(crate) fn as_running(&self, command: &str) -> String {
        command.replace(DOCUMENTED_GATEWAY, &self.gateway.to_string())
    }

    /// What a command printed, as the page shows it.
    pub(crate) fn as_shown(&self, printed: &str) -> String {
        printed
            .replace(&self.gateway.to_string(), DOCUMENTED_GATEWAY)
            .replace(&self.api.to_string(), "127.0.0.1:8000")
    }
}

/// Where `corsac demo` listens unless told otherwise, and so in the pages.
const DOCUMENTED_GATEWAY: &str = "127.0.0.1:8080";

/// A process that is killed when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Read lines up to the one that has the mark; then go on reading, so that the process never waits.
fn read_until(stream: impl Read + Send + 'static, mark: &str) -> String {
    let mut stream = BufReader::new(stream);
    let mut said = String::new();
    while !said.contains(mark) {
        assert!(
            stream.read_line(&mut said).unwrap() > 0,
            "it ended, and said: {said}"
        );
    }
    std::thread::spawn(move || std::io::copy(&mut stream, &mut std::io::sink()));
    said
}

fn address_after(text: &str, mark: &str) -> SocketAddr {
    let (_, address) = text.split_once(mark).unwrap();
    let end = address.find(|char: char| !char.is_ascii_digit() && !".:".contains(char));
    address[..end.unwrap_or(address.len())].parse().unwrap()
}
