//! From the fields of a scenario to what the browser half takes.

use corsac::Origin;
use corsac_fetch::{
    Body, BodyKind, CacheMode, Client, CorsSettings, CredentialsMode, Initiator, Mode, RedirectMode,
    ReferrerPolicy, Request, RequestInit, TypeErrorReason, UserAgent,
};

use crate::scenario::{self, Api, CrossOrigin, RequestFields};

/// A page's origin as written: `null` is opaque, everything else must be a serialised origin.
pub(crate) fn page_origin(text: &str) -> Option<Origin> {
    match text {
        "null" => Some(Origin::opaque(PAGE)),
        text => Origin::from_serialization(text),
    }
}

/// The opaque origin of a sandboxed frame, another one than the page's.
pub(crate) fn sandbox_origin() -> Origin {
    Origin::opaque(SANDBOXED_FRAME)
}

/// The request that an API or element makes in this page.
///
/// # Errors
/// The reason the API throws.
pub(crate) fn request(
    init: RequestInit,
    api: Api,
    client: Client,
    user_agent: UserAgent,
) -> Result<Request, TypeErrorReason> {
    match api {
        Api::Iframe | Api::Form => Request::for_navigation(&init, client, user_agent),
        Api::WebSocket => Request::for_websocket(&init, client, user_agent),
        _ => Request::new(init, client, user_agent),
    }
}

/// What the API asks the browser half for. The page's referrer policy holds where the request has none.
pub(crate) fn request_init(fields: &RequestFields, page_policy: Option<ReferrerPolicy>) -> RequestInit {
    let url = fields.url.clone();
    let mut init = match fields.api {
        Api::Beacon => RequestInit::of_beacon(url, fields.body.as_ref().map(body)),
        _ => RequestInit::of_element(initiator(fields), url, cors_settings(fields)),
    };
    if let Some(redirect) = fields.redirect {
        init.redirect = redirect_mode(redirect);
    }
    match fields.api {
        Api::Fetch | Api::Xhr => script_request(fields, &mut init),
        // Any other method is a fetch() inside the worker.
        Api::Worker if fields.method != "GET" => script_request(fields, &mut init),
        Api::Form => {
            init.method.clone_from(&fields.method);
            init.body = fields.body.as_ref().map(body);
        }
        _ => {}
    }
    if let Some(policy) = fields.referrer_policy {
        init.referrer_policy = referrer_policy(policy);
    }
    if init.referrer_policy == ReferrerPolicy::Empty {
        init.referrer_policy = page_policy.unwrap_or_default();
    }
    init
}

/// The `crossorigin` attribute; for the APIs of scripts, credentials `include` stand for
/// `withCredentials`.
fn cors_settings(fields: &RequestFields) -> CorsSettings {
    let with_credentials = match fields.api {
        Api::Xhr | Api::EventSource => fields.credentials == Some(scenario::Credentials::Include),
        _ => false,
    };
    match fields.crossorigin {
        _ if with_credentials => CorsSettings::UseCredentials,
        None => CorsSettings::NoCors,
        Some(CrossOrigin::Anonymous) => CorsSettings::Anonymous,
        Some(CrossOrigin::UseCredentials) => CorsSettings::UseCredentials,
    }
}

fn script_request(fields: &RequestFields, init: &mut RequestInit) {
    init.method.clone_from(&fields.method);
    init.headers.clone_from(&fields.headers);
    init.body = fields.body.as_ref().map(body);
    if fields.api == Api::Xhr {
        init.upload_listeners = fields.upload_listeners;
        return;
    }
    if let Some(credentials) = fields.credentials {
        init.credentials = match credentials {
            scenario::Credentials::Omit => CredentialsMode::Omit,
            scenario::Credentials::SameOrigin => CredentialsMode::SameOrigin,
            scenario::Credentials::Include => CredentialsMode::Include,
        };
    }
    if let Some(mode) = fields.mode {
        init.mode = match mode {
            scenario::Mode::SameOrigin => Mode::SameOrigin,
            scenario::Mode::Cors => Mode::Cors,
            scenario::Mode::NoCors => Mode::NoCors,
            scenario::Mode::Navigate => Mode::Navigate,
        };
    }
    if let Some(cache) = fields.cache {
        init.cache = cache_mode(cache);
    }
}

fn body(body: &scenario::Body) -> Body {
    Body {
        kind: match body.kind {
            scenario::BodyKind::String => BodyKind::String,
            scenario::BodyKind::UrlSearchParams => BodyKind::UrlSearchParams,
            scenario::BodyKind::FormData => BodyKind::FormData,
            scenario::BodyKind::Blob => BodyKind::Blob(blob_type(&body.blob_type)),
            scenario::BodyKind::ArrayBuffer => BodyKind::ArrayBuffer,
            scenario::BodyKind::Stream => BodyKind::Stream,
        },
        bytes: body.text.clone().into_bytes(),
    }
}

/// The `type` of a new `Blob`, <https://w3c.github.io/FileAPI/#constructorBlob>: "If type contains any
/// characters outside the range U+0020 to U+007E, then set t to the empty string" and "Convert every
/// character in t to ASCII lowercase."
fn blob_type(written: &str) -> String {
    match written.chars().all(|character| matches!(character, ' '..='~')) {
        true => written.to_ascii_lowercase(),
        false => String::new(),
    }
}

fn initiator(fields: &RequestFields) -> Initiator {
    match fields.api {
        Api::Fetch => Initiator::Fetch,
        Api::Xhr => Initiator::Xhr,
        Api::Beacon => Initiator::Beacon,
        Api::EventSource => Initiator::EventSource,
        Api::Img => Initiator::Image,
        Api::Script => Initiator::Script,
        Api::Module | Api::Import => Initiator::ModuleScript,
        Api::Style => Initiator::Style,
        Api::Font => Initiator::Font,
        Api::Video => Initiator::Media,
        Api::Audio => Initiator::Audio,
        Api::Track => Initiator::Track,
        Api::Preload => Initiator::Preload,
        Api::Worker if fields.method != "GET" => Initiator::Fetch,
        Api::Worker => Initiator::Worker,
        // A form's target is a frame.
        Api::Iframe | Api::Form => Initiator::Iframe,
        Api::WebSocket => Initiator::WebSocket,
    }
}

fn redirect_mode(redirect: scenario::Redirect) -> RedirectMode {
    match redirect {
        scenario::Redirect::Follow => RedirectMode::Follow,
        scenario::Redirect::Error => RedirectMode::Error,
        scenario::Redirect::Manual => RedirectMode::Manual,
    }
}

fn cache_mode(cache: scenario::Cache) -> CacheMode {
    match cache {
        scenario::Cache::Default => CacheMode::Default,
        scenario::Cache::NoStore => CacheMode::NoStore,
        scenario::Cache::Reload => CacheMode::Reload,
        scenario::Cache::NoCache => CacheMode::NoCache,
        scenario::Cache::ForceCache => CacheMode::ForceCache,
        scenario::Cache::OnlyIfCached => CacheMode::OnlyIfCached,
    }
}

pub(crate) fn referrer_policy(policy: scenario::ReferrerPolicy) -> ReferrerPolicy {
    match policy {
        scenario::ReferrerPolicy::Empty => ReferrerPolicy::Empty,
        scenario::ReferrerPolicy::NoReferrer => ReferrerPolicy::NoReferrer,
        scenario::ReferrerPolicy::NoReferrerWhenDowngrade => ReferrerPolicy::NoReferrerWhenDowngrade,
        scenario::ReferrerPolicy::SameOrigin => ReferrerPolicy::SameOrigin,
        scenario::ReferrerPolicy::Origin => ReferrerPolicy::Origin,
        scenario::ReferrerPolicy::StrictOrigin => ReferrerPolicy::StrictOrigin,
        scenario::ReferrerPolicy::OriginWhenCrossOrigin => ReferrerPolicy::OriginWhenCrossOrigin,
        scenario::ReferrerPolicy::StrictOriginWhenCrossOrigin => ReferrerPolicy::StrictOriginWhenCrossOrigin,
        scenario::ReferrerPolicy::UnsafeUrl => ReferrerPolicy::UnsafeUrl,
    }
}

const PAGE: u64 = 1;
const SANDBOXED_FRAME: u64 = 2;
