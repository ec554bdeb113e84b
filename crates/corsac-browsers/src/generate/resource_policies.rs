//! `Cross-Origin-Resource-Policy` of answers and `Cross-Origin-Embedder-Policy` of pages.

use corsac_wire::scenario::{Api, Mode};

use super::draft::{Draft, add, target};
use super::random::Random;

/// Mostly a request without CORS, for an answer with a policy, from a page with or without one.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if random.chance(80) {
        draft.request.api = Api::Fetch;
        draft.request.mode = Some(Mode::NoCors);
        draft.request.method = random.one_of(&["GET", "GET", "POST"]).to_owned();
        draft.request.headers.clear();
        draft.request.body = None;
    }
    // Of pages that are not secure contexts, browsers pass the policy over.
    if random.chance(50) && draft.page != "null" {
        draft
            .page_options
            .push(("coep", random.one_of(&["require-corp", "credentialless"])));
    }
    if random.chance(25) {
        let next = target(draft.page, random);
        let location = draft.url(next, 1);
        if let Some(actual) = draft.actual(0) {
            actual.status = random.one_of(&[302, 307]);
            add(actual, "Location", &location);
        }
        draft.add_hop(random);
    }
    let hop = random.below(draft.hops.len());
    if random.chance(75)
        && let Some(actual) = draft.actual(hop)
    {
        add(actual, "Cross-Origin-Resource-Policy", random.weighted(POLICIES));
        if random.chance(10) {
            add(actual, "Cross-Origin-Resource-Policy", random.weighted(POLICIES));
        }
    }
}

const POLICIES: &[(usize, &str)] = &[
    (4, "same-origin"),
    (4, "same-site"),
    (4, "cross-origin"),
    (1, "Same-Origin"),
    (1, "SAME-SITE"),
    (1, "same-origin, same-site"),
    (1, "same-origin; x"),
    (1, "junk"),
    (1, ""),
    (1, " same-origin "),
];
