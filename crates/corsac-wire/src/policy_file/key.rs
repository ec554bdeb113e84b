//! The keys of a policy file, and what a reader may have meant by another one.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::Problem;

/// The keys of the document.
pub(super) const DOCUMENT: &[&str] = &["version", "policy"];

/// The keys of a `[[policy]]` table, in the order they are written.
pub(super) const POLICY: &[&str] = &[
    NAME,
    HOSTS,
    PATHS,
    ALLOW_ORIGINS,
    DANGEROUSLY_ALLOW_NULL_ORIGIN,
    ALLOW_CREDENTIALS,
    ALLOW_METHODS,
    ALLOW_HEADERS,
    EXPOSE_HEADERS,
    MAX_AGE,
    CSRF,
    CSRF_EXEMPT_PATHS,
    WEBSOCKET,
    MODE,
];

/// The keys of an origin written as a table.
pub(super) const ORIGIN_ENTRY: &[&str] = &[
    ORIGIN,
    DANGEROUSLY_ALLOW_INSECURE,
    DANGEROUSLY_ALLOW_PUBLIC_SUFFIX,
    ALLOW_PRIVATE_NETWORK,
];

pub(super) const NAME: &str = "name";
pub(super) const HOSTS: &str = "hosts";
pub(super) const PATHS: &str = "paths";
pub(super) const ALLOW_ORIGINS: &str = "allow_origins";
pub(super) const DANGEROUSLY_ALLOW_NULL_ORIGIN: &str = "dangerously_allow_null_origin";
pub(super) const ALLOW_CREDENTIALS: &str = "allow_credentials";
pub(super) const ALLOW_METHODS: &str = "allow_methods";
pub(super) const ALLOW_HEADERS: &str = "allow_headers";
pub(super) const EXPOSE_HEADERS: &str = "expose_headers";
pub(super) const MAX_AGE: &str = "max_age";
pub(super) const CSRF: &str = "csrf";
pub(super) const CSRF_EXEMPT_PATHS: &str = "csrf_exempt_paths";
pub(super) const WEBSOCKET: &str = "websocket";
pub(super) const MODE: &str = "mode";
pub(super) const ORIGIN: &str = "origin";
pub(super) const DANGEROUSLY_ALLOW_INSECURE: &str = "dangerously_allow_insecure";
pub(super) const DANGEROUSLY_ALLOW_PUBLIC_SUFFIX: &str = "dangerously_allow_public_suffix";
pub(super) const ALLOW_PRIVATE_NETWORK: &str = "allow_private_network";

/// Key and value of an entry, with their places.
pub(super) type Entry<'t, 's> = (&'t Spanned<DeString<'s>>, &'t Spanned<DeValue<'s>>);

/// The entry of this key.
pub(super) fn entry<'t, 's>(table: &'t DeTable<'s>, key: &str) -> Option<Entry<'t, 's>> {
    table.iter().find(|(name, _)| name.get_ref() == key)
}

/// Report the keys that are not `known`. Returns the known keys that they seem to stand for.
pub(super) fn report_unknown(
    table: &DeTable<'_>,
    known: &[&'static str],
    problems: &mut Vec<Problem>,
) -> Vec<&'static str> {
    let mut meant = Vec::new();
    for key in table
        .keys()
        .filter(|key| !known.contains(&key.get_ref().as_ref()))
    {
        let written = key.get_ref().as_ref();
        let problem = Problem::error("unknown-key", format!("unknown key `{written}`"), key.span());
        problems.push(match suggestion(written, known) {
            Some(likely) => {
                meant.push(likely);
                problem.help(format!("did you mean `{likely}`?"))
            }
            None => match elsewhere(written) {
                Some(place) => problem.help(format!("`{written}` belongs {place}")),
                None => problem.help(format!("the keys here are {}", listed(known))),
            },
        });
    }
    meant
}

/// The known key that is spelt most like this one, if any is close.
fn suggestion(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let written = snake_case(written);
    // `origins`, `methods`, `credentials`: the tail of exactly one key.
    let mut tails = known.iter().filter(|key| {
        key.strip_suffix(written.as_str())
            .is_some_and(|head| head.is_empty() || (head.ends_with('_') && !head.starts_with("dangerously")))
    });
    if let (Some(key), None) = (tails.next(), tails.next()) {
        return Some(key);
    }
    let (key, distance) = known
        .iter()
        .map(|key| (*key, strsim::osa_distance(&written, key)))
        .min_by_key(|(_, distance)| *distance)?;
    (distance <= key.len() / 3).then_some(key)
}

/// `allowedOrigins`, `Allow-Origins` and `allow_origins` alike.
fn snake_case(key: &str) -> String {
    let mut snake = String::with_capacity(key.len());
    let mut after_lower = false;
    for character in key.chars().take(MAX_COMPARED) {
        if character.is_ascii_uppercase() && after_lower {
            snake.push('_');
        }
        after_lower = character.is_ascii_lowercase();
        snake.push(if character == '-' {
            '_'
        } else {
            character.to_ascii_lowercase()
        });
    }
    snake
}

/// Where a key of another table belongs.
fn elsewhere(written: &str) -> Option<&'static str> {
    if POLICY.contains(&written) {
        Some("under `[[policy]]`")
    } else if ORIGIN_ENTRY.contains(&written) {
        Some("in an origin written as a table: `{ origin = \"…\", … }`")
    } else if DOCUMENT.contains(&written) {
        Some("at the top of the file, above the first `[[policy]]`")
    } else {
        None
    }
}

fn listed(keys: &[&str]) -> String {
    keys.iter()
        .map(|key| format!("`{key}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// No key is longer; more characters are not compared.
const MAX_COMPARED: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_leads_to_the_right_one() {
        for (written, meant) in [
            ("allow_origin", ALLOW_ORIGINS),
            ("allowed_origins", ALLOW_ORIGINS),
            ("allowedOrigins", ALLOW_ORIGINS),
            ("allow-origins", ALLOW_ORIGINS),
            ("origins", ALLOW_ORIGINS),
            ("credentials", ALLOW_CREDENTIALS),
            ("methods", ALLOW_METHODS),
            ("exposed_headers", EXPOSE_HEADERS),
            ("maxAge", MAX_AGE),
            ("path", PATHS),
            ("host", HOSTS),
            ("exempt_paths", CSRF_EXEMPT_PATHS),
            ("web_socket", WEBSOCKET),
        ] {
            assert_eq!(suggestion(written, POLICY), Some(meant), "{written}");
        }
    }

    #[test]
    fn a_key_that_resembles_none_or_two_leads_to_none() {
        for written in ["headers", "null_origin", "upstream", ""] {
            assert_eq!(suggestion(written, POLICY), None, "{written}");
        }
    }
}
