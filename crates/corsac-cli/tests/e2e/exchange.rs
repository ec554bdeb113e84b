//! One HTTP/1.1 request on a connection of its own, byte for byte as the case says, and what came
//! back of CORS.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde::Deserialize;

/// A request and the part of its answer that is asserted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExchangeCase {
    title: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    answer: Answer,
}

/// The status, and every header that CORS reads, sorted by name: absent ones are asserted, too.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
}

impl ExchangeCase {
    pub(crate) fn run(&self, address: SocketAddr) {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n",
            self.method, self.path
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert_eq!(Answer::of(&answer), self.answer, "{}", self.title);
    }
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let head = text.split("\r\n\r\n").next().unwrap_or_default();
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|status| status.parse().ok());
        let mut headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .filter(|(name, _)| name == "vary" || name.starts_with("access-control-"))
            .collect();
        // Where a proxy puts its headers among those of the server does not matter; the order of lines
        // with the same name does.
        headers.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self {
            status: status.unwrap_or_else(|| panic!("no HTTP answer: {text}")),
            headers,
        }
    }
}
