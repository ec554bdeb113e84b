//! Modes of the request, redirect and cache modes, credentials with their cookies, keepalive; and the
//! statuses of answers.

use corsac_wire::scenario::{Action, Api, Cache, Credentials, Mode, Redirect};

use super::draft::Draft;
use super::random::Random;

/// Change some of them.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if random.chance(35) {
        draft.request.credentials = random.one_of(&[
            Some(Credentials::Include),
            Some(Credentials::Omit),
            Some(Credentials::SameOrigin),
        ]);
    }
    if random.chance(35)
        && let Some(actual) = draft.actual(0)
    {
        actual.status = random.one_of(STATUSES);
    }
    if random.chance(4)
        && let Some(actual) = draft.actual(0)
    {
        actual.action = Some(Action::Close);
    }
    // What follows are options of fetch().
    if draft.request.api != Api::Fetch {
        if random.chance(60) {
            return;
        }
        draft.request.api = Api::Fetch;
    }
    if random.chance(60) {
        draft.request.mode = Some(random.weighted(MODES));
    }
    if random.chance(30) {
        draft.request.redirect = Some(random.one_of(&[Redirect::Follow, Redirect::Error, Redirect::Manual]));
    }
    if random.chance(30) {
        draft.request.cache = Some(random.weighted(CACHES));
    }
    if random.chance(15) {
        draft.request.keepalive = Some(true);
    }
    if draft.request.mode == Some(Mode::NoCors) && random.chance(70) {
        draft.request.method = random.one_of(&["GET", "POST", "HEAD"]).to_owned();
        draft.request.body = draft
            .request
            .body
            .take()
            .filter(|_| draft.request.method == "POST");
    }
}

const MODES: &[(usize, Mode)] = &[
    (4, Mode::Cors),
    (4, Mode::NoCors),
    (3, Mode::SameOrigin),
    (1, Mode::Navigate),
];

/// `only-if-cached` throws in every mode but `same-origin`, and there nothing was cached.
const CACHES: &[(usize, Cache)] = &[
    (1, Cache::Default),
    (3, Cache::NoStore),
    (3, Cache::Reload),
    (3, Cache::NoCache),
    (3, Cache::ForceCache),
    (1, Cache::OnlyIfCached),
];

const STATUSES: &[u16] = &[
    200, 201, 202, 203, 204, 205, 206, 299, 300, 304, 305, 306, 400, 401, 403, 404, 405, 406, 408, 409, 410,
    412, 413, 416, 418, 421, 425, 426, 428, 429, 451, 500, 501, 502, 503, 504, 511, 599,
];
