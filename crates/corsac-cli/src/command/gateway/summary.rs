//! What the policies say, in a few lines, for whoever starts a gateway.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use corsac::{AllowOrigins, Csrf, MaxAge, Mode, PolicyDraft, PolicyTable};
use corsac_diagnostics::render::printable;

/// A few lines for each policy; of a long list, the first ones.
pub(crate) fn policies(table: &PolicyTable) -> String {
    let drafts = table.to_drafts();
    let mut text = String::new();
    for draft in drafts.iter().take(MAX_POLICIES) {
        policy(&mut text, draft);
    }
    if let more @ 1.. = drafts.len().saturating_sub(MAX_POLICIES) {
        line(&mut text, "", &format!("… and {more} more policies"));
    }
    text
}

/// A line about debug mode, which is not for production.
pub(super) fn debug() -> String {
    let mut text = String::new();
    line(
        &mut text,
        "debug",
        "refusals tell the browser why, and with that strangers; for development",
    );
    text
}

fn policy(text: &mut String, draft: &PolicyDraft) {
    let name = format!(
        "{} for {}",
        draft.name,
        join(draft.paths.iter().map(String::as_str))
    );
    line(text, "policy", &name);
    if !draft.hosts.is_empty() {
        line(text, "hosts", &join(draft.hosts.iter().map(String::as_str)));
    }
    line(text, "origins", &origins(draft));
    let listed = draft.allow_methods.iter().map(String::as_str);
    let methods = SAFELISTED
        .into_iter()
        .chain(listed.filter(|method| !SAFELISTED.contains(method)));
    line(text, "methods", &join(methods));
    line(text, "headers", &or_only_safelisted(&draft.allow_headers));
    line(text, "readable", &or_only_safelisted(&draft.expose_headers));
    line(
        text,
        "credentials",
        if draft.allow_credentials { "yes" } else { "no" },
    );
    let remembered = match draft.max_age {
        MaxAge::Default => "the browser's default, 5 s".to_owned(),
        MaxAge::Off => "not at all".to_owned(),
        MaxAge::Seconds(seconds) => format!("{seconds} s"),
    };
    line(text, "preflights", &format!("remembered: {remembered}"));
    guards(text, draft);
    if draft.mode == Mode::ReportOnly {
        line(text, "mode", "report-only: decides and logs, changes nothing");
    }
}

/// What is asked of requests besides CORS, and what is answered to private networks.
fn guards(text: &mut String, draft: &PolicyDraft) {
    if let Csrf::Enforce { exempt_paths } = &draft.csrf {
        let guarded = "unsafe methods only from listed and own pages";
        let value = if exempt_paths.is_empty() {
            guarded.to_owned()
        } else {
            format!(
                "{guarded}, except {}",
                join(exempt_paths.iter().map(String::as_str))
            )
        };
        line(text, "csrf", &value);
    }
    if draft.websocket {
        line(text, "websocket", "only from listed and own pages");
    }
    if let AllowOrigins::List(entries) = &draft.allow_origins {
        let private: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.allow_private_network)
            .map(|entry| entry.pattern.as_str())
            .collect();
        if !private.is_empty() {
            line(text, "private net", &join(private.into_iter()));
        }
    }
}

fn origins(draft: &PolicyDraft) -> String {
    let mut origins = match &draft.allow_origins {
        AllowOrigins::Any => "* (every page may read)".to_owned(),
        AllowOrigins::List(entries) if entries.is_empty() => "nobody".to_owned(),
        AllowOrigins::List(entries) => join(entries.iter().map(|entry| entry.pattern.as_str())),
    };
    if draft.dangerously_allow_null_origin.is_some() {
        origins.push_str(", and `null`, which every site can send");
    }
    origins
}

fn or_only_safelisted(names: &[String]) -> String {
    if names.is_empty() {
        return "only those that need no listing".to_owned();
    }
    join(names.iter().map(String::as_str))
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.collect();
    let shown = items.get(..MAX_ITEMS).unwrap_or(&items).join(", ");
    match items.len().saturating_sub(MAX_ITEMS) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn line(text: &mut String, label: &str, value: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "  {LABEL}{label:<12}{LABEL:#}{}", printable(value));
}

const LABEL: Style = AnsiColor::Cyan.on_default();

/// The CORS-safelisted methods, which need no listing.
const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

const MAX_POLICIES: usize = 8;
const MAX_ITEMS: usize = 8;

#[cfg(test)]
mod tests {
    use corsac::{OriginEntry, PolicyDraft, PolicyTable};

    use super::policies;

    #[test]
    fn a_long_table_is_told_in_a_few_lines() {
        let drafts: Vec<PolicyDraft> = (0..20)
            .map(|number| PolicyDraft {
                paths: vec![format!("/{number}/*")],
                allow_origins: (0..50)
                    .map(|host| OriginEntry::from(format!("https://h{host}.example")))
                    .collect(),
                ..PolicyDraft::new(format!("p{number}"))
            })
            .collect();
        let (table, _) = PolicyTable::build(drafts).unwrap();
        let text = anstream::adapter::strip_str(&policies(&table)).to_string();
        assert_eq!(text.lines().count(), 8 * 7 + 1);
        assert!(text.contains("https://h7.example and 42 more\n"), "{text}");
        assert!(text.ends_with("… and 12 more policies\n"), "{text}");
    }
}
