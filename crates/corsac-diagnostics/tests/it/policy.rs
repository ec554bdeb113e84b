//! Every mistake and warning of a policy has its words.

use std::collections::BTreeSet;

use corsac::PolicyErrorReason;
use corsac_diagnostics::policy_explanation;

#[test]
fn every_policy_error_has_a_title_a_meaning_and_a_fix_of_its_own() {
    let mut titles = BTreeSet::new();
    for &reason in PolicyErrorReason::ALL {
        let explanation = policy_explanation(reason);
        let title = explanation.title("x");
        assert!(!title.contains('{') && !title.is_empty(), "{reason:?}: {title}");
        assert!(titles.insert((title, explanation.fix)), "{reason:?}");
        for text in [explanation.meaning, explanation.fix] {
            assert!(!text.is_empty() && !text.ends_with('.'), "{reason:?}: {text}");
        }
    }
}

#[test]
fn values_stand_in_backticks() {
    for &reason in PolicyErrorReason::ALL {
        let title = policy_explanation(reason).title("VALUE");
        assert!(
            !title.contains("VALUE") || title.contains("`VALUE`"),
            "{reason:?}: {title}"
        );
    }
}
