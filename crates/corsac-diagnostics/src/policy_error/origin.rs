//! # Origins that no browser sends
//!
//! **What it checks.** An origin is written exactly as browsers write it in the `Origin` header:
//! scheme, `://`, host, and the port when it is not the scheme's default. Nothing else.
//!
//! **Why it matters.** Origins are compared byte by byte. `https://app.example.com/` and
//! `https://APP.example.com:443` never match anything.
//!
//! **Example.** `allow_origins = ["https://app.example.com/login"]`
//!
//! **Use instead.** `allow_origins = ["https://app.example.com"]`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** <https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>,
//! <https://fetch.spec.whatwg.org/#origin-header>.

use super::PolicyExplanation;

pub(super) const EMPTY: PolicyExplanation = PolicyExplanation {
    title: "the origin is empty",
    meaning: "an empty value matches no page",
    fix: "remove it, or write an origin such as `https://app.example.com`",
};

pub(super) const NULL: PolicyExplanation = PolicyExplanation {
    title: "`null` is not one origin",
    meaning: "every site can make pages whose origin is `null`, with a sandboxed frame for instance, so allowing it allows every site",
    fix: "serve the page from a real origin and list that; the key `dangerously_allow_null_origin` is for the rest",
};

pub(super) const FORBIDDEN_CHARACTER: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has white space or a control character",
    meaning: "no origin has such a character",
    fix: "write one origin per item, without spaces",
};

pub(super) const SCHEME_MISSING: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has no scheme",
    meaning: "`http` and `https` make two origins of one host",
    fix: "start it with `https://`, or with `http://` for a local server",
};

pub(super) const SCHEME_INVALID: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` does not start with a scheme",
    meaning: "a scheme is a lower-case letter, then letters, digits, `+`, `-` and `.`",
    fix: "start it with `https://`, without quotes or brackets around it",
};

pub(super) const SCHEME_FILE: PolicyExplanation = PolicyExplanation {
    title: "pages from files have no origin to list",
    meaning: "browsers send `Origin: null` for them, as every site can make its pages do",
    fix: "serve the page from a local web server and list that, such as `http://localhost:8080`",
};

pub(super) const USER_INFO: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a user name or password",
    meaning: "an origin is scheme, host and port",
    fix: "leave out everything between `://` and `@`",
};

pub(super) const PATH: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a path",
    meaning: "an origin is scheme, host and port; browsers send no path, not even a slash",
    fix: "leave out everything after the host and port",
};

pub(super) const QUERY_OR_FRAGMENT: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a query or a fragment",
    meaning: "an origin is scheme, host and port",
    fix: "leave out everything after the host and port",
};

pub(super) const UPPER_CASE: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has upper-case letters",
    meaning: "browsers send origins in lower case, and origins are compared byte by byte",
    fix: "write it in lower case",
};

pub(super) const UNICODE_HOST: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a host in Unicode",
    meaning: "browsers send the host in ASCII (punycode)",
    fix: "write the host as the browser sends it, with `xn--`",
};

pub(super) const HOST_INVALID: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has no valid host",
    meaning: "no URL can have this host, so no page can have this origin",
    fix: "write a host name or an address: `https://app.example.com`, `http://127.0.0.1:8080`",
};

pub(super) const HOST_NOT_SERIALIZED: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a host that browsers write differently",
    meaning: "origins are compared byte by byte, in the form that browsers send",
    fix: "write the host as the browser's address bar ends up with it",
};

pub(super) const PORT_DEFAULT: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` names the default port",
    meaning: "browsers leave out port 443 for `https` and port 80 for `http`",
    fix: "leave out the port",
};

pub(super) const PORT_INVALID: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has no valid port",
    meaning: "a port is a number from 1 to 65535 without leading zeros, or `*` for any",
    fix: "correct the port, or leave it out",
};

pub(super) const TOO_LONG: PolicyExplanation = PolicyExplanation {
    title: "the origin is too long",
    meaning: "no host name is that long, so no page has this origin",
    fix: "write one origin per item",
};

pub(super) const DUPLICATE: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` is listed twice",
    meaning: "a list with repetitions is hard to review",
    fix: "remove one of them",
};

pub(super) const SCHEME_WEB_SOCKET: PolicyExplanation = PolicyExplanation {
    title: "no page has the origin `{value}`",
    meaning: "`ws:` and `wss:` are addresses of sockets; the page that opens one comes from `http` or `https`, and sends that origin",
    fix: "write the page's origin, with `https://`",
};

pub(super) const LABEL_EMPTY: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has an empty part between dots",
    meaning: "a host name is made of labels, and none of them is empty",
    fix: "remove the dot that is too much",
};

pub(super) const HOST_CHARACTER: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a character that no host name has",
    meaning: "host names are made of letters, digits, `-` and `_`",
    fix: "write the name as it stands in DNS",
};

pub(super) const HOST_TOO_LONG: PolicyExplanation = PolicyExplanation {
    title: "origin `{value}` has a host that is too long for a name",
    meaning: "DNS has at most 63 characters between dots and 253 in all",
    fix: "write the name as it stands in DNS",
};

pub(super) const LIST_TOO_LONG: PolicyExplanation = PolicyExplanation {
    title: "the list of origins is too long",
    meaning: "4294967295 entries, or as many bytes, are the most; nothing from here on was read",
    fix: "use a pattern for the origins of one domain: `https://*.tenants.example.com`",
};
