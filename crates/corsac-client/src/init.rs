//! What a script gives to `fetch()` besides the URL.

use corsac_fetch::{
    Body, BodyKind, CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy, RequestInit,
};

/// What a script gives to `fetch()` besides the URL. Everything left out is the API's default.
///
/// ```
/// use corsac_client::Init;
/// use corsac_fetch::CredentialsMode;
///
/// let init = Init::post()
///     .header("Content-Type", "application/json")
///     .body(r#"{"name": "corsac"}"#)
///     .credentials(CredentialsMode::Include);
/// # let _ = init;
/// ```
#[derive(Clone, Debug)]
pub struct Init(pub(crate) RequestInit);

impl Init {
    /// `{method: …}`, as written: `fetch()` puts `get` in upper case, but not `patch`.
    #[must_use]
    pub fn method(method: &str) -> Self {
        let mut init = RequestInit::new("");
        init.method = method.to_owned();
        Self(init)
    }

    /// `fetch(url)`
    #[must_use]
    pub fn get() -> Self {
        Self::method("GET")
    }

    /// `{method: "HEAD"}`
    #[must_use]
    pub fn head() -> Self {
        Self::method("HEAD")
    }

    /// `{method: "POST"}`
    #[must_use]
    pub fn post() -> Self {
        Self::method("POST")
    }

    /// `{method: "PUT"}`
    #[must_use]
    pub fn put() -> Self {
        Self::method("PUT")
    }

    /// `{method: "PATCH"}`
    #[must_use]
    pub fn patch() -> Self {
        Self::method("PATCH")
    }

    /// `{method: "DELETE"}`
    #[must_use]
    pub fn delete() -> Self {
        Self::method("DELETE")
    }

    /// One more of `headers`.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.0.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// `body`, as a string. Without a `Content-Type` of its own it is `text/plain;charset=UTF-8`.
    #[must_use]
    pub fn body(self, text: impl Into<String>) -> Self {
        self.body_of(BodyKind::String, text.into())
    }

    /// `body`, as another kind of object; for a form, its encoded bytes.
    #[must_use]
    pub fn body_of(mut self, kind: BodyKind, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.body = Some(Body {
            kind,
            bytes: bytes.into(),
        });
        self
    }

    /// `credentials`; of `XMLHttpRequest`, `Include` is `withCredentials`.
    #[must_use]
    pub fn credentials(mut self, credentials: CredentialsMode) -> Self {
        self.0.credentials = credentials;
        self
    }

    /// `mode`
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.0.mode = mode;
        self
    }

    /// `redirect`
    #[must_use]
    pub fn redirect(mut self, redirect: RedirectMode) -> Self {
        self.0.redirect = redirect;
        self
    }

    /// `cache`. There is no HTTP cache here, but some browsers pass by the preflight cache, too.
    #[must_use]
    pub fn cache(mut self, cache: CacheMode) -> Self {
        self.0.cache = cache;
        self
    }

    /// `referrerPolicy`
    #[must_use]
    pub fn referrer_policy(mut self, policy: ReferrerPolicy) -> Self {
        self.0.referrer_policy = policy;
        self
    }

    /// Listeners on `XMLHttpRequestUpload`: a preflight whatever the method.
    #[must_use]
    pub fn upload_listeners(mut self) -> Self {
        self.0.upload_listeners = true;
        self
    }
}

impl Default for Init {
    fn default() -> Self {
        Self::get()
    }
}

impl From<()> for Init {
    fn from((): ()) -> Self {
        Self::get()
    }
}

/// Its URL is replaced by the one of the call.
impl From<RequestInit> for Init {
    fn from(init: RequestInit) -> Self {
        Self(init)
    }
}
