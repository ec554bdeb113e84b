//! A policy as its author wrote it. It may be wrong; [`Policy::build`](crate::Policy::build) says where.

use alloc::string::String;
use alloc::vec::Vec;

/// A policy as written: public fields, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDraft {
    /// The name that logs and errors use. Not empty; in a table, no two are alike.
    pub name: String,
    /// The hosts it covers: `api.example.com`, `*.example.com` (one or more labels),
    /// `{label}.example.com` (exactly one). Empty: every host.
    pub hosts: Vec<String>,
    /// The paths it covers: `/login` is that path, `/api/*` is everything below `/api/`.
    pub paths: Vec<String>,
    /// The origins whose pages may read answers.
    pub allow_origins: AllowOrigins,
    /// Whether pages with an opaque origin (`Origin: null`) may read too, and the written reason.
    ///
    /// Any site can make such a page with a sandboxed frame.
    pub dangerously_allow_null_origin: Option<String>,
    /// Whether requests may carry cookies, HTTP authentication and client certificates.
    pub allow_credentials: bool,
    /// Methods besides `GET`, `HEAD` and `POST`; `*` is every method, without credentials only.
    pub allow_methods: Vec<String>,
    /// Request-header names; `*` is every name but `Authorization`, without credentials only.
    pub allow_headers: Vec<String>,
    /// Response-header names the page may read; `*` is every name, without credentials only.
    pub expose_headers: Vec<String>,
    /// How long a browser may remember the answer to a preflight.
    pub max_age: MaxAge,
    /// Whether unsafe methods are refused from pages of other origins.
    pub csrf: Csrf,
    /// Whether a WebSocket handshake is refused from pages of other origins.
    pub websocket: bool,
    /// Whether decisions are carried out.
    pub mode: Mode,
}

/// The guard against cross-site request forgery: a page of an origin that is neither the server's
/// own nor listed cannot use `POST`, `PUT` or any other method that is not safe.
///
/// CORS does not do that: it keeps such a page from reading the answer, not from sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Csrf {
    /// Not guarded.
    #[default]
    Off,
    /// Guarded.
    Enforce {
        /// Paths that are not, such as `/webhooks/*`.
        exempt_paths: Vec<String>,
    },
}

/// Whether decisions are carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// They are.
    #[default]
    Enforce,
    /// They are made, counted and reported; requests and answers pass unchanged.
    ReportOnly,
}

/// The origins that a policy lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowOrigins {
    /// `*`: every origin, opaque ones too. Never with credentials.
    Any,
    /// These. An empty list allows nobody.
    List(Vec<OriginEntry>),
}

/// One listed origin or origin pattern, with its danger switches.
///
/// ```
/// use corsac::OriginEntry;
///
/// let entry = OriginEntry::from("https://*.preview.example.com");
/// assert_eq!(entry.dangerously_allow_insecure, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginEntry {
    /// `https://app.example.com`, `https://*.example.com` (one or more labels),
    /// `https://{label}.example.com` (exactly one), `http://localhost:*` (any port).
    pub pattern: String,
    /// Allow an origin that anyone on the network path can pose as, with credentials; the reason.
    pub dangerously_allow_insecure: Option<String>,
    /// Allow every site below a public suffix, with credentials; the reason.
    pub dangerously_allow_public_suffix: Option<String>,
    /// Whether its pages may reach this server from a less private network, as
    /// <https://wicg.github.io/private-network-access/> has browsers ask for in a preflight.
    pub allow_private_network: bool,
}

/// How long a browser may remember the answer to a preflight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MaxAge {
    /// No Access-Control-Max-Age header: the browser's own default, 5 seconds.
    #[default]
    Default,
    /// Do not remember: `0`.
    Off,
    /// So many seconds, at most 86400.
    Seconds(u32),
}

impl PolicyDraft {
    /// A policy that covers every host and path and allows nobody.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            hosts: Vec::new(),
            paths: Vec::from([String::from("/*")]),
            allow_origins: AllowOrigins::List(Vec::new()),
            dangerously_allow_null_origin: None,
            allow_credentials: false,
            allow_methods: Vec::new(),
            allow_headers: Vec::new(),
            expose_headers: Vec::new(),
            max_age: MaxAge::Default,
            csrf: Csrf::Off,
            websocket: false,
            mode: Mode::Enforce,
        }
    }
}

impl<T: Into<String>> From<T> for OriginEntry {
    /// The pattern, with every switch off.
    fn from(pattern: T) -> Self {
        Self {
            pattern: pattern.into(),
            dangerously_allow_insecure: None,
            dangerously_allow_public_suffix: None,
            allow_private_network: false,
        }
    }
}

impl<T: Into<OriginEntry>> FromIterator<T> for AllowOrigins {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self::List(entries.into_iter().map(Into::into).collect())
    }
}
