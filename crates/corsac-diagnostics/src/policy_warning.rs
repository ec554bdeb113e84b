//! What each warning about a policy means, and what to do about it.

use corsac::{PolicyWarning, PolicyWarningReason};

use crate::policy_error::{PolicyDiagnostic, PolicyExplanation};

/// Explain a warning about a policy.
#[must_use]
pub fn explain_policy_warning(warning: &PolicyWarning) -> PolicyDiagnostic {
    let explanation = policy_warning_explanation(warning.reason());
    PolicyDiagnostic {
        name: warning.reason().code(),
        title: explanation.title(&warning.place().value),
        meaning: explanation.meaning,
        fix: explanation.fix.into(),
    }
}

/// The explanation of a reason, whatever the value.
#[must_use]
pub fn policy_warning_explanation(reason: PolicyWarningReason) -> PolicyExplanation {
    match reason {
        PolicyWarningReason::OriginRedundant => PolicyExplanation {
            title: "origin `{value}` is already covered by another entry",
            meaning: "this one changes nothing while the other is there",
            fix: "remove the one that you do not mean",
        },
        PolicyWarningReason::OriginInsecureTwin => PolicyExplanation {
            title: "origin `{value}` is listed beside the same one with `https`",
            meaning: "anyone on the network path can pose as the one with `http`",
            fix: "remove it, if its pages have moved to `https`",
        },
        PolicyWarningReason::MethodSafelisted => PolicyExplanation {
            title: "`{value}` needs no listing",
            meaning: "browsers send `GET`, `HEAD` and `POST` without asking for the method",
            fix: "remove it",
        },
        PolicyWarningReason::MethodOptions => PolicyExplanation {
            title: "preflights do not ask for `{value}`",
            meaning: "a preflight is sent with `OPTIONS` and asks for the method of the request that follows; to list it lets scripts send `OPTIONS` themselves",
            fix: "remove it, unless scripts call `fetch()` with this method",
        },
        PolicyWarningReason::MethodNotUpperCase => PolicyExplanation {
            title: "method `{value}` is not in upper case",
            meaning: "methods are compared byte by byte, and browsers keep the case that a script wrote",
            fix: "write it in upper case, unless scripts really send it so",
        },
        PolicyWarningReason::HeaderSafelisted => PolicyExplanation {
            title: "request header `{value}` needs no listing",
            meaning: "scripts can set it anyway, to values of up to 128 plain characters",
            fix: "remove it, unless scripts set longer or unusual values",
        },
        PolicyWarningReason::HeaderWildcardWithoutAuthorization => PolicyExplanation {
            title: "`*` does not stand for `Authorization`",
            meaning: "by the Fetch standard it is every other request header; a request with a token is refused",
            fix: "add `Authorization` beside `*`, if scripts set it",
        },
        PolicyWarningReason::ExposedHeaderSafelisted => PolicyExplanation {
            title: "`{value}` needs no listing",
            meaning: "pages can read `Cache-Control`, `Content-Language`, `Content-Length`, `Content-Type`, `Expires`, `Last-Modified` and `Pragma` anyway",
            fix: "remove it",
        },
        PolicyWarningReason::MaxAgeAboveChromium => PolicyExplanation {
            title: "most browsers remember a preflight for a shorter time",
            meaning: "Chromium cuts the time at 7200 seconds, WebKit at 600; only Firefox goes to 86400",
            fix: "nothing breaks: those browsers ask again earlier",
        },
        PolicyWarningReason::MaxAgeAboveWebKit => PolicyExplanation {
            title: "WebKit remembers a preflight for a shorter time",
            meaning: "it cuts the time at 600 seconds; Chromium and Firefox keep this one",
            fix: "nothing breaks: it asks again earlier",
        },
        PolicyWarningReason::DangerAllowed => PolicyExplanation {
            title: "a danger is allowed, because: {value}",
            meaning: "this stands in every report, so that it goes when its reason does",
            fix: "remove the switch as soon as the reason no longer holds",
        },
        PolicyWarningReason::CredentialsForAuthorization => PolicyExplanation {
            title: "credentials are allowed beside the `Authorization` header",
            meaning: "a token that a script sets needs no `allow_credentials`; that is for cookies, HTTP authentication by the browser and client certificates",
            fix: "remove `allow_credentials`, unless pages send cookies too",
        },
        PolicyWarningReason::DangerWithoutEffect => PolicyExplanation {
            title: "the danger switch changes nothing here",
            meaning: "the value is allowed without it",
            fix: "remove the key",
        },
        PolicyWarningReason::NobodyAllowed => PolicyExplanation {
            title: "the policy allows no origin",
            meaning: "pages of other origins cannot read answers under these paths",
            fix: "list the origins that need to, or remove the policy: without one, nobody is allowed either",
        },
    }
}
