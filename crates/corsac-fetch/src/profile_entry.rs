//! The name, description and source of every difference that a profile can have. A table.

use crate::profile::Profile;

/// A difference, for people to read.
#[derive(Clone, Copy, Debug)]
pub struct ProfileEntry {
    /// Its name, as in [`Step::Profile`](crate::Step::Profile).
    pub name: &'static str,
    /// What the user agent does.
    pub description: &'static str,
    /// Where that is known from.
    pub source: &'static str,
    differs: fn(&Profile) -> bool,
}

impl ProfileEntry {
    /// Every difference that a profile can have, in the order of the fields.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        DIFFERENCES
    }

    /// Whether a profile has this difference.
    #[must_use]
    pub fn is_in(&self, profile: &Profile) -> bool {
        (self.differs)(profile)
    }
}

impl Profile {
    /// The entries in which this profile differs from the standard.
    pub fn entries(&self) -> impl Iterator<Item = &'static ProfileEntry> {
        DIFFERENCES.iter().filter(|entry| entry.is_in(self))
    }
}

macro_rules! differences {
    ($($field:ident, $name:literal, $description:literal, $source:literal;)*) => {
        /// Every difference that a profile can have. The order is that of the fields.
        const DIFFERENCES: &[ProfileEntry] = &[$(ProfileEntry {
            name: $name,
            description: $description,
            source: $source,
            differs: |profile| profile.$field != Profile::STANDARD.$field,
        },)*];

        // A field without an entry does not compile.
        const _: fn(&Profile) = |profile| {
            let Profile { $($field: _),* } = profile;
        };
    };
}

differences! {
    max_age_limit, "max-age-limit",
        "Access-Control-Max-Age is capped: at 7200 s in Chromium, 86400 s in Firefox, 600 s in WebKit",
        "measured in Chromium 156 and WebKitGTK 2.50; nsCORSListenerProxy.cpp for Firefox";
    max_age_syntax, "max-age-syntax",
        "Chromium and WebKit read Access-Control-Max-Age as a signed 64-bit number, so that `+600` counts, `-1` is 0 and what does not fit is 5 s; in Firefox everything but digits is 0",
        "recorded: sequences of the topics max-age-immediate and max-age-time";
    preflight_cache_capacity, "preflight-cache-capacity",
        "the preflight cache of Firefox holds 100 requests; of WebKit 1,100 and more",
        "recorded: with 98 other requests Firefox keeps an entry, with 101 not; WebKit keeps it with 1,100";
    preflight_cache_eviction, "preflight-cache-eviction",
        "from a full preflight cache Chromium removes any request, not the least recently used",
        "services/network/cors/preflight_cache.cc; recorded: 1,100 other requests leave the first";
    preflight_cache_replaces, "preflight-cache-replaces",
        "Chromium and WebKit keep one preflight answer for an origin and URL: a new one replaces it, a request that it does not allow removes it",
        "recorded: allowing x-a, then x-b, then x-a again takes three preflights";
    preflight_cache_by_credentials, "preflight-cache-by-credentials",
        "Firefox does not reuse an entry made with credentials for a request without",
        "recorded: include, then omit";
    preflight_cache_wildcard, "preflight-cache-wildcard",
        "a cached `*` is worth nothing in Firefox, nothing for requests with credentials in Chromium and WebKit, and covers Authorization in WebKit",
        "recorded: sequences of the topics method and header";
    preflight_cache_needs_head, "preflight-cache-needs-head",
        "Firefox reuses an answer for HEAD only if that lists HEAD",
        "recorded; nsCORSListenerProxy.cpp, CacheEntry::CheckRequest";
    preflight_flag_ignored_in_answers, "preflight-flag-ignored-in-answers",
        "listeners on XMLHttpRequest.upload do not make a cached answer list GET, HEAD or POST, nor stand in for a missing Access-Control-Allow-Methods",
        "recorded in Chromium 156 and Firefox 153";
    preflight_cache_survives_failure, "preflight-cache-survives-failure",
        "Chromium and WebKit keep the preflight entry of a request that fails after its preflight",
        "recorded: the actual response fails the CORS check, or the connection closes";
    preflight_cache_stores_refusals, "preflight-cache-stores-refusals",
        "WebKit caches what a preflight answer allows although it refuses the request at hand",
        "recorded: PUT is refused by `Access-Control-Allow-Methods: DELETE`, then DELETE needs no preflight";
    preflight_cache_bypass, "preflight-cache-bypass",
        "the cache modes no-store and reload (in Chromium also no-cache) bypass the preflight cache",
        "recorded: sequences of the topic cache-mode";
    preflight_cache_null_origin, "preflight-cache-null-origin",
        "Chromium does not cache preflights of the origin `null`; WebKit does not after a redirect",
        "recorded: a sandboxed frame; a redirect to another origin";
    preflight_cache_url_limit, "preflight-cache-url-limit",
        "Chromium does not cache preflights for URLs of 1,024 characters and more",
        "recorded: a path of 520 characters is cached, one of 2,000 is not; services/network/cors/preflight_cache.cc";
    preflight_cache_forgets_ip_addresses, "preflight-cache-forgets-ip-addresses",
        "Firefox forgets preflights when it looks up the host again, which for an IP address is with each connection",
        "recorded: three requests to 127.0.0.1; nsCORSListenerProxy.cpp, CheckDNSCache";
    wildcard_covers_authorization, "wildcard-covers-authorization",
        "`*` in Access-Control-Allow-Headers covers Authorization, with a warning in the console",
        "recorded in Chromium 156, Firefox 153 and WebKitGTK 2.50; https://github.com/whatwg/fetch/issues/1919";
    repeated_request_headers, "repeated-request-headers",
        "a request header that is given twice is judged by its combined value in Chromium and WebKit; Firefox lists its name twice",
        "recorded: Accept of 2 x 100 bytes; `x-b,x-a,x-b`";
    safelist_ignores_total_size, "safelist-ignores-total-size",
        "Firefox has no limit for all safelisted request headers together",
        "recorded: Accept of 10 x 120 bytes";
    safelist_has_client_hints, "safelist-has-client-hints",
        "Chromium safelists DPR, Device-Memory, Downlink, ECT, RTT, Save-Data, Viewport-Width and Width with valid values, and Intervention",
        "recorded in Chromium 156; services/network/public/cpp/cors/cors.cc";
    safelist_has_user_agent, "safelist-has-user-agent",
        "User-Agent set by a script needs no preflight in Chromium",
        "recorded in Chromium 156";
    safelist_refuses_non_ascii, "safelist-refuses-non-ascii",
        "bytes above 0x7F in Accept and Content-Type need a preflight in Firefox",
        "recorded in Firefox 153";
    safelist_refuses_empty_parameters, "safelist-refuses-empty-parameters",
        "`text/plain;;` needs a preflight in Firefox",
        "recorded in Firefox 153";
    safelisted_range, "safelisted-range",
        "positions in Range are limited to 63 bits in Chromium and 64 bits in Firefox and WebKit; WebKit takes `Bytes=` and `bytes=+0-`",
        "recorded: matrix topic request-header";
    preflight_after_redirect, "preflight-after-redirect",
        "after a preflight a redirected request is preflighted again though its new form needs none; Firefox and WebKit list headers that the redirect took away",
        "recorded: matrix topic redirect";
    preflight_origin_ignores_redirects, "preflight-origin-ignores-redirects",
        "after a redirect to another origin the preflight of Firefox still carries the page's origin, and back at that origin its answer needs no Access-Control-Allow-Origin",
        "recorded: matrix topics redirect and redirect-chain";
    redirected_delete_becomes_get, "redirected-delete-becomes-get",
        "WebKitGTK turns a DELETE that is redirected to another origin into GET, whatever the status",
        "recorded: matrix topic redirect";
    empty_location, "empty-location",
        "an empty Location is no redirect in Chromium and a network error in WebKit",
        "recorded: matrix topic redirect-location";
    several_locations, "several-locations",
        "several Location lines: Chromium and Firefox accept equal ones, WebKit joins them",
        "recorded: matrix topic redirect-location";
    location_credentials_refused, "location-credentials-refused",
        "Chromium follows no redirect to a URL with user info, in no mode",
        "recorded: matrix topic redirect-location";
    redirect_error_needs_location, "redirect-error-needs-location",
        "redirect mode error lets 3xx without Location through in Chromium and WebKit",
        "recorded in Chromium 156 and WebKitGTK 2.50";
    origin_header_ignores_referrer_policy, "origin-header-ignores-referrer-policy",
        "the referrer policy does not change the Origin header in Chromium",
        "recorded: POST from https to http://127.0.0.1; policy no-referrer";
    redirect_keeps_origin_header, "redirect-keeps-origin-header",
        "WebKit keeps the Origin header of a POST when a redirect within the origin turns it into GET",
        "recorded in WebKitGTK 2.50";
    local_network_access, "local-network-access",
        "in Chromium and Firefox a public page needs a permission to reach a local or loopback address; without it the request is refused before anything is sent",
        "recorded: Chromium 156 with --ip-address-space-overrides; measured: Chromium 156 and Firefox 153 with a page at a public address; https://wicg.github.io/local-network-access/";
    local_network_access_spares_web_sockets, "local-network-access-spares-web-sockets",
        "in Firefox a WebSocket needs no such permission",
        "the preference network.lna.websocket.enabled of Firefox 153 is false";
    loopback_page_is_unrestricted, "loopback-page-is-unrestricted",
        "a page from http://localhost or http://127.0.0.1 may load from every http: URL; by the letter of Mixed Content its trustworthy origin restricts it",
        "recorded: pages on http://localhost:23001 load from http://api.example.test in Chromium 156, Firefox 153 and WebKitGTK 2.50";
    loopback_is_mixed_content, "loopback-is-mixed-content",
        "http://127.0.0.1 and http://localhost are mixed content on a secure page in WebKitGTK",
        "recorded in WebKitGTK 2.50";
    redirected_preflight_may_be_mixed_content, "redirected-preflight-may-be-mixed-content",
        "after a redirect WebKit sends the preflight before it blocks mixed content",
        "recorded in WebKitGTK 2.50";
    unblocked_ports, "unblocked-ports",
        "Chromium does not block port 4190",
        "recorded in Chromium 156";
    refuses_unspecified_address, "unspecified-address",
        "Firefox and WebKit refuse requests to 0.0.0.0",
        "recorded: matrix topic url";
    refuses_about_blank, "about-blank",
        "Chromium and WebKit refuse to fetch about:blank",
        "recorded: matrix topic url";
    data_url_has_length, "data-url-has-length",
        "the response to fetch() of a data: URL has Content-Length in Firefox",
        "recorded: matrix topic url";
    ip_address_is_no_site, "ip-address-is-no-site",
        "Cross-Origin-Resource-Policy: same-site does not let two ports of an IP address share in Chromium",
        "recorded in Chromium 156";
    unrepeatable_response_headers, "unrepeatable-response-headers",
        "different lines of Content-Length or Content-Disposition are a network error in Chromium and Firefox",
        "recorded: matrix topic framing";
    single_response_headers, "single-response-headers",
        "of several lines of a response header that can have one value only, Firefox keeps the first; of Content-Type it joins all by a comma without a space",
        "recorded: r02024, m2281; nsHttpHeaderArray.h, IsSingletonHeader";
    misdirected_content_type_stays, "misdirected-content-type-stays",
        "when Firefox repeats a request after status 421, it joins the Content-Type of both answers",
        "recorded: m1512";
    refuses_proxy_authentication, "proxy-authentication",
        "status 407 from a server is a network error in Chromium",
        "recorded: matrix topic actual-status-no-acao";
    empty_response_lines_are_dropped, "empty-response-lines-are-dropped",
        "an empty second line of Access-Control-Allow-Credentials does no harm in Firefox",
        "recorded: matrix topics acac-actual and acac-preflight";
    lenient_response_lines, "lenient-response-lines",
        "Chromium takes white space between a header's name and the colon, and a bare CR for the end of a line",
        "recorded: matrix topic wire-syntax";
    stream_body, "stream-body",
        "a ReadableStream as body fails after the preflight in Chromium over HTTP/1.1, at once in WebKit, and is a string in Firefox",
        "recorded: matrix topic body";
    impossible_request_headers, "header-forbidden-by-network-stack",
        "Chromium makes no request with Available-Dictionary set by a script",
        "recorded in Chromium 156";
    font_without_cors, "font-without-cors",
        "WebKitGTK loads fonts without CORS",
        "recorded: @font-face in WebKitGTK 2.50";
    cross_origin_worker_throws, "cross-origin-worker-throws",
        "`new Worker()` with another origin's URL throws in Chromium and WebKit",
        "recorded: an error event in Firefox";
    preload_failure_is_silent, "preload-failure-is-silent",
        "<link rel=preload as=fetch> fires its load event in Firefox although the answer was refused",
        "recorded in Firefox 153";
    preflight_site, "preflight-site",
        "Sec-Fetch-Site of a preflight is about the current URL alone in Chromium and Firefox, whatever redirects came before; in WebKit it is cross-site where Origin is `null`",
        "replayed live: recorded lines r00733, r00826, r01526";
    preflight_always_has_mode, "preflight-always-has-mode",
        "a preflight of Chromium to a URL that is not trustworthy carries Sec-Fetch-Mode, and no other Sec-Fetch header",
        "replayed live: recorded line r00840 and 82 others";
    bare_hosts_have_no_site, "bare-hosts-have-no-site",
        "for localhost and addresses Firefox says in Sec-Fetch-Site same-site whatever the scheme, and cross-site after a redirect that involves another origin",
        "recorded: m2025 and 7 others; r00034, r00320, r00733, r01426, r02792";
    redirects_lose_metadata, "redirects-lose-metadata",
        "in WebKit a request with mode cors has no Sec-Fetch headers after a redirect to another origin, nor has a preflight after a redirect where the first URL is not trustworthy",
        "recorded: 155 lines, among them r00238, r00489, r01189";
    dotted_localhost_is_untrustworthy, "dotted-localhost-is-untrustworthy",
        "WebKit sends no Sec-Fetch headers to `http://localhost.`",
        "recorded: m2368, m2370";
    unknown_resource_policy_is_enough, "unknown-resource-policy-is-enough",
        "under an embedder policy Firefox takes an answer whose Cross-Origin-Resource-Policy has an unknown value",
        "seen live: `junk` under require-corp (g1-00100)";
    web_socket_metadata, "web-socket-metadata",
        "the handshake of a WebSocket carries no Sec-Fetch headers in Chromium, and Sec-Fetch-Dest: websocket in WebKit",
        "measured: a page on http://localhost, Chromium 156, Firefox 153 and WebKitGTK 2.50";
    media_asks_for_range, "media-asks-for-range",
        "<video> and <audio> ask for `Range: bytes=0-` in Chromium and Firefox",
        "measured: a page on http://localhost, Chromium 156, Firefox 153 and WebKitGTK 2.50";
    loaded_mixed_content, "loaded-mixed-content",
        "into a secure page WebKit loads an image from http://127.0.0.1, and Firefox a text track over http, each with a warning on the console",
        "seen live: `<img crossorigin>` (g2-00205), `<track>` (g5-00229)";
    redirected_frame_needs_no_policy, "redirected-frame-needs-no-policy",
        "WebKit follows the redirect of a frame under an embedder policy though the redirect itself does not agree to be embedded",
        "seen live: Chromium and Firefox stop there (g2-00105, g2-00110)";
    mixed_beacon_returns_false, "mixed-beacon-returns-false",
        "`sendBeacon()` of a secure page to an http: URL returns false in WebKit",
        "seen live: g2-00238";
    element_gets_carry_origin, "element-gets-carry-origin",
        "with the attribute crossorigin, and for modules, Chromium and WebKit send Origin with the GET of an image, script, stylesheet, font or text track of the page's own origin",
        "seen live: 12 lines, among them g2-00256, g2-00212, g2-00064";
    storage_access_origin, "storage-access-origin",
        "where a frame of another site (a sandboxed one, too) asks the site of the tab with credentials, Chromium and Firefox send Origin with a GET without CORS",
        "seen live: g1-00331, g2-00209, g2-00223; https://privacycg.github.io/storage-access-headers/";
    manual_redirect_needs_url, "manual-redirect-needs-url",
        "in redirect mode manual Chromium refuses a Location that does not parse",
        "seen live: `http://[` (g2-00206)";
    header_values_are_utf8, "header-values-are-utf8",
        "bytes of a response header's value that are not UTF-8 are read as the bytes of U+FFFD in WebKitGTK",
        "seen live: `caf\u{e9}` in a header that is exposed";
    opaque_responses, "opaque-response-blocking",
        "Chromium and Firefox keep answers without CORS that no element could use away from the page: HTML, JSON and XML that are marked nosniff or are sniffed, CSV, PDF and others; Chromium sniffs under a JavaScript type too",
        "measured: 135 answers (cases/opaque-responses) to fetch(), <img> and <script> in Chromium 156, Firefox 153 and WebKitGTK 2.50; https://github.com/annevk/orb";
    upload_listeners_need_body, "upload-listeners-need-body",
        "in Chromium listeners on XMLHttpRequestUpload force a preflight only if there is a body",
        "seen live: 30 lines (cases/browsers/live.jsonl)";
    stream_body_sets_mode_cors, "stream-body-sets-mode-cors",
        "in Chromium a stream as the body turns mode `same-origin` into `cors` with a preflight",
        "seen live: 8 lines (cases/browsers/live.jsonl)";
    credentialless_is_unknown, "credentialless-is-unknown",
        "WebKit does not know the embedder policy `credentialless`",
        "seen live: the cookies of 25 lines (cases/browsers/live.jsonl)";
    cookie_site, "cookie-site",
        "for SameSite, Firefox and WebKit ignore the scheme, Chromium ignores earlier redirects, and WebKit does where the redirect leads to the very host of the page",
        "recorded: the names of the cookies that arrived; soup_host_matches_host in libsoup's soup-cookie-jar.c";
    unset_same_site, "unset-same-site",
        "a cookie without SameSite goes cross-site in Firefox and WebKit",
        "recorded: the names of the cookies that arrived";
    third_party_cookies_are_blocked, "third-party-cookies-are-blocked",
        "Chromium sends no cookies cross-site, as Debian's package is set up, but those with the attribute Partitioned",
        "recorded: the names of the cookies that arrived; https://github.com/privacycg/CHIPS";
    third_party_cookies_are_partitioned, "third-party-cookies-are-partitioned",
        "Firefox keeps the cookies of other sites apart for each top-level site",
        "the preference network.cookie.cookieBehavior of Firefox 153 is 5";
    secure_cookies, "secure-cookies",
        "Secure cookies go to http://localhost and http://127.0.0.1 except in WebKit",
        "recorded: the names of the cookies that arrived";
}

/// The name of [`Profile::wildcard_covers_authorization`] in the trace.
pub(crate) const WILDCARD_COVERS_AUTHORIZATION: &str = "wildcard-covers-authorization";
/// The names that are also refusals.
pub(crate) const UNREPEATABLE_HEADERS: &str = "unrepeatable-response-headers";
pub(crate) const UNSPECIFIED_ADDRESS: &str = "unspecified-address";
pub(crate) const PROXY_AUTHENTICATION: &str = "proxy-authentication";
pub(crate) const ABOUT_BLANK: &str = "about-blank";
pub(crate) const OPAQUE_RESPONSE_BLOCKING: &str = "opaque-response-blocking";
pub(crate) const STREAM_BODY: &str = "stream-body";
pub(crate) const FORBIDDEN_BY_NETWORK: &str = "header-forbidden-by-network-stack";
