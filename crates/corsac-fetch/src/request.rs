//! Requests: what a script asks for, what its page is, and the request that comes of it,
//! <https://fetch.spec.whatwg.org/#requests>.

use alloc::string::String;
use alloc::vec::Vec;

use corsac::Origin;
use url::Url;

use crate::header_list::HeaderList;
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
    /// The serialised top-level site: the network partition key. Usually the page's own origin.
    pub network_partition_key: String,
    /// Its embedder policy (COEP).
    pub embedder_policy: EmbedderPolicy,
    /// The address space the page was loaded from, for Local Network Access.
    pub address_space: Option<AddressSpace>,
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

/// A request, checked and normalised by the API layer.
#[derive(Clone, Debug)]
pub struct Request {
    /// The page.
    pub(crate) client: Client,
    /// The user agent to follow.
    pub(crate) user_agent: UserAgent,
    /// URL list; the last one is the current URL.
    pub(crate) url_list: Vec<Url>,
    /// Method after normalisation.
    pub(crate) method: Vec<u8>,
    /// The author's headers that survived filtering, and the implied Content-Type.
    pub(crate) headers: HeaderList,
    // The browser half's author adds the rest.
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
}

impl Request {
    /// The API layer, <https://fetch.spec.whatwg.org/#dom-request> with
    /// <https://fetch.spec.whatwg.org/#headers-class>: refuse, normalise, filter.
    ///
    /// # Errors
    /// The reason the API throws a `TypeError`.
    pub fn new(init: RequestInit, client: Client, user_agent: UserAgent) -> Result<Self, TypeErrorReason> {
        let _ = (init, client, user_agent);
        todo!("browser half")
    }
}
