//! Why an author should look at a value: a list that grows. `corsac-diagnostics` explains each.

use crate::policy_reasons::policy_reasons;

policy_reasons! {
    /// Why an author should look at a value that a policy may have.
    PolicyWarningReason:

    /// Another entry of the list covers this origin; `related` is that one.
    OriginRedundant "origin-redundant" "another entry of the list covers this origin",
    /// The same origin is listed with `https`, `related`; anyone on the network path can pose as this one.
    OriginInsecureTwin "origin-insecure-twin" "the same origin is listed with `https`; is this one still in use?",
    /// A danger switch has an effect; the value is the written reason.
    DangerAllowed "danger-allowed" "a danger is allowed for this reason",
    /// The danger switch changes nothing here.
    DangerWithoutEffect "danger-without-effect" "the switch changes nothing here",
    /// No origin is allowed.
    NobodyAllowed "nobody-allowed" "the policy allows no origin",
    /// Credentials are allowed beside `Authorization`, `related`, which does not need them.
    CredentialsForAuthorization "credentials-for-authorization"
        "an `Authorization` header that a script sets needs no credentials; are cookies meant?",
    /// `GET`, `HEAD` and `POST` are always allowed.
    MethodSafelisted "method-safelisted" "`GET`, `HEAD` and `POST` need no listing",
    /// Preflights are made with `OPTIONS`, but do not ask for it.
    MethodOptions "method-options" "preflights need no listing of `OPTIONS`; do scripts send it themselves?",
    /// `patch` is not `PATCH`: browsers do not change its case.
    MethodNotUpperCase "method-not-upper-case"
        "browsers do not change the case of this method; upper case may be meant",
    /// Scripts can set this request header without it being listed.
    HeaderSafelisted "header-safelisted"
        "scripts can set this request header without it being listed, but for unusual values",
    /// `*` stands for every request header but `Authorization`.
    HeaderWildcardWithoutAuthorization "header-wildcard-without-authorization"
        "`*` does not stand for `Authorization`, which needs listing",
    /// Pages can read this response header without it being listed.
    ExposedHeaderSafelisted "exposed-header-safelisted" "pages can read this response header without it being listed",
    /// Chromium keeps a preflight for 7200 seconds at most.
    MaxAgeAboveChromium "max-age-above-chromium" "Chromium remembers a preflight for 7200 seconds at most",
    /// WebKit keeps a preflight for 600 seconds at most.
    MaxAgeAboveWebKit "max-age-above-webkit" "WebKit remembers a preflight for 600 seconds at most",
}
