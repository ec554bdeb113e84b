//! The scripted server of a scenario: which answer a URL gets, and how the lines that it writes
//! read once a browser has parsed them.
//!
//! It keeps no state. What it writes is [`scripted_answer`](crate::scripted_answer)'s business.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use corsac::header::trim_http_tab_or_space;
use corsac_fetch::local_network_access::{host_address_space, ip_address_space};
use corsac_fetch::{AddressSpace, HeaderList, HttpRequest, HttpRequestKind, HttpResponse, NetworkFailure};
use url::{Host, Url};

use crate::scenario::{Action, Answer, Server};
use crate::scripted_answer::{Carried, body, header_lines};
use crate::simulate_cookies::KeptCookies;
use crate::simulate_error::LineError;

/// The servers that one line describes.
pub(crate) struct ScriptedServer<'a> {
    /// The line's id, which names its paths.
    pub(crate) id: &'a str,
    /// The answers.
    pub(crate) server: &'a Server,
    /// Where `server` is in the line, for errors.
    pub(crate) place: &'a str,
    /// The addresses of names, as far as the line gives them.
    pub(crate) hosts: &'a BTreeMap<String, IpAddr>,
    /// Whether the line is a recording: then only the recording server's ports listen.
    pub(crate) recorded: bool,
    /// The cookies that there are.
    pub(crate) cookies: KeptCookies,
}

impl ScriptedServer<'_> {
    /// Which entry of `hops` answers this URL: the number in `/s/<id>/<number>`, as recording
    /// servers name their paths (what is no number counts as 0), else the place in the redirect chain.
    pub(crate) fn hop(&self, url: &Url, chain_index: usize) -> usize {
        let mut segments = url.path().split('/').skip(1);
        match (segments.next(), segments.next(), segments.next()) {
            (Some("s"), Some(id), Some(hop)) if id == self.id => hop.parse().unwrap_or(0),
            _ => chain_index,
        }
    }

    /// What comes back for a request that reached this hop.
    pub(crate) fn answer(
        &self,
        hop: usize,
        request: &HttpRequest,
    ) -> Result<Result<HttpResponse, NetworkFailure>, LineError> {
        let answers = self.server.answers(hop).ok_or_else(|| {
            LineError::at(
                format!("{}.hops", self.place),
                format!("the redirect chain reaches hop {hop}, which has no entry"),
            )
        })?;
        let (kind, answer) = match request.kind {
            HttpRequestKind::Preflight => ("preflight", answers.0),
            HttpRequestKind::Actual => ("actual", answers.1),
        };
        let answer = answer.ok_or_else(|| {
            let place = match self.server.hops.is_empty() {
                true => format!("{}.{kind}", self.place),
                false => format!("{}.hops[{hop}].{kind}", self.place),
            };
            LineError::at(
                place,
                format!("the browser sends this request, and no `{kind}` answers it"),
            )
        })?;
        if answer.action == Some(Action::Close) {
            return Ok(Err(NetworkFailure::Closed));
        }
        Ok(Ok(respond(answer, request)))
    }

    /// The body of the answer to the request itself, where the line gives it.
    pub(crate) fn body(&self, hop: usize) -> Option<Vec<u8>> {
        let (_, actual) = self.server.answers(hop)?;
        actual.filter(|answer| answer.body.is_some()).map(body)
    }

    /// Whether a connection to this URL can be made at all.
    pub(crate) fn reach(&self, url: &Url) -> Result<(), NetworkFailure> {
        // "Application software SHOULD NOT ... attempt to resolve": names below `invalid` never
        // exist, <https://www.rfc-editor.org/rfc/rfc6761#section-6.4>.
        if let Some(Host::Domain(name)) = url.host()
            && name.trim_end_matches('.').rsplit('.').next() == Some("invalid")
        {
            return Err(NetworkFailure::Dns);
        }
        let ports: &[u16] = match url.scheme() {
            "https" => &RECORDING_HTTPS_PORTS,
            _ => &RECORDING_HTTP_PORTS,
        };
        let listens = url.port().is_some_and(|port| ports.contains(&port))
            && !matches!(url.host(), Some(Host::Ipv6(_)));
        if self.recorded && !listens {
            return Err(NetworkFailure::Connect);
        }
        Ok(())
    }
}

impl ScriptedServer<'_> {
    /// The address that the name in this URL has, where the line or the recording says it.
    pub(crate) fn address(&self, url: &Url) -> Option<IpAddr> {
        let Some(Host::Domain(name)) = url.host() else {
            return None;
        };
        let recorded = self.recorded.then_some(IpAddr::V4(Ipv4Addr::LOCALHOST));
        self.hosts.get(name).copied().or(recorded)
    }

    /// The address space that a page of this origin was loaded from.
    pub(crate) fn address_space(&self, page: &str) -> Option<AddressSpace> {
        let url = Url::parse(page).ok()?;
        match self.address(&url) {
            Some(address) => Some(ip_address_space(address)),
            None => host_address_space(&url.host()?),
        }
    }
}

/// The answer as parsed from the wire.
fn respond(answer: &Answer, request: &HttpRequest) -> HttpResponse {
    let origin = request.headers.get("origin");
    let method = request.headers.get("access-control-request-method");
    let header_names = request.headers.get("access-control-request-headers");
    let carried = Carried {
        origin: origin.as_deref(),
        method: method.as_deref(),
        header_names: header_names.as_deref(),
    };
    let mut headers = HeaderList::new();
    for (name, value) in header_lines(answer, &carried) {
        headers.append(name, unfold(&value));
    }
    HttpResponse {
        status: answer.status,
        headers,
        body_start: answer.body.is_some().then(|| body(answer)),
    }
}

/// A field value without the white space around it and with line folding replaced: "A user agent
/// that receives an obs-fold ... MUST replace each received obs-fold with one or more SP octets",
/// <https://www.rfc-editor.org/rfc/rfc9112#section-5.2>.
fn unfold(value: &[u8]) -> Vec<u8> {
    let mut unfolded = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((&byte, tail)) = rest.split_first() {
        match rest {
            [b'\r', b'\n', b' ' | b'\t', tail @ ..] => {
                unfolded.push(b' ');
                rest = tail;
            }
            _ => {
                unfolded.push(byte);
                rest = tail;
            }
        }
    }
    trim_http_tab_or_space(&unfolded).to_vec()
}

// Where the recording server listened, on IPv4 only (`cases/browsers/README.md`).
const RECORDING_HTTP_PORTS: [u16; 3] = [23001, 23002, 23003];
const RECORDING_HTTPS_PORTS: [u16; 2] = [23444, 23445];
