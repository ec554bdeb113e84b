//! From a parsed TOML document to policy drafts: every key and type is checked, nothing is decided.

use std::ops::Range;

use corsac::{Csrf, MaxAge, Mode, PolicyDraft};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::allow_origins::allow_origins;
use super::place::{FieldPlace, ItemPlace, PolicyPlace};
use super::problem::Problem;
use super::{duration, key, value};

/// A draft and the places of its parts.
pub(super) struct Decoded {
    pub(super) draft: PolicyDraft,
    pub(super) place: PolicyPlace,
}

/// The policies of a document. What cannot be used is reported and left out.
pub(super) fn document(root: &Spanned<DeTable<'_>>, problems: &mut Vec<Problem>) -> Vec<Decoded> {
    let table = root.get_ref();
    if !version_is_known(table, problems) {
        // Another version has other keys.
        return Vec::new();
    }
    let meant = key::report_unknown(table, key::DOCUMENT, problems);
    let Some((name, policies)) = key::entry(table, "policy") else {
        if !meant.contains(&"policy") {
            problems.push(
                Problem::warning(
                    "no-policy",
                    "the file has no policy, so no origin is allowed anything",
                    0..0,
                )
                .help("add a `[[policy]]` with `name`, `paths` and `allow_origins`"),
            );
        }
        return Vec::new();
    };
    match policies.get_ref() {
        DeValue::Array(policies) => policies
            .iter()
            .filter_map(|policy| match policy.get_ref() {
                DeValue::Table(table) => Some(self::policy(table, policy.span(), problems)),
                _ => {
                    problems.push(
                        value::wrong_type("policy", "made of tables", policy)
                            .help("write each policy under its own `[[policy]]` line"),
                    );
                    None
                }
            })
            .collect(),
        DeValue::Table(_) => {
            problems.push(
                Problem::error("wrong-type", "`policy` must be a list of tables", name.span())
                    .label("this is one table")
                    .help("write `[[policy]]`, with two brackets"),
            );
            Vec::new()
        }
        _ => {
            problems.push(
                value::wrong_type("policy", "a list of tables", policies)
                    .help("write each policy under its own `[[policy]]` line"),
            );
            Vec::new()
        }
    }
}

fn version_is_known(table: &DeTable<'_>, problems: &mut Vec<Problem>) -> bool {
    let Some((_, version)) = key::entry(table, "version") else {
        problems.push(
            Problem::error("missing-version", "the file does not say its version", 0..0)
                .help("write `version = 1` at the top"),
        );
        return true;
    };
    let DeValue::Integer(number) = version.get_ref() else {
        problems.push(value::wrong_type("version", "the integer 1", version).help("write `version = 1`"));
        return true;
    };
    if u64::from_str_radix(number.as_str(), number.radix()) == Ok(1) {
        return true;
    }
    problems.push(
        Problem::error(
            "unknown-version",
            format!("version `{number}` of the policy file is not known"),
            version.span(),
        )
        .help("this program reads version 1"),
    );
    false
}

fn policy(table: &DeTable<'_>, header: Range<usize>, problems: &mut Vec<Problem>) -> Decoded {
    let mut decoded = Decoded {
        draft: PolicyDraft {
            paths: Vec::new(),
            ..PolicyDraft::new("")
        },
        place: PolicyPlace {
            header,
            ..PolicyPlace::default()
        },
    };
    decoded.place.unusable = key::report_unknown(table, key::POLICY, problems);
    for &key in key::POLICY {
        if let Some((name, value)) = key::entry(table, key) {
            let mut place = FieldPlace {
                key: name.span(),
                value: value.span(),
                items: Vec::new(),
            };
            let usable = read_field(&mut decoded.draft, key, value, &mut place.items, problems);
            decoded.place.fields.insert(key, place);
            if !usable {
                decoded.place.unusable.push(key);
            }
        }
    }
    report_idle_exemptions(&decoded, problems);
    decoded
}

/// Paths that are exempt from a guard that is off: the guard was meant to be on.
fn report_idle_exemptions(decoded: &Decoded, problems: &mut Vec<Problem>) {
    let Some(exempt) = decoded.place.fields.get(key::CSRF_EXEMPT_PATHS) else {
        return;
    };
    if decoded.draft.csrf == Csrf::Off && !decoded.place.unusable.contains(&key::CSRF) {
        problems.push(
            Problem::error(
                "exempt-paths-without-csrf",
                "`csrf_exempt_paths` is there, but the guard is off",
                exempt.key.clone(),
            )
            .help("write `csrf = \"enforce\"`, or remove this key"),
        );
    }
}

/// Read one key into the draft. Whether the whole value could be used.
fn read_field(
    draft: &mut PolicyDraft,
    key: &'static str,
    value: &Spanned<DeValue<'_>>,
    items: &mut Vec<ItemPlace>,
    problems: &mut Vec<Problem>,
) -> bool {
    match key {
        key::NAME => put(
            value::string(key, value, problems).map(String::from),
            &mut draft.name,
        ),
        key::HOSTS => strings(key, value, &mut draft.hosts, items, problems),
        key::PATHS => strings(key, value, &mut draft.paths, items, problems),
        key::ALLOW_ORIGINS => put(allow_origins(value, items, problems), &mut draft.allow_origins),
        key::DANGEROUSLY_ALLOW_NULL_ORIGIN => put(
            value::reason(key, value, problems).map(Some),
            &mut draft.dangerously_allow_null_origin,
        ),
        key::ALLOW_CREDENTIALS => put(value::boolean(key, value, problems), &mut draft.allow_credentials),
        key::ALLOW_METHODS => strings(key, value, &mut draft.allow_methods, items, problems),
        key::ALLOW_HEADERS => strings(key, value, &mut draft.allow_headers, items, problems),
        key::EXPOSE_HEADERS => strings(key, value, &mut draft.expose_headers, items, problems),
        key::MAX_AGE => put(max_age(value, problems), &mut draft.max_age),
        key::CSRF => put(csrf(value, problems), &mut draft.csrf),
        key::CSRF_EXEMPT_PATHS => {
            let mut paths = Vec::new();
            let usable = strings(key, value, &mut paths, items, problems);
            if let Csrf::Enforce { exempt_paths } = &mut draft.csrf {
                *exempt_paths = paths;
            }
            usable
        }
        key::WEBSOCKET => put(value::boolean(key, value, problems), &mut draft.websocket),
        key::MODE => put(mode(value, problems), &mut draft.mode),
        _ => true,
    }
}

fn csrf(value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<Csrf> {
    match value::word(key::CSRF, value, ["enforce", "off"], problems)? {
        "enforce" => Some(Csrf::Enforce {
            exempt_paths: Vec::new(),
        }),
        _ => Some(Csrf::Off),
    }
}

fn mode(value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<Mode> {
    match value::word(key::MODE, value, ["enforce", "report-only"], problems)? {
        "report-only" => Some(Mode::ReportOnly),
        _ => Some(Mode::Enforce),
    }
}

fn put<T>(value: Option<T>, field: &mut T) -> bool {
    match value {
        Some(value) => {
            *field = value;
            true
        }
        None => false,
    }
}

fn strings(
    key: &str,
    value: &Spanned<DeValue<'_>>,
    field: &mut Vec<String>,
    places: &mut Vec<ItemPlace>,
    problems: &mut Vec<Problem>,
) -> bool {
    let (items, usable) = value::strings(key, value, problems);
    for (text, span) in items {
        field.push(String::from(text));
        places.push(ItemPlace::new(span));
    }
    usable
}

fn max_age(value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<MaxAge> {
    let help =
        "write a number and `s`, `m`, `h` or `d`, such as `\"2h\"`, or `\"off\"` to have nothing remembered";
    match value.get_ref() {
        DeValue::String(text) => match duration::parse(text) {
            Ok(max_age) => Some(max_age),
            Err(fault) => {
                problems.push(
                    Problem::error(
                        "invalid-duration",
                        format!("duration `{text}` {fault}"),
                        value.span(),
                    )
                    .help(help),
                );
                None
            }
        },
        DeValue::Integer(number) => match u32::from_str_radix(number.as_str(), number.radix()) {
            Ok(seconds) => Some(MaxAge::Seconds(seconds)),
            Err(_) => {
                problems.push(
                    Problem::error(
                        "invalid-duration",
                        format!("`{number}` is not a number of seconds from 0 to 86400"),
                        value.span(),
                    )
                    .help(help),
                );
                None
            }
        },
        _ => {
            problems
                .push(value::wrong_type(key::MAX_AGE, "a duration, `\"off\"` or seconds", value).help(help));
            None
        }
    }
}
