//! Why a value cannot be part of a policy: a closed list. `corsac-diagnostics` explains each.

use crate::policy_reasons::policy_reasons;

policy_reasons! {
    /// Why a value cannot be part of a policy.
    PolicyErrorReason:

    /// The name is empty.
    NameEmpty "name-empty" "a policy needs a name",
    /// The name has a control character, which logs would carry.
    NameForbiddenCharacter "name-forbidden-character" "a name has no control characters",
    /// Another policy has this name; `related` is that one.
    NameTaken "name-taken" "another policy has this name",
    /// The host is empty.
    HostEmpty "host-empty" "a host is not empty",
    /// More than a host: a scheme, a port, a path, user info.
    HostNotAlone "host-not-alone" "a host stands alone, without scheme, port or path",
    /// The host cannot be that of a URL.
    HostInvalid "host-invalid" "not a host that a URL can have",
    /// The host is written as no URL serialises it: upper case, Unicode, a final dot.
    HostNotSerialized "host-not-serialized" "URLs write this host in another way",
    /// `*` or `{label}` anywhere but as the whole first label.
    HostWildcardMisplaced "host-wildcard-misplaced" "a wildcard is the whole first label: `*.` or `{label}.`",
    /// `*.` or `{label}.` before an address.
    HostWildcardOverAddress "host-wildcard-over-address" "an address has no sub-domains",
    /// The same host is listed twice; `related` is the first.
    HostDuplicate "host-duplicate" "listed twice",
    /// There is no path, so the policy can never apply.
    PathsEmpty "paths-empty" "a policy without paths never applies",
    /// The path does not start with `/`.
    PathNotAbsolute "path-not-absolute" "a path starts with `/`",
    /// `*` is anywhere but alone in the last segment.
    PathWildcardMisplaced "path-wildcard-misplaced" "`*` stands alone in the last segment of a path",
    /// `?` or `#`: a path has no query and no fragment.
    PathQueryOrFragment "path-query-or-fragment" "a path has no query and no fragment",
    /// A `%` without two hexadecimal digits.
    PathPercentEncoding "path-percent-encoding" "`%` is followed by two hexadecimal digits",
    /// An encoded slash, a backslash or a `;`, which servers read in different ways.
    PathAmbiguous "path-ambiguous" "servers read encoded slashes, backslashes and `;` in different ways",
    /// White space or a control character, as such or encoded.
    PathForbiddenCharacter "path-forbidden-character" "a path has no white space and no control characters",
    /// Another path of this policy, or of another, covers exactly the same; `related` is that one.
    PathTie "path-tie" "another path covers exactly the same requests",
    /// The origin is empty.
    OriginEmpty "origin-empty" "an origin is not empty",
    /// `*` in a list: it would allow everybody, so it must be the whole value.
    OriginAnyInList "origin-any-in-list" "`*` is not an origin; it stands for the whole list",
    /// `null` has its own switch, `dangerously_allow_null_origin`.
    OriginNull "origin-null" "`null` is not an origin; any site can make a page that sends it",
    /// White space or a control character.
    OriginForbiddenCharacter "origin-forbidden-character" "an origin has no white space and no control characters",
    /// No `scheme://`.
    OriginSchemeMissing "origin-scheme-missing" "an origin starts with a scheme and `://`",
    /// `ws:` and `wss:`: the page that opens a socket has an origin with `http` or `https`.
    OriginSchemeWebSocket "origin-scheme-web-socket" "pages that open sockets come from `http` and `https`",
    /// The scheme is not a scheme: a lower-case letter, then lower-case letters, digits, `+`, `-`, `.`.
    OriginSchemeInvalid "origin-scheme-invalid" "the scheme is not one that a URL can have",
    /// `file:` pages have an opaque origin; browsers send `null`.
    OriginSchemeFile "origin-scheme-file" "pages from files have no origin; browsers send `null` for them",
    /// User info: an origin has none.
    OriginUserInfo "origin-user-info" "an origin has no user name and no password",
    /// A path, be it only a trailing slash: an origin has none.
    OriginPath "origin-path" "an origin has no path, not even a trailing slash",
    /// A query or fragment: an origin has none.
    OriginQueryOrFragment "origin-query-or-fragment" "an origin has no query and no fragment",
    /// Upper-case letters, which no browser sends.
    OriginUpperCase "origin-upper-case" "browsers send scheme and host in lower case",
    /// A host in Unicode: browsers send punycode.
    OriginUnicodeHost "origin-unicode-host" "browsers send host names in punycode",
    /// The host cannot be that of a URL.
    OriginHostInvalid "origin-host-invalid" "the host is not one that a URL can have",
    /// The host is written as no URL serialises it (`0x7f.1` is `127.0.0.1`).
    OriginHostNotSerialized "origin-host-not-serialized" "browsers write this host in another way",
    /// Two dots in a row, or a dot at the start: no name has an empty label.
    OriginLabelEmpty "origin-label-empty" "a host name has no empty part between dots",
    /// A URL can have the host, but no name has such characters.
    OriginHostCharacter "origin-host-character" "host names have letters, digits, `-` and `_` only",
    /// More than 63 bytes between dots, or more than 253 in all.
    OriginHostTooLong "origin-host-too-long"
        "a host name has at most 63 characters between dots and 253 in all",
    /// The port is the scheme's default, which browsers leave out.
    OriginPortDefault "origin-port-default" "browsers leave out the scheme's default port",
    /// The port is not a number from 1 to 65535 as URLs serialise it, and not `*`. Browsers load no
    /// page from port 0.
    OriginPortInvalid "origin-port-invalid" "a port is a number from 1 to 65535 without leading zeros, or `*`",
    /// `*` or `{label}` anywhere but as the whole first label.
    OriginWildcardMisplaced "origin-wildcard-misplaced" "a wildcard is the whole first label: `*.` or `{label}.`",
    /// `*.` or `{label}.` before an address.
    OriginWildcardOverAddress "origin-wildcard-over-address" "an address has no sub-domains",
    /// A wildcard with a scheme other than `http` and `https`.
    OriginWildcardScheme "origin-wildcard-scheme" "wildcards need the scheme `http` or `https`",
    /// Longer than any origin that browsers send.
    OriginTooLong "origin-too-long" "longer than any origin that browsers send",
    /// The list does not fit: 4294967295 entries or bytes are the most.
    OriginListTooLong "origin-list-too-long" "the list is too long; nothing from here on was read",
    /// The same origin is listed twice; `related` is the first.
    OriginDuplicate "origin-duplicate" "listed twice",
    /// Not a trustworthy origin, with credentials, without `dangerously_allow_insecure`.
    OriginInsecureWithCredentials "origin-insecure-with-credentials"
        "anyone on the network path can pose as this origin and read with the user's credentials",
    /// A wildcard below a public suffix, with credentials, without `dangerously_allow_public_suffix`.
    OriginPublicSuffixWithCredentials "origin-public-suffix-with-credentials"
        "covers a public suffix: anyone can register a name there and read with the user's credentials",
    /// `allow_origins = "*"` with credentials: browsers refuse it.
    AnyOriginWithCredentials "any-origin-with-credentials" "browsers refuse `*` for requests with credentials",
    /// A danger switch without a written reason.
    DangerReasonEmpty "danger-reason-empty" "a danger switch needs a written reason",
    /// The method is not a token.
    MethodNotToken "method-not-token" "not a method: the name has characters that no method has",
    /// `CONNECT`, `TRACE` and `TRACK` can never be sent.
    MethodForbidden "method-forbidden" "no page can send this method",
    /// `*` with credentials means a method named `*`.
    MethodWildcardWithCredentials "method-wildcard-with-credentials"
        "with credentials, browsers read `*` as a method named `*`",
    /// The same method is listed twice, after normalisation; `related` is the first.
    MethodDuplicate "method-duplicate" "listed twice",
    /// The header name is not a token.
    HeaderNotToken "header-not-token" "not a header name: it has characters that no name has",
    /// A script can never set this request header.
    HeaderForbidden "header-forbidden" "no page can set this request header",
    /// A response header of CORS in the list of request headers.
    HeaderIsCorsResponse "header-is-cors-response" "this is a response header of CORS",
    /// `*` with credentials means a header named `*`.
    HeaderWildcardWithCredentials "header-wildcard-with-credentials"
        "with credentials, browsers read `*` as a header named `*`",
    /// The same header name is listed twice; `related` is the first.
    HeaderDuplicate "header-duplicate" "listed twice",
    /// The response-header name is not a token.
    ExposedHeaderNotToken "exposed-header-not-token" "not a header name: it has characters that no name has",
    /// `Set-Cookie` and `Set-Cookie2` are never readable.
    ExposedHeaderForbidden "exposed-header-forbidden" "no page can read this response header",
    /// `Origin`, `Access-Control-Request-Method` or `Access-Control-Request-Headers`: request headers.
    ExposedHeaderIsCorsRequest "exposed-header-is-cors-request" "this is a request header of CORS",
    /// `*` with credentials means a header named `*`.
    ExposedHeaderWildcardWithCredentials "exposed-header-wildcard-with-credentials"
        "with credentials, browsers read `*` as a header named `*`",
    /// `Access-Control-Allow-Methods`, `-Headers` or `-Max-Age`, which only answers to preflights have.
    ExposedHeaderIsOfPreflight "exposed-header-is-of-preflight"
        "this is a response header of preflights, which no page sees",
    /// The same response-header name is listed twice; `related` is the first.
    ExposedHeaderDuplicate "exposed-header-duplicate" "listed twice",
    /// More than 86400 seconds: no browser keeps a preflight longer than a day.
    MaxAgeTooLong "max-age-too-long" "no browser remembers a preflight for more than 86400 seconds",
    /// A guard against cross-site requests beside `allow_origins = "*"`: it would let everybody through.
    CsrfWithAnyOrigin "csrf-with-any-origin" "guarding against other sites makes no sense when every origin is allowed",
}
