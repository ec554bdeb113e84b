//! Drafts back to TOML. What a draft leaves at its default is not written.

use std::fmt::Write as _;

use corsac::{AllowOrigins, Csrf, MaxAge, Mode, OriginEntry, PolicyDraft};
use toml_writer::{TomlStringBuilder, TomlWrite as _};

use super::{duration, key};

/// Write a policy file. Reading it gives the same drafts.
#[must_use]
pub fn write(drafts: &[PolicyDraft]) -> String {
    let mut file = String::from("version = 1\n");
    for draft in drafts {
        file.push_str("\n[[policy]]\n");
        for &key in key::POLICY {
            if let Some(value) = field(draft, key) {
                let _ = writeln!(file, "{key} = {value}");
            }
        }
    }
    file
}

/// The value of a key, unless it is what an absent key means.
fn field(draft: &PolicyDraft, key: &str) -> Option<String> {
    match key {
        key::NAME => Some(string(&draft.name)),
        key::HOSTS => optional_strings(&draft.hosts),
        key::PATHS => Some(strings(&draft.paths)),
        key::ALLOW_ORIGINS => Some(match &draft.allow_origins {
            AllowOrigins::Any => string("*"),
            AllowOrigins::List(entries) => list(entries.iter().map(origin_entry)),
        }),
        key::DANGEROUSLY_ALLOW_NULL_ORIGIN => draft.dangerously_allow_null_origin.as_deref().map(string),
        key::ALLOW_CREDENTIALS => draft.allow_credentials.then(|| String::from("true")),
        key::ALLOW_METHODS => optional_strings(&draft.allow_methods),
        key::ALLOW_HEADERS => optional_strings(&draft.allow_headers),
        key::EXPOSE_HEADERS => optional_strings(&draft.expose_headers),
        key::MAX_AGE => match draft.max_age {
            MaxAge::Default => None,
            MaxAge::Off => Some(string("off")),
            MaxAge::Seconds(seconds) => Some(string(&duration::write(seconds))),
        },
        key::CSRF => (draft.csrf != Csrf::Off).then(|| string("enforce")),
        key::CSRF_EXEMPT_PATHS => match &draft.csrf {
            Csrf::Off => None,
            Csrf::Enforce { exempt_paths } => optional_strings(exempt_paths),
        },
        key::WEBSOCKET => draft.websocket.then(|| String::from("true")),
        key::MODE => match draft.mode {
            Mode::Enforce => None,
            Mode::ReportOnly => Some(string("report-only")),
        },
        _ => None,
    }
}

fn origin_entry(entry: &OriginEntry) -> String {
    let switches = [
        (key::DANGEROUSLY_ALLOW_INSECURE, &entry.dangerously_allow_insecure),
        (
            key::DANGEROUSLY_ALLOW_PUBLIC_SUFFIX,
            &entry.dangerously_allow_public_suffix,
        ),
    ];
    let mut switches: Vec<String> = switches
        .into_iter()
        .filter_map(|(key, reason)| Some(format!("{key} = {}", string(reason.as_deref()?))))
        .collect();
    if entry.allow_private_network {
        switches.push(format!("{} = true", key::ALLOW_PRIVATE_NETWORK));
    }
    if switches.is_empty() {
        string(&entry.pattern)
    } else {
        format!(
            "{{ {} = {}, {} }}",
            key::ORIGIN,
            string(&entry.pattern),
            switches.join(", ")
        )
    }
}

fn optional_strings(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| strings(items))
}

fn strings(items: &[String]) -> String {
    list(items.iter().map(|item| string(item)))
}

/// On one line when it fits, one item a line otherwise.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let length: usize = items.iter().map(|item| item.len() + 2).sum();
    if length <= LINE_LENGTH {
        return format!("[{}]", items.join(", "));
    }
    let mut list = String::from("[\n");
    for item in &items {
        let _ = writeln!(list, "  {item},");
    }
    list.push(']');
    list
}

/// A basic string: the same quotes everywhere, as in every example.
fn string(text: &str) -> String {
    let mut written = String::new();
    let _ = written.value(TomlStringBuilder::new(text).as_basic());
    written
}

const LINE_LENGTH: usize = 80;
