//! Origins: what a URL parses to, what a serialization reads back as, the relations between
//! origins, and which origins a policy allows that lists one.
#![no_main]

use corsac::{AllowOrigins, CorsRequest, Origin, Policy, PolicyDraft, RequestTarget, Verdict, site};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    if let Some(origin) = Origin::from_serialization(text) {
        assert_eq!(origin.to_string(), text, "a serialization reads back as itself");
    }
    a_policy_allows_the_origin_it_lists(text);
    let Ok(url) = Url::parse(text) else { return };
    let origin = Origin::of_url(&url);
    match &origin {
        Origin::Opaque(_) => assert_eq!(origin.to_string(), "null"),
        Origin::Tuple(_) => {
            let serialization = origin.to_string();
            assert_eq!(Origin::from_serialization(&serialization).as_ref(), Some(&origin));
            assert!(origin.same_origin(&origin));
            assert!(site::same_site(&origin, &origin));
            assert!(site::schemelessly_same_site(&origin, &origin));
            neighbours_are_not_same_origin(&origin, &serialization);
        }
    }
});

fn neighbours_are_not_same_origin(origin: &Origin, serialization: &str) {
    for neighbour in neighbours(serialization) {
        if let Some(neighbour) = Origin::from_serialization(&neighbour) {
            assert!(!origin.same_origin(&neighbour), "{origin} is not {neighbour}");
        }
    }
}

/// The text may be anything: an origin, a pattern, or what no policy can list.
fn a_policy_allows_the_origin_it_lists(text: &str) {
    let draft = PolicyDraft {
        allow_origins: AllowOrigins::from_iter([text]),
        ..PolicyDraft::new("app")
    };
    let Ok((policy, _)) = Policy::build(draft) else {
        return;
    };
    let again = Policy::build(policy.to_draft()).map(|(policy, _)| policy);
    assert_eq!(
        again.as_ref(),
        Ok(&policy),
        "a policy's draft builds the same policy"
    );
    // A host may have `*` in it, but in a policy that is a pattern.
    if !text.contains('*') && Origin::from_serialization(text).is_some() {
        assert_eq!(verdict(&policy, text), Verdict::Allowed, "{text}");
        for neighbour in neighbours(text) {
            assert_eq!(verdict(&policy, &neighbour), Verdict::Refused, "{neighbour}");
        }
    }
}

fn verdict(policy: &Policy, origin: &str) -> Verdict {
    policy
        .decide(&CorsRequest::classify(b"GET", RequestTarget::path("/"), [("origin", origin)].as_slice()))
        .verdict
}

/// Another host that starts with this one, another port, a path.
fn neighbours(serialization: &str) -> [String; 3] {
    [".evil.test", "0", "/"].map(|end| format!("{serialization}{end}"))
}
