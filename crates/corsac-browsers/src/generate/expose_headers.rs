//! Which headers of an answer a page can read: safelisted ones, exposed ones, several lines, odd
//! values.

use corsac_wire::scenario::{Api, Mode};

use super::draft::{Draft, add};
use super::random::Random;

/// Add headers to the answer, and say which are exposed.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if draft.request.api == Api::Fetch && random.chance(8) {
        draft.request.mode = Some(Mode::SameOrigin);
        if draft.page != "null" {
            draft.set_server(draft.page);
        }
    }
    let hop = draft.hops.len().saturating_sub(1);
    let Some(actual) = draft.actual(hop) else {
        return;
    };
    for _ in 0..=random.below(4) {
        let (name, value) = random.one_of(HEADERS);
        add(actual, name, value);
        if random.chance(10) {
            add(actual, name, random.one_of(&["second", "", value]));
        }
    }
    if random.chance(85) {
        add(actual, "Access-Control-Expose-Headers", random.weighted(EXPOSED));
        if random.chance(12) {
            add(actual, "Access-Control-Expose-Headers", random.weighted(EXPOSED));
        }
    }
}

const HEADERS: &[(&str, &str)] = &[
    ("X-Request-Id", "r-1"),
    ("x-lower", "1"),
    ("X-UPPER", "1"),
    ("X-A_b", "1"),
    ("X-Empty", ""),
    ("X-Latin", "caf\u{e9}"),
    ("X-Folded", "a,\r\n b"),
    ("X-Spaces", "  a  b\t"),
    ("X-Quoted", "\"a, b\""),
    ("Cache-Control", "no-store"),
    ("Content-Language", "de"),
    ("Expires", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("Pragma", "no-cache"),
    ("ETag", "\"e\""),
    ("Age", "1"),
    ("Link", "<https://x.test/2>; rel=\"next\""),
    ("Content-Disposition", "inline"),
    ("Server-Timing", "a;dur=1"),
    ("X-Total-Count", "3"),
    ("Authorization", "shown"),
    ("WWW-X", "1"),
    ("Set-Cookie2", "a=b"),
    ("Vary", "Origin"),
    ("Date", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("Retry-After", "1"),
    ("Content-Range", "bytes 0-1/2"),
    ("Accept-Ranges", "bytes"),
    ("Timing-Allow-Origin", "*"),
    ("X-Content-Type-Options", "nosniff"),
    ("Allow", "GET"),
];

const EXPOSED: &[(usize, &str)] = &[
    (4, "*"),
    (3, "X-Request-Id, ETag, Link"),
    (2, "x-request-id,etag,X-LOWER , x-upper"),
    (1, "X-Empty, X-Latin, X-Folded, X-Spaces, X-Quoted"),
    (1, "*, Authorization"),
    (1, "Authorization"),
    (1, "Set-Cookie2, X-Total-Count"),
    (1, ""),
    (1, ","),
    (1, "X-Request-Id,,ETag"),
    (1, "X-Request-Id, b ad"),
    (1, "\"X-Request-Id\""),
    (1, "X-Request-Id;"),
    (1, "X-Request-Id ETag"),
    (1, "Date, Vary, Age, Retry-After"),
    (1, "X-A_b, WWW-X, Allow"),
    (1, "**"),
];
