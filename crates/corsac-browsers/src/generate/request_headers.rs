//! Headers that scripts set: safelisted ones with good and bad values, long ones, forbidden ones,
//! ranges, content types, duplicates.

use corsac_wire::scenario::{Api, Body, BodyKind, Mode};

use super::draft::Draft;
use super::random::Random;

/// Add one to three headers.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if draft.request.api == Api::Fetch && random.chance(12) {
        draft.request.mode = Some(Mode::NoCors);
        draft.request.method = random.one_of(&["GET", "POST", "HEAD"]).to_owned();
        draft.request.body = None;
    }
    match random.below(8) {
        0 | 1 => content_type(draft, random),
        2 => long_values(draft, random),
        3 => {
            let range = random.one_of(RANGES);
            draft.request.headers.push(("Range".to_owned(), range.to_owned()));
        }
        _ => {
            for _ in 0..=random.below(3) {
                let (name, value) = random.one_of(HEADERS);
                draft.request.headers.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

fn content_type(draft: &mut Draft, random: &mut Random) {
    draft.request.method = random.one_of(&["POST", "PUT"]).to_owned();
    draft.request.body = Some(Body {
        kind: BodyKind::String,
        text: String::from("{}"),
        blob_type: String::new(),
    });
    draft.set_request_header("Content-Type", random.one_of(CONTENT_TYPES));
}

/// Around the bounds of 128 bytes for one value and 1,024 for all.
fn long_values(draft: &mut Draft, random: &mut Random) {
    match random.below(4) {
        0 => {
            let length = random.one_of(&[127, 128, 129, 6_000]);
            let name = random.one_of(&["Accept", "Accept-Language", "Content-Language", "X-Long"]);
            draft.set_request_header(name, &"a".repeat(length));
        }
        1 => {
            let total = random.one_of(&[1_023, 1_024, 1_025]);
            draft.request.headers.clear();
            let names = ["Accept", "Accept-Language", "Content-Language"];
            let mut left = total;
            // The names are as long as scripts can make the sum, so most of it is one header many times.
            for name in names {
                let length = left.min(128);
                draft.request.headers.push((name.to_owned(), "a".repeat(length)));
                left -= length;
            }
            while left > 0 {
                let length = left.min(126);
                draft
                    .request
                    .headers
                    .push(("Content-Language".to_owned(), "a".repeat(length)));
                left -= length;
            }
        }
        2 => {
            for number in 0..10 {
                draft.set_request_header(&format!("X-Header-{number}"), &"b".repeat(110));
            }
        }
        _ => {
            let long_name = format!("X-{}", "n".repeat(random.one_of(&[100, 1_000])));
            draft.set_request_header(&long_name, "1");
        }
    }
}

const HEADERS: &[(&str, &str)] = &[
    ("Accept", "*/*"),
    ("Accept", "text/html,application/xml;q=0.9"),
    ("Accept", "a\"b"),
    ("Accept", "a(b)"),
    ("Accept", "caf\u{e9}"),
    ("Accept", ""),
    ("accept", "x"),
    ("Accept-Language", "en-US, de;q=0.5"),
    ("Accept-Language", "en_US"),
    ("Accept-Language", "en;q=\"1\""),
    ("Content-Language", "de"),
    ("Content-Language", "{de}"),
    ("Content-Language", "d\u{e9}"),
    ("Content-Type", "text/plain"),
    ("Content-Type", "application/json"),
    ("X-Custom", "1"),
    ("x-custom", "2"),
    ("X-CUSTOM", " 3 "),
    ("X-Empty", ""),
    ("X-Token", "caf\u{e9}"),
    ("X-Non-Latin", "\u{4e16}"),
    ("X-B ad", "1"),
    ("", "1"),
    ("X-Line", "a\r\nb"),
    ("X-A_b", "1"),
    ("X.Dot", "1"),
    ("Authorization", "Bearer token"),
    ("authorization", "Basic eDp5"),
    ("Cache-Control", "no-cache"),
    ("Pragma", "no-cache"),
    ("If-None-Match", "\"etag\""),
    ("If-Modified-Since", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("DPR", "2"),
    ("Downlink", "1.5"),
    ("Save-Data", "on"),
    ("Viewport-Width", "320"),
    ("Width", "100"),
    ("Device-Memory", "8"),
    ("RTT", "50"),
    ("ECT", "4g"),
    ("Sec-CH-UA", "\"x\""),
    ("Sec-Fetch-Mode", "cors"),
    ("Sec-Custom", "1"),
    ("Proxy-Authorization", "x"),
    ("Proxy-Custom", "1"),
    ("Cookie", "a=b"),
    ("Cookie2", "a=b"),
    ("Host", "evil.test"),
    ("Origin", "https://evil.test"),
    ("Referer", "https://evil.test/"),
    ("Connection", "close"),
    ("Content-Length", "3"),
    ("Date", "now"),
    ("DNT", "1"),
    ("Expect", "100-continue"),
    ("Keep-Alive", "1"),
    ("Set-Cookie", "a=b"),
    ("TE", "trailers"),
    ("Trailer", "x"),
    ("Transfer-Encoding", "chunked"),
    ("Upgrade", "h2c"),
    ("Via", "x"),
    ("Accept-Charset", "utf-8"),
    ("Accept-Encoding", "gzip"),
    ("Access-Control-Request-Method", "PUT"),
    ("Access-Control-Request-Headers", "x-a"),
    ("Access-Control-Allow-Origin", "*"),
    ("X-HTTP-Method", "PUT"),
    ("X-HTTP-Method", "TRACE"),
    ("X-HTTP-Method-Override", "TRACE"),
    ("X-HTTP-Method-Override", "GET, TRACK"),
    ("X-Method-Override", "connect"),
    ("User-Agent", "custom/1.0"),
    ("Last-Event-ID", "7"),
    ("Priority", "u=1"),
    ("Purpose", "prefetch"),
    ("Upgrade-Insecure-Requests", "1"),
];

const RANGES: &[&str] = &[
    "bytes=0-0",
    "bytes=0-",
    "bytes=-5",
    "bytes=0-99",
    "bytes=5-2",
    "bytes = 0-1",
    "bytes=0-1,3-4",
    "Bytes=0-1",
    "bytes=0 - 1",
    "items=0-1",
    "bytes=18446744073709551616-",
    "",
];

const CONTENT_TYPES: &[&str] = &[
    "text/plain",
    "TEXT/PLAIN",
    "text/plain;charset=utf-8",
    "text/plain; charset=UTF-16",
    "text/plain;;",
    "text/plain;",
    "text/plain; x=\"y\"",
    "text/plain; x=(y)",
    "text/plain; caf\u{e9}",
    " text/plain ",
    "text/plain, text/plain",
    "text/plain;application/json",
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-8",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/html",
    "text",
    "*/*",
    "",
    "text/plain/x",
    "application/graphql",
    "application/octet-stream",
];
