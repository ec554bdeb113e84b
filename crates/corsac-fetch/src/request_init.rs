//! What a script asks for, not yet checked.

use alloc::string::String;
use alloc::vec::Vec;

use crate::request_modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy};

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
    /// `<video>`
    Media,
    /// `<audio>`
    Audio,
    /// `<track>`
    Track,
    /// `<link rel=preload as=fetch>`
    Preload,
    /// `new Worker()`
    Worker,
    /// A navigation of a nested frame: `<iframe>`, or a form whose target is one.
    Iframe,
    /// `<form>` that navigates the whole tab.
    Form,
    /// `new WebSocket()`
    WebSocket,
}
