//! The profiles as a list of named differences.

use std::collections::BTreeSet;

use corsac_fetch::UserAgent;

#[test]
fn the_standard_has_no_differences_and_every_browser_has_some() {
    let count = |user_agent: UserAgent| user_agent.profile().entries().count();
    assert_eq!(count(UserAgent::Standard), 0);
    for user_agent in [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit] {
        assert!(count(user_agent) >= 10, "{user_agent:?}");
    }
}

#[test]
fn every_entry_has_a_kebab_case_name_of_its_own_a_description_and_a_source() {
    for user_agent in [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit] {
        let mut names = BTreeSet::new();
        for entry in user_agent.profile().entries() {
            assert!(names.insert(entry.name), "{} is there twice", entry.name);
            assert!(
                entry
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                entry.name
            );
            assert!(
                !entry.description.is_empty() && !entry.source.is_empty(),
                "{}",
                entry.name
            );
        }
    }
}
