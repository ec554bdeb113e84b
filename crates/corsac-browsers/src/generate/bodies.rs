//! Bodies of every kind, streams among them, and listeners on `XMLHttpRequestUpload`.

use corsac_wire::scenario::{Api, Body, BodyKind, Mode};

use super::draft::{Draft, add, target};
use super::random::Random;

/// Give the request a body, or listeners.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    draft.request.method = random.weighted(METHODS).to_owned();
    let mut kind = random.weighted(KINDS);
    if draft.request.api == Api::Xhr && kind == BodyKind::Stream {
        kind = BodyKind::ArrayBuffer;
    }
    draft.request.body = Some(Body {
        kind,
        text: random.one_of(TEXTS).to_owned(),
        blob_type: match kind {
            BodyKind::Blob => random.one_of(BLOB_TYPES).to_owned(),
            _ => String::new(),
        },
    });
    if draft.request.api == Api::Xhr && random.chance(50) {
        draft.request.upload_listeners = true;
        if random.chance(30) {
            draft.request.body = None;
        }
    }
    if draft.request.api == Api::Fetch && random.chance(15) {
        draft.request.mode = Some(random.one_of(&[Mode::NoCors, Mode::SameOrigin]));
    }
    if random.chance(25) {
        let next = target(draft.page, random);
        let location = draft.url(next, 1);
        if let Some(actual) = draft.actual(0) {
            actual.status = random.one_of(&[301, 302, 303, 307, 308]);
            add(actual, "Location", &location);
        }
        draft.add_hop(random);
    }
}

const METHODS: &[(usize, &str)] = &[
    (6, "POST"),
    (3, "PUT"),
    (1, "PATCH"),
    (1, "DELETE"),
    (1, "GET"),
    (1, "post"),
];

const KINDS: &[(usize, BodyKind)] = &[
    (2, BodyKind::String),
    (2, BodyKind::UrlSearchParams),
    (2, BodyKind::FormData),
    (3, BodyKind::Blob),
    (2, BodyKind::ArrayBuffer),
    (3, BodyKind::Stream),
];

const TEXTS: &[&str] = &["", "a=1", "{\"a\":1}", "caf\u{e9}"];

const BLOB_TYPES: &[&str] = &[
    "",
    "text/plain",
    "application/json",
    "text/plain;charset=utf-8",
    "TEXT/PLAIN",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "image/png",
    "x",
    "text/pl\u{e9}in",
];
