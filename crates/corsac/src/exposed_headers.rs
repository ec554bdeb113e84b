//! The response-header names that a policy lets pages read.

use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name, is_token};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::policy_warning_reason::PolicyWarningReason;
use crate::request_headers::RequestHeaderName;

/// Check a list of names and report what is wrong with it.
pub(crate) fn check(names: &[String], allow_credentials: bool, report: &mut DraftReport<'_>) {
    let mut seen = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let spot = (PolicyField::ExposeHeaders, Some(index), name.as_str());
        if !is_token(name.as_bytes()) {
            report.error(spot, PolicyErrorReason::ExposedHeaderNotToken);
        } else if is_forbidden_response_header_name(name.as_bytes()) {
            report.error(spot, PolicyErrorReason::ExposedHeaderForbidden);
        } else if RequestHeaderName::CORS
            .iter()
            .any(|cors| name.eq_ignore_ascii_case(cors.as_str()))
        {
            report.error(spot, PolicyErrorReason::ExposedHeaderIsCorsRequest);
        } else if HEADERS_OF_PREFLIGHTS
            .iter()
            .any(|cors| name.eq_ignore_ascii_case(cors))
        {
            report.error(spot, PolicyErrorReason::ExposedHeaderIsOfPreflight);
        } else if name == "*" && allow_credentials {
            report.error(spot, PolicyErrorReason::ExposedHeaderWildcardWithCredentials);
        } else if is_cors_safelisted_response_header_name(name.as_bytes()) {
            report.warning(spot, PolicyWarningReason::ExposedHeaderSafelisted);
        }
        report.duplicate(
            &mut seen,
            name.to_ascii_lowercase(),
            spot,
            PolicyErrorReason::ExposedHeaderDuplicate,
        );
    }
}

/// The response headers of CORS that only answers to preflights have.
const HEADERS_OF_PREFLIGHTS: [&str; 3] = [
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-max-age",
];
