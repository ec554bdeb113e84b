//! Answers to preflights: the status, the lists of methods and headers, the maximal age; and methods
//! in every spelling.

use corsac_wire::scenario::{Answer, Api};

use super::draft::{Draft, add, remove, set};
use super::random::Random;

/// Make a preflight necessary, mostly, and change its answer or the method.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if random.chance(35) {
        draft.request.method = random.weighted(METHODS).to_owned();
        if matches!(draft.request.method.as_str(), "GET" | "HEAD") {
            draft.request.body = None;
        }
    } else {
        draft.need_preflight(random);
    }
    if random.chance(30) {
        let header = random.one_of(HEADERS);
        draft.set_request_header(header.0, header.1);
    }
    let method = draft.request.method.clone();
    let names: Vec<String> = draft
        .request
        .headers
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let is_xhr = draft.request.api == Api::Xhr;
    let last = draft.hops.len().saturating_sub(1);
    let hop = random.below(last + 1);
    let Some(preflight) = draft.preflight(hop) else {
        return;
    };
    match random.below(8) {
        0 | 1 => preflight.status = random.one_of(STATUSES),
        2..=4 => allow_methods(preflight, &method, random),
        5..=6 => allow_headers(preflight, &names, random),
        _ if is_xhr => allow_methods(preflight, &method, random),
        _ => {
            allow_methods(preflight, &method, random);
            allow_headers(preflight, &names, random);
        }
    }
    if random.chance(15) {
        set(preflight, "Access-Control-Max-Age", random.one_of(MAX_AGES));
    }
    if matches!(preflight.status, 301..=308) && random.chance(70) {
        let location = format!("/s/{}/0", draft.id);
        if let Some(preflight) = draft.preflight(hop) {
            set(preflight, "Location", &location);
        }
    }
}

fn allow_methods(preflight: &mut Answer, method: &str, random: &mut Random) {
    let lower = method.to_ascii_lowercase();
    let value = match random.below(22) {
        0 | 1 => {
            remove(preflight, METHODS_NAME);
            return;
        }
        2 => method.to_owned(),
        3 => lower,
        4 | 5 => "*".to_owned(),
        6 => format!("*, {method}"),
        7 => format!("GET, {method}, POST"),
        8 => "GET, POST".to_owned(),
        9 => String::new(),
        10 => ", ,".to_owned(),
        11 => format!(",{method},,"),
        12 => format!("GET|{method}"),
        13 => format!("\"{method}\""),
        14 => format!("GET {method}"),
        15 => format!("{method};q=1"),
        16 => {
            set(preflight, METHODS_NAME, "GET");
            add(preflight, METHODS_NAME, method);
            return;
        }
        17 => {
            set(preflight, METHODS_NAME, method);
            add(preflight, METHODS_NAME, random.one_of(&["b ad", "", "*"]));
            return;
        }
        18 => format!("GET ,\t{method} , POST"),
        19 => format!("[{method}]"),
        20 => many(method),
        _ => format!("{method}X, X{method}"),
    };
    set(preflight, METHODS_NAME, &value);
}

fn allow_headers(preflight: &mut Answer, names: &[String], random: &mut Random) {
    let all = names.join(", ");
    let first = names.first().map_or("", String::as_str);
    let value = match random.below(22) {
        0 | 1 => {
            remove(preflight, HEADERS_NAME);
            return;
        }
        2 => all,
        3 => all.to_ascii_lowercase(),
        4 => all.to_ascii_uppercase(),
        5 | 6 => "*".to_owned(),
        7 => format!("*, {first}"),
        8 => "*, Authorization".to_owned(),
        9 => "Authorization".to_owned(),
        10 => String::new(),
        11 => ", ,".to_owned(),
        12 => format!("{all}, b ad"),
        13 => format!("{all};"),
        14 => format!("\"{first}\""),
        15 => {
            set(preflight, HEADERS_NAME, "accept");
            add(preflight, HEADERS_NAME, &all);
            return;
        }
        16 => first.to_owned(),
        17 => "accept, origin, content-type".to_owned(),
        18 => format!("{all} , x-more"),
        19 => many(&all),
        20 => format!("{all}, {{acrh}}"),
        _ => format!("x-{first}"),
    };
    set(preflight, HEADERS_NAME, &value);
}

/// A long list that ends with the name.
fn many(name: &str) -> String {
    let mut list: Vec<String> = (0..300).map(|number| format!("x-name-{number}")).collect();
    list.push(name.to_owned());
    list.join(", ")
}

const METHODS_NAME: &str = "Access-Control-Allow-Methods";
const HEADERS_NAME: &str = "Access-Control-Allow-Headers";

const METHODS: &[(usize, &str)] = &[
    (2, "GET"),
    (2, "POST"),
    (2, "PUT"),
    (2, "DELETE"),
    (2, "PATCH"),
    (2, "OPTIONS"),
    (1, "HEAD"),
    (1, "get"),
    (1, "head"),
    (1, "pOST"),
    (1, "put"),
    (1, "Delete"),
    (1, "options"),
    (2, "patch"),
    (1, "Patch"),
    (1, "PROPFIND"),
    (1, "FOO"),
    (1, "foo-bar"),
    (1, "A!#$%&'*+-.^_`|~9"),
    (1, "TRACE"),
    (1, "connect"),
    (1, "TRACK"),
    (1, "b ad"),
    (1, ""),
    (1, "QUERY"),
];

const HEADERS: &[(&str, &str)] = &[
    ("X-Custom", "1"),
    ("x-also", "2"),
    ("Authorization", "Basic eDp5"),
    ("Content-Type", "application/json"),
    ("X-A_b", "3"),
    ("Cache-Control", "no-cache"),
    ("If-None-Match", "\"x\""),
];

const STATUSES: &[u16] = &[
    200, 201, 202, 203, 205, 206, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 407, 418,
    421, 429, 500, 501, 502, 503, 504, 599,
];

const MAX_AGES: &[&str] = &[
    "0",
    "1",
    "5",
    "600",
    "-1",
    "+600",
    "1.5",
    "junk",
    "99999999999999999999",
    "",
];
