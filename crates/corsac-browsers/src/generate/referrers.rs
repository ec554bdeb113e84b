//! Referrer policies of the page, the request and redirects. They decide about Origin where the mode
//! is not `cors`, and are no business of CORS otherwise.

use corsac_wire::scenario::{Api, Body, BodyKind, Mode, ReferrerPolicy};

use super::draft::{Draft, add, target};
use super::random::Random;

/// Set some of the policies, mostly for a POST without CORS.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if random.chance(60) {
        draft.request.api = Api::Fetch;
        draft.request.mode = Some(random.one_of(&[Mode::NoCors, Mode::NoCors, Mode::SameOrigin, Mode::Cors]));
        draft.request.method = random.one_of(&["POST", "POST", "GET"]).to_owned();
        draft.request.headers.clear();
        draft.request.body = (draft.request.method == "POST").then(|| Body {
            kind: BodyKind::String,
            text: String::from("a=1"),
            blob_type: String::new(),
        });
        if draft.request.mode == Some(Mode::SameOrigin) && draft.page != "null" && random.chance(80) {
            draft.set_server(draft.page);
        }
    }
    if draft.request.api == Api::Fetch && random.chance(75) {
        draft.request.referrer_policy = Some(random.one_of(POLICIES));
    }
    if random.chance(35) {
        draft.page_options.push(("referrer", random.one_of(NAMES)));
    }
    if random.chance(40) {
        let next = target(draft.page, random);
        let location = draft.url(next, 1);
        let policy = random.one_of(REDIRECT_POLICIES);
        let with_policy = random.chance(50);
        if let Some(actual) = draft.actual(0) {
            actual.status = random.one_of(&[302, 307, 308]);
            add(actual, "Location", &location);
            if with_policy {
                add(actual, "Referrer-Policy", policy);
            }
        }
        draft.add_hop(random);
    }
}

const POLICIES: &[ReferrerPolicy] = &[
    ReferrerPolicy::Empty,
    ReferrerPolicy::NoReferrer,
    ReferrerPolicy::NoReferrerWhenDowngrade,
    ReferrerPolicy::SameOrigin,
    ReferrerPolicy::Origin,
    ReferrerPolicy::StrictOrigin,
    ReferrerPolicy::OriginWhenCrossOrigin,
    ReferrerPolicy::StrictOriginWhenCrossOrigin,
    ReferrerPolicy::UnsafeUrl,
];

const NAMES: &[&str] = &[
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

const REDIRECT_POLICIES: &[&str] = &[
    "no-referrer",
    "same-origin",
    "strict-origin",
    "unsafe-url",
    "origin, junk",
    "NO-REFERRER",
    "unsafe-url, no-referrer",
    "junk",
    "",
];
