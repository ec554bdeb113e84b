//! Driving a fetch with the answers that a vector gives.

use corsac_fetch::{
    BlockReason, Fetch, HttpRequest, HttpRequestKind, HttpResponse, Need, NetworkFailure, Outcome,
    PreflightCache, Request,
};
use serde::Deserialize;

use super::byte_string::{ByteString, received_headers};

/// An answer of a server.
#[derive(Clone, Deserialize)]
pub(super) struct Answer {
    status: u16,
    headers: Vec<(ByteString, ByteString)>,
}

impl From<Answer> for HttpResponse {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.status,
            headers: received_headers(answer.headers),
            body_start: None,
        }
    }
}

/// What a fetch sent and how it ended.
pub(super) struct Traffic {
    pub(super) sent: Vec<HttpRequest>,
    pub(super) outcome: Outcome,
}

/// Runs a fetch to its end. A request that has no answer meets a closed connection.
pub(super) fn run(
    request: Request,
    cache: &mut PreflightCache,
    now: u64,
    mut answer: impl FnMut(&HttpRequest) -> Option<HttpResponse>,
) -> Traffic {
    let mut sent = Vec::new();
    let mut need = Fetch::start(request, cache, now);
    loop {
        match need {
            Need::Done(outcome) => return Traffic { sent, outcome },
            Need::Send(fetch, http_request) => {
                let answer = answer(&http_request).ok_or(NetworkFailure::Closed);
                sent.push(http_request);
                need = fetch.resume(answer, cache, now);
            }
        }
    }
}

/// An answer that passes every check of the request it answers.
pub(super) fn permissive_answer(request: &HttpRequest) -> HttpResponse {
    let mut headers = corsac_fetch::HeaderList::new();
    let echo = [
        ("origin", "Access-Control-Allow-Origin"),
        ("access-control-request-method", "Access-Control-Allow-Methods"),
        ("access-control-request-headers", "Access-Control-Allow-Headers"),
    ];
    for (asked, allowed) in echo {
        if let Some(value) = request.headers.get(asked) {
            headers.append(allowed, value);
        }
    }
    headers.append("Access-Control-Allow-Credentials", "true");
    HttpResponse {
        headers,
        ..HttpResponse::new(200)
    }
}

/// Whether a request is a preflight.
pub(super) fn is_preflight(request: &HttpRequest) -> bool {
    request.kind == HttpRequestKind::Preflight
}

/// The word that vectors have for the step that said no.
pub(super) fn reason_code(reason: &BlockReason) -> &'static str {
    match reason {
        BlockReason::BadPort(_) => "bad-port",
        BlockReason::MixedContent => "mixed-content",
        BlockReason::SameOriginMode => "same-origin-mode",
        BlockReason::NoCorsRedirectMode => "no-cors-redirect-mode",
        BlockReason::SchemeNotHttp(_) => "scheme",
        BlockReason::CorsCheck(_) => "cors-check",
        BlockReason::PreflightCorsCheck(_) => "preflight:cors-check",
        BlockReason::PreflightStatus(_) => "preflight:status",
        BlockReason::PreflightAllowMethodsSyntax(_) => "preflight:allow-methods-syntax",
        BlockReason::PreflightAllowHeadersSyntax(_) => "preflight:allow-headers-syntax",
        BlockReason::PreflightMethod(_) => "preflight:method",
        BlockReason::PreflightNonWildcardHeader(_) => "preflight:non-wildcard-header",
        BlockReason::PreflightHeader(_) => "preflight:header",
        BlockReason::PreflightNetwork(_) => "preflight:network",
        BlockReason::Network(_) => "network",
        BlockReason::RedirectModeError => "redirect-mode-error",
        BlockReason::LocationInvalid(_) | BlockReason::LocationMultiple => "location",
        BlockReason::LocationScheme(_) => "redirect-scheme",
        BlockReason::LocationCredentials => "redirect-credentials",
        BlockReason::TooManyRedirects => "too-many-redirects",
        BlockReason::RedirectStreamBody => "redirect-stream-body",
        BlockReason::CrossOriginResourcePolicy => "corp",
        BlockReason::LocalNetworkAccess => "local-network-access",
        BlockReason::OpaqueResponseBlocking => "opaque-response-blocking",
        BlockReason::UserAgentRefusal(_) => "user-agent",
    }
}
