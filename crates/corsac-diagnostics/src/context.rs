//! What the texts need to know of an exchange besides the reason that blocked it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac_fetch::location_url::{is_redirect_status, location_url};
use corsac_fetch::{
    BlockReason, Client, CredentialsMode, HttpRequest, HttpRequestKind, HttpResponse, Initiator, Mode,
    Outcome, OutcomeKind, RedirectMode, RequestInit, Step,
};
use url::Url;

/// An exchange as the texts need it. [`Context::new`] fills it from a finished fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Which API or element asked.
    pub initiator: Initiator,
    /// Request mode.
    pub mode: Mode,
    /// Credentials mode.
    pub credentials: CredentialsMode,
    /// Redirect mode.
    pub redirect: RedirectMode,
    /// The names of the headers that the script set, as written, in order.
    pub header_names: Vec<String>,
    /// The page's origin, serialised.
    pub page_origin: String,
    /// The page's address. A fetch does not know it: the origin's root unless the caller sets it.
    pub page_url: String,
    /// The URL asked for.
    pub url: String,
    /// The URL that was being fetched when it ended: another than `url` after redirects.
    pub current_url: String,
    /// Whether a redirect was followed.
    pub redirected: bool,
    /// The URL that redirected to `current_url`.
    pub redirected_by: Option<String>,
    /// Whether the request to `current_url` needs a preflight.
    pub needs_preflight: bool,
    /// The request that decided, if any was sent.
    pub request: Option<HttpRequest>,
    /// Its answer, if one came.
    pub response: Option<HttpResponse>,
    /// What else the same answer has wrong.
    pub also: Vec<BlockReason>,
    /// The named differences of the user agent that decided a step, with the URL of that step.
    pub differences: Vec<(&'static str, String)>,
}

impl Context {
    /// The context of a fetch that ended with `outcome`.
    #[must_use]
    pub fn new(init: &RequestInit, client: &Client, outcome: &Outcome) -> Self {
        let page_origin = client.origin.to_string();
        let url = Url::parse(&init.url).map_or_else(|_| init.url.clone(), String::from);
        let mut context = Self {
            initiator: init.initiator,
            mode: init.mode,
            credentials: init.credentials,
            redirect: init.redirect,
            header_names: init.headers.iter().map(|(name, _)| name.clone()).collect(),
            page_url: format!("{page_origin}/"),
            page_origin,
            current_url: url.clone(),
            url,
            redirected: false,
            redirected_by: None,
            needs_preflight: false,
            request: None,
            response: None,
            also: Vec::new(),
            differences: Vec::new(),
        };
        for step in &outcome.trace {
            context.follow(step);
        }
        if let OutcomeKind::Blocked { also, .. } = &outcome.kind {
            context.also.clone_from(also);
        }
        context
    }

    fn follow(&mut self, step: &Step) {
        match step {
            Step::Sent(request) => {
                self.current_url = String::from(request.url.clone());
                self.request = Some(request.clone());
                self.response = None;
            }
            Step::Received(response) => self.response = Some(response.clone()),
            Step::Redirected(url) => {
                let by = core::mem::replace(&mut self.current_url, String::from(url.clone()));
                self.redirected_by = Some(by);
                self.needs_preflight = false;
                self.redirected = true;
                self.request = None;
                self.response = None;
            }
            Step::Upgraded(url) => self.current_url = String::from(url.clone()),
            Step::Profile(name) => self.differences.push((name, self.current_url.clone())),
            Step::PreflightNeeded { .. } => self.needs_preflight = true,
            Step::PreflightCached
            | Step::Failed(_)
            | Step::PreflightPassed { .. }
            | Step::CorsCheckPassed
            | Step::Blocked(_) => {}
        }
    }

    /// The status of the answer that decided.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.response.as_ref().map(|response| response.status)
    }

    /// The combined value of a header of the answer that decided, as text.
    #[must_use]
    pub fn response_header(&self, name: &str) -> Option<String> {
        self.response_header_bytes(name).map(|value| text(&value))
    }

    pub(crate) fn response_header_bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.response.as_ref()?.headers.get(name)
    }

    /// Whether the answer that decided belongs to a preflight.
    #[must_use]
    pub fn is_preflight(&self) -> bool {
        self.request
            .as_ref()
            .is_some_and(|request| request.kind == HttpRequestKind::Preflight)
    }

    /// The origin that the deciding request named: the page's, or `null`.
    #[must_use]
    pub fn request_origin(&self) -> String {
        self.request
            .as_ref()
            .and_then(|request| request.headers.get("origin"))
            .map_or_else(|| self.page_origin.clone(), |origin| text(&origin))
    }

    /// Whether the deciding answer redirects: it has a redirect status and a `Location`.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.response.as_ref().is_some_and(|response| {
            is_redirect_status(response.status) && response.headers.contains("location")
        })
    }

    /// Whether this URL's origin is not the page's.
    #[must_use]
    pub(crate) fn is_cross_origin(&self, url: &Url) -> bool {
        corsac::Origin::of_url(url).to_string() != self.page_origin || self.page_origin == "null"
    }

    /// Where the deciding answer redirects to, when it is a redirect.
    #[must_use]
    pub fn location(&self) -> Option<Url> {
        let response = self.response.as_ref()?;
        if !is_redirect_status(response.status) {
            return None;
        }
        location_url(&response.headers, &Url::parse(&self.current_url).ok()?).ok()?
    }
}

/// Bytes of a header as a reader sees them: UTF-8 when they are, else each byte as one character.
#[must_use]
pub(crate) fn text(bytes: &[u8]) -> String {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
