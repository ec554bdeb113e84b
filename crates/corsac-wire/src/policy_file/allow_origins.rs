//! `allow_origins`: `"*"`, or a list of patterns, each a string or a table with a danger switch.

use corsac::{AllowOrigins, OriginEntry};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::ItemPlace;
use super::problem::Problem;
use super::{key, value};

/// Read the value; `None` when a part of it could not be used.
pub(super) fn allow_origins(
    value: &Spanned<DeValue<'_>>,
    places: &mut Vec<ItemPlace>,
    problems: &mut Vec<Problem>,
) -> Option<AllowOrigins> {
    match value.get_ref() {
        DeValue::String(text) if text == "*" => Some(AllowOrigins::Any),
        DeValue::Array(items) => {
            let mut entries = Vec::with_capacity(items.len());
            for item in items.iter() {
                if let Some((entry, place)) = entry(item, problems) {
                    entries.push(entry);
                    places.push(place);
                }
            }
            // A list of which nothing could be read is not an empty one.
            let is_read = !entries.is_empty() || items.is_empty();
            is_read.then_some(AllowOrigins::List(entries))
        }
        _ => {
            problems.push(value::not_a_list(
                key::ALLOW_ORIGINS,
                "`\"*\"` or a list of origins",
                value,
            ));
            None
        }
    }
}

fn entry(item: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<(OriginEntry, ItemPlace)> {
    match item.get_ref() {
        DeValue::String(pattern) => Some((OriginEntry::from(pattern.as_ref()), ItemPlace::new(item.span()))),
        DeValue::Table(table) => entry_table(table, item, problems),
        _ => {
            problems.push(
                value::wrong_type(
                    "an item of `allow_origins`",
                    "an origin, or a table with `origin`",
                    item,
                )
                .help("write each origin in quotes: `\"https://app.example.com\"`"),
            );
            None
        }
    }
}

fn entry_table(
    table: &DeTable<'_>,
    item: &Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<(OriginEntry, ItemPlace)> {
    let meant = key::report_unknown(table, key::ORIGIN_ENTRY, problems);
    let mut reason = |key| {
        let (_, value) = key::entry(table, key)?;
        value::reason(key, value, problems)
    };
    let dangerously_allow_insecure = reason(key::DANGEROUSLY_ALLOW_INSECURE);
    let dangerously_allow_public_suffix = reason(key::DANGEROUSLY_ALLOW_PUBLIC_SUFFIX);
    let allow_private_network = key::entry(table, key::ALLOW_PRIVATE_NETWORK)
        .and_then(|(_, value)| value::boolean(key::ALLOW_PRIVATE_NETWORK, value, problems))
        .unwrap_or_default();
    let Some((_, origin)) = key::entry(table, key::ORIGIN) else {
        if !meant.contains(&key::ORIGIN) {
            problems.push(
                Problem::error(
                    "missing-origin",
                    "this table does not say which origin it allows",
                    item.span(),
                )
                .help("add `origin = \"https://…\"`"),
            );
        }
        return None;
    };
    let pattern = value::string(key::ORIGIN, origin, problems)?.to_owned();
    let mut place = ItemPlace::new(origin.span());
    for &key in key::ORIGIN_ENTRY {
        if let Some((name, _)) = key::entry(table, key) {
            place.keys.insert(key, name.span());
        }
    }
    Some((
        OriginEntry {
            pattern,
            dangerously_allow_insecure,
            dangerously_allow_public_suffix,
            allow_private_network,
        },
        place,
    ))
}
