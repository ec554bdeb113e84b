//! `cases/decision/`: policies and requests in, whole answers out.

use std::sync::Arc;

use corsac::{
    Action, CorsRequest, Decision, LivePolicies, Mode, Policy, PolicyDraft, PolicyReader, PolicyTable,
    Reason, RequestHeaders, RequestTarget, Verdict,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use crate::draft::{DraftCase, read_cases};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionFile {
    policies: Vec<DraftCase>,
    cases: Vec<DecisionCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionCase {
    name: String,
    host: Option<String>,
    path: Option<String>,
    method: String,
    headers: Vec<(String, Text)>,
    inner: Option<Vec<(String, Text)>>,
    #[serde(default)]
    debug: bool,
    #[serde(default)]
    report_only: bool,
    source: Option<Source>,
    expect: Expect,
    /// For readers, and for the tests that hold the peers against it.
    #[serde(rename = "why")]
    _why: Option<String>,
    #[serde(rename = "go")]
    _go: Option<String>,
    #[serde(rename = "tower_http")]
    _tower_http: Option<String>,
}

/// What a dynamic source of origins makes of the request's origin.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Source {
    Refuses,
    Fails,
    TimesOut,
}

/// A text, or a text to be repeated so many times.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Once(String),
    Repeated(String, usize),
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expect {
    verdict: String,
    reason: String,
    action: Answer,
    policy: Option<String>,
    response: Vec<(String, String)>,
    /// Absent: not asserted. Null: no entry of the list matched.
    #[serde(default, deserialize_with = "present")]
    matched: Option<Option<String>>,
    display: Option<String>,
}

fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Answer {
    Word(String),
    Status(u16),
}

#[test]
fn every_decision_case_gives_exactly_its_answer() {
    let mut failures = Vec::new();
    for (file, DecisionFile { policies, cases }) in read_cases::<DecisionFile>("decision") {
        let drafts: Vec<PolicyDraft> = policies.into_iter().map(Into::into).collect();
        let built = PolicyTable::build(drafts.clone());
        let (table, _) = built.unwrap_or_else(|errors| panic!("{file}: {errors}"));
        for (policy, draft) in table.policies().iter().zip(&drafts) {
            let places = (policy.hosts(), policy.paths(), policy.mode());
            assert_eq!(places, (&*draft.hosts, &*draft.paths, draft.mode), "{file}");
        }
        for case in cases {
            for (reader, got) in decide_both_ways(&table, &case) {
                if got != case.expect {
                    let expected = &case.expect;
                    failures.push(format!(
                        "{file}: {}: {reader}\n  expected {expected:?}\n       got {got:?}",
                        case.name
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The answer that headers in pairs get, and the one that `http::HeaderMap` gets, where it can hold them.
fn decide_both_ways(table: &PolicyTable, case: &DecisionCase) -> Vec<(&'static str, Expect)> {
    let mut answers = Vec::new();
    let pairs = expand(&case.headers);
    let borrowed: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    if case.inner.is_none() {
        answers.push((
            "pairs",
            decide(table, case, borrowed.as_slice(), |decision| {
                let vary = decision.headers.vary().join(", ");
                let set = decision
                    .headers
                    .set()
                    .map(|(name, value)| (name.to_owned(), utf8(value)));
                set.chain((!vary.is_empty()).then(|| ("vary".to_owned(), vary)))
                    .collect()
            }),
        ));
    }
    if let Some(headers) = header_map(&pairs) {
        let mut response = header_map(&expand(case.inner.as_deref().unwrap_or_default())).unwrap();
        answers.push((
            "header map",
            decide(table, case, &headers, |decision| {
                decision.headers.apply(&mut response);
                response
                    .iter()
                    .map(|(name, value)| (name.to_string(), utf8(value.as_bytes())))
                    .collect()
            }),
        ));
    }
    answers
}

fn decide<H: RequestHeaders + ?Sized>(
    table: &PolicyTable,
    case: &DecisionCase,
    headers: &H,
    response: impl FnOnce(&Decision<H::Value>) -> Vec<(String, String)>,
) -> Expect {
    let policies = LivePolicies::new(table.clone());
    policies.set_debug(case.debug);
    policies.set_report_only(case.report_only);
    let target = RequestTarget {
        authority: case.host.as_deref(),
        path: case.path.as_deref().unwrap_or("/"),
    };
    // What a thread's first look at live policies sets up is not a decision's.
    drop(policies.policies());
    let mut reader = PolicyReader::new(Arc::new(policies));
    let allocated = allocation_counter::measure(|| {
        let request = CorsRequest::classify(case.method.as_bytes(), target, headers);
        core::hint::black_box(decide_live(&mut reader, &request, case.source));
    });
    assert_eq!(allocated.count_total, 0, "{}: deciding allocates", case.name);
    let request = CorsRequest::classify(case.method.as_bytes(), target, headers);
    let decision = decide_live(&mut reader, &request, case.source);
    let covering = table.policy_for(&request);
    assert_eq!(
        covering.map(Policy::name),
        decision.policy_name(),
        "{}",
        case.name
    );
    let only_reports = case.report_only || covering.is_some_and(|policy| policy.mode() == Mode::ReportOnly);
    let is_applied = (decision.is_enforced(), decision.headers.are_applied());
    assert_eq!(is_applied, (!only_reports, !only_reports), "{}", case.name);
    let display = decision.to_string();
    assert!(
        display.bytes().all(|byte| (b' '..0x7f).contains(&byte)) || !display.is_ascii(),
        "{}: {display:?} is not safe to log",
        case.name
    );
    let expected = &case.expect;
    Expect {
        verdict: match decision.verdict {
            Verdict::NotCors => "not-cors".to_owned(),
            Verdict::Allowed => "allowed".to_owned(),
            Verdict::Refused => "refused".to_owned(),
        },
        reason: decision.reason.code().to_owned(),
        action: match decision.action {
            Action::Forward => Answer::Word("forward".to_owned()),
            Action::Answer { status } => Answer::Status(status),
        },
        policy: decision.policy_name().map(str::to_owned),
        response: response(&decision),
        matched: expected
            .matched
            .as_ref()
            .map(|_| decision.matched_pattern().map(str::to_owned)),
        display: expected.display.as_ref().map(|_| display),
    }
}

/// What a reader of live policies decides, and what becomes of it where a dynamic source of origins has a
/// say.
fn decide_live<H: RequestHeaders + ?Sized>(
    reader: &mut PolicyReader,
    request: &CorsRequest<'_, H>,
    source: Option<Source>,
) -> Decision<H::Value> {
    let reason = match source {
        None => return reader.decide(request),
        Some(Source::Refuses) => Reason::OriginSourceRefused,
        Some(Source::Fails) => Reason::OriginSourceFailed,
        Some(Source::TimesOut) => Reason::OriginSourceTimedOut,
    };
    let policies = reader.policies();
    policies.settle(policies.judge(request).refused_by_source(reason), request)
}

fn expand(headers: &[(String, Text)]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, text)| match text {
            Text::Once(text) => (name.clone(), text.clone()),
            Text::Repeated(text, count) => (name.clone(), text.repeat(*count)),
        })
        .collect()
}

/// `None` when some value has bytes that no HTTP library lets through.
fn header_map(pairs: &[(String, String)]) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        // The first clone of such a value allocates; hyper's values are slices of a shared buffer.
        drop(value.clone());
        map.append(name, value);
    }
    Some(map)
}

fn utf8(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}
