//! Requests, <https://fetch.spec.whatwg.org/#concept-request>.

use alloc::string::String;
use alloc::vec::Vec;

use corsac::Origin;
use url::Url;

use crate::client::Client;
use crate::header_list::HeaderList;
use crate::redirect_taint::serialize_request_origin;
use crate::request_init::{Body, Initiator};
use crate::request_modes::{
    CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy, ResponseTainting,
};
use crate::url_list::UrlList;
use crate::user_agent::UserAgent;

/// A request, checked and normalised by the API layer ([`Request::new`]).
#[derive(Clone, Debug)]
pub struct Request {
    pub(crate) client: Client,
    pub(crate) user_agent: UserAgent,
    pub(crate) url_list: UrlList,
    pub(crate) method: Vec<u8>,
    pub(crate) headers: HeaderList,
    pub(crate) body: Option<Body>,
    pub(crate) mode: Mode,
    pub(crate) credentials: CredentialsMode,
    pub(crate) redirect: RedirectMode,
    pub(crate) cache: CacheMode,
    pub(crate) referrer_policy: ReferrerPolicy,
    pub(crate) initiator: Initiator,
    pub(crate) unsafe_request_flag: bool,
    pub(crate) use_cors_preflight_flag: bool,
    pub(crate) response_tainting: ResponseTainting,
    pub(crate) redirect_count: u8,
    pub(crate) timing_allow_failed: bool,
    /// A preflight is needed whatever redirects make of the request.
    pub(crate) needed_preflight: bool,
    /// The headers as they were before redirects, where these decide what a preflight asks for.
    pub(crate) first_headers: Option<HeaderList>,
    /// The headers that the next preflight asks for, where these are not the request's own.
    pub(crate) preflighted_headers: Option<HeaderList>,
    /// The `Origin` header that was sent, where a redirect can keep it.
    pub(crate) kept_origin_header: Option<String>,
}

impl Request {
    /// The page that asks.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The user agent to follow.
    #[must_use]
    pub fn user_agent(&self) -> UserAgent {
        self.user_agent
    }

    /// The origin, <https://fetch.spec.whatwg.org/#concept-request-origin>: the page's.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.client.origin
    }

    /// Byte-serializing the request's origin: what `Origin` says and the CORS check compares.
    #[must_use]
    pub fn serialized_origin(&self) -> String {
        serialize_request_origin(self.origin(), self.url_list.as_slice())
    }

    /// The URL list, the current URL last.
    #[must_use]
    pub fn url_list(&self) -> &[Url] {
        self.url_list.as_slice()
    }

    /// The current URL, <https://fetch.spec.whatwg.org/#concept-request-current-url>.
    #[must_use]
    pub fn current_url(&self) -> &Url {
        self.url_list.current()
    }

    /// The method, after normalisation.
    #[must_use]
    pub fn method(&self) -> &[u8] {
        &self.method
    }

    /// The author's headers that survived filtering, and the implied Content-Type.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// The mode.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The credentials mode.
    #[must_use]
    pub fn credentials(&self) -> CredentialsMode {
        self.credentials
    }

    /// The redirect mode.
    #[must_use]
    pub fn redirect(&self) -> RedirectMode {
        self.redirect
    }

    /// The referrer policy, empty until main fetch has put the default in its place.
    #[must_use]
    pub fn referrer_policy(&self) -> ReferrerPolicy {
        self.referrer_policy
    }

    /// Which API or element asks.
    #[must_use]
    pub fn initiator(&self) -> Initiator {
        self.initiator
    }

    /// The use-CORS-preflight flag,
    /// <https://fetch.spec.whatwg.org/#use-cors-preflight-flag>.
    #[must_use]
    pub fn use_cors_preflight_flag(&self) -> bool {
        self.use_cors_preflight_flag
    }
}
