//! From a draft to a policy: checks every field and reports all that is wrong, at once.

use alloc::string::{String, ToString};
use alloc::sync::Arc;

use crate::csrf::CsrfGuard;
use crate::exposed_headers;
use crate::header::is_cors_non_wildcard_request_header_name;
use crate::header_edits::Vary;
use crate::header_name_set::HeaderNameSet;
use crate::method_set::MethodSet;
use crate::origin_set::OriginSet;
use crate::origin_switches::check_danger_switch;
use crate::policy::{CheckedPolicy, Origins, Policy, vary_of_actual, vary_of_preflight};
use crate::policy_draft::{AllowOrigins, Csrf, MaxAge, PolicyDraft};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::policy_warning_reason::PolicyWarningReason;
use crate::prebuilt_headers::{PrebuiltHeaders, PrebuiltName};

impl Policy {
    /// Check every field but hosts and paths, which [`PolicyIndex`](crate::policy_index::PolicyIndex)
    /// checks against those of the other policies. What comes of a draft with mistakes is not to be used.
    pub(crate) fn from_draft(draft: &PolicyDraft, report: &mut DraftReport<'_>) -> Self {
        check_name(&draft.name, report);
        let origins = check_origins(draft, report);
        check_null_origin(draft, report);
        let methods = MethodSet::build(&draft.allow_methods, draft.allow_credentials, report);
        let headers = HeaderNameSet::build(&draft.allow_headers, draft.allow_credentials, report);
        exposed_headers::check(&draft.expose_headers, draft.allow_credentials, report);
        warn_about_credentials(draft, report);
        check_max_age(draft.max_age, report);
        let csrf_guard = CsrfGuard::build(draft, report);
        let vary = vary_of_actual(&origins, draft.dangerously_allow_null_origin.is_some());
        Self(Arc::new(CheckedPolicy {
            position: report.policy_index(),
            name: draft.name.clone(),
            hosts: draft.hosts.clone(),
            paths: draft.paths.clone(),
            actual: actual_headers(draft, vary),
            preflight: preflight_headers(draft, &methods, vary_of_preflight(&origins)),
            other_actual: PrebuiltHeaders::vary_only(Vary::Origin),
            other_preflight: PrebuiltHeaders::vary_only(vary_of_preflight(&origins)),
            origins,
            null_origin: draft.dangerously_allow_null_origin.clone(),
            allow_credentials: draft.allow_credentials,
            methods,
            headers,
            expose_headers: draft.expose_headers.clone(),
            max_age: draft.max_age,
            csrf: draft.csrf.clone(),
            csrf_guard,
            websocket: draft.websocket,
            mode: draft.mode,
        }))
    }
}

fn check_name(name: &str, report: &mut DraftReport<'_>) {
    let spot = (PolicyField::Name, None, name);
    if name.trim().is_empty() {
        report.error(spot, PolicyErrorReason::NameEmpty);
    } else if name.contains(char::is_control) {
        report.error(spot, PolicyErrorReason::NameForbiddenCharacter);
    }
}

fn check_origins(draft: &PolicyDraft, report: &mut DraftReport<'_>) -> Origins {
    match &draft.allow_origins {
        AllowOrigins::Any => {
            if draft.allow_credentials {
                let spot = (PolicyField::AllowOrigins, None, "*");
                report.error(spot, PolicyErrorReason::AnyOriginWithCredentials);
            }
            Origins::Any
        }
        AllowOrigins::List(entries) => {
            let is_for_own_pages = draft.csrf != Csrf::Off || draft.websocket;
            if entries.is_empty() && draft.dangerously_allow_null_origin.is_none() && !is_for_own_pages {
                report.warning(
                    (PolicyField::AllowOrigins, None, ""),
                    PolicyWarningReason::NobodyAllowed,
                );
            }
            Origins::Set(OriginSet::build(entries, draft.allow_credentials, report))
        }
    }
}

fn check_null_origin(draft: &PolicyDraft, report: &mut DraftReport<'_>) {
    let Some(why) = &draft.dangerously_allow_null_origin else {
        return;
    };
    let spot = (PolicyField::DangerouslyAllowNullOrigin, None, why.as_str());
    check_danger_switch(spot, draft.allow_origins != AllowOrigins::Any, report);
}

/// A token in a header that scripts set needs no credentials.
fn warn_about_credentials(draft: &PolicyDraft, report: &mut DraftReport<'_>) {
    let authorization = draft
        .allow_headers
        .iter()
        .enumerate()
        .find(|(_, name)| is_cors_non_wildcard_request_header_name(name.as_bytes()));
    if let (true, Some((index, name))) = (draft.allow_credentials, authorization) {
        report.warning_with_related(
            (PolicyField::AllowCredentials, None, "true"),
            PolicyWarningReason::CredentialsForAuthorization,
            (PolicyField::AllowHeaders, Some(index), name),
        );
    }
}

fn check_max_age(max_age: MaxAge, report: &mut DraftReport<'_>) {
    let MaxAge::Seconds(seconds) = max_age else { return };
    let value = seconds.to_string();
    let spot = (PolicyField::MaxAge, None, value.as_str());
    if seconds > MAX_SECONDS {
        report.error(spot, PolicyErrorReason::MaxAgeTooLong);
    } else if seconds > CHROMIUM_MAX_SECONDS {
        report.warning(spot, PolicyWarningReason::MaxAgeAboveChromium);
    } else if seconds > WEBKIT_MAX_SECONDS {
        report.warning(spot, PolicyWarningReason::MaxAgeAboveWebKit);
    }
}

fn actual_headers(draft: &PolicyDraft, vary: Vary) -> PrebuiltHeaders {
    let headers = [
        (PrebuiltName::AllowCredentials, allow_credentials(draft)),
        (PrebuiltName::ExposeHeaders, list(&draft.expose_headers)),
    ];
    prebuilt(headers, vary)
}

fn preflight_headers(draft: &PolicyDraft, methods: &MethodSet, vary: Vary) -> PrebuiltHeaders {
    let max_age = match draft.max_age {
        MaxAge::Default => None,
        MaxAge::Off => Some(String::from("0")),
        MaxAge::Seconds(seconds) => Some(seconds.to_string()),
    };
    let headers = [
        (PrebuiltName::AllowCredentials, allow_credentials(draft)),
        (PrebuiltName::AllowMethods, list(methods.listed())),
        (PrebuiltName::AllowHeaders, list(&draft.allow_headers)),
        (PrebuiltName::MaxAge, max_age),
    ];
    prebuilt(headers, vary)
}

fn prebuilt<const N: usize>(headers: [(PrebuiltName, Option<String>); N], vary: Vary) -> PrebuiltHeaders {
    let present = headers
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    PrebuiltHeaders::new(present, vary)
}

fn allow_credentials(draft: &PolicyDraft) -> Option<String> {
    draft.allow_credentials.then(|| String::from("true"))
}

fn list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(", "))
}

/// Firefox's cap, the highest of any browser.
const MAX_SECONDS: u32 = 86_400;

/// Chromium's cap.
const CHROMIUM_MAX_SECONDS: u32 = 7_200;

/// WebKit's cap.
const WEBKIT_MAX_SECONDS: u32 = 600;
