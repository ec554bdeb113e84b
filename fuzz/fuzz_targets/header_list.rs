//! Header lists from both sides: what the browser half extracts from response headers, and what
//! the server half makes of `Access-Control-Request-Headers`. Each line of the input is one header
//! line.
#![no_main]

use std::sync::LazyLock;

use corsac::header::{is_token, trim_http_tab_or_space};
use corsac::{AllowOrigins, CorsRequest, Policy, PolicyDraft, RequestTarget, Verdict};
use corsac_fetch::HeaderList;
use corsac_fetch::cors_unsafe_request_header_names::cors_unsafe_request_header_names;
use corsac_fetch::extract_header_list_values::{extract_delta_seconds, extract_token_list};
use corsac_fetch::get_decode_and_split::{decode_and_split, get_decode_and_split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
    extracted_tokens_extract_to_themselves(&lines);
    unsafe_names_are_a_sorted_lowercase_set(&lines);
    no_unlisted_header_passes_a_preflight(&lines);
});

fn extracted_tokens_extract_to_themselves(lines: &[&[u8]]) {
    let headers: HeaderList = lines.iter().map(|&line| (NAME, line)).collect();
    let _ = extract_delta_seconds(&headers, NAME);
    assert_eq!(
        get_decode_and_split(&headers, NAME),
        headers.get(NAME).map(|value| decode_and_split(&value))
    );
    let Ok(extracted) = extract_token_list(&headers, NAME) else {
        return;
    };
    let tokens = extracted.expect("the header is present");
    assert!(tokens.iter().all(|token| is_token(token)));
    let joined: HeaderList = [(NAME, tokens.join(&b", "[..]))].into_iter().collect();
    assert_eq!(extract_token_list(&joined, NAME), Ok(Some(tokens)));
}

fn unsafe_names_are_a_sorted_lowercase_set(lines: &[&[u8]]) {
    let headers: HeaderList = lines
        .iter()
        .filter_map(|line| line.split_at_checked(line.iter().position(|&byte| byte == b':')?))
        .collect();
    let names = cors_unsafe_request_header_names(&headers);
    assert!(names.is_sorted_by(|a, b| a < b), "sorted, each once");
    assert!(names.iter().all(|name| !name.iter().any(u8::is_ascii_uppercase)));
}

/// The oracle is written here once more, plainly: split at commas, trim, compare.
fn no_unlisted_header_passes_a_preflight(lines: &[&[u8]]) {
    let mut request: Vec<(&str, &[u8])> = vec![
        ("origin", ORIGIN.as_bytes()),
        ("access-control-request-method", b"GET"),
    ];
    request.extend(lines.iter().map(|&line| ("access-control-request-headers", line)));
    let decision = POLICY.decide(&CorsRequest::classify(b"OPTIONS", RequestTarget::path("/"), request.as_slice()));
    for (name, value) in decision.headers.set() {
        let printable = |byte: &u8| matches!(byte, b' '..=b'~');
        assert!(
            value.iter().all(printable),
            "{name} carries only what the policy holds"
        );
    }
    if decision.verdict == Verdict::Allowed {
        let items = lines.iter().flat_map(|line| line.split(|&byte| byte == b','));
        for item in items.map(trim_http_tab_or_space).filter(|item| !item.is_empty()) {
            let listed = LISTED
                .iter()
                .any(|name| name.as_bytes().eq_ignore_ascii_case(item));
            assert!(listed, "`{}` is not listed", item.escape_ascii());
        }
    }
}

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let draft = PolicyDraft {
        allow_origins: AllowOrigins::from_iter([ORIGIN]),
        allow_headers: LISTED.map(String::from).to_vec(),
        ..PolicyDraft::new("app")
    };
    Policy::build(draft).expect("the policy is right").0
});

const ORIGIN: &str = "https://app.example.com";
const LISTED: [&str; 3] = ["Authorization", "Content-Type", "X-Request-Id"];
const NAME: &str = "name";
