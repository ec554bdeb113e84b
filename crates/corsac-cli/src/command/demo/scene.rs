//! The four requests.

use std::net::SocketAddr;

use corsac::Origin;
use corsac_fetch::{Body, BodyKind, Client, CredentialsMode, RequestInit};

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
        ),
        (
            "Another site tries to read",
            OTHER_SITE,
            format!("fetch(\"{items}\")"),
            RequestInit::new(items.as_str()),
        ),
        (
            "The app sets a header that the policy does not list",
            APP,
            format!("fetch(\"{items}\", {{ headers: {{ \"X-Trace\": \"7\" }} }})"),
            traced,
        ),
        (
            "The app asks with cookies, and the policy has no credentials",
            APP,
            format!("fetch(\"{items}\", {{ credentials: \"include\" }})"),
            with_cookies,
        ),
    ]
    .into_iter()
    .filter_map(|(title, origin, call, init)| {
        Some(Scene {
            title,
            call,
            client: Client::new(Origin::from_serialization(origin)?),
            init,
        })
    })
    .collect()
}
