//! Requests as a script author gives them, and the enumerations of the standard in JSON.

use corsac_fetch as fetch;
use corsac_fetch::{Body, BodyKind, Client, RequestInit, TypeErrorReason, UserAgent};
use serde::{Deserialize, Deserializer, de};

use super::OperationError;
use super::byte_string::request_origin;

/// A request. "Defaults where a key is absent: method GET, mode cors, credentials same-origin,
/// redirect follow, body none, referrer_policy strict-origin-when-cross-origin, upload_listeners
/// false."
#[derive(Deserialize)]
pub(super) struct RequestInput {
    origin: String,
    url: String,
    #[serde(default = "get")]
    method: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: BodyInput,
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    credentials: Credentials,
    #[serde(default)]
    redirect: Redirect,
    #[serde(default)]
    referrer_policy: ReferrerPolicy,
    #[serde(default)]
    upload_listeners: bool,
    partition: Option<String>,
}

impl RequestInput {
    /// The request, in the standard's profile, or why the API throws.
    pub(super) fn to_request(&self) -> Result<Result<fetch::Request, TypeErrorReason>, OperationError> {
        let init = RequestInit {
            method: self.method.clone(),
            headers: self.headers.clone(),
            body: self.body.0.clone(),
            mode: self.mode.into(),
            credentials: self.credentials.into(),
            redirect: self.redirect.into(),
            referrer_policy: self.referrer_policy.into(),
            upload_listeners: self.upload_listeners,
            ..RequestInit::new(self.url.as_str())
        };
        let mut client = Client::new(request_origin(&self.origin)?);
        if let Some(partition) = &self.partition {
            client.network_partition_key.clone_from(partition);
        }
        Ok(fetch::Request::new(init, client, UserAgent::Standard))
    }

    /// Whether the author gave a header of this name.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(header, _)| header.eq_ignore_ascii_case(name))
    }
}

fn get() -> String {
    "GET".to_owned()
}

/// `none`, `string`, `urlsearchparams`, `formdata`, `blob:TYPE`, `arraybuffer` or `stream`.
#[derive(Default)]
struct BodyInput(Option<Body>);

impl<'de> Deserialize<'de> for BodyInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let kind = match text.as_str() {
            "none" => return Ok(Self(None)),
            "string" => BodyKind::String,
            "urlsearchparams" => BodyKind::UrlSearchParams,
            "formdata" => BodyKind::FormData,
            "arraybuffer" => BodyKind::ArrayBuffer,
            "stream" => BodyKind::Stream,
            other => match other.strip_prefix("blob:") {
                Some(kind) => BodyKind::Blob(kind.to_owned()),
                None => return Err(de::Error::custom(format!("unknown kind of body `{other}`"))),
            },
        };
        Ok(Self(Some(Body {
            kind,
            bytes: b"x".to_vec(),
        })))
    }
}

/// An enumeration of the standard, spelt in JSON as the standard spells it.
macro_rules! enumeration {
    ($(#[$doc:meta])* $name:ident { $default:ident $(, $(#[$attribute:meta])* $variant:ident)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(super) enum $name {
            #[default]
            $default,
            $($(#[$attribute])* $variant,)*
        }

        impl From<$name> for fetch_types::$name {
            fn from(value: $name) -> Self {
                match value {
                    $name::$default => Self::$default,
                    $($name::$variant => Self::$variant,)*
                }
            }
        }
    };
}

/// The types of corsac-fetch under the names used here.
mod fetch_types {
    pub(super) use corsac_fetch::{
        CredentialsMode as Credentials, Mode, RedirectMode as Redirect, ReferrerPolicy, ResponseTainting,
    };
}

enumeration! {
    /// Credentials mode.
    Credentials { SameOrigin, Omit, Include }
}

enumeration! {
    /// Request mode.
    Mode { Cors, SameOrigin, NoCors, Navigate, #[serde(rename = "websocket")] WebSocket, #[serde(rename = "webtransport")] WebTransport }
}

enumeration! {
    /// Redirect mode.
    Redirect { Follow, Error, Manual }
}

enumeration! {
    /// Response tainting.
    ResponseTainting { Basic, Cors, Opaque }
}

enumeration! {
    /// Referrer policy; the empty string is the default policy.
    ReferrerPolicy {
        StrictOriginWhenCrossOrigin,
        NoReferrer,
        NoReferrerWhenDowngrade,
        SameOrigin,
        Origin,
        StrictOrigin,
        OriginWhenCrossOrigin,
        UnsafeUrl,
    }
}
