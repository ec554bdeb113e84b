//! Asks a server again as a page of another origin: what would it grant to a site that it cannot
//! know?
//!
//! A probe never repeats a request that may change something: a method other than `GET` and `HEAD`
//! is only asked about by its preflight.

use std::sync::Mutex;

use corsac::Origin;
use corsac_fetch::{
    Client, CredentialsMode, HttpRequest, HttpRequestKind, Initiator, Mode, Outcome, Request, RequestInit,
    TypeErrorReason, UserAgent,
};
use url::Url;

use crate::browser::{Bodies, Browser, Fetched};
use crate::exchange::Exchange;

/// What a page of another origin got.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The origin that was sent.
    pub origin: Origin,
    /// What it got. `None`: its preflight was passed, and the request itself, which may change
    /// something, was not sent.
    pub outcome: Option<Outcome>,
    /// What went over the wire.
    pub exchanges: Vec<Exchange>,
}

/// The origins worth a probe after this fetch: none, unless an answer to a CORS request named the
/// page's origin, or a WebSocket was opened. A server that answers `*`, nothing or another origin echoes nobody.
#[must_use]
pub fn origins_to_probe(fetched: &Fetched, page: &Origin, url: &Url) -> Vec<Origin> {
    // Of the target's own scheme, so that mixed content is not what decides.
    let scheme = if matches!(url.scheme(), "http" | "ws") {
        "http"
    } else {
        "https"
    };
    let stranger = Origin::from_serialization(&format!("{scheme}://{STRANGER}"));
    let is_open = |exchange: &Exchange| exchange.answer.as_ref().is_ok_and(|answer| answer.status == 101);
    if fetched.exchanges.iter().any(is_open) {
        return stranger.into_iter().collect();
    }
    let page = page.to_string();
    let echoed = fetched.exchanges.iter().any(|exchange| {
        exchange.headers.contains("origin")
            && exchange.answer.as_ref().is_ok_and(|answer| {
                answer
                    .headers
                    .lines("access-control-allow-origin")
                    .any(|value| value == page.as_bytes())
            })
    });
    if !echoed {
        return Vec::new();
    }
    // `null` also when the page itself has it: the probe asks with credentials.
    stranger.into_iter().chain([Origin::UNIQUE]).collect()
}

impl Browser {
    /// Sends the request as a page of this origin would, with credentials.
    ///
    /// # Errors
    /// The reason the API throws; not when it took the same request before.
    pub async fn probe(
        &self,
        init: &RequestInit,
        origin: &Origin,
        user_agent: UserAgent,
    ) -> Result<Probe, TypeErrorReason> {
        let mut init = init.clone();
        if init.initiator != Initiator::WebSocket {
            init.mode = Mode::Cors;
            init.credentials = CredentialsMode::Include;
        }
        if !is_safe(corsac::method::normalize(init.method.as_bytes())) {
            // An XMLHttpRequest whose upload is watched asks for a preflight whatever the method.
            init.upload_listeners = true;
            init.initiator = Initiator::Xhr;
        }
        let request = Request::of_initiator(&init, Client::new(origin.clone()), user_agent)?;
        let cache = Mutex::default();
        let driven = self.drive(request, &cache, Bodies::Measured, only_safe).await;
        Ok(Probe {
            origin: origin.clone(),
            outcome: driven.outcome.ok(),
            exchanges: driven.exchanges,
        })
    }
}

/// The next request may change something.
struct Unsafe;

fn only_safe(request: &HttpRequest) -> Result<(), Unsafe> {
    match request.kind == HttpRequestKind::Actual && !is_safe(&request.method) {
        true => Err(Unsafe),
        false => Ok(()),
    }
}

/// Safe methods, <https://httpwg.org/specs/rfc9110.html#safe.methods>, that a probe may send.
fn is_safe(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD")
}

/// A host that nobody can own: `.invalid` is reserved, <https://www.rfc-editor.org/rfc/rfc6761#section-6.4>.
const STRANGER: &str = "corsac-probe.invalid";
