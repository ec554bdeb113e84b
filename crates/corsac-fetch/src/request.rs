//! Requests: what a script asks for, what its page is, and the request that comes of it,
//! <https://fetch.spec.whatwg.org/#requests>.

use alloc::string::String;
use alloc::vec::Vec;

use corsac::Origin;
use url::Url;

use crate::header_list::HeaderList;
use crate::redirect_taint::serialize_request_origin;
use crate::url_list::UrlList;
use crate::user_agent::UserAgent;

/// What a script passes to `fetch()` or `XMLHttpRequest`, not yet checked.
///
/// Strings are the script's; a character above U+00FF in a header makes the API throw.
#[derive(Clone, Debug)]
pub struct RequestInit {
    /// The URL as written (absolute).
    pub url: String,
    /// The method as written.
    pub method: String,
    /// Headers as written, in order.
    pub headers: Vec<(String, String)>,
    /// The body, if any.
    pub body: Option<Body>,
    /// Request mode.
    pub mode: Mode,
    /// Credentials mode.
    pub credentials: CredentialsMode,
    /// Redirect mode.
    pub redirect: RedirectMode,
    /// Cache mode.
    pub cache: CacheMode,
    /// Referrer policy.
    pub referrer_policy: ReferrerPolicy,
    /// Whether `XMLHttpRequestUpload` has event listeners at `send()`.
    pub upload_listeners: bool,
    /// Which API or element asks.
    pub initiator: Initiator,
}

impl RequestInit {
    /// `fetch(url)`: GET, cors, same-origin credentials, follow.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            method: String::from("GET"),
            headers: Vec::new(),
            body: None,
            mode: Mode::Cors,
            credentials: CredentialsMode::SameOrigin,
            redirect: RedirectMode::Follow,
            cache: CacheMode::Default,
            referrer_policy: ReferrerPolicy::default(),
            upload_listeners: false,
            initiator: Initiator::Fetch,
        }
    }
}

/// The page (environment settings object) that asks.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its origin.
    pub origin: Origin,
    /// The serialised top-level site: the network partition key,
    /// <https://fetch.spec.whatwg.org/#determine-the-network-partition-key>. Usually the page's own.
    pub network_partition_key: String,
    /// Its embedder policy (COEP).
    pub embedder_policy: EmbedderPolicy,
    /// The address space the page was loaded from, for Local Network Access.
    pub address_space: Option<AddressSpace>,
}

impl Client {
    /// A top-level page of this origin: its own partition, no embedder policy.
    #[must_use]
    pub fn new(origin: Origin) -> Self {
        Self {
            network_partition_key: alloc::format!("{origin}"),
            origin,
            embedder_policy: EmbedderPolicy::UnsafeNone,
            address_space: None,
        }
    }
}

/// A body as the script gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// What kind of object.
    pub kind: BodyKind,
    /// Its bytes (for a form: already encoded).
    pub bytes: Vec<u8>,
}

/// The kinds of body that imply different Content-Type values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// A string: `text/plain;charset=UTF-8`.
    String,
    /// `URLSearchParams`: `application/x-www-form-urlencoded;charset=UTF-8`.
    UrlSearchParams,
    /// `FormData`: `multipart/form-data; boundary=…`.
    FormData,
    /// A `Blob` with its type (empty: no Content-Type).
    Blob(String),
    /// An `ArrayBuffer` or view: no Content-Type.
    ArrayBuffer,
    /// A `ReadableStream`: no Content-Type, forces a preflight.
    Stream,
}

/// Request mode, <https://fetch.spec.whatwg.org/#concept-request-mode>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// `same-origin`
    SameOrigin,
    /// `cors`
    Cors,
    /// `no-cors`
    NoCors,
    /// `navigate`
    Navigate,
    /// `websocket`
    WebSocket,
    /// `webtransport`
    WebTransport,
}

/// Credentials mode, <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialsMode {
    /// `omit`
    Omit,
    /// `same-origin`
    SameOrigin,
    /// `include`
    Include,
}

/// Redirect mode, <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedirectMode {
    /// `follow`
    Follow,
    /// `error`
    Error,
    /// `manual`
    Manual,
}

/// Cache mode, <https://fetch.spec.whatwg.org/#concept-request-cache-mode>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CacheMode {
    /// `default`
    Default,
    /// `no-store`
    NoStore,
    /// `reload`
    Reload,
    /// `no-cache`
    NoCache,
    /// `force-cache`
    ForceCache,
    /// `only-if-cached`
    OnlyIfCached,
}

/// Response tainting, <https://fetch.spec.whatwg.org/#concept-request-response-tainting>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseTainting {
    /// `basic`
    Basic,
    /// `cors`
    Cors,
    /// `opaque`
    Opaque,
}

/// Referrer policy, <https://w3c.github.io/webappsec-referrer-policy/#referrer-policies>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReferrerPolicy {
    /// The empty string: the default policy applies.
    #[default]
    Empty,
    /// `no-referrer`
    NoReferrer,
    /// `no-referrer-when-downgrade`
    NoReferrerWhenDowngrade,
    /// `same-origin`
    SameOrigin,
    /// `origin`
    Origin,
    /// `strict-origin`
    StrictOrigin,
    /// `origin-when-cross-origin`
    OriginWhenCrossOrigin,
    /// `strict-origin-when-cross-origin`
    StrictOriginWhenCrossOrigin,
    /// `unsafe-url`
    UnsafeUrl,
}

/// Embedder policy value, <https://html.spec.whatwg.org/#embedder-policy-value>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EmbedderPolicy {
    /// `unsafe-none`
    #[default]
    UnsafeNone,
    /// `require-corp`
    RequireCorp,
    /// `credentialless`
    Credentialless,
}

/// Address space of Local Network Access, most public first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AddressSpace {
    /// Everything else.
    Public,
    /// Private and link-local ranges.
    Local,
    /// The machine itself.
    Loopback,
}

/// Which API or element asks: decides the console wording and a few defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Initiator {
    /// `fetch()`
    Fetch,
    /// `XMLHttpRequest`
    Xhr,
    /// `navigator.sendBeacon()`
    Beacon,
    /// `EventSource`
    EventSource,
    /// `<img>`
    Image,
    /// `<script>`
    Script,
    /// `<script type=module>` and `import()`
    ModuleScript,
    /// `<link rel=stylesheet>`
    Style,
    /// `@font-face`
    Font,
    /// `<video>` and `<audio>`
    Media,
    /// `<link rel=manifest>`
    Manifest,
    /// `new Worker()`
    Worker,
}

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

/// Why the API throws instead of fetching.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeErrorReason {
    /// The URL does not parse.
    InvalidUrl(String),
    /// The URL has user info.
    UrlWithCredentials(String),
    /// The method is not a token.
    InvalidMethod(String),
    /// `CONNECT`, `TRACE` or `TRACK`.
    ForbiddenMethod(String),
    /// A method that no-cors does not allow.
    NoCorsMethod(String),
    /// A header name that is not a token.
    InvalidHeaderName(String),
    /// A header value with NUL, CR or LF, or a character above U+00FF.
    InvalidHeaderValue {
        /// The header's name.
        name: String,
        /// The value as written.
        value: String,
    },
    /// GET or HEAD with a body.
    BodyWithGetOrHead,
    /// A stream body in no-cors mode, or one that the user agent does not support.
    StreamBody,
    /// Mode `navigate`, `websocket` or `webtransport` from a script.
    Mode(Mode),
    /// Cache mode `only-if-cached` in another mode than `same-origin`.
    OnlyIfCached,
}
