//! What each mistake in a policy means, and how to mend it.
//!
//! The families (names, paths, origins, methods, headers, …) each have a file. A reason that is not
//! explained does not compile: no match has a `_`.

mod any_origin;
mod csrf;
mod danger_reason;
mod exposed_header;
mod header;
mod host;
mod max_age;
mod method;
mod name;
mod origin;
mod origin_pattern;
mod path;

use alloc::string::{String, ToString};

use corsac::{PolicyError, PolicyErrorReason};

/// What a mistake in a policy means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyExplanation {
    /// What is wrong, with `{value}` for the value as written.
    pub(crate) title: &'static str,
    /// Why it cannot be so.
    pub meaning: &'static str,
    /// What to write instead, with the least privilege.
    pub fix: &'static str,
}

impl PolicyExplanation {
    /// What is wrong, in one line.
    #[must_use]
    pub fn title(&self, value: &str) -> String {
        self.title.replace("{value}", value)
    }
}

/// The title, meaning and fix of one mistake, with its value and correction filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDiagnostic {
    /// The rule's name, kebab case.
    pub name: &'static str,
    /// What is wrong, in one line.
    pub title: String,
    /// Why it cannot be so.
    pub meaning: &'static str,
    /// What to write instead.
    pub fix: String,
}

/// Explain a mistake in a policy.
///
/// ```
/// use corsac::{AllowOrigins, Policy, PolicyDraft};
///
/// let mut draft = PolicyDraft::new("app");
/// draft.allow_origins = AllowOrigins::from_iter(["https://app.example.com/"]);
/// let errors = Policy::build(draft).unwrap_err();
/// let diagnostic = corsac_diagnostics::explain_policy_error(errors.iter().next().unwrap());
/// assert_eq!(diagnostic.fix, "write `https://app.example.com`");
/// ```
#[must_use]
pub fn explain_policy_error(error: &PolicyError) -> PolicyDiagnostic {
    let explanation = policy_explanation(error.reason());
    PolicyDiagnostic {
        name: error.reason().code(),
        title: explanation.title(&error.place().value),
        meaning: explanation.meaning,
        fix: match error.suggestion() {
            Some(suggestion) => alloc::format!("write `{suggestion}`"),
            None => explanation.fix.to_string(),
        },
    }
}

/// The explanation of a reason, whatever the value.
#[must_use]
pub fn policy_explanation(reason: PolicyErrorReason) -> PolicyExplanation {
    use PolicyErrorReason as Reason;

    match reason {
        Reason::NameEmpty => name::EMPTY,
        Reason::NameForbiddenCharacter => name::FORBIDDEN_CHARACTER,
        Reason::NameTaken => name::TAKEN,
        Reason::HostEmpty => host::EMPTY,
        Reason::HostNotAlone => host::NOT_ALONE,
        Reason::HostInvalid => host::INVALID,
        Reason::HostNotSerialized => host::NOT_SERIALIZED,
        Reason::HostWildcardMisplaced => host::WILDCARD_MISPLACED,
        Reason::HostWildcardOverAddress => host::WILDCARD_OVER_ADDRESS,
        Reason::HostDuplicate => host::DUPLICATE,
        Reason::PathsEmpty => path::NONE,
        Reason::PathNotAbsolute => path::NOT_ABSOLUTE,
        Reason::PathWildcardMisplaced => path::WILDCARD_MISPLACED,
        Reason::PathQueryOrFragment => path::QUERY_OR_FRAGMENT,
        Reason::PathPercentEncoding => path::PERCENT_ENCODING,
        Reason::PathAmbiguous => path::AMBIGUOUS,
        Reason::PathForbiddenCharacter => path::FORBIDDEN_CHARACTER,
        Reason::PathTie => path::TIE,
        Reason::OriginEmpty => origin::EMPTY,
        Reason::OriginAnyInList => any_origin::IN_LIST,
        Reason::OriginNull => origin::NULL,
        Reason::OriginForbiddenCharacter => origin::FORBIDDEN_CHARACTER,
        Reason::OriginSchemeMissing => origin::SCHEME_MISSING,
        Reason::OriginSchemeWebSocket => origin::SCHEME_WEB_SOCKET,
        Reason::OriginSchemeInvalid => origin::SCHEME_INVALID,
        Reason::OriginSchemeFile => origin::SCHEME_FILE,
        Reason::OriginUserInfo => origin::USER_INFO,
        Reason::OriginPath => origin::PATH,
        Reason::OriginQueryOrFragment => origin::QUERY_OR_FRAGMENT,
        Reason::OriginUpperCase => origin::UPPER_CASE,
        Reason::OriginUnicodeHost => origin::UNICODE_HOST,
        Reason::OriginHostInvalid => origin::HOST_INVALID,
        Reason::OriginHostNotSerialized => origin::HOST_NOT_SERIALIZED,
        Reason::OriginLabelEmpty => origin::LABEL_EMPTY,
        Reason::OriginHostCharacter => origin::HOST_CHARACTER,
        Reason::OriginHostTooLong => origin::HOST_TOO_LONG,
        Reason::OriginPortDefault => origin::PORT_DEFAULT,
        Reason::OriginPortInvalid => origin::PORT_INVALID,
        Reason::OriginWildcardMisplaced => origin_pattern::WILDCARD_MISPLACED,
        Reason::OriginWildcardOverAddress => origin_pattern::WILDCARD_OVER_ADDRESS,
        Reason::OriginWildcardScheme => origin_pattern::WILDCARD_SCHEME,
        Reason::OriginTooLong => origin::TOO_LONG,
        Reason::OriginListTooLong => origin::LIST_TOO_LONG,
        Reason::OriginDuplicate => origin::DUPLICATE,
        Reason::OriginInsecureWithCredentials => origin_pattern::INSECURE_WITH_CREDENTIALS,
        Reason::OriginPublicSuffixWithCredentials => origin_pattern::PUBLIC_SUFFIX_WITH_CREDENTIALS,
        Reason::AnyOriginWithCredentials => any_origin::WITH_CREDENTIALS,
        Reason::DangerReasonEmpty => danger_reason::EMPTY,
        Reason::MethodNotToken => method::NOT_TOKEN,
        Reason::MethodForbidden => method::FORBIDDEN,
        Reason::MethodWildcardWithCredentials => method::WILDCARD_WITH_CREDENTIALS,
        Reason::MethodDuplicate => method::DUPLICATE,
        Reason::HeaderNotToken => header::NOT_TOKEN,
        Reason::HeaderForbidden => header::FORBIDDEN,
        Reason::HeaderIsCorsResponse => header::IS_CORS_RESPONSE,
        Reason::HeaderWildcardWithCredentials => header::WILDCARD_WITH_CREDENTIALS,
        Reason::HeaderDuplicate => header::DUPLICATE,
        Reason::ExposedHeaderNotToken => exposed_header::NOT_TOKEN,
        Reason::ExposedHeaderForbidden => exposed_header::FORBIDDEN,
        Reason::ExposedHeaderIsCorsRequest => exposed_header::IS_CORS_REQUEST,
        Reason::ExposedHeaderWildcardWithCredentials => exposed_header::WILDCARD_WITH_CREDENTIALS,
        Reason::ExposedHeaderIsOfPreflight => exposed_header::IS_OF_PREFLIGHT,
        Reason::ExposedHeaderDuplicate => exposed_header::DUPLICATE,
        Reason::MaxAgeTooLong => max_age::TOO_LONG,
        Reason::CsrfWithAnyOrigin => csrf::WITH_ANY_ORIGIN,
    }
}
