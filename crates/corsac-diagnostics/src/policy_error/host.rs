//! # Hosts
//!
//! **What it checks.** Each item of `hosts` is a host name or an address as URLs write it, alone:
//! without scheme, port and path, perhaps with `*.` or `{label}.` before a name.
//!
//! **Why it matters.** The host decides which policy applies. One that no request can name makes a
//! policy that never applies.
//!
//! **Example.** `hosts = ["https://api.example.com:8443", "API.example.com"]`
//!
//! **Use instead.** `hosts = ["api.example.com"]`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** The policy file, key `hosts`; <https://url.spec.whatwg.org/#concept-host-serializer>.

use super::PolicyExplanation;

pub(super) const EMPTY: PolicyExplanation = PolicyExplanation {
    title: "the host is empty",
    meaning: "no request names an empty host",
    fix: "remove it; without `hosts` the policy covers every host",
};

pub(super) const NOT_ALONE: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is more than a host",
    meaning: "a policy is chosen by host name or address; scheme, port and path are no part of it",
    fix: "leave out everything but the host: `api.example.com`",
};

pub(super) const INVALID: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is not a host",
    meaning: "no URL can have this host, so no request names it",
    fix: "write a host name or an address: `api.example.com`, `127.0.0.1`, `[::1]`",
};

pub(super) const NOT_SERIALIZED: PolicyExplanation = PolicyExplanation {
    title: "URLs write host `{value}` in another way",
    meaning: "a host is in lower case, in ASCII (punycode), and without a final dot",
    fix: "write the host as the browser's address bar ends up with it",
};

pub(super) const WILDCARD_MISPLACED: PolicyExplanation = PolicyExplanation {
    title: "host `{value}` has a wildcard in a place where it means nothing",
    meaning: "`*.` at the start stands for one or more labels, `{label}.` for exactly one",
    fix: "write `*.example.com` or `{label}.example.com`, or leave `hosts` out for every host",
};

pub(super) const WILDCARD_OVER_ADDRESS: PolicyExplanation = PolicyExplanation {
    title: "host `{value}` puts a wildcard before an address",
    meaning: "an address has no sub-domains to stand for",
    fix: "write the address alone",
};

pub(super) const DUPLICATE: PolicyExplanation = PolicyExplanation {
    title: "host `{value}` is listed twice",
    meaning: "the second changes nothing and is hard to review",
    fix: "remove one of them",
};
