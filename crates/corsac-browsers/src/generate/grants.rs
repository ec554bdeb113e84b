//! `Access-Control-Allow-Origin` and `Access-Control-Allow-Credentials` with values that servers
//! really send: right, nearly right and wrong.

use corsac_wire::scenario::{Answer, Credentials};

use super::draft::{Draft, add, remove, set};
use super::random::Random;

/// Change the grant of one answer.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if random.chance(50) {
        draft.request.credentials = Some(Credentials::Include);
    }
    let of_preflight = random.chance(40);
    if of_preflight {
        draft.need_preflight(random);
    }
    let last = draft.hops.len().saturating_sub(1);
    let hop = random.below(last + 1);
    let page = draft.page;
    let answer = match of_preflight {
        true => draft.preflight(hop),
        false => draft.actual(hop),
    };
    let Some(answer) = answer else {
        return;
    };
    match random.below(4) {
        0 => allow_credentials(answer, random),
        _ => allow_origin(answer, page, random),
    }
    if random.chance(10) {
        allow_credentials(answer, random);
    }
    if random.chance(10) {
        spell_names_otherwise(answer, random);
    }
}

pub(super) fn allow_origin(answer: &mut Answer, page: &str, random: &mut Random) {
    let (scheme, rest) = page.split_once("://").unwrap_or(("http", "localhost:23001"));
    let (host, _) = rest.split_once(':').unwrap_or((rest, ""));
    let other_scheme = if scheme == "http" { "https" } else { "http" };
    let value = match random.below(32) {
        0 | 1 => {
            remove(answer, NAME);
            return;
        }
        2..=4 => page.to_owned(),
        5..=7 => "*".to_owned(),
        8 | 9 => "null".to_owned(),
        10 => page.to_ascii_uppercase(),
        11 => format!("{page}/"),
        12 => format!("{page}, https://other.test"),
        13 => format!("https://other.test,{page}"),
        14 => format!("{page} https://other.test"),
        15 => String::new(),
        16 => format!("\t{page} "),
        17 => format!("{other_scheme}://{rest}"),
        18 => format!("{scheme}://{host}"),
        19 => format!("{scheme}://{host}:1"),
        20 => format!("{scheme}://*.{host}"),
        21 => format!("{scheme}://evil.{rest}"),
        22 => format!("{page}.evil.test"),
        23 => rest.to_owned(),
        24 => format!("\"{page}\""),
        25 => "*, *".to_owned(),
        26 => "NULL".to_owned(),
        27 => format!("{page}\u{e9}"),
        28 => format!("{page};"),
        29 => {
            let second = random.one_of(&[page, "*", "https://other.test", ""]);
            set(answer, NAME, page);
            add(answer, NAME, second);
            return;
        }
        30 => format!("{page}/path"),
        _ => format!("{page},"),
    };
    set(answer, NAME, &value);
}

pub(super) fn allow_credentials(answer: &mut Answer, random: &mut Random) {
    match random.below(8) {
        0 => remove(answer, CREDENTIALS),
        1 => {
            set(answer, CREDENTIALS, "true");
            add(answer, CREDENTIALS, random.one_of(&["true", "false", ""]));
        }
        _ => set(answer, CREDENTIALS, random.one_of(CREDENTIALS_VALUES)),
    }
}

fn spell_names_otherwise(answer: &mut Answer, random: &mut Random) {
    let lower = random.chance(50);
    for (name, _) in &mut answer.headers {
        *name = match lower {
            true => name.to_ascii_lowercase(),
            false => name.to_ascii_uppercase(),
        };
    }
}

const NAME: &str = "Access-Control-Allow-Origin";
const CREDENTIALS: &str = "Access-Control-Allow-Credentials";
const CREDENTIALS_VALUES: &[&str] = &[
    "true",
    "TRUE",
    "True",
    " true ",
    "true,",
    "false",
    "1",
    "yes",
    "",
    "*",
    "true, true",
    "\"true\"",
    "truee",
];
