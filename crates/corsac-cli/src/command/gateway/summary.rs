//! What the policies say, for whoever starts a gateway.

use std::fmt::Write as _;

use corsac::{AllowOrigins, MaxAge, PolicyDraft, PolicyTable};
use corsac_diagnostics::render::printable;

/// A few lines for each policy.
pub(crate) fn policies(table: &PolicyTable) -> String {
    let mut text = String::new();
    for policy in table.policies() {
        self::policy(&mut text, &policy.to_draft());
    }
    text
}

fn policy(text: &mut String, draft: &PolicyDraft) {
    let origins = match &draft.allow_origins {
        AllowOrigins::Any => "* (every page may read)".to_owned(),
        AllowOrigins::List(entries) if entries.is_empty() => "nobody".to_owned(),
        AllowOrigins::List(entries) => join(entries.iter().map(|entry| entry.pattern.as_str())),
    };
    let methods = join(
        ["GET", "HEAD", "POST"]
            .into_iter()
            .chain(draft.allow_methods.iter().map(String::as_str)),
    );
    let max_age = match draft.max_age {
        MaxAge::Default => "the browser's default, 5 s".to_owned(),
        MaxAge::Off => "off".to_owned(),
        MaxAge::Seconds(seconds) => format!("{seconds} s"),
    };
    let credentials = if draft.allow_credentials { "yes" } else { "no" };
    let mut line = |label: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {label:<12}{}", printable(value));
    };
    line(
        "policy",
        &format!(
            "{} for {}",
            draft.name,
            join(draft.paths.iter().map(String::as_str))
        ),
    );
    line("origins", &origins);
    line("methods", &methods);
    line("headers", &or_only_safelisted(&draft.allow_headers));
    line("readable", &or_only_safelisted(&draft.expose_headers));
    line("credentials", credentials);
    line("preflights", &format!("remembered: {max_age}"));
}

fn or_only_safelisted(names: &[String]) -> String {
    if names.is_empty() {
        return "only those that need no listing".to_owned();
    }
    join(names.iter().map(String::as_str))
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
