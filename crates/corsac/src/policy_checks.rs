//! From a draft to a policy: checks every field and reports all that is wrong, at once.

use alloc::string::{String, ToString};

use crate::exposed_headers;
use crate::header_name_set::HeaderNameSet;
use crate::method_set::MethodSet;
use crate::origin_set::OriginSet;
use crate::policy::{Origins, Policy};
use crate::policy_draft::{AllowOrigins, MaxAge, PolicyDraft};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::policy_warning::PolicyWarningReason;
use crate::prebuilt_headers::{PrebuiltHeaders, PrebuiltName};

impl Policy {
    /// Check every field but the paths, which [`PathIndex`](crate::policy_table::PathIndex) checks
    /// against those of the other policies. What comes of a draft with mistakes is not to be used.
    pub(crate) fn from_draft(draft: &PolicyDraft, report: &mut DraftReport<'_>) -> Self {
        check_name(&draft.name, report);
        let origins = check_origins(draft, report);
        check_null_origin(draft, report);
        let methods = MethodSet::build(&draft.allow_methods, draft.allow_credentials, report);
        let headers = HeaderNameSet::build(&draft.allow_headers, draft.allow_credentials, report);
        exposed_headers::check(&draft.expose_headers, draft.allow_credentials, report);
        check_max_age(draft.max_age, report);
        Self {
            name: draft.name.clone(),
            paths: draft.paths.clone(),
            origins,
            null_origin: draft.dangerously_allow_null_origin.clone(),
            allow_credentials: draft.allow_credentials,
            actual: actual_headers(draft),
            preflight: preflight_headers(draft, &methods),
            methods,
            headers,
            expose_headers: draft.expose_headers.clone(),
            max_age: draft.max_age,
        }
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
            if entries.is_empty() && draft.dangerously_allow_null_origin.is_none() {
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
    if why.trim().is_empty() {
        report.error(spot, PolicyErrorReason::DangerReasonEmpty);
    } else if draft.allow_origins == AllowOrigins::Any {
        report.warning(spot, PolicyWarningReason::DangerWithoutEffect);
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
    }
}

fn actual_headers(draft: &PolicyDraft) -> PrebuiltHeaders {
    let mut headers = PrebuiltHeaders::default();
    push_allow_credentials(&mut headers, draft);
    push_list(&mut headers, PrebuiltName::ExposeHeaders, &draft.expose_headers);
    headers
}

fn preflight_headers(draft: &PolicyDraft, methods: &MethodSet) -> PrebuiltHeaders {
    let mut headers = PrebuiltHeaders::default();
    push_allow_credentials(&mut headers, draft);
    push_list(&mut headers, PrebuiltName::AllowMethods, methods.listed());
    push_list(&mut headers, PrebuiltName::AllowHeaders, &draft.allow_headers);
    match draft.max_age {
        MaxAge::Default => {}
        MaxAge::Off => headers.push(PrebuiltName::MaxAge, String::from("0")),
        MaxAge::Seconds(seconds) => headers.push(PrebuiltName::MaxAge, seconds.to_string()),
    }
    headers
}

fn push_allow_credentials(headers: &mut PrebuiltHeaders, draft: &PolicyDraft) {
    if draft.allow_credentials {
        headers.push(PrebuiltName::AllowCredentials, String::from("true"));
    }
}

fn push_list(headers: &mut PrebuiltHeaders, name: PrebuiltName, values: &[String]) {
    if !values.is_empty() {
        headers.push(name, values.join(", "));
    }
}

/// Firefox's cap, the highest of any browser.
const MAX_SECONDS: u32 = 86_400;

/// Chromium's cap.
const CHROMIUM_MAX_SECONDS: u32 = 7_200;
