//! The options of a page, as the query string that asks a recording server for it.

use corsac_fetch::{EmbedderPolicy, ReferrerPolicy};
use url::form_urlencoded;

use crate::scenario;
use crate::scenario_request::referrer_policy;

/// What `page_query` says. Options that mean nothing here are the recording server's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageOptions {
    /// `csp`: its Content-Security-Policy.
    pub(crate) content_security_policy: Option<String>,
    /// `coep`: its Cross-Origin-Embedder-Policy.
    pub(crate) embedder_policy: EmbedderPolicy,
    /// `referrer`: its Referrer-Policy.
    pub(crate) referrer_policy: Option<ReferrerPolicy>,
}

impl PageOptions {
    pub(crate) fn parse(page_query: &str) -> Self {
        let mut options = Self::default();
        for (name, value) in form_urlencoded::parse(page_query.as_bytes()) {
            match name.as_ref() {
                "csp" => options.content_security_policy = Some(value.into_owned()),
                "coep" => options.embedder_policy = embedder_policy(&value),
                "referrer" => options.referrer_policy = policy_named(&value),
                _ => {}
            }
        }
        options
    }
}

fn embedder_policy(value: &str) -> EmbedderPolicy {
    match value {
        "require-corp" => EmbedderPolicy::RequireCorp,
        "credentialless" => EmbedderPolicy::Credentialless,
        _ => EmbedderPolicy::UnsafeNone,
    }
}

fn policy_named(value: &str) -> Option<ReferrerPolicy> {
    serde_json::from_value::<scenario::ReferrerPolicy>(value.into())
        .ok()
        .map(referrer_policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_others_passed_over() {
        let options =
            PageOptions::parse("csp=connect-src%20'self'&coep=credentialless&referrer=no-referrer&x=y");
        assert_eq!(
            options,
            PageOptions {
                content_security_policy: Some(String::from("connect-src 'self'")),
                embedder_policy: EmbedderPolicy::Credentialless,
                referrer_policy: Some(ReferrerPolicy::NoReferrer),
            }
        );
        assert_eq!(PageOptions::parse("coep=x&referrer=x"), PageOptions::default());
    }
}
