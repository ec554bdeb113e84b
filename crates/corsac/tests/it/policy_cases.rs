//! `cases/policy/`: drafts in, every mistake and warning out.

use corsac::{PolicyDraft, PolicyPlace, PolicyTable};
use serde::Deserialize;

use crate::draft::{DraftCase, read_cases};
use crate::promise::with_normalized_methods;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyCase {
    name: String,
    policies: Vec<DraftCase>,
    #[serde(default)]
    errors: Vec<Finding>,
    #[serde(default)]
    warnings: Vec<Finding>,
}

/// Where something is wrong, what, and what it has to do with.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Finding {
    at: String,
    value: String,
    reason: String,
    related: Option<String>,
    suggestion: Option<String>,
}

#[test]
fn every_policy_case_reports_exactly_its_mistakes() {
    let mut failures = Vec::new();
    for (file, cases) in read_cases::<Vec<PolicyCase>>("policy") {
        for case in cases {
            let drafts: Vec<PolicyDraft> = case.policies.into_iter().map(Into::into).collect();
            let (errors, warnings) = build(drafts);
            if errors != case.errors || warnings != case.warnings {
                failures.push(format!(
                    "{file}: {}\n  errors {errors:#?}\n  warnings {warnings:#?}",
                    case.name
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn build(drafts: Vec<PolicyDraft>) -> (Vec<Finding>, Vec<Finding>) {
    match PolicyTable::build(drafts.clone()) {
        Ok((table, warnings)) => {
            let drafts: Vec<_> = drafts.into_iter().map(with_normalized_methods).collect();
            assert_eq!(
                table.to_drafts(),
                drafts,
                "a table gives back what it was built from"
            );
            let (again, _) = PolicyTable::build(drafts).unwrap();
            assert_eq!(again, table, "building what was built gives the same");
            let warnings = warnings.iter().map(|warning| Finding {
                at: at(warning.place()),
                value: warning.place().value.clone(),
                reason: warning.reason().code().to_owned(),
                related: warning.related().map(at),
                suggestion: None,
            });
            (Vec::new(), warnings.collect())
        }
        Err(errors) => {
            let errors = errors.iter().map(|error| Finding {
                at: at(error.place()),
                value: error.place().value.clone(),
                reason: error.reason().code().to_owned(),
                related: error.related().map(at),
                suggestion: error.suggestion().map(str::to_owned),
            });
            (errors.collect(), Vec::new())
        }
    }
}

fn at(place: &PolicyPlace) -> String {
    let index = place.index.map_or(String::new(), |index| format!("[{index}]"));
    format!("{}.{}{index}", place.policy_index, place.field.key())
}
