//! From the fields of a scenario to what the browser half takes: the defaults of each API and
//! element, <https://html.spec.whatwg.org/#cors-settings-attributes>.

use corsac::Origin;
use corsac_fetch::cors_safelisted_request_header::is_cors_safelisted_request_header;
use corsac_fetch::{
    Body, BodyKind, CacheMode, CredentialsMode, Initiator, Mode, RedirectMode, ReferrerPolicy, RequestInit,
};

use crate::scenario::{self, Api, CrossOrigin, RequestFields};

/// A page origin as written: `null` is opaque, everything else must be a serialised origin.
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

/// What the API asks the browser half for.
pub(crate) fn request_init(fields: &RequestFields) -> RequestInit {
    let mut init = RequestInit::new(fields.url.clone());
    init.initiator = initiator(fields);
    if let Some(redirect) = fields.redirect {
        init.redirect = redirect_mode(redirect);
    }
    match fields.api {
        Api::Fetch | Api::Xhr => script_request(fields, &mut init),
        Api::Beacon => {
            init.method = String::from("POST");
            init.body = fields.body.as_ref().map(body);
            init.credentials = CredentialsMode::Include;
            // "If contentType value is a CORS-safelisted request-header value ..., set corsMode to
            // "no-cors"." (Where the body has no type, it stays so too.)
            let is_safelisted = |kind: &str| {
                kind.is_empty() || is_cors_safelisted_request_header(b"content-type", kind.as_bytes())
            };
            if fields
                .body
                .as_ref()
                .is_none_or(|body| is_safelisted(&body.blob_type))
            {
                init.mode = Mode::NoCors;
            }
        }
        // "Let corsAttributeState be Anonymous. If withCredentials is true, set corsAttributeState
        // to Use Credentials."
        Api::EventSource => init.credentials = include_if(with_credentials(fields)),
        // "No CORS": mode no-cors, credentials include.
        Api::Img | Api::Script | Api::Style | Api::Video => match fields.crossorigin {
            None => {
                init.mode = Mode::NoCors;
                init.credentials = CredentialsMode::Include;
            }
            Some(state) => init.credentials = include_if(state == CrossOrigin::UseCredentials),
        },
        // Module scripts and manifests always use CORS.
        Api::Module | Api::Manifest => {
            init.credentials = include_if(fields.crossorigin == Some(CrossOrigin::UseCredentials));
        }
        Api::Import | Api::Font => {}
        // A worker's script is fetched with GET; any other method is a fetch() inside the worker.
        Api::Worker if fields.method != "GET" => script_request(fields, &mut init),
        Api::Worker => init.mode = Mode::SameOrigin,
    }
    init
}

fn script_request(fields: &RequestFields, init: &mut RequestInit) {
    init.method.clone_from(&fields.method);
    init.headers.clone_from(&fields.headers);
    init.body = fields.body.as_ref().map(body);
    init.upload_listeners = fields.upload_listeners;
    if fields.api == Api::Xhr {
        init.credentials = include_if(with_credentials(fields));
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
    if let Some(policy) = fields.referrer_policy {
        init.referrer_policy = referrer_policy(policy);
    }
}

fn with_credentials(fields: &RequestFields) -> bool {
    fields.credentials == Some(scenario::Credentials::Include)
}

fn include_if(include: bool) -> CredentialsMode {
    if include {
        CredentialsMode::Include
    } else {
        CredentialsMode::SameOrigin
    }
}

fn body(body: &scenario::Body) -> Body {
    Body {
        kind: match body.kind {
            scenario::BodyKind::String => BodyKind::String,
            scenario::BodyKind::UrlSearchParams => BodyKind::UrlSearchParams,
            scenario::BodyKind::FormData => BodyKind::FormData,
            scenario::BodyKind::Blob => BodyKind::Blob(body.blob_type.clone()),
            scenario::BodyKind::ArrayBuffer => BodyKind::ArrayBuffer,
            scenario::BodyKind::Stream => BodyKind::Stream,
        },
        bytes: body.text.clone().into_bytes(),
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
        Api::Manifest => Initiator::Manifest,
        Api::Worker if fields.method != "GET" => Initiator::Fetch,
        Api::Worker => Initiator::Worker,
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

fn referrer_policy(policy: scenario::ReferrerPolicy) -> ReferrerPolicy {
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
