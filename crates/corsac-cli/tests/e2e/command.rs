//! Running the built `corsac` binary.

use std::io::{BufRead as _, BufReader};
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
    process: Child,
}

impl Gateway {
    /// Start it and read from its stderr where it listens.
    pub(crate) fn start(upstream: SocketAddr, policy_file: &Path) -> Self {
        let upstream = format!("http://{upstream}");
        let mut process = command(&["gateway", "--upstream", &upstream, "--listen", "127.0.0.1:0"])
            .arg("--config")
            .arg(policy_file)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let address = loop {
            let before = said.len();
            assert!(
                stderr.read_line(&mut said).unwrap() > 0,
                "the gateway did not start: {said}"
            );
            if let Some(address) = said.get(before..).and_then(listening_address) {
                break address;
            }
        };
        // Whatever else it says is read, so that it never waits for us.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        Self { address, process }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in `… listening on http://127.0.0.1:1234 …`.
fn listening_address(line: &str) -> Option<SocketAddr> {
    let (_, address) = line.split_once("listening on http://")?;
    let end = address.find(|char: char| !char.is_ascii_digit() && !".:".contains(char));
    address.get(..end.unwrap_or(address.len()))?.parse().ok()
}
