//! What a user agent refuses outside the standard before anything is sent, or before the request
//! itself is.

use crate::block_reason::BlockReason;
use crate::profile::{Profile, StreamBody};
use crate::profile_entry::{ABOUT_BLANK, FORBIDDEN_BY_NETWORK, STREAM_BODY};
use crate::request::Request;
use crate::request_init::BodyKind;

/// Before main fetch.
pub(crate) fn refusal_of_request(request: &Request) -> Option<BlockReason> {
    let profile = request.user_agent.profile();
    if profile.stream_body == StreamBody::Refused && has_stream_body(request) {
        return Some(BlockReason::UserAgentRefusal(STREAM_BODY));
    }
    if profile
        .impossible_request_headers
        .iter()
        .any(|name| request.headers.contains(name))
    {
        return Some(BlockReason::UserAgentRefusal(FORBIDDEN_BY_NETWORK));
    }
    None
}

/// When scheme fetch has a URL that needs no network.
pub(crate) fn refusal_of_scheme(request: &Request) -> Option<BlockReason> {
    let profile = request.user_agent.profile();
    match request.current_url().scheme() {
        "about" if profile.refuses_about_blank => Some(BlockReason::UserAgentRefusal(ABOUT_BLANK)),
        _ => None,
    }
}

/// When the preflight, if any, is passed.
pub(crate) fn refusal_of_body(profile: &Profile, request: &Request) -> Option<BlockReason> {
    (profile.stream_body == StreamBody::RefusedAfterPreflight && has_stream_body(request))
        .then_some(BlockReason::UserAgentRefusal(STREAM_BODY))
}

fn has_stream_body(request: &Request) -> bool {
    request
        .body
        .as_ref()
        .is_some_and(|body| body.kind == BodyKind::Stream)
}
