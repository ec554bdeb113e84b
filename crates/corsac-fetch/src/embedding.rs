//! What the page may do with the answer to an element's request, and which mechanism decides.
//!
//! CORS is one of several: many elements use answers without it, which the page then cannot read.

use corsac::Origin;

use crate::block_reason::BlockReason;
use crate::element_load::{ElementResponse, LoadFailure, load_failure};
use crate::frame_options::{FrameRefusal, frame_check};
use crate::header_list::HeaderList;
use crate::http_message::{HttpRequest, HttpRequestKind, HttpResponse};
use crate::outcome::{FilteredResponse, Outcome, OutcomeKind, ResponseType, Step};
use crate::request::Request;
use crate::request_init::Initiator;

/// What the page may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Access {
    /// Whether the element shows, runs or plays what came; for beacons and forms, whether the server
    /// got it.
    pub loads: bool,
    /// What the page's scripts have of it.
    pub content: Content,
    /// What decided that.
    pub decided_by: Mechanism,
}

/// What the page's scripts have of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// All that the element can give.
    Readable,
    /// The element uses it, and one thing stays closed.
    Usable(Limit),
    /// Nothing.
    Nothing,
}

/// What stays closed to the page's scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Status, headers and body: the response is opaque.
    Response,
    /// A canvas on which it is drawn is tainted and cannot be read.
    Canvas,
    /// Errors in the script are reported as "Script error." without a place.
    Errors,
    /// `cssRules` throws.
    Rules,
    /// The font's bytes; it is drawn with all the same.
    Bytes,
    /// `contentDocument` is null, and of `contentWindow` only `postMessage` and a few names are there.
    Document,
    /// The answer replaces the page.
    Page,
}

/// What decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// Page and answer have the same origin, or have to have it.
    SameOrigin,
    /// The CORS protocol.
    Cors,
    /// Mode `no-cors`: elements use what they get, pages cannot read it.
    NoCors,
    /// Opaque Response Blocking.
    OpaqueResponseBlocking,
    /// The answer's `Cross-Origin-Resource-Policy`.
    CrossOriginResourcePolicy,
    /// The page's `Cross-Origin-Embedder-Policy`.
    EmbedderPolicy,
    /// Mixed Content.
    MixedContent,
    /// Local Network Access.
    LocalNetworkAccess,
    /// `X-Frame-Options` or `frame-ancestors` of the answer.
    FrameOptions,
    /// The element itself: type, status or bytes do not fit.
    Element(LoadFailure),
    /// The server alone: whether it takes a form, a beacon or a WebSocket.
    Server,
    /// Fetching itself: no answer, a bad port, a redirect that is not followed.
    Fetching,
}

/// What the page may do with the end of its request.
#[must_use]
pub fn access(request: &Request, outcome: &Outcome) -> Access {
    let last = last_answer(outcome);
    match &outcome.kind {
        OutcomeKind::Blocked { reason, .. } => blocked(request, reason, outcome, last),
        OutcomeKind::Shared(filtered) | OutcomeKind::Opaque(filtered) => match last {
            Some((sent, response)) => answered(request, filtered, sent, response),
            // No server was asked: a `data:` URL, or about:blank.
            None => Access {
                loads: true,
                content: Content::Readable,
                decided_by: Mechanism::SameOrigin,
            },
        },
    }
}

fn answered(
    request: &Request,
    filtered: &FilteredResponse,
    sent: &HttpRequest,
    response: &HttpResponse,
) -> Access {
    let is_same_origin = Origin::of_url(&sent.url).same_origin(request.origin());
    let element_response = ElementResponse {
        response_type: filtered.response_type,
        status: response.status,
        headers: &response.headers,
        body: response.body_start.as_deref(),
        integrity: None,
    };
    match request.initiator() {
        Initiator::Iframe => framed(request, sent, &response.headers, is_same_origin),
        Initiator::Form => by_server(true, Content::Usable(Limit::Page)),
        Initiator::Beacon => by_server(true, Content::Nothing),
        Initiator::WebSocket => match load_failure(Initiator::WebSocket, &element_response) {
            None => by_server(true, Content::Readable),
            Some(_) => by_server(false, Content::Nothing),
        },
        initiator => {
            if let Some(failure) = load_failure(initiator, &element_response) {
                return nothing(Mechanism::Element(failure));
            }
            let (content, decided_by) = match filtered.response_type {
                ResponseType::Basic => (Content::Readable, Mechanism::SameOrigin),
                ResponseType::Cors => (Content::Readable, Mechanism::Cors),
                ResponseType::Opaque | ResponseType::OpaqueRedirect => {
                    (Content::Usable(limit(initiator)), Mechanism::NoCors)
                }
            };
            Access {
                loads: true,
                content,
                decided_by,
            }
        }
    }
}

/// What stays closed in an answer without CORS.
const fn limit(initiator: Initiator) -> Limit {
    match initiator {
        Initiator::Image | Initiator::Media => Limit::Canvas,
        Initiator::Script => Limit::Errors,
        Initiator::Style => Limit::Rules,
        Initiator::Font => Limit::Bytes,
        Initiator::Iframe => Limit::Document,
        Initiator::Form => Limit::Page,
        Initiator::Fetch
        | Initiator::Xhr
        | Initiator::Beacon
        | Initiator::EventSource
        | Initiator::ModuleScript
        | Initiator::Audio
        | Initiator::Track
        | Initiator::Preload
        | Initiator::Worker
        | Initiator::WebSocket => Limit::Response,
    }
}

fn framed(request: &Request, sent: &HttpRequest, headers: &HeaderList, is_same_origin: bool) -> Access {
    match frame_check(request.client(), &sent.url, headers) {
        Err(FrameRefusal::FrameOptions | FrameRefusal::FrameAncestors) => nothing(Mechanism::FrameOptions),
        Err(FrameRefusal::EmbedderPolicy) => nothing(Mechanism::EmbedderPolicy),
        Ok(()) => Access {
            loads: true,
            content: match is_same_origin {
                true => Content::Readable,
                false => Content::Usable(Limit::Document),
            },
            decided_by: Mechanism::SameOrigin,
        },
    }
}

fn blocked(
    request: &Request,
    reason: &BlockReason,
    outcome: &Outcome,
    last: Option<(&HttpRequest, &HttpResponse)>,
) -> Access {
    let is_delivered = outcome
        .trace
        .iter()
        .any(|step| matches!(step, Step::Sent(sent) if sent.kind == HttpRequestKind::Actual));
    // The server got it, whatever became of the answer, which the page never sees.
    if request.initiator() == Initiator::Beacon && is_delivered && last.is_some() {
        return by_server(true, Content::Nothing);
    }
    nothing(mechanism(reason, last.map(|(_, response)| &response.headers)))
}

fn mechanism(reason: &BlockReason, headers: Option<&HeaderList>) -> Mechanism {
    match reason {
        BlockReason::MixedContent => Mechanism::MixedContent,
        BlockReason::SameOriginMode => Mechanism::SameOrigin,
        BlockReason::CorsCheck(_)
        | BlockReason::PreflightCorsCheck(_)
        | BlockReason::PreflightStatus(_)
        | BlockReason::PreflightAllowMethodsSyntax(_)
        | BlockReason::PreflightAllowHeadersSyntax(_)
        | BlockReason::PreflightMethod(_)
        | BlockReason::PreflightNonWildcardHeader(_)
        | BlockReason::PreflightHeader(_)
        | BlockReason::LocationCredentials => Mechanism::Cors,
        BlockReason::CrossOriginResourcePolicy => {
            let has_policy = headers.is_some_and(|headers| headers.contains("cross-origin-resource-policy"));
            match has_policy {
                true => Mechanism::CrossOriginResourcePolicy,
                false => Mechanism::EmbedderPolicy,
            }
        }
        BlockReason::OpaqueResponseBlocking => Mechanism::OpaqueResponseBlocking,
        BlockReason::LocalNetworkAccess => Mechanism::LocalNetworkAccess,
        BlockReason::BadPort(_)
        | BlockReason::NoCorsRedirectMode
        | BlockReason::SchemeNotHttp(_)
        | BlockReason::PreflightNetwork(_)
        | BlockReason::Network(_)
        | BlockReason::RedirectModeError
        | BlockReason::LocationInvalid(_)
        | BlockReason::LocationMultiple
        | BlockReason::LocationScheme(_)
        | BlockReason::TooManyRedirects
        | BlockReason::RedirectStreamBody
        | BlockReason::UserAgentRefusal(_) => Mechanism::Fetching,
    }
}

/// The last answer, and the request it came to.
fn last_answer(outcome: &Outcome) -> Option<(&HttpRequest, &HttpResponse)> {
    let mut sent = None;
    let mut last = None;
    for step in &outcome.trace {
        match step {
            Step::Sent(request) => sent = Some(request),
            Step::Received(response) => last = sent.map(|sent| (sent, response)),
            _ => {}
        }
    }
    last
}

const fn by_server(loads: bool, content: Content) -> Access {
    Access {
        loads,
        content,
        decided_by: Mechanism::Server,
    }
}

const fn nothing(decided_by: Mechanism) -> Access {
    Access {
        loads: false,
        content: Content::Nothing,
        decided_by,
    }
}
