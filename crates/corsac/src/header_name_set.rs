//! The request-header names that a policy lists, and whether a preflight asks for those only.
//!
//! Access-Control-Request-Headers comes from anybody. It is read within bounds that the policy's
//! own list sets, in any order and case, over several lines, and nothing of it is sent back.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::header::{
    is_cors_non_wildcard_request_header_name, is_forbidden_request_header_name, is_token,
    trim_http_tab_or_space,
};
use crate::header_edits::CORS_RESPONSE_HEADER_NAMES;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::policy_warning_reason::PolicyWarningReason;
use crate::reason::{NameText, Reason};

/// A checked list of request-header names.
#[derive(Clone, Default)]
pub(crate) struct HeaderNameSet {
    /// As written, in the author's order.
    listed: Vec<String>,
    /// Lower case, the short ones first.
    sorted: Vec<String>,
    any: bool,
    /// How many bytes of Access-Control-Request-Headers are read.
    max_bytes: usize,
}

impl HeaderNameSet {
    /// Check a list, report what is wrong with it, and keep what is right.
    pub(crate) fn build(names: &[String], allow_credentials: bool, report: &mut DraftReport<'_>) -> Self {
        let mut seen = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            let spot = (PolicyField::AllowHeaders, Some(index), name.as_str());
            if !is_token(name.as_bytes()) {
                report.error(spot, PolicyErrorReason::HeaderNotToken);
            } else if is_forbidden_request_header_name(name.as_bytes()) {
                report.error(spot, PolicyErrorReason::HeaderForbidden);
            } else if CORS_RESPONSE_HEADER_NAMES
                .iter()
                .any(|cors| name.eq_ignore_ascii_case(cors))
            {
                report.error(spot, PolicyErrorReason::HeaderIsCorsResponse);
            } else if name == "*" && allow_credentials {
                report.error(spot, PolicyErrorReason::HeaderWildcardWithCredentials);
            } else if name == "*"
                && !names
                    .iter()
                    .any(|name| is_cors_non_wildcard_request_header_name(name.as_bytes()))
            {
                report.warning(spot, PolicyWarningReason::HeaderWildcardWithoutAuthorization);
            } else if is_settable_to_common_values(name) {
                report.warning(spot, PolicyWarningReason::HeaderSafelisted);
            }
            report.duplicate(
                &mut seen,
                name.to_ascii_lowercase(),
                spot,
                PolicyErrorReason::HeaderDuplicate,
            );
        }
        let mut sorted: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        sorted.sort_by(|a, b| compare_names(a.as_bytes(), b.as_bytes()));
        let any = names.iter().any(|name| name == "*");
        // Each name once, with a comma and a space; more only a client of its own making sends.
        let needed = names.iter().map(|name| name.len() + ", ".len()).sum::<usize>();
        Self {
            listed: names.to_vec(),
            sorted,
            any,
            max_bytes: needed.max(if any { MAX_BYTES_FOR_ANY } else { MIN_BYTES }),
        }
    }

    /// The names in the author's order, as written.
    pub(crate) fn listed(&self) -> &[String] {
        &self.listed
    }

    /// Whether every name is allowed that `*` stands for.
    pub(crate) fn is_any(&self) -> bool {
        self.any
    }

    /// Whether a preflight with these Access-Control-Request-Headers lines is passed.
    pub(crate) fn check<'l>(&self, lines: impl Iterator<Item = &'l [u8]>) -> Result<(), Reason> {
        let mut bytes = 0_usize;
        let mut empty_items = 0;
        for line in lines {
            bytes = bytes.saturating_add(line.len());
            if bytes > self.max_bytes {
                return Err(Reason::RequestHeadersTooLong);
            }
            for item in line.split(|&byte| byte == b',') {
                let name = trim_http_tab_or_space(item);
                if name.is_empty() {
                    empty_items += 1;
                    if empty_items > MAX_EMPTY_ITEMS {
                        return Err(Reason::RequestHeadersTooLong);
                    }
                } else if !self.allows(name) {
                    return Err(if is_token(name) {
                        Reason::HeaderNotListed(NameText::new(name))
                    } else {
                        Reason::RequestHeadersMalformed
                    });
                }
            }
        }
        Ok(())
    }

    fn allows(&self, name: &[u8]) -> bool {
        let is_listed = self
            .sorted
            .binary_search_by(|listed| compare_names(listed.as_bytes(), name))
            .is_ok();
        // "A CORS non-wildcard request-header name" is not covered by `*`.
        is_listed || (self.any && is_token(name) && !is_cors_non_wildcard_request_header_name(name))
    }
}

/// Whether scripts can set this header without a listing, but for long and unusual values,
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>. `Content-Type` and `Range` are
/// such headers too, but for the values that scripts set most they need listing.
fn is_settable_to_common_values(name: &str) -> bool {
    ["accept", "accept-language", "content-language"]
        .iter()
        .any(|safelisted| name.eq_ignore_ascii_case(safelisted))
}

/// Shorter first, then byte by byte; `b` in any case. A stranger's long name costs one comparison of lengths.
fn compare_names(a: &[u8], b: &[u8]) -> Ordering {
    match a.len().cmp(&b.len()) {
        // Browsers send lower case.
        Ordering::Equal if a == b => Ordering::Equal,
        Ordering::Equal => a.iter().copied().cmp(b.iter().map(u8::to_ascii_lowercase)),
        unequal => unequal,
    }
}

/// Enough to name the first header that is missing from the list, when a page asks for a few more.
const MIN_BYTES: usize = 1024;

/// The longest list of names that is read when every name is allowed.
const MAX_BYTES_FOR_ANY: usize = 8192;

/// "A recipient MUST parse and ignore a reasonable number of empty list elements",
/// <https://httpwg.org/specs/rfc9110.html#abnf.extension.recipient>.
const MAX_EMPTY_ITEMS: usize = 16;
