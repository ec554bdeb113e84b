//! The methods that a policy lists, and whether a preflight asks for one of them.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::method::{
    is_cors_safelisted_method, is_forbidden_method, is_method, is_registered_method_in_other_case, normalize,
};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::policy_warning_reason::PolicyWarningReason;

/// A checked list of methods, normalised as browsers do.
#[derive(Clone, Default)]
pub(crate) struct MethodSet {
    listed: Vec<String>,
    any: bool,
}

impl MethodSet {
    /// Check a list, report what is wrong with it, and keep what is right.
    pub(crate) fn build(methods: &[String], allow_credentials: bool, report: &mut DraftReport<'_>) -> Self {
        let mut set = Self::default();
        let mut seen = BTreeMap::new();
        for (index, written) in methods.iter().enumerate() {
            let spot = (PolicyField::AllowMethods, Some(index), written.as_str());
            let method = normalize_text(written);
            if !is_method(method.as_bytes()) {
                report.error(spot, PolicyErrorReason::MethodNotToken);
            } else if is_forbidden_method(method.as_bytes()) {
                report.error(spot, PolicyErrorReason::MethodForbidden);
            } else if method == "*" && allow_credentials {
                report.error(spot, PolicyErrorReason::MethodWildcardWithCredentials);
            } else if is_cors_safelisted_method(method.as_bytes()) {
                report.warning(spot, PolicyWarningReason::MethodSafelisted);
            } else if method == "OPTIONS" {
                report.warning(spot, PolicyWarningReason::MethodOptions);
            } else if is_registered_method_in_other_case(method.as_bytes()) {
                report.warning(spot, PolicyWarningReason::MethodNotUpperCase);
            }
            report.duplicate(&mut seen, method.into(), spot, PolicyErrorReason::MethodDuplicate);
            set.any |= method == "*";
            set.listed.push(method.into());
        }
        set
    }

    /// The methods in the author's order, normalised.
    pub(crate) fn listed(&self) -> &[String] {
        &self.listed
    }

    /// Whether `*` is listed.
    pub(crate) fn is_any(&self) -> bool {
        self.any
    }

    /// Whether a preflight that asks for this method is passed.
    pub(crate) fn allows(&self, method: &[u8]) -> bool {
        is_cors_safelisted_method(method)
            || self.listed.iter().any(|listed| listed.as_bytes() == method)
            || (self.any && is_method(method) && !is_forbidden_method(method))
    }
}

/// <https://fetch.spec.whatwg.org/#concept-method-normalize>, on text.
fn normalize_text(method: &str) -> &str {
    core::str::from_utf8(normalize(method.as_bytes())).unwrap_or(method)
}
