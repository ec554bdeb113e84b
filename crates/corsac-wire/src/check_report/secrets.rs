//! Credentials stay out of reports: their names and kinds are shown, their values are not.

use corsac_fetch::HeaderList;

use crate::outcome::isomorphic_decode;

/// Whether the values of credentials are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// They are replaced by `***`.
    #[default]
    Masked,
    /// They are written as they are.
    Shown,
}

impl Secrets {
    pub(crate) fn headers(self, list: &HeaderList) -> Vec<(String, String)> {
        list.iter()
            .map(|(name, value)| (isomorphic_decode(name), self.value(name, value)))
            .collect()
    }

    pub(crate) fn value(self, name: &[u8], value: &[u8]) -> String {
        let value = isomorphic_decode(value);
        if self == Self::Shown {
            return value;
        }
        let name = name.to_ascii_lowercase();
        match name.as_slice() {
            b"cookie" => value.split(';').map(masked_pair).collect::<Vec<_>>().join("; "),
            b"set-cookie" => match value.split_once(';') {
                Some((pair, attributes)) => format!("{};{attributes}", masked_pair(pair)),
                None => masked_pair(&value),
            },
            b"authorization" | b"proxy-authorization" => match value.split_once(' ') {
                Some((scheme, _)) => format!("{scheme} {MASK}"),
                None => MASK.to_owned(),
            },
            name if WHOLLY_SECRET.iter().any(|secret| secret.as_bytes() == name) => MASK.to_owned(),
            _ => value,
        }
    }
}

/// A cookie without its value. One without a name is all value.
fn masked_pair(pair: &str) -> String {
    match pair.trim().split_once('=') {
        Some((name, _)) => format!("{name}={MASK}"),
        None => MASK.to_owned(),
    }
}

const MASK: &str = "***";

/// Headers that carry nothing but a credential.
const WHOLLY_SECRET: [&str; 6] = [
    "api-key",
    "x-access-token",
    "x-api-key",
    "x-auth-token",
    "x-csrf-token",
    "x-xsrf-token",
];

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn values_of_credentials_are_masked_and_their_names_are_not() {
        for (name, value, shown) in [
            ("Cookie", "a=1; b=2=3; c", "a=***; b=***; ***"),
            (
                "Set-Cookie",
                "sid=x=y; Path=/; HttpOnly",
                "sid=***; Path=/; HttpOnly",
            ),
            ("set-cookie", "sid=x", "sid=***"),
            ("AUTHORIZATION", "Bearer abc def", "Bearer ***"),
            ("Authorization", "abc", "***"),
            ("X-Api-Key", "abc", "***"),
            ("X-Other", "abc", "abc"),
        ] {
            assert_eq!(Secrets::Masked.value(name.as_bytes(), value.as_bytes()), shown);
            assert_eq!(Secrets::Shown.value(name.as_bytes(), value.as_bytes()), value);
        }
    }
}
