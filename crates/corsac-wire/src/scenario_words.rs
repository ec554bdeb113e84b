//! The words of a scenario: APIs and elements, kinds of body, and the modes of a request, as the
//! standards spell them.

use serde::{Deserialize, Serialize};

/// Which API or element asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    /// `fetch()`
    #[default]
    Fetch,
    /// `XMLHttpRequest`
    Xhr,
    /// `navigator.sendBeacon()`
    Beacon,
    /// `EventSource`
    #[serde(rename = "eventsource")]
    EventSource,
    /// `<img>`
    #[serde(alias = "image")]
    Img,
    /// `<script>`
    Script,
    /// `<script type=module>`
    Module,
    /// `import()`
    Import,
    /// `<link rel=stylesheet>`
    #[serde(alias = "css")]
    Style,
    /// `@font-face` and `FontFace`
    Font,
    /// `<video>`
    #[serde(alias = "media")]
    Video,
    /// `<audio>`
    Audio,
    /// `<track>`
    Track,
    /// `<link rel=preload as=fetch>`. The first recordings call it `manifest`, which it was meant to be.
    #[serde(alias = "manifest")]
    Preload,
    /// `new Worker()`
    Worker,
    /// `<iframe>`
    Iframe,
    /// `<form>` whose target is an iframe; the kind of its body is its `enctype`.
    Form,
    /// `new WebSocket()`
    #[serde(rename = "websocket")]
    WebSocket,
}

/// Kinds of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyKind {
    /// A string.
    String,
    /// `URLSearchParams`.
    UrlSearchParams,
    /// `FormData`.
    FormData,
    /// `Blob`.
    Blob,
    /// `ArrayBuffer` or a view.
    ArrayBuffer,
    /// `ReadableStream`.
    Stream,
}

/// A `crossorigin` attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CrossOrigin {
    /// `anonymous`
    Anonymous,
    /// `use-credentials`
    UseCredentials,
}

/// Credentials modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credentials {
    /// `omit`
    Omit,
    /// `same-origin`
    SameOrigin,
    /// `include`
    Include,
}

/// Request modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// `same-origin`
    SameOrigin,
    /// `cors`
    Cors,
    /// `no-cors`
    NoCors,
    /// `navigate`
    Navigate,
}

/// Redirect modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Redirect {
    /// `follow`
    Follow,
    /// `error`
    Error,
    /// `manual`
    Manual,
}

/// Cache modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cache {
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

/// Referrer policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferrerPolicy {
    /// The empty string.
    #[serde(rename = "")]
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

impl Api {
    /// Whether it is `fetch()`, which needs no naming.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(crate) fn is_fetch(&self) -> bool {
        *self == Self::Fetch
    }
}
