//! # Origin patterns that allow too much, or nothing
//!
//! **What it checks.** A wildcard stands for whole labels at the start of a host name
//! (`https://*.example.com` for one or more, `https://{label}.example.com` for exactly one) or for the
//! port. With credentials, it does not cover hosts of other owners, and `http` origins are local.
//!
//! **Why it matters.** Everybody can register a name below a public suffix such as `github.io` or `com`,
//! and everybody on the network path can pose as an `http` site. With credentials, they would read
//! with the user's cookies.
//!
//! **Example.** `allow_origins = ["https://*.github.io"]` with `allow_credentials = true`.
//!
//! **Use instead.** `allow_origins = ["https://our-team.github.io"]`
//!
//! **When to ignore it.** When the hole is known and has an end: the danger switch of that one origin,
//! with the reason as its value.
//!
//! **Reference.** <https://publicsuffix.org/>, the policy file, key `allow_origins`.

use super::PolicyExplanation;

pub(super) const WILDCARD_MISPLACED: PolicyExplanation = PolicyExplanation {
    title: "origin pattern `{value}` has a wildcard in a place where it means nothing",
    meaning: "`*` and `{label}` stand for whole labels at the start of the host, and `*` for the port",
    fix: "write `https://*.example.com` (one or more labels), `https://{label}.example.com` (exactly one) or `https://example.com:*`",
};

pub(super) const WILDCARD_OVER_ADDRESS: PolicyExplanation = PolicyExplanation {
    title: "origin pattern `{value}` has a wildcard before an address",
    meaning: "an IP address has no sub-domains",
    fix: "list each address; `http://127.0.0.1:*` is every port of one",
};

pub(super) const WILDCARD_SCHEME: PolicyExplanation = PolicyExplanation {
    title: "origin pattern `{value}` has a wildcard with a scheme other than `http` and `https`",
    meaning: "only `http` and `https` origins have labels and ports that a wildcard can stand for",
    fix: "list each origin in full",
};

pub(super) const INSECURE_WITH_CREDENTIALS: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` is not encrypted, and credentials are allowed",
    meaning: "anyone on the network path can pose as an `http` site and read with the user's cookies",
    fix: "use `https`; if it must be `http` for now, write `{ origin = \"…\", dangerously_allow_insecure = \"why\" }`",
};

pub(super) const PUBLIC_SUFFIX_WITH_CREDENTIALS: PolicyExplanation = PolicyExplanation {
    title: "origin pattern `{value}` covers a public suffix, and credentials are allowed",
    meaning: "anyone can get a name below a public suffix and read with the user's cookies",
    fix: "list the hosts that are yours; if it must be all, write `{ origin = \"…\", dangerously_allow_public_suffix = \"why\" }`",
};
