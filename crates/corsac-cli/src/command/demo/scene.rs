//! The four requests.

use std::net::SocketAddr;

use corsac::Origin;
use corsac_fetch::{
    BlockReason, Body, BodyKind, Client, CorsCheckFailure, CredentialsMode, OutcomeKind, RequestInit,
};

/// The page that the demo's policy lists.
pub(super) const APP: &str = "http://localhost:5173";

/// A page that nobody listed.
const OTHER_SITE: &str = "https://other-site.example";

/// A request and why it is shown.
pub(super) struct Scene {
    pub(super) title: &'static str,
    /// The call as a script writes it.
    pub(super) call: String,
    pub(super) client: Client,
    pub(super) init: RequestInit,
    /// Why the browser blocks it; `None` when the page reads the answer.
    expected: Option<BlockReason>,
}

impl Scene {
    /// Whether it went as it should.
    pub(super) fn went_well(&self, outcome: &OutcomeKind) -> bool {
        match (outcome, &self.expected) {
            (OutcomeKind::Shared(_), None) => true,
            (OutcomeKind::Blocked { reason, .. }, Some(expected)) => reason == expected,
            _ => false,
        }
    }
}

/// Allowed; another site; a header that the policy does not list; credentials that it does not
/// allow.
pub(super) fn scenes(gateway: SocketAddr) -> Vec<Scene> {
    let items = format!("http://{gateway}/items");
    let mut save = RequestInit::new(format!("{items}/1"));
    save.method = "PUT".to_owned();
    save.headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    save.body = Some(Body {
        kind: BodyKind::String,
        bytes: br#"{"name":"corsac"}"#.to_vec(),
    });
    let mut traced = RequestInit::new(items.as_str());
    traced.headers = vec![("X-Trace".to_owned(), "7".to_owned())];
    let mut with_cookies = RequestInit::new(items.as_str());
    with_cookies.credentials = CredentialsMode::Include;
    [
        (
            "The app's own page saves an item",
            APP,
            format!(
                "fetch(\"{items}/1\", {{ method: \"PUT\", headers: {{ \"Content-Type\": \"application/json\" }}, body }})"
            ),
            save,
            None,
        ),
        (
            "Another site tries to read",
            OTHER_SITE,
            format!("fetch(\"{items}\")"),
            RequestInit::new(items.as_str()),
            Some(BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMissing)),
        ),
        (
            "The app sets a header that the policy does not list",
            APP,
            format!("fetch(\"{items}\", {{ headers: {{ \"X-Trace\": \"7\" }} }})"),
            traced,
            Some(BlockReason::PreflightCorsCheck(CorsCheckFailure::AllowOriginMissing)),
        ),
        (
            "The app asks with cookies, and the policy has no credentials",
            APP,
            format!("fetch(\"{items}\", {{ credentials: \"include\" }})"),
            with_cookies,
            Some(BlockReason::CorsCheck(CorsCheckFailure::AllowCredentialsNotTrue {
                value: None,
            })),
        ),
    ]
    .into_iter()
    .filter_map(|(title, origin, call, init, expected)| {
        Some(Scene {
            title,
            call,
            client: Client::new(Origin::from_serialization(origin)?),
            init,
            expected,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    #[test]
    fn there_are_four() {
        let gateway = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
        assert_eq!(super::scenes(gateway).len(), 4);
    }
}
