//! The catalogue writes for readers of a policy file; here its keys are flags.

use std::borrow::Cow;

use corsac::PolicyField;

/// The flag of a field. Names come from the program, danger switches only from policy files.
pub(super) fn flag(field: PolicyField) -> &'static str {
    match field {
        PolicyField::Name => "the name of the policy",
        // The other fields come from policy files only.
        PolicyField::Hosts => "hosts",
        PolicyField::CsrfExemptPaths => "csrf_exempt_paths",
        PolicyField::Csrf => "--csrf",
        PolicyField::Paths => "--path",
        PolicyField::AllowOrigins
        | PolicyField::DangerouslyAllowInsecure
        | PolicyField::DangerouslyAllowPublicSuffix
        | PolicyField::DangerouslyAllowNullOrigin => "--allow-origin",
        PolicyField::AllowCredentials => "--allow-credentials",
        PolicyField::AllowMethods => "--allow-method",
        PolicyField::AllowHeaders => "--allow-header",
        PolicyField::ExposeHeaders => "--expose-header",
        PolicyField::MaxAge => "--max-age",
    }
}

/// A sentence of the catalogue in the words of the command line.
pub(super) fn in_flags(sentence: &str) -> String {
    WORDS.iter().fold(sentence.to_owned(), |sentence, (file, flags)| {
        sentence.replace(file, flags)
    })
}

/// A value as a shell takes it.
pub(super) fn shell_word(value: &str) -> Cow<'_, str> {
    let plain = |character: char| character.is_alphanumeric() || "%+-./:=@_,".contains(character);
    if !value.is_empty() && value.chars().all(plain) {
        Cow::Borrowed(value)
    } else {
        Cow::Owned(format!("'{}'", value.replace('\'', "'\\''")))
    }
}

/// What the catalogue writes in a policy file's syntax, and the same as flags.
const WORDS: &[(&str, &str)] = &[
    ("write `allow_origins = \"*\"`", "give `--allow-origin '*'` alone"),
    ("`allow_credentials`", "`--allow-credentials`"),
    ("`allow_headers`", "`--allow-header`"),
    ("`expose_headers`", "`--expose-header`"),
    ("`[\"PUT\", \"DELETE\"]`", "`--allow-method PUT,DELETE`"),
    (
        "`[\"Content-Type\", \"Authorization\"]`",
        "`--allow-header Content-Type,Authorization`",
    ),
    (
        "`[\"X-Request-Id\", \"ETag\"]`",
        "`--expose-header X-Request-Id,ETag`",
    ),
    ("`paths = [\"/api/*\"]`", "`--path '/api/*'`"),
    ("`\"2h\"`", "`--max-age 2h`"),
    ("`\"1d\"`", "`1d`"),
    (
        "the key `dangerously_allow_null_origin` is for the rest",
        "a policy file (`--config`) has a switch for the rest",
    ),
    (
        "write `{ origin = \"…\", dangerously_allow_insecure = \"why\" }`",
        "a policy file (`--config`) can say so, with the reason",
    ),
    (
        "write `{ origin = \"…\", dangerously_allow_public_suffix = \"why\" }`",
        "a policy file (`--config`) can say so, with the reason",
    ),
];

#[cfg(test)]
mod tests {
    use corsac::PolicyErrorReason;
    use corsac_diagnostics::policy_explanation;

    use super::{in_flags, shell_word};

    #[test]
    fn no_explanation_speaks_of_the_keys_of_a_policy_file() {
        for reason in PolicyErrorReason::ALL {
            // Neither name nor hosts nor a danger switch is given as a flag.
            if ["name-", "host-", "danger-"]
                .iter()
                .any(|start| reason.code().starts_with(start))
            {
                continue;
            }
            let explanation = policy_explanation(*reason);
            for sentence in [explanation.meaning, explanation.fix] {
                let sentence = in_flags(sentence);
                for syntax in ["allow_", "expose_", "max_age", "paths =", "\"", "[", "{ "] {
                    assert!(!sentence.contains(syntax), "{reason:?}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn values_are_quoted_where_a_shell_would_change_them() {
        for (value, word) in [
            ("http://localhost:5173", "http://localhost:5173"),
            ("https://*.example.com", "'https://*.example.com'"),
            ("https://{label}.example.com", "'https://{label}.example.com'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(value), word);
        }
    }
}
