//! The list of differences, and the page of the book that shows it.

use std::path::Path;
use std::{env, fs};

use corsac_fetch::UserAgent;
use corsac_wire::profiles::Profiles;

#[test]
fn the_book_lists_every_difference() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/profiles.md");
    let listed = Profiles::of(None).page();
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&page, &listed).unwrap();
    }
    let shown = fs::read_to_string(&page).unwrap();
    assert_eq!(shown, listed, "{}: UPDATE_EXPECT=1 mends it", page.display());
}

#[test]
fn each_difference_is_some_browsers_and_each_browser_has_its_own() {
    let all = Profiles::of(None).profiles;
    assert!(all.iter().all(|difference| !difference.user_agents.is_empty()));
    for (user_agent, name) in [
        (UserAgent::Chromium, "chromium"),
        (UserAgent::Firefox, "firefox"),
        (UserAgent::WebKit, "webkit"),
    ] {
        let own = Profiles::of(Some(user_agent)).profiles;
        let expected: Vec<_> = all
            .iter()
            .filter(|difference| difference.user_agents.contains(&name))
            .cloned()
            .collect();
        assert_eq!(own, expected, "{name}");
        assert!(own.len() < all.len());
    }
}
