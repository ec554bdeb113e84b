//! Where each user agent leaves the standard: data, not forks. One field per difference; its entry
//! ([`ProfileEntry`](crate::profile_entry::ProfileEntry)) names it and gives the source, and
//! `profile_of_user_agent.rs` has the values.

use crate::cookies::{CookieSite, SameSite, SecureCookies};
use crate::request_init::Initiator;
use crate::request_modes::CacheMode;

/// Where a user agent leaves the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// "An imposed limit on max-age" of the preflight cache, in seconds.
    pub max_age_limit: Option<u64>,
    /// How `Access-Control-Max-Age` is read.
    pub max_age_syntax: MaxAgeSyntax,
    /// How many requests (by partition, origin and URL) the preflight cache remembers.
    pub preflight_cache_capacity: usize,
    /// Which request goes when the preflight cache is full.
    pub preflight_cache_eviction: CacheEviction,
    /// The preflight cache has one record for a request: a new preflight replaces it, and a request
    /// that it does not allow removes it.
    pub preflight_cache_replaces: bool,
    /// Entries made with and without credentials are kept apart in both directions.
    pub preflight_cache_by_credentials: bool,
    /// What `*` in a cached answer is worth.
    pub preflight_cache_wildcard: CachedWildcard,
    /// A cached answer must list HEAD for a HEAD request.
    pub preflight_cache_needs_head: bool,
    /// The use-CORS-preflight flag makes neither a cached answer list a safelisted method, nor the
    /// request's method allowed where the answer lists none.
    pub preflight_flag_ignored_in_answers: bool,
    /// The cache keeps its entries when the request fails after its preflight.
    pub preflight_cache_survives_failure: bool,
    /// An answer that does not allow the request is cached all the same.
    pub preflight_cache_stores_refusals: bool,
    /// Cache modes with which the preflight cache is not asked.
    pub preflight_cache_bypass: &'static [CacheMode],
    /// Whether answers for the origin `null` are cached.
    pub preflight_cache_null_origin: CachedNullOrigin,
    /// URLs of this length and more are not cached.
    pub preflight_cache_url_limit: Option<usize>,
    /// A new connection to an IP address forgets the entries of that host. Each fetch opens one, up to
    /// six.
    pub preflight_cache_forgets_ip_addresses: bool,
    /// `Access-Control-Allow-Headers: *` covers `Authorization`.
    pub wildcard_covers_authorization: bool,
    /// How a request header that is given several times is judged and listed.
    pub repeated_request_headers: RepeatedRequestHeaders,
    /// The size of all safelisted request headers together has no limit.
    pub safelist_ignores_total_size: bool,
    /// Client hints with a valid value, and `Intervention`, are safelisted.
    pub safelist_has_client_hints: bool,
    /// `User-Agent` set by a script needs no preflight.
    pub safelist_has_user_agent: bool,
    /// Bytes above 0x7F are unsafe in `Accept` and `Content-Type`.
    pub safelist_refuses_non_ascii: bool,
    /// An empty parameter in `Content-Type` (`;;`) is unsafe.
    pub safelist_refuses_empty_parameters: bool,
    /// Which positions a safelisted `Range` can have.
    pub safelisted_range: SafelistedRange,
    /// Whether a redirected request asks for a preflight that its new form does not need.
    pub preflight_after_redirect: PreflightAfterRedirect,
    /// A preflight carries the page's own origin, whatever redirects came before; where the redirect
    /// leads back to that origin, its answer needs no Access-Control-Allow-Origin.
    pub preflight_origin_ignores_redirects: bool,
    /// A DELETE that is redirected to another origin becomes a GET, whatever the status.
    pub redirected_delete_becomes_get: bool,
    /// What an empty `Location` is.
    pub empty_location: EmptyLocation,
    /// What several `Location` lines are.
    pub several_locations: SeveralLocations,
    /// User info in `Location` is always refused.
    pub location_credentials_refused: bool,
    /// Redirect mode `error` lets a redirect status without `Location` through.
    pub redirect_error_needs_location: bool,
    /// The referrer policy does not change the `Origin` header.
    pub origin_header_ignores_referrer_policy: bool,
    /// A redirect within an origin keeps the `Origin` header that the request had.
    pub redirect_keeps_origin_header: bool,
    /// A public page needs a permission to reach a local or loopback address, preflights included.
    pub local_network_access: bool,
    /// WebSockets need no such permission.
    pub local_network_access_spares_web_sockets: bool,
    /// A page from `http://127.0.0.1` or `http://localhost` may load from everywhere.
    pub loopback_page_is_unrestricted: bool,
    /// `http://127.0.0.1` and `http://localhost` are mixed content on a secure page.
    pub loopback_is_mixed_content: bool,
    /// After a redirect, mixed content is blocked only once the preflight is passed.
    pub redirected_preflight_may_be_mixed_content: bool,
    /// Bad ports that are not blocked.
    pub unblocked_ports: &'static [u16],
    /// Requests to 0.0.0.0 are refused.
    pub refuses_unspecified_address: bool,
    /// `fetch("about:blank")` in mode `no-cors` is refused.
    pub refuses_about_blank: bool,
    /// `fetch()` of a `data:` URL has a `Content-Length`.
    pub data_url_has_length: bool,
    /// `Cross-Origin-Resource-Policy: same-site` asks for the same origin where the server is named
    /// by an IP address.
    pub ip_address_is_no_site: bool,
    /// Response headers that may come several times only with the same value.
    pub unrepeatable_response_headers: &'static [&'static str],
    /// Response headers that have one line whatever comes: the first one; of `Content-Type` all, joined by
    /// `,`.
    pub single_response_headers: &'static [&'static str],
    /// After an answer with status 421 its Content-Type counts beside that of the repeated request's answer.
    pub misdirected_content_type_stays: bool,
    /// An answer with status 407 that no proxy gave is refused.
    pub refuses_proxy_authentication: bool,
    /// An empty line of a response header adds nothing to another line of the same name.
    pub empty_response_lines_are_dropped: bool,
    /// White space between the name of a response header and the colon is ignored, and a bare CR
    /// ends the line.
    pub lenient_response_lines: bool,
    /// What becomes of a body that is a stream.
    pub stream_body: StreamBody,
    /// Request headers that a script may set, and with which no request can be made.
    pub impossible_request_headers: &'static [&'static str],
    /// `@font-face` does not use CORS.
    pub font_without_cors: bool,
    /// `new Worker()` with another origin's URL throws at once.
    pub cross_origin_worker_throws: bool,
    /// `<link rel=preload as=fetch>` fires its load event whatever comes of the request.
    pub preload_failure_is_silent: bool,
    /// Which URLs the `Sec-Fetch-Site` of a preflight is about.
    pub preflight_site: PreflightSite,
    /// A preflight carries `Sec-Fetch-Mode` even where no other `Sec-Fetch-*` header goes.
    pub preflight_always_has_mode: bool,
    /// For hosts without a registrable domain, as `localhost` and addresses, `Sec-Fetch-Site` is
    /// `same-site` whatever the scheme, and `cross-site` after a redirect that involves another origin.
    pub bare_hosts_have_no_site: bool,
    /// A redirect to another origin takes the `Sec-Fetch-*` headers from a request with mode `cors`, and a
    /// preflight has none after a URL that is not trustworthy.
    pub redirects_lose_metadata: bool,
    /// `localhost.` with its dot is no trustworthy host for `Sec-Fetch-*`.
    pub dotted_localhost_is_untrustworthy: bool,
    /// A `Cross-Origin-Resource-Policy` of an unknown value satisfies the embedder policy.
    pub unknown_resource_policy_is_enough: bool,
    /// Which `Sec-Fetch-*` headers the handshake of a WebSocket carries.
    pub web_socket_metadata: WebSocketMetadata,
    /// `<video>` and `<audio>` ask for `Range: bytes=0-`.
    pub media_asks_for_range: bool,
    /// What is loaded over http into a secure page where it cannot be upgraded.
    pub loaded_mixed_content: &'static [Initiator],
    /// A redirect of a frame need not satisfy the page's embedder policy.
    pub redirected_frame_needs_no_policy: bool,
    /// `sendBeacon()` tells that Mixed Content forbids it.
    pub mixed_beacon_returns_false: bool,
    /// A GET of an image, script or stylesheet with mode `cors` carries `Origin` within the origin, too.
    pub element_gets_carry_origin: bool,
    /// When a request of a frame that goes to the site of the whole tab carries `Origin` beside its
    /// cookies: `Sec-Fetch-Storage-Access: inactive` asks for that.
    pub storage_access_origin: StorageAccessOrigin,
    /// Redirect mode `manual` refuses a `Location` that does not parse.
    pub manual_redirect_needs_url: bool,
    /// Bytes of header values that are not UTF-8 become U+FFFD.
    pub header_values_are_utf8: bool,
    /// What becomes of answers without CORS that no element could use.
    pub opaque_responses: OpaqueResponses,
    /// Listeners on `XMLHttpRequestUpload` force a preflight only if there is a body.
    pub upload_listeners_need_body: bool,
    /// A request with a stream as its body has mode `cors` instead of `same-origin`.
    pub stream_body_sets_mode_cors: bool,
    /// The embedder policy `credentialless` is no policy.
    pub credentialless_is_unknown: bool,
    /// What makes a request same-site for cookies.
    pub cookie_site: CookieSite,
    /// What a cookie without SameSite is taken for.
    pub unset_same_site: SameSite,
    /// No cookies go along with cross-site requests, but those with the attribute Partitioned.
    pub third_party_cookies_are_blocked: bool,
    /// Each top-level site has cookies of its own for every other site.
    pub third_party_cookies_are_partitioned: bool,
    /// Where Secure cookies go.
    pub secure_cookies: SecureCookies,
}

/// Ways to read `Access-Control-Max-Age`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaxAgeSyntax {
    /// Digits; everything else is 5 seconds.
    Standard,
    /// A signed 64-bit number, below zero is zero; everything else is 5 seconds.
    Signed,
    /// Digits, or nothing for 5 seconds; everything else is zero.
    Strict,
}

/// Which request leaves a full preflight cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheEviction {
    /// The least recently used.
    LeastRecentlyUsed,
    /// Any.
    Arbitrary,
}

/// What `*` in a cached preflight answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachedWildcard {
    /// What the standard says: everything but `Authorization`.
    Standard,
    /// What the standard says, but nothing for a request with credentials.
    WithoutCredentials,
    /// As `WithoutCredentials`, and `Authorization` too.
    CoversAuthorization,
    /// Nothing.
    Nothing,
}

/// Whether preflight answers for the origin `null` are cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachedNullOrigin {
    /// They are.
    Yes,
    /// Those for a page with an opaque origin, not those after a redirect.
    OpaquePages,
    /// They are not.
    No,
}

/// How a request header that is given several times is judged and listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatedRequestHeaders {
    /// Each line is judged; the name is listed once.
    Lines,
    /// The combined value is judged.
    Combined,
    /// Each line is judged, and lists the name again.
    LinesRepeated,
}

/// Which positions a safelisted `Range` can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafelistedRange {
    /// The greatest position.
    pub limit: Option<u64>,
    /// `bytes` in any case, and `+` before a position.
    pub lenient: bool,
}

/// Whether a redirected request asks for a preflight that its new form does not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreflightAfterRedirect {
    /// It does not.
    AsNeeded,
    /// It does if the request as first made is one that needs a preflight. It lists the names that
    /// the request had at first, without those that this redirect takes away.
    IfFirstNeeded,
    /// It does after a preflight was needed; and it lists the names of all headers that the request
    /// had at first.
    AfterPreflight,
}

/// What an empty `Location` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyLocation {
    /// The same URL again.
    SameUrl,
    /// No redirect.
    NoRedirect,
    /// A network error.
    Error,
}

/// What several `Location` lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeveralLocations {
    /// A network error.
    Error,
    /// The location, if all lines are equal; otherwise a network error.
    EqualLines,
    /// One value, joined by `, `.
    Joined,
}

/// What becomes of a body that is a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamBody {
    /// It is sent.
    Sent,
    /// It is refused once the preflight is passed: it needs HTTP/2.
    RefusedAfterPreflight,
    /// It is refused at once.
    Refused,
    /// Streams are unknown: it is the string that the object becomes.
    String,
}

/// Which `Sec-Fetch-*` headers the handshake of a WebSocket carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebSocketMetadata {
    /// All, the destination being `empty`.
    Standard,
    /// All, the destination being `websocket`.
    OwnDestination,
    /// None.
    None,
}

/// What becomes of answers without CORS that no element could use: Opaque Response Blocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpaqueResponses {
    /// They reach the page's process.
    Allowed,
    /// They do not; a JavaScript type is believed, and `text/plain` with nosniff is no data.
    ByType,
    /// They do not; under a JavaScript type too the first bytes decide.
    BySniffing,
}

/// Which URLs the `Sec-Fetch-Site` of a preflight is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreflightSite {
    /// Those of the whole redirect chain.
    Chain,
    /// The current one.
    CurrentUrl,
    /// Those of the chain; it is `cross-site` where the preflight's origin is `null`.
    OfOrigin,
}

/// When a frame's request to the site of the whole tab carries `Origin` beside its cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageAccessOrigin {
    /// Never.
    Never,
    /// When the sites are the same.
    SameSite,
    /// When the sites are the same, whatever the scheme, and no redirect led to another
    /// origin.
    SchemelesslySameSite,
}
