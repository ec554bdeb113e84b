//! One line per cross-origin request, with the verdict and its reason.
//!
//! Header values other than `Origin` are never written, nor is the query: both carry secrets.
//! Lines leave through a queue of bounded length, so a reader that stops reading costs lines, never
//! requests.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use corsac::{Action, Decision, Reason, Verdict};
use corsac_wire::gateway_event::GatewayEvent;
use http::header::{HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri};

use crate::failure::{Failed, with_sources};
use crate::request_head::X_FORWARDED_PROTO;

/// Where decisions are written down.
pub struct Log {
    level: LogLevel,
    format: LogFormat,
    queue: Option<SyncSender<String>>,
    lost: Arc<AtomicU64>,
    writer: Option<JoinHandle<()>>,
}

/// Which requests are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogLevel {
    /// None.
    Off,
    /// Those that were refused or failed.
    Refused,
    /// Every cross-origin request, and every request that failed.
    All,
}

/// How.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogFormat {
    /// A line to read.
    Human,
    /// A [`GatewayEvent`].
    Json,
}

impl Log {
    /// Write nothing.
    #[must_use]
    pub fn off() -> Self {
        Self {
            level: LogLevel::Off,
            format: LogFormat::Human,
            queue: None,
            lost: Arc::default(),
            writer: None,
        }
    }

    /// Write lines to `output`, from a thread of its own.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn new(
        level: LogLevel,
        format: LogFormat,
        output: impl io::Write + Send + 'static,
    ) -> io::Result<Self> {
        if level == LogLevel::Off {
            return Ok(Self::off());
        }
        let (queue, lines) = sync_channel(QUEUE_LINES);
        let lost = Arc::<AtomicU64>::default();
        let writer_lost = Arc::clone(&lost);
        let writer = std::thread::Builder::new()
            .name("corsac-log".to_owned())
            .spawn(move || write_lines(&lines, &writer_lost, output))?;
        Ok(Self {
            level,
            format,
            queue: Some(queue),
            lost,
            writer: Some(writer),
        })
    }

    fn send(&self, line: String) {
        let Some(queue) = &self.queue else { return };
        if queue.try_send(line).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Log {
    /// What is queued is still written.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            // It ends when the queue is empty; a panic in it would be of no use here.
            let _ = writer.join();
        }
    }
}

/// A request that may have to be written down.
pub(crate) struct Line {
    verdict: Verdict,
    reason: Reason,
    policy: Option<String>,
    pattern: Option<String>,
    is_enforced: bool,
    method: Method,
    uri: Uri,
    origin: Option<HeaderValue>,
}

impl Line {
    /// `None` when nothing is written.
    pub(crate) fn start<V>(log: &Log, decision: &Decision<V>, parts: &Parts) -> Option<Self> {
        if log.level == LogLevel::Off {
            return None;
        }
        let (verdict, reason) = match decision.action {
            // Written down, when it fails, like a request without `Origin`.
            Action::Forward if is_same_origin(parts) => (Verdict::NotCors, Reason::NoOrigin),
            Action::Forward | Action::Answer { .. } => (decision.verdict, decision.reason.clone()),
        };
        Some(Self {
            verdict,
            reason,
            policy: decision.policy_name().map(str::to_owned),
            pattern: decision.matched_pattern().map(str::to_owned),
            is_enforced: decision.is_enforced(),
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            origin: parts.headers.get(ORIGIN).cloned(),
        })
    }

    /// The answer's head is made.
    pub(crate) fn answered(&self, log: &Log, status: StatusCode, failed: Option<&Failed>) {
        let wanted = match self.verdict {
            Verdict::NotCors => failed.is_some(),
            Verdict::Allowed => failed.is_some() || log.level == LogLevel::All,
            Verdict::Refused => true,
        };
        if wanted {
            let failure = failed.map(|failed| Trouble {
                code: failed.failure.code(),
                text: failed.failure.to_string(),
                cause: failed.cause.as_deref(),
            });
            log.send(self.text(log.format, status, failure));
        }
    }

    /// The answer broke off after its head.
    pub(crate) fn broke_off(&self, log: &Log, status: StatusCode, error: &dyn std::error::Error) {
        let cause = error.source().map(with_sources);
        let trouble = Trouble {
            code: "answer-broke-off",
            text: error.to_string(),
            cause: cause.as_deref(),
        };
        log.send(self.text(log.format, status, Some(trouble)));
    }

    fn text(&self, format: LogFormat, status: StatusCode, trouble: Option<Trouble<'_>>) -> String {
        let now = jiff::Timestamp::now();
        let origin = self.origin.as_ref().map(escaped);
        match format {
            LogFormat::Human => self.human(&format!("{now:.3}"), origin.as_deref(), status, trouble),
            LogFormat::Json => self.json(&format!("{now:.3}"), origin.as_deref(), status, trouble),
        }
    }

    fn human(
        &self,
        time: &str,
        origin: Option<&str>,
        status: StatusCode,
        trouble: Option<Trouble<'_>>,
    ) -> String {
        let mut line = format!(
            "{time} {} {} {} {}",
            match self.verdict {
                Verdict::NotCors => "failed ",
                Verdict::Allowed => "allowed",
                Verdict::Refused => "refused",
            },
            self.method,
            // Only the target of CONNECT has no path.
            match self.uri.path() {
                "" => "-",
                path => path,
            }
            .escape_default(),
            status.as_u16(),
        );
        // Writing to a string does not fail.
        if let Some(origin) = origin {
            let _ = write!(line, " from {origin}");
        }
        if self.verdict != Verdict::NotCors {
            let _ = write!(line, ": {}", self.reason);
        }
        if let Some(policy) = &self.policy {
            let _ = write!(line, " (policy `{}`", policy.escape_debug());
            // An origin that is listed as it is stands in the line already.
            if let Some(pattern) = self.pattern.as_deref().filter(|pattern| Some(*pattern) != origin) {
                let _ = write!(line, ", pattern `{}`", pattern.escape_debug());
            }
            line.push_str(if self.is_enforced { ")" } else { ", only reported)" });
        }
        if let Some(Trouble { text, cause, .. }) = trouble {
            let _ = write!(line, "; {text}");
            if let Some(cause) = cause {
                let _ = write!(line, ": {}", cause.escape_debug());
            }
        }
        line.push('\n');
        line
    }

    fn json(
        &self,
        time: &str,
        origin: Option<&str>,
        status: StatusCode,
        trouble: Option<Trouble<'_>>,
    ) -> String {
        let event = GatewayEvent {
            version: 1,
            time,
            verdict: match self.verdict {
                Verdict::NotCors => "not-cors",
                Verdict::Allowed => "allowed",
                Verdict::Refused => "refused",
            },
            reason: self.reason.code(),
            explanation: &self.reason.to_string(),
            policy: self.policy.as_deref(),
            pattern: self.pattern.as_deref(),
            report_only: !self.is_enforced,
            method: self.method.as_str(),
            path: self.uri.path(),
            origin,
            status: status.as_u16(),
            failure: trouble.as_ref().map(|trouble| trouble.code),
            cause: trouble.as_ref().and_then(|trouble| trouble.cause),
        };
        event.to_json().map(|line| line + "\n").unwrap_or_default()
    }
}

/// Whether a page that came through the gateway asks its own origin: browsers send `Origin` with its
/// POSTs. Where TLS ends in front of the gateway, `X-Forwarded-Proto` says so.
fn is_same_origin(parts: &Parts) -> bool {
    let scheme = parts
        .headers
        .get(X_FORWARDED_PROTO)
        .map_or(&b"http"[..], HeaderValue::as_bytes);
    let authority = parts
        .headers
        .get(ORIGIN)
        .and_then(|origin| origin.as_bytes().strip_prefix(scheme)?.strip_prefix(b"://"));
    let host = match parts.headers.get(HOST) {
        Some(host) => Some(host.as_bytes()),
        // HTTP/2 has `:authority` instead.
        None => parts
            .uri
            .authority()
            .map(|authority| authority.as_str().as_bytes()),
    };
    authority
        .zip(host)
        .is_some_and(|(authority, host)| authority.eq_ignore_ascii_case(host))
}

struct Trouble<'a> {
    code: &'static str,
    text: String,
    cause: Option<&'a str>,
}

/// An origin that cannot forge a log line, cut at a length that no real one has.
fn escaped(origin: &HeaderValue) -> String {
    let bytes = origin.as_bytes();
    match bytes.get(..MAX_ORIGIN_TEXT) {
        Some(start) if start.len() < bytes.len() => format!("{}…", start.escape_ascii()),
        _ => bytes.escape_ascii().to_string(),
    }
}

fn write_lines(lines: &Receiver<String>, lost: &AtomicU64, mut output: impl io::Write) {
    while let Ok(mut text) = lines.recv() {
        // One write for all that has come together.
        while text.len() < WRITE_BYTES
            && let Ok(line) = lines.try_recv()
        {
            text.push_str(&line);
        }
        let lost = lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            text = format!("{text}(the log was read too slowly: {lost} lines were left out)\n");
        }
        // Nobody is left to tell when the log itself cannot be written.
        let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    }
}

const QUEUE_LINES: usize = 4096;
const WRITE_BYTES: usize = 16 * 1024;
const MAX_ORIGIN_TEXT: usize = 200;
