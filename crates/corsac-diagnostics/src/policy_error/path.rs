//! # Paths
//!
//! **What it checks.** A path starts with `/`, is written as one URL path can be read in one way only,
//! and no two policies claim exactly the same one.
//!
//! **Why it matters.** The path decides which policy applies. Where two servers can read a path in two
//! ways, a request could be judged by one policy and served by another.
//!
//! **Example.** `paths = ["api/*", "/files/*.png", "/a%2Fb"]`
//!
//! **Use instead.** `paths = ["/api/*", "/files/*", "/a/b"]`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** The policy file, key `paths`; <https://url.spec.whatwg.org/#concept-url-path>.

use super::PolicyExplanation;

pub(super) const NONE: PolicyExplanation = PolicyExplanation {
    title: "the policy has no path",
    meaning: "a policy without a path never applies",
    fix: "list the paths it covers: `paths = [\"/api/*\"]`",
};

pub(super) const NOT_ABSOLUTE: PolicyExplanation = PolicyExplanation {
    title: "path `{value}` does not start with `/`",
    meaning: "paths are matched from the root of the server",
    fix: "start the path with `/`",
};

pub(super) const WILDCARD_MISPLACED: PolicyExplanation = PolicyExplanation {
    title: "path `{value}` has `*` in a place where it means nothing",
    meaning: "`*` is only known as the whole last segment: `/api/*` is everything below `/api/`",
    fix: "end the path with `/*`, or list each path",
};

pub(super) const QUERY_OR_FRAGMENT: PolicyExplanation = PolicyExplanation {
    title: "path `{value}` has a query or a fragment",
    meaning: "policies are chosen by path alone, and a fragment never reaches a server",
    fix: "leave out everything from `?` or `#`",
};

pub(super) const PERCENT_ENCODING: PolicyExplanation = PolicyExplanation {
    title: "path `{value}` has a `%` that encodes nothing",
    meaning: "`%` must be followed by two hexadecimal digits",
    fix: "write a real `%` as `%25`",
};

pub(super) const AMBIGUOUS: PolicyExplanation = PolicyExplanation {
    title: "servers read path `{value}` in different ways",
    meaning: "an encoded slash, a backslash or a `;` ends a segment on some servers and not on others, so different policies could apply",
    fix: "write `/` where a segment ends, and leave the others out",
};

pub(super) const FORBIDDEN_CHARACTER: PolicyExplanation = PolicyExplanation {
    title: "path `{value}` has white space or a control character",
    meaning: "neither as such nor percent-encoded does it belong in the path of an API",
    fix: "remove it",
};

pub(super) const TIE: PolicyExplanation = PolicyExplanation {
    title: "path `{value}` is claimed twice",
    meaning: "the most specific path wins, and these two are equally specific",
    fix: "remove one of them, or make one more specific",
};
