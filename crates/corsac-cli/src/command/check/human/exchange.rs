//! One request and its answer.

use corsac_wire::check_report::{BodyEnd, Exchange, ResponseReport};
use corsac_wire::outcome::RequestKind;

use super::text::{BAD, DIM, HEADING, NOTE, PLAIN, Text};

/// Which headers are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All.
    All,
    /// Those that matter to CORS, and Sec-Fetch.
    WithMetadata,
    /// Those that matter to CORS.
    Decisive,
}

pub(super) fn show(
    text: &mut Text,
    exchange: &Exchange,
    number: usize,
    because: Option<String>,
    shown: Shown,
) {
    let request = &exchange.request;
    let aside = match (exchange.kind, because) {
        (RequestKind::Preflight, Some(because)) => format!("  preflight, because of {because}"),
        (RequestKind::Preflight, None) => "  preflight".to_owned(),
        (RequestKind::Actual, _) => String::new(),
    };
    text.line(&[
        (DIM, &format!("{number:>3}. ")),
        (HEADING, &format!("{} {}", request.method, request.url)),
        (DIM, &aside),
    ]);
    if exchange.certificate_checked == Some(false) {
        text.line(&[(
            BAD,
            "     ! certificate not checked (--insecure); a browser checks it",
        )]);
    }
    let verbose = shown == Shown::All;
    let matters = match shown {
        Shown::WithMetadata => matters_with_metadata,
        Shown::All | Shown::Decisive => matters_in_request,
    };
    headers(text, "> ", &request.headers, verbose, matters);
    if request.body_length > 0 {
        text.line(&[(DIM, &format!("     > ({} bytes)", request.body_length))]);
    }
    if let Some(response) = &exchange.response {
        answer(text, response, verbose);
    }
    if let Some(failure) = &exchange.failure {
        text.line(&[(BAD, &format!("     ✗ {}", failure.detail))]);
    }
}

/// The method and what came of it.
pub(super) fn in_a_word(exchange: &Exchange) -> String {
    let end = match (&exchange.response, &exchange.failure) {
        (Some(response), _) => response.status.to_string(),
        (None, Some(failure)) => failure.kind.to_owned(),
        (None, None) => String::new(),
    };
    format!("{} {end}", exchange.request.method)
}

fn answer(text: &mut Text, response: &ResponseReport, verbose: bool) {
    let status = format!(
        "{} {} {}",
        response.protocol, response.status, response.reason_phrase
    );
    text.line(&[(DIM, "     < "), (HEADING, status.trim_end())]);
    headers(text, "< ", &response.headers, verbose, matters_in_response);
    let length = response.body.length;
    match response.body.end {
        BodyEnd::Whole if length == 0 => {}
        BodyEnd::Whole => text.line(&[(DIM, &format!("     < ({length} bytes)"))]),
        BodyEnd::AtLeast => text.line(&[(DIM, &format!("     < ({length} bytes and more, not read on)"))]),
        BodyEnd::BrokenOff => text.line(&[(
            BAD,
            &format!("     ! the connection broke off after {length} bytes of the body"),
        )]),
    }
}

fn headers(
    text: &mut Text,
    mark: &str,
    headers: &[(String, String)],
    verbose: bool,
    matters: fn(&str) -> bool,
) {
    let mut left_out = 0;
    for (name, value) in headers {
        if verbose || matters(&name.to_ascii_lowercase()) {
            text.line(&[
                (DIM, &format!("     {mark}")),
                (NOTE, &format!("{name}: ")),
                (PLAIN, shortened(value, verbose)),
            ]);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let what = if left_out == 1 { "header" } else { "headers" };
        text.line(&[(DIM, &format!("     {mark}({left_out} more {what}, -v shows all)"))]);
    }
}

/// A value that does not fill the screen.
fn shortened(value: &str, verbose: bool) -> &str {
    let end = value.char_indices().nth(LONGEST).map(|(index, _)| index);
    match end {
        Some(end) if !verbose => value.get(..end).unwrap_or(value),
        _ => value,
    }
}

fn matters_in_request(name: &str) -> bool {
    name.starts_with("access-control-") || matters(name) || !BROWSERS_OWN.contains(&name)
}

fn matters_with_metadata(name: &str) -> bool {
    name.starts_with("sec-fetch-") || matters_in_request(name)
}

fn matters_in_response(name: &str) -> bool {
    name.starts_with("access-control-") || matters(name) || SHOWN_OF_RESPONSES.contains(&name)
}

fn matters(name: &str) -> bool {
    matches!(name, "origin" | "cookie" | "authorization" | "content-type")
}

/// What every request has. All others were set by the script.
const BROWSERS_OWN: [&str; 12] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "host",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
    "user-agent",
    "upgrade-insecure-requests",
];

/// What decides, and what tells who answered.
const SHOWN_OF_RESPONSES: [&str; 17] = [
    "age",
    "allow",
    "cache-control",
    "cf-ray",
    "cross-origin-resource-policy",
    "location",
    "proxy-authenticate",
    "server",
    "set-cookie",
    "strict-transport-security",
    "timing-allow-origin",
    "vary",
    "via",
    "www-authenticate",
    "x-amzn-errortype",
    "x-cache",
    "x-powered-by",
];

/// Characters of a header value.
const LONGEST: usize = 200;
