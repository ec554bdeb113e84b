//! Origins: what a URL parses to, what a serialization reads back as, and the relations between
//! origins.
#![no_main]

use corsac::{Origin, site};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    if let Some(origin) = Origin::from_serialization(text) {
        assert_eq!(origin.to_string(), text, "a serialization reads back as itself");
    }
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

/// Another port, and another host that starts with this one.
fn neighbours_are_not_same_origin(origin: &Origin, serialization: &str) {
    for neighbour in [format!("{serialization}.evil.test"), format!("{serialization}0")] {
        if let Some(neighbour) = Origin::from_serialization(&neighbour) {
            assert!(!origin.same_origin(&neighbour), "{origin} is not {neighbour}");
        }
    }
}
