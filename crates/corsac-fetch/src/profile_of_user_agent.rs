//! The profiles: what each user agent does, as recorded (`cases/browsers/README.md` says how and with
//! which versions). Fields that are not named are the standard's.

use crate::profile::{
    CacheEviction, CachedNullOrigin, CachedWildcard, EmptyLocation, MaxAgeSyntax, PreflightAfterRedirect,
    Profile, RepeatedRequestHeaders, SafelistedRange, SeveralLocations, StreamBody,
};
use crate::request_modes::CacheMode;

impl Profile {
    /// The standard, read literally.
    pub const STANDARD: Self = Self {
        max_age_limit: None,
        max_age_syntax: MaxAgeSyntax::Standard,
        preflight_cache_capacity: 1024,
        preflight_cache_eviction: CacheEviction::LeastRecentlyUsed,
        preflight_cache_replaces: false,
        preflight_cache_by_credentials: false,
        preflight_cache_wildcard: CachedWildcard::Standard,
        preflight_cache_needs_head: false,
        preflight_flag_ignored_in_answers: false,
        preflight_cache_survives_failure: false,
        preflight_cache_stores_refusals: false,
        preflight_cache_bypass: &[],
        preflight_cache_null_origin: CachedNullOrigin::Yes,
        preflight_cache_url_limit: None,
        preflight_cache_skips_ip_addresses: false,
        wildcard_covers_authorization: false,
        repeated_request_headers: RepeatedRequestHeaders::Lines,
        safelist_ignores_total_size: false,
        safelist_has_client_hints: false,
        safelist_has_user_agent: false,
        safelist_refuses_non_ascii: false,
        safelist_refuses_empty_parameters: false,
        safelisted_range: SafelistedRange {
            limit: None,
            lenient: false,
        },
        preflight_after_redirect: PreflightAfterRedirect::AsNeeded,
        preflight_origin_ignores_redirects: false,
        redirected_delete_becomes_get: false,
        empty_location: EmptyLocation::SameUrl,
        several_locations: SeveralLocations::Error,
        location_credentials_refused: false,
        redirect_error_needs_location: false,
        origin_header_ignores_referrer_policy: false,
        redirect_keeps_origin_header: false,
        loopback_is_mixed_content: false,
        redirected_preflight_may_be_mixed_content: false,
        refuses_unspecified_address: false,
        refuses_about_blank: false,
        data_url_has_length: false,
        ip_address_is_no_site: false,
        unrepeatable_response_headers: &[],
        empty_response_lines_are_dropped: false,
        lenient_response_lines: false,
        stream_body: StreamBody::Sent,
        impossible_request_headers: &[],
        font_without_cors: false,
    };

    /// Chromium 156.
    pub const CHROMIUM: Self = Self {
        max_age_limit: Some(7200),
        max_age_syntax: MaxAgeSyntax::Signed,
        preflight_cache_eviction: CacheEviction::Arbitrary,
        preflight_cache_replaces: true,
        preflight_cache_wildcard: CachedWildcard::WithoutCredentials,
        preflight_flag_ignored_in_answers: true,
        preflight_cache_survives_failure: true,
        preflight_cache_bypass: &[CacheMode::NoStore, CacheMode::Reload, CacheMode::NoCache],
        preflight_cache_null_origin: CachedNullOrigin::No,
        preflight_cache_url_limit: Some(1024),
        wildcard_covers_authorization: true,
        repeated_request_headers: RepeatedRequestHeaders::Combined,
        safelist_has_client_hints: true,
        safelist_has_user_agent: true,
        safelisted_range: SafelistedRange {
            limit: Some(i64::MAX as u64),
            lenient: false,
        },
        empty_location: EmptyLocation::NoRedirect,
        several_locations: SeveralLocations::EqualLines,
        location_credentials_refused: true,
        redirect_error_needs_location: true,
        origin_header_ignores_referrer_policy: true,
        refuses_about_blank: true,
        ip_address_is_no_site: true,
        unrepeatable_response_headers: &["content-disposition", "content-length", "location"],
        lenient_response_lines: true,
        stream_body: StreamBody::RefusedAfterPreflight,
        impossible_request_headers: &["available-dictionary"],
        ..Self::STANDARD
    };

    /// Firefox 153 ESR.
    pub const FIREFOX: Self = Self {
        max_age_limit: Some(86_400),
        max_age_syntax: MaxAgeSyntax::Strict,
        preflight_cache_capacity: 100,
        preflight_cache_by_credentials: true,
        preflight_cache_wildcard: CachedWildcard::Nothing,
        preflight_cache_needs_head: true,
        preflight_flag_ignored_in_answers: true,
        preflight_cache_bypass: &[CacheMode::NoStore, CacheMode::Reload],
        preflight_cache_skips_ip_addresses: true,
        wildcard_covers_authorization: true,
        repeated_request_headers: RepeatedRequestHeaders::LinesRepeated,
        safelist_ignores_total_size: true,
        safelist_refuses_non_ascii: true,
        safelist_refuses_empty_parameters: true,
        safelisted_range: SafelistedRange {
            limit: Some(u64::MAX),
            lenient: false,
        },
        preflight_after_redirect: PreflightAfterRedirect::IfFirstNeeded,
        preflight_origin_ignores_redirects: true,
        several_locations: SeveralLocations::EqualLines,
        refuses_unspecified_address: true,
        data_url_has_length: true,
        unrepeatable_response_headers: &["content-disposition", "content-length"],
        empty_response_lines_are_dropped: true,
        stream_body: StreamBody::String,
        ..Self::STANDARD
    };

    /// WebKitGTK 2.50.
    pub const WEBKIT: Self = Self {
        max_age_limit: Some(600),
        max_age_syntax: MaxAgeSyntax::Signed,
        preflight_cache_capacity: 65_536,
        preflight_cache_replaces: true,
        preflight_cache_wildcard: CachedWildcard::CoversAuthorization,
        preflight_cache_survives_failure: true,
        preflight_cache_stores_refusals: true,
        preflight_cache_null_origin: CachedNullOrigin::OpaquePages,
        wildcard_covers_authorization: true,
        repeated_request_headers: RepeatedRequestHeaders::Combined,
        safelisted_range: SafelistedRange {
            limit: Some(u64::MAX),
            lenient: true,
        },
        preflight_after_redirect: PreflightAfterRedirect::AfterPreflight,
        redirected_delete_becomes_get: true,
        empty_location: EmptyLocation::Error,
        several_locations: SeveralLocations::Joined,
        redirect_error_needs_location: true,
        redirect_keeps_origin_header: true,
        loopback_is_mixed_content: true,
        redirected_preflight_may_be_mixed_content: true,
        refuses_unspecified_address: true,
        refuses_about_blank: true,
        stream_body: StreamBody::Refused,
        font_without_cors: true,
        ..Self::STANDARD
    };
}
