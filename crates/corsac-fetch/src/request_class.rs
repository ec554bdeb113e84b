//! The API layer: what `fetch()` and `XMLHttpRequest` refuse, normalise and drop before fetching,
//! <https://fetch.spec.whatwg.org/#request-class>.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac::Origin;
use corsac::method::{is_cors_safelisted_method, is_forbidden_method, is_method, normalize};
use url::Url;

use crate::body_with_type::implied_content_type;
use crate::client::{Client, EmbedderPolicy};
use crate::header_list::HeaderList;
use crate::headers_class::{self, HeadersGuard, isomorphic_encode};
use crate::location_url::includes_credentials;
use crate::profile::StreamBody;
use crate::request::Request;
use crate::request_init::{Body, BodyKind, Initiator, RequestInit};
use crate::request_modes::{CacheMode, CredentialsMode, Mode, ResponseTainting};
use crate::type_error_reason::TypeErrorReason;
use crate::url_list::UrlList;
use crate::user_agent::UserAgent;

impl Request {
    /// The `Request` constructor, <https://fetch.spec.whatwg.org/#dom-request>, and for
    /// [`Initiator::Xhr`] what `XMLHttpRequest` does in its place.
    ///
    /// # Errors
    /// The reason the API throws a `TypeError`.
    pub fn new(
        mut init: RequestInit,
        client: Client,
        user_agent: UserAgent,
    ) -> Result<Self, TypeErrorReason> {
        let profile = user_agent.profile();
        let url = parse_url(&init.url, init.initiator)?;
        if init.initiator == Initiator::Worker
            && profile.cross_origin_worker_throws
            && matches!(url.scheme(), "http" | "https")
            && !Origin::of_url(&url).same_origin(&client.origin)
        {
            return Err(TypeErrorReason::CrossOriginWorker(init.url));
        }
        let (mode, credentials) = match check_mode(init.mode)? {
            Mode::Cors if init.initiator == Initiator::Font && profile.font_without_cors => {
                (Mode::NoCors, CredentialsMode::Include)
            }
            mode => (mode, init.credentials),
        };
        // "If request's cache mode is "only-if-cached" and request's mode is not "same-origin",
        // then throw a TypeError."
        if init.cache == CacheMode::OnlyIfCached && mode != Mode::SameOrigin {
            return Err(TypeErrorReason::OnlyIfCached);
        }
        let method = parse_method(&init.method)?;
        let guard = if mode == Mode::NoCors {
            // "If this's request's method is not a CORS-safelisted method, then throw a TypeError."
            if !is_cors_safelisted_method(&method) {
                return Err(TypeErrorReason::NoCorsMethod(init.method));
            }
            HeadersGuard::RequestNoCors
        } else {
            HeadersGuard::Request
        };
        let mut headers = HeaderList::new();
        for (name, value) in &init.headers {
            if init.initiator == Initiator::Xhr {
                headers_class::set_request_header(&mut headers, name, value)?;
            } else {
                headers_class::append(&mut headers, guard, name, value)?;
            }
        }
        let body = check_body(
            init.body.take(),
            &method,
            mode,
            init.initiator,
            profile.stream_body,
        )?;
        // "If type is non-null and this's headers's header list does not contain `Content-Type`,
        // then append (`Content-Type`, type) to this's headers."
        if let Some(kind) = body.as_ref().and_then(implied_content_type)
            && !headers.contains("content-type")
        {
            headers_class::append(&mut headers, guard, "Content-Type", &kind)?;
        }
        let is_stream = body.as_ref().is_some_and(|body| body.kind == BodyKind::Stream);
        let mode = match mode {
            Mode::SameOrigin if is_stream && profile.stream_body_sets_mode_cors => Mode::Cors,
            mode => mode,
        };
        let counts_listeners = body.is_some() || !profile.upload_listeners_need_body;
        Ok(Self {
            method,
            headers,
            body,
            mode,
            credentials,
            unsafe_request_flag: matches!(
                init.initiator,
                Initiator::Fetch | Initiator::Xhr | Initiator::Beacon
            ),
            // "Set this's request's use-CORS-preflight flag." (Stream bodies; in XMLHttpRequest:
            // "Set if this's upload listener flag is set.")
            use_cors_preflight_flag: (init.upload_listeners && counts_listeners) || is_stream,
            ..Self::without_author_headers(url, &init, client, user_agent)
        })
    }

    /// A GET for this URL with the init's modes, nothing else of it being looked at.
    pub(crate) fn without_author_headers(
        url: Url,
        init: &RequestInit,
        mut client: Client,
        user_agent: UserAgent,
    ) -> Self {
        if user_agent.profile().credentialless_is_unknown
            && client.embedder_policy == EmbedderPolicy::Credentialless
        {
            client.embedder_policy = EmbedderPolicy::UnsafeNone;
        }
        Self {
            client,
            user_agent,
            url_list: UrlList::new(url),
            method: Vec::from(b"GET"),
            headers: HeaderList::new(),
            body: None,
            mode: init.mode,
            credentials: init.credentials,
            redirect: init.redirect,
            cache: init.cache,
            referrer_policy: init.referrer_policy,
            initiator: init.initiator,
            unsafe_request_flag: false,
            use_cors_preflight_flag: false,
            response_tainting: ResponseTainting::Basic,
            redirect_count: 0,
            timing_allow_failed: false,
            needed_preflight: false,
            first_headers: None,
            preflighted_headers: None,
            kept_origin_header: None,
        }
    }
}

fn parse_url(text: &str, initiator: Initiator) -> Result<Url, TypeErrorReason> {
    // "If parsedURL is failure, then throw a TypeError."
    let Ok(url) = Url::parse(text) else {
        return Err(TypeErrorReason::InvalidUrl(text.to_string()));
    };
    // "If parsedURL includes credentials, then throw a TypeError." XMLHttpRequest and elements let
    // them through.
    if initiator == Initiator::Fetch && includes_credentials(&url) {
        return Err(TypeErrorReason::UrlWithCredentials(text.to_string()));
    }
    Ok(url)
}

fn check_mode(mode: Mode) -> Result<Mode, TypeErrorReason> {
    match mode {
        // "If mode is "navigate", then throw a TypeError." (The enumeration of the API does not have
        // the other two.)
        Mode::Navigate | Mode::WebSocket | Mode::WebTransport => Err(TypeErrorReason::Mode(mode)),
        Mode::SameOrigin | Mode::Cors | Mode::NoCors => Ok(mode),
    }
}

fn parse_method(text: &str) -> Result<Vec<u8>, TypeErrorReason> {
    // "If method is not a method or method is a forbidden method, then throw a TypeError."
    let Some(method) = isomorphic_encode(text).filter(|method| is_method(method)) else {
        return Err(TypeErrorReason::InvalidMethod(String::from(text)));
    };
    if is_forbidden_method(&method) {
        return Err(TypeErrorReason::ForbiddenMethod(String::from(text)));
    }
    // "Normalize method."
    Ok(normalize(&method).to_vec())
}

fn check_body(
    body: Option<Body>,
    method: &[u8],
    mode: Mode,
    initiator: Initiator,
    stream_body: StreamBody,
) -> Result<Option<Body>, TypeErrorReason> {
    let Some(mut body) = body else { return Ok(None) };
    if body.kind == BodyKind::Stream && stream_body == StreamBody::String {
        body = Body {
            kind: BodyKind::String,
            bytes: Vec::from(b"[object ReadableStream]"),
        };
    }
    if matches!(method, b"GET" | b"HEAD") {
        // "If either init["body"] exists and is non-null or inputBody is non-null, and request's
        // method is `GET` or `HEAD`, then throw a TypeError." In XMLHttpRequest: "If this's request
        // method is `GET` or `HEAD`, then set body to null."
        return if initiator == Initiator::Xhr {
            Ok(None)
        } else {
            Err(TypeErrorReason::BodyWithGetOrHead)
        };
    }
    // "If this's request's mode is neither "same-origin" nor "cors", then throw a TypeError."
    if body.kind == BodyKind::Stream && mode == Mode::NoCors {
        return Err(TypeErrorReason::StreamBody);
    }
    Ok(Some(body))
}
