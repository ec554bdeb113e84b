//! The modes of a request, <https://fetch.spec.whatwg.org/#requests>.

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
