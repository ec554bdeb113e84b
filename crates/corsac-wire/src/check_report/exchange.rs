//! A request as sent and its answer as received.

use std::net::SocketAddr;

use corsac_fetch::{HeaderList, HttpRequestKind, NetworkFailure};
use serde::Serialize;
use url::Url;

use super::secrets::Secrets;
use crate::outcome::{RequestKind, isomorphic_decode};
use crate::outcome_reason::network;

/// A request and its answer, as whoever did the I/O saw them.
#[derive(Clone, Copy, Debug)]
pub struct ExchangeFacts<'a> {
    /// Index into the chain of URLs.
    pub hop: usize,
    /// Preflight or actual.
    pub kind: HttpRequestKind,
    /// The method.
    pub method: &'a [u8],
    /// The URL.
    pub url: &'a Url,
    /// Every header as written to the wire.
    pub headers: &'a HeaderList,
    /// The length of the body sent.
    pub body_length: usize,
    /// The other end, when there was a connection.
    pub remote: Option<SocketAddr>,
    /// Whether the certificate was checked, when there was TLS.
    pub certificate_checked: Option<bool>,
    /// The answer, or the kind of failure and its detail.
    pub answer: Result<AnswerFacts<'a>, (NetworkFailure, &'a str)>,
}

/// An answer, as whoever did the I/O saw it.
#[derive(Clone, Copy, Debug)]
pub struct AnswerFacts<'a> {
    /// `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
    pub protocol: &'static str,
    /// The status.
    pub status: u16,
    /// The reason phrase.
    pub reason_phrase: &'a [u8],
    /// All header lines in order.
    pub headers: &'a HeaderList,
    /// The length of the body, as far as it was read.
    pub body_length: u64,
    /// Whether that is all of it.
    pub body_end: BodyEnd,
}

/// A request and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct Exchange {
    /// Always `exchange`.
    pub step: ExchangeKind,
    /// Index into the chain of URLs: 0 is the URL asked for.
    pub hop: usize,
    /// Preflight or actual.
    pub kind: RequestKind,
    /// The address of the other end, when there was a connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote: Option<String>,
    /// Whether the certificate was checked, when there was TLS. A browser always does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_checked: Option<bool>,
    /// What was sent.
    pub request: RequestReport,
    /// What came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<ResponseReport>,
    /// Why nothing usable came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureReport>,
}

/// The tag of an exchange among the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExchangeKind {
    /// `exchange`
    Exchange,
}

/// What was sent.
#[derive(Clone, Debug, Serialize)]
pub struct RequestReport {
    /// The method.
    pub method: String,
    /// The URL, without fragment and user info.
    pub url: String,
    /// Every header as written to the wire; empty when there was no connection.
    pub headers: Vec<(String, String)>,
    /// The length of the body.
    pub body_length: usize,
}

/// What came back.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseReport {
    /// `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
    pub protocol: &'static str,
    /// The status.
    pub status: u16,
    /// The reason phrase; empty in HTTP/2.
    pub reason_phrase: String,
    /// All header lines as received, in order.
    pub headers: Vec<(String, String)>,
    /// How long the body is.
    pub body: BodyReport,
}

/// How long a body is.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BodyReport {
    /// Bytes read, before any content decoding.
    pub length: u64,
    /// Whether that is all of it.
    pub end: BodyEnd,
}

/// Where reading a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyEnd {
    /// At its end.
    Whole,
    /// Before it: no verdict depends on a body, so long and slow ones are not read out.
    AtLeast,
    /// Where the connection broke off.
    BrokenOff,
}

/// Why nothing usable came back.
#[derive(Clone, Debug, Serialize)]
pub struct FailureReport {
    /// `dns`, `connect`, `tls`, `closed`, `timeout` or `malformed`.
    pub kind: &'static str,
    /// What happened, in words.
    pub detail: String,
}

impl Exchange {
    /// The facts as they are reported.
    #[must_use]
    pub fn new(facts: &ExchangeFacts<'_>, secrets: Secrets) -> Self {
        let (response, failure) = match &facts.answer {
            Ok(answer) => (Some(response(answer, secrets)), None),
            Err((kind, detail)) => (
                None,
                Some(FailureReport {
                    kind: network(*kind),
                    detail: (*detail).to_owned(),
                }),
            ),
        };
        Self {
            step: ExchangeKind::Exchange,
            hop: facts.hop,
            kind: match facts.kind {
                HttpRequestKind::Preflight => RequestKind::Preflight,
                HttpRequestKind::Actual => RequestKind::Actual,
            },
            remote: facts.remote.map(|address| address.to_string()),
            certificate_checked: facts.certificate_checked,
            request: RequestReport {
                method: isomorphic_decode(facts.method),
                url: wire_url(facts.url),
                headers: secrets.headers(facts.headers),
                body_length: facts.body_length,
            },
            response,
            failure,
        }
    }
}

fn response(answer: &AnswerFacts<'_>, secrets: Secrets) -> ResponseReport {
    ResponseReport {
        protocol: answer.protocol,
        status: answer.status,
        reason_phrase: isomorphic_decode(answer.reason_phrase),
        headers: secrets.headers(answer.headers),
        body: BodyReport {
            length: answer.body_length,
            end: answer.body_end,
        },
    }
}

/// The URL as servers see it.
pub(super) fn wire_url(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    // Fails only for URLs that cannot have user info.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}
