//! A scenario: a request, and the answers that the servers on its way would give, as one JSON
//! line. The format is described in `cases/browsers/README.md`.
//!
//! This module only reads. What becomes of a scenario is [`crate::simulate`]'s business.

use std::fmt;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::sequence::Phase;

/// One line of input: a scenario (`request` and `server`) or a sequence (`phases`).
#[derive(Debug, serde::Deserialize)]
#[serde(expecting = "an object with `request` and `server`, or with `phases`")]
pub struct Line<'a> {
    /// The line's name in results and in lists of known disagreements.
    #[serde(default)]
    pub id: String,
    /// The request of a scenario.
    pub request: Option<RequestFields>,
    /// The answers of a scenario.
    pub server: Option<Server>,
    /// The phases of a sequence.
    pub phases: Option<Vec<Phase>>,
    /// Options of the page, as a query string: `csp=` is its Content-Security-Policy.
    #[serde(default)]
    pub page_query: Option<String>,
    /// What browsers did, by browser; read only when results are compared.
    #[serde(borrow, default)]
    pub observed: Option<&'a RawValue>,
}

/// What a script or an element asks for. An absent key means the API's default.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(expecting = "an object that describes a request")]
pub struct RequestFields {
    /// The serialised origin of the page, `null` for an opaque one. Sequences have it in the phase.
    pub page_origin: Option<String>,
    /// The URL as written.
    pub url: String,
    /// The method as written.
    #[serde(default = "get")]
    pub method: String,
    /// The headers as written, in order.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The credentials mode; for `XMLHttpRequest` and `EventSource`, `include` is `withCredentials`.
    pub credentials: Option<Credentials>,
    /// The request mode.
    pub mode: Option<Mode>,
    /// The redirect mode.
    pub redirect: Option<Redirect>,
    /// The cache mode.
    pub cache: Option<Cache>,
    /// The referrer policy.
    pub referrer_policy: Option<ReferrerPolicy>,
    /// The body.
    pub body: Option<Body>,
    /// Which API or element asks.
    #[serde(default)]
    pub api: Api,
    /// The element's `crossorigin` attribute.
    pub crossorigin: Option<CrossOrigin>,
    /// Subresource integrity metadata.
    pub integrity: Option<String>,
    /// Whether `XMLHttpRequestUpload` has listeners at `send()`.
    #[serde(default)]
    pub upload_listeners: bool,
    /// `keepalive` changes nothing here.
    pub keepalive: Option<bool>,
}

/// A body as the script gave it.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(expecting = "an object with `kind`")]
pub struct Body {
    /// What kind of object.
    pub kind: BodyKind,
    /// Its text.
    #[serde(default)]
    pub text: String,
    /// A blob's type.
    #[serde(default, rename = "type")]
    pub blob_type: String,
}

/// The answers, one entry for each URL of the redirect chain; a lone entry needs no `hops`.
#[derive(Debug, serde::Deserialize)]
#[serde(expecting = "an object with `hops`, or with `preflight` and `actual`")]
pub struct Server {
    /// `hops[i]` answers the i-th URL of the chain.
    #[serde(default, deserialize_with = "at_most_max_hops")]
    pub hops: Vec<Hop>,
    /// The preflight's answer, where there are no `hops`.
    pub preflight: Option<Answer>,
    /// The request's answer, where there are no `hops`.
    pub actual: Option<Answer>,
}

/// The answers for one URL.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(expecting = "an object with `preflight` and `actual`")]
pub struct Hop {
    /// What is answered to a preflight.
    pub preflight: Option<Answer>,
    /// What is answered to the request itself.
    pub actual: Option<Answer>,
    /// For readers: the URL that this entry is meant for.
    pub url: Option<String>,
}

/// One answer of a server, as it writes it to the wire.
#[derive(Debug, serde::Deserialize)]
#[serde(expecting = "an object with `status` and `headers`")]
pub struct Answer {
    /// The status, three digits as on the wire.
    #[serde(default = "ok", deserialize_with = "three_digits")]
    pub status: u16,
    /// The raw header lines in order. `{origin}`, `{acrm}` and `{acrh}` stand for what the request
    /// carried in Origin, Access-Control-Request-Method and Access-Control-Request-Headers.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The body's text.
    pub body: Option<String>,
    /// `close`: the connection is closed without an answer.
    pub action: Option<Action>,
    /// Whether the connection is closed after the answer, which changes nothing here.
    pub close: Option<bool>,
}

/// What a server does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Close the connection.
    Close,
}

/// Which API or element asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
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
    #[serde(alias = "audio", alias = "media")]
    Video,
    /// `<link rel=manifest>`
    Manifest,
    /// `new Worker()`
    Worker,
}

/// Kinds of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CrossOrigin {
    /// `anonymous`
    Anonymous,
    /// `use-credentials`
    UseCredentials,
}

/// Credentials modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
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

impl Server {
    /// What answers at this place of the chain; a `preflight`/`actual` pair without `hops` answers
    /// everywhere.
    pub(crate) fn answers(&self, hop: usize) -> Option<(Option<&Answer>, Option<&Answer>)> {
        if self.hops.is_empty() {
            return Some((self.preflight.as_ref(), self.actual.as_ref()));
        }
        self.hops
            .get(hop)
            .map(|hop| (hop.preflight.as_ref(), hop.actual.as_ref()))
    }
}

fn get() -> String {
    String::from("GET")
}

fn ok() -> u16 {
    200
}

fn three_digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    struct Status;

    impl Visitor<'_> for Status {
        type Value = u16;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a status from 100 to 999")
        }

        fn visit_u64<E: de::Error>(self, status: u64) -> Result<u16, E> {
            match u16::try_from(status) {
                Ok(status @ 100..=999) => Ok(status),
                _ => Err(E::invalid_value(de::Unexpected::Unsigned(status), &self)),
            }
        }
    }

    deserializer.deserialize_u64(Status)
}

/// Read hops, but no more than a redirect chain can use: the rest of the line is not kept.
fn at_most_max_hops<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Hop>, D::Error> {
    struct Hops;

    impl<'de> Visitor<'de> for Hops {
        type Value = Vec<Hop>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "a list of at most {MAX_HOPS} hops")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<Hop>, A::Error> {
            let mut hops = Vec::new();
            while let Some(hop) = items.next_element::<Hop>()? {
                if hops.len() == MAX_HOPS {
                    return Err(de::Error::custom(format_args!("more than {MAX_HOPS} hops")));
                }
                hops.push(hop);
            }
            Ok(hops)
        }
    }

    deserializer.deserialize_seq(Hops)
}

// A chain has at most 21 URLs; servers that are named by their path may be a few more.
const MAX_HOPS: usize = 256;
