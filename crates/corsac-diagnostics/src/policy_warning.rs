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
        PolicyWarningReason::MethodSafelisted => PolicyExplanation {
            title: "`{value}` needs no listing",
            meaning: "browsers send `GET`, `HEAD` and `POST` without asking for the method",
            fix: "remove it",
        },
        PolicyWarningReason::MethodLowerCase => PolicyExplanation {
            title: "method `{value}` is not in upper case",
            meaning: "methods are compared byte by byte, and browsers keep the case that a script wrote",
            fix: "write it in upper case, unless scripts really send it so",
        },
        PolicyWarningReason::ExposedHeaderSafelisted => PolicyExplanation {
            title: "`{value}` needs no listing",
            meaning: "pages can read `Cache-Control`, `Content-Language`, `Content-Length`, `Content-Type`, `Expires`, `Last-Modified` and `Pragma` anyway",
            fix: "remove it",
        },
        PolicyWarningReason::MaxAgeAboveChromium => PolicyExplanation {
            title: "most browsers remember a preflight for a shorter time",
            meaning: "Chromium cuts the time at 7200 seconds, WebKit at 600",
            fix: "write `\"2h\"`",
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
