//! A scenario: a request, and the answers that the servers on its way would give, as one JSON
//! line. The format is described in `cases/browsers/README.md`.
//!
//! This module reads and writes. What becomes of a scenario is [`crate::simulate`]'s business.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::observed::ObservedLine;
pub use crate::scenario_words::{
    Api, BodyKind, Cache, Credentials, CrossOrigin, Mode, Redirect, ReferrerPolicy,
};
use crate::sequence::Phase;

/// One line of input: a scenario (`request` and `server`) or a sequence (`phases`).
///
/// [`OwnedLine`] is the same for those who write lines.
#[derive(Debug, Deserialize)]
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
    /// Addresses of host names; every other name of a recording is 127.0.0.1.
    #[serde(default)]
    pub hosts: BTreeMap<String, IpAddr>,
    /// The seed that a generator made the line from.
    #[serde(default)]
    pub seed: Option<u64>,
    /// What browsers did, by browser; read only when results are compared.
    #[serde(borrow, default)]
    pub observed: Option<&'a RawValue>,
}

/// One line of input as it is written, with what browsers did by their names.
///
/// ```
/// use corsac_wire::scenario::{OwnedLine, RequestFields, Server};
///
/// let line = OwnedLine {
///     id: String::from("example"),
///     request: Some(RequestFields::new("https://app.example", "https://api.example/items")),
///     server: Some(Server::default()),
///     ..OwnedLine::default()
/// };
/// assert_eq!(
///     line.to_json(),
///     r#"{"id":"example","request":{"page_origin":"https://app.example","url":"https://api.example/items","method":"GET"},"server":{}}"#
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnedLine {
    /// The line's name in results and in lists of known disagreements.
    #[serde(default)]
    pub id: String,
    /// The seed that a generator made the line from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The request of a scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestFields>,
    /// The answers of a scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<Server>,
    /// The phases of a sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phases: Option<Vec<Phase>>,
    /// Options of the page, as a query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_query: Option<String>,
    /// Addresses of host names; every other name of a recording is 127.0.0.1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hosts: BTreeMap<String, IpAddr>,
    /// What browsers did, by browser.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub observed: BTreeMap<String, ObservedLine>,
}

/// What a script or an element asks for. An absent key means the API's default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object that describes a request")]
pub struct RequestFields {
    /// The serialised origin of the page, `null` for an opaque one. Sequences have it in the phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_origin: Option<String>,
    /// The URL as written.
    pub url: String,
    /// The method as written.
    #[serde(default = "get")]
    pub method: String,
    /// The headers as written, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The credentials mode; for `XMLHttpRequest` and `EventSource`, `include` is `withCredentials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// The request mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// The redirect mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Redirect>,
    /// The cache mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<Cache>,
    /// The referrer policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer_policy: Option<ReferrerPolicy>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Which API or element asks.
    #[serde(default, skip_serializing_if = "Api::is_fetch")]
    pub api: Api,
    /// The element's `crossorigin` attribute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crossorigin: Option<CrossOrigin>,
    /// Subresource integrity metadata.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integrity: Option<String>,
    /// Whether `XMLHttpRequestUpload` has listeners at `send()`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub upload_listeners: bool,
    /// `keepalive` changes nothing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive: Option<bool>,
}

/// A body as the script gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object with `kind`")]
pub struct Body {
    /// What kind of object.
    pub kind: BodyKind,
    /// Its text.
    #[serde(default)]
    pub text: String,
    /// A blob's type.
    #[serde(default, rename = "type", skip_serializing_if = "String::is_empty")]
    pub blob_type: String,
}

/// The answers, one entry for each URL of the redirect chain; a lone entry needs no `hops`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object with `hops`, or with `preflight` and `actual`")]
pub struct Server {
    /// `hops[i]` answers the i-th URL of the chain.
    #[serde(
        default,
        deserialize_with = "at_most_max_hops",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub hops: Vec<Hop>,
    /// The preflight's answer, where there are no `hops`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preflight: Option<Answer>,
    /// The request's answer, where there are no `hops`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Answer>,
}

/// The answers for one URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object with `preflight` and `actual`")]
pub struct Hop {
    /// What is answered to a preflight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preflight: Option<Answer>,
    /// What is answered to the request itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Answer>,
    /// For readers: the URL that this entry is meant for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// One answer of a server, as it writes it to the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object with `status` and `headers`")]
pub struct Answer {
    /// The status, three digits as on the wire.
    #[serde(default = "ok", deserialize_with = "three_digits")]
    pub status: u16,
    /// The raw header lines in order. `{origin}`, `{acrm}` and `{acrh}` stand for what the request
    /// carried in Origin, Access-Control-Request-Method and Access-Control-Request-Headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The body: each character is the byte of its number, one above U+00FF is UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `close`: the connection is closed without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Whether the connection is closed after the answer, which changes nothing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub close: Option<bool>,
}

/// What a server does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Close the connection.
    Close,
}

impl OwnedLine {
    /// The line as JSON, without the line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only maps with keys that are no strings fail, and there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl RequestFields {
    /// `fetch(url)` in a page of this origin.
    #[must_use]
    pub fn new(page_origin: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            page_origin: Some(page_origin.into()),
            url: url.into(),
            ..Self::default()
        }
    }
}

impl Default for RequestFields {
    fn default() -> Self {
        Self {
            page_origin: None,
            url: String::new(),
            method: get(),
            headers: Vec::new(),
            credentials: None,
            mode: None,
            redirect: None,
            cache: None,
            referrer_policy: None,
            body: None,
            api: Api::Fetch,
            crossorigin: None,
            integrity: None,
            upload_listeners: false,
            keepalive: None,
        }
    }
}

impl Answer {
    /// An answer with this status and these header lines.
    #[must_use]
    pub fn new(status: u16, headers: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            status,
            headers: headers.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            status: ok(),
            headers: Vec::new(),
            body: None,
            action: None,
            close: None,
        }
    }
}

impl Server {
    /// What answers at this place of the chain; a `preflight`/`actual` pair without `hops` answers
    /// everywhere.
    #[must_use]
    pub fn answers(&self, hop: usize) -> Option<(Option<&Answer>, Option<&Answer>)> {
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
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
