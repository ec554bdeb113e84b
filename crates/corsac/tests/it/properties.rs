//! What holds for every policy and every request, be they nonsense.

use corsac::{
    AllowOrigins, CorsRequest, Policy, PolicyDraft, PolicyTable, RequestHeaders, RequestTarget, Verdict,
};
use corsac_cases::hostile_origins::neighbours;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use crate::generated::{config, drafts, sample_of, wild_drafts};
use crate::promise::{allows_origin, with_normalized_methods};

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn building_what_was_built_gives_the_same(draft in drafts()) {
        if let Ok((policy, _)) = Policy::build(draft.clone()) {
            prop_assert_eq!(policy.to_draft(), with_normalized_methods(draft));
            prop_assert_eq!(format!("{policy:?}"), format!("Policy({:?})", policy.to_draft()));
            let again = Policy::build(policy.to_draft()).map(|(policy, _)| policy);
            prop_assert_eq!(again, Ok(policy));
        }
    }

    #[test]
    fn tables_are_the_same_if_and_only_if_their_drafts_are(one in drafts(), other in drafts()) {
        let tables = [&one, &other].map(|draft| PolicyTable::build(vec![draft.clone()]));
        if let [Ok((table, _)), Ok((other_table, _))] = tables {
            let are_the_same = with_normalized_methods(one) == with_normalized_methods(other);
            prop_assert_eq!(table == other_table, are_the_same);
            prop_assert_eq!(table.policies() == other_table.policies(), are_the_same);
        }
    }

    #[test]
    fn a_draft_of_nonsense_builds_or_says_what_is_wrong(one in wild_drafts(), other in wild_drafts()) {
        match PolicyTable::build(vec![one, other]) {
            Ok((table, _)) => prop_assert_eq!(PolicyTable::build(table.to_drafts()).map(|(table, _)| table), Ok(table)),
            Err(errors) => {
                prop_assert!(errors.len() > 0);
                prop_assert!(!errors.to_string().chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }

    #[test]
    fn only_what_the_policy_lists_is_sent_back(draft in drafts()) {
        let Ok((policy, _)) = Policy::build(draft.clone()) else { return Ok(()) };
        for text in texts_near(&draft) {
            let headers = [("Origin", text.as_str())];
            let decision = policy.decide(&CorsRequest::classify(b"GET", RequestTarget::path("/"), headers.as_slice()));
            let allow_origin = decision
                .headers
                .set()
                .find(|(name, _)| *name == "access-control-allow-origin")
                .map(|(_, value)| value.to_vec());
            let expected = match &draft.allow_origins {
                AllowOrigins::Any => Some(b"*".to_vec()),
                AllowOrigins::List(_) => allows_origin(&draft, &text).then(|| text.clone().into_bytes()),
            };
            let expected = expected.filter(|_| text.len() <= corsac::cors_request::MAX_ORIGIN_BYTES);
            prop_assert_eq!(allow_origin, expected, "{:?} {:?}", text, draft);
        }
    }

    #[test]
    fn no_request_panics_and_no_refusal_discloses(
        draft in drafts(),
        method in any::<Vec<u8>>(),
        path in "/?[a-c/.%2fF5cC;?*\\\\]{0,20}",
        headers in proptest::collection::vec((proptest::sample::select(NAMES), any::<Vec<u8>>()), 0..5),
    ) {
        let mut paths = draft.clone();
        paths.paths = vec!["/a/*".to_owned(), "/a/b".to_owned()];
        let Ok((table, _)) = PolicyTable::build(vec![paths]) else { return Ok(()) };
        for method in [method.as_slice(), b"OPTIONS"] {
            check_disclosure(&table, &path, method, headers.as_slice())?;
        }
    }
}

fn check_disclosure<H: RequestHeaders + ?Sized>(
    table: &PolicyTable,
    path: &str,
    method: &[u8],
    headers: &H,
) -> Result<(), proptest::test_runner::TestCaseError> {
    let decision = table.decide(&CorsRequest::classify(method, RequestTarget::path(path), headers));
    if decision.verdict == Verdict::Refused {
        prop_assert_eq!(decision.headers.set().count(), 0);
    }
    prop_assert!(decision.reason.to_string().chars().all(|c| !c.is_control()));
    Ok(())
}

fn texts_near(draft: &PolicyDraft) -> Vec<String> {
    let mut origins = vec!["https://app.example".to_owned()];
    if let AllowOrigins::List(entries) = &draft.allow_origins {
        origins.extend(
            entries
                .iter()
                .flat_map(|entry| [entry.pattern.clone(), sample_of(&entry.pattern)]),
        );
    }
    let near: Vec<String> = origins.iter().flat_map(|origin| neighbours(origin)).collect();
    origins.extend(near);
    origins
}

const NAMES: &[&str] = &[
    "Origin",
    "Access-Control-Request-Method",
    "access-control-request-headers",
    "X-Other",
];
