//! Requests that are not a script's: navigations of frames and tabs, and the handshake of WebSockets.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use url::Url;

use crate::body_with_type::implied_content_type;
use crate::client::Client;
use crate::header_list::HeaderList;
use crate::request::Request;
use crate::request_init::{Body, BodyKind, Initiator, RequestInit};
use crate::request_modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy};
use crate::type_error_reason::TypeErrorReason;
use crate::user_agent::UserAgent;

impl Request {
    /// The request of whichever API or element the init names.
    ///
    /// # Errors
    /// The reason the API throws, or the URL that an element does not take.
    pub fn of_initiator(
        init: &RequestInit,
        client: Client,
        user_agent: UserAgent,
    ) -> Result<Self, TypeErrorReason> {
        match init.initiator {
            Initiator::Iframe | Initiator::Form => Self::for_navigation(init, client, user_agent),
            Initiator::WebSocket => Self::for_websocket(init, client, user_agent),
            _ => Self::new(init.clone(), client, user_agent),
        }
    }

    /// A navigation by an iframe or a form, <https://html.spec.whatwg.org/#navigate-fetch>. Of the init
    /// it takes URL, method, body, referrer policy and initiator.
    ///
    /// A form's method is GET or POST; with GET its entries become the URL's query.
    ///
    /// # Errors
    /// A URL that does not parse.
    pub fn for_navigation(
        init: &RequestInit,
        client: Client,
        user_agent: UserAgent,
    ) -> Result<Self, TypeErrorReason> {
        let mut url = parse(&init.url)?;
        let is_post = init.method.eq_ignore_ascii_case("post");
        let body = init.body.clone();
        if let Some(Body { bytes, .. }) = body.as_ref().filter(|_| !is_post) {
            // "Set parsed action's query component to query."
            url.set_query(Some(&String::from_utf8_lossy(bytes)));
        }
        let body = body.filter(|_| is_post);
        let mut headers = HeaderList::new();
        if let Some(kind) = body.as_ref().and_then(form_content_type) {
            headers.append("Content-Type", kind);
        }
        // "If request is a navigation request", it carries
        // <https://w3c.github.io/webappsec-upgrade-insecure-requests/#feature-detect>.
        headers.append("Upgrade-Insecure-Requests", "1");
        Ok(Self {
            method: Vec::from(if is_post { &b"POST"[..] } else { b"GET" }),
            headers,
            body,
            mode: Mode::Navigate,
            credentials: CredentialsMode::Include,
            ..Self::without_author_headers(url, init, client, user_agent)
        })
    }

    /// The handshake of a WebSocket, <https://websockets.spec.whatwg.org/#opening-handshake>. Of the init
    /// it takes the URL; the transport adds `Upgrade`, `Connection` and `Sec-WebSocket-*`.
    ///
    /// # Errors
    /// A URL that does not parse, or whose scheme is none of `ws`, `wss`, `http` and `https`.
    pub fn for_websocket(
        init: &RequestInit,
        client: Client,
        user_agent: UserAgent,
    ) -> Result<Self, TypeErrorReason> {
        let written = parse(&init.url)?;
        // "Let requestURL be a copy of url, with its scheme set to "http", if url's scheme is "ws";
        // otherwise to "https"."
        let scheme = match written.scheme() {
            "ws" | "http" => "http",
            "wss" | "https" => "https",
            _ => return Err(TypeErrorReason::InvalidUrl(init.url.clone())),
        };
        let rest = written.as_str().get(written.scheme().len()..).unwrap_or_default();
        let url = parse(&(scheme.to_string() + rest))?;
        Ok(Self {
            // "mode is "websocket", credentials mode is "include", cache mode is "no-store", and redirect
            // mode is "error"", "referrer is "no-referrer""
            mode: Mode::WebSocket,
            credentials: CredentialsMode::Include,
            cache: CacheMode::NoStore,
            redirect: RedirectMode::Error,
            referrer_policy: ReferrerPolicy::NoReferrer,
            ..Self::without_author_headers(url, init, client, user_agent)
        })
    }
}

fn parse(url: &str) -> Result<Url, TypeErrorReason> {
    Url::parse(url).map_err(|_| TypeErrorReason::InvalidUrl(url.to_string()))
}

/// The type that a form's `enctype` gives its body, <https://html.spec.whatwg.org/#submit-body>: that
/// of a script's body, but without a charset.
fn form_content_type(body: &Body) -> Option<String> {
    match body.kind {
        BodyKind::UrlSearchParams => Some(String::from("application/x-www-form-urlencoded")),
        BodyKind::String => Some(String::from("text/plain")),
        _ => implied_content_type(body),
    }
}
