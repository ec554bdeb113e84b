//! Requests as anybody with a socket can send them, held against the promise: who is answered by whom,
//! with which headers; guards, private network, debug and report-only included.

use corsac::{
    Action, AllowOrigins, CorsRequest, Decision, MaxAge, Mode, PolicyDraft, PolicyTable, RequestTarget,
    Verdict,
};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;

use crate::arrival::arrivals;
use crate::generated::tables;
use crate::pairs::until_enough;
use crate::promise::{Ask, allows_origin, private_network, promises, with_normalized_methods};
use crate::promise_guard::{Arrival, admits};
use crate::promise_place::{Place, covering};

#[test]
fn every_request_that_arrives_is_answered_as_the_policy_promises() {
    let pairs = until_enough(arrivals(tables()), |(drafts, arrivals)| {
        let Ok((table, _)) = PolicyTable::build(drafts.clone()) else {
            return Ok(0);
        };
        for arrival in &arrivals {
            check(&drafts, &table, arrival)?;
        }
        Ok(arrivals.len() as u64)
    });
    println!("{pairs} pairs of a policy table and a request that arrived");
}

fn check(drafts: &[PolicyDraft], table: &PolicyTable, arrival: &Arrival) -> Result<(), TestCaseError> {
    let draft = covering(
        drafts,
        Place {
            authority: arrival.host(),
            path: &arrival.path,
        },
    );
    let target = RequestTarget {
        authority: arrival.authority.as_deref(),
        path: &arrival.path,
    };
    let request = CorsRequest::classify(arrival.method.as_bytes(), target, arrival.headers.as_slice());
    let decision = table.decide(&request);
    let said = format!("{arrival:?} {draft:?} {decision:?}");
    prop_assert_eq!(
        decision.policy_name(),
        draft.map(|draft| draft.name.as_str()),
        "{}",
        said
    );
    prop_assert!(!decision.to_string().contains(char::is_control), "{}", said);

    let reported = decision.clone().report_only();
    prop_assert_eq!(reported.action, Action::Forward);
    prop_assert_eq!(
        (headers(&reported), reported.headers.vary().len()),
        (Vec::new(), 0)
    );
    prop_assert_eq!(
        (&reported.reason, reported.verdict),
        (&decision.reason, decision.verdict)
    );
    if draft.is_some_and(|draft| draft.mode == Mode::ReportOnly) {
        prop_assert!(!decision.is_enforced(), "{}", said);
        prop_assert_eq!(decision.action, Action::Forward, "{}", said);
        prop_assert_eq!(
            (headers(&decision), decision.headers.vary().len()),
            (Vec::new(), 0),
            "{}",
            said
        );
        return Ok(());
    }
    prop_assert_eq!(decision.action, expected_action(draft, arrival), "{}", said);
    let allowed = allowed_origin(draft, arrival);
    prop_assert_eq!(
        header(&decision, "access-control-allow-origin"),
        allowed.clone(),
        "{}",
        said
    );
    let is_for_everyone = draft.is_some_and(|draft| draft.allow_origins == AllowOrigins::Any);
    let credentials = draft.is_some_and(|draft| draft.allow_credentials) && allowed.is_some();
    prop_assert_eq!(
        header(&decision, "access-control-allow-credentials").is_some(),
        credentials,
        "{}",
        said
    );
    prop_assert_eq!(
        decision.verdict == Verdict::Allowed,
        allowed.is_some() && arrival.lines("Origin").len() == 1,
        "{}",
        said
    );
    for (name, value) in headers(&decision) {
        prop_assert!(
            is_written(draft, &allowed, name, &value),
            "{}: {} {}",
            name,
            value,
            said
        );
    }
    check_private_network(draft, arrival, &decision)?;
    check_debug(draft, arrival, &decision, &decision.clone().in_debug(&request))?;
    // Some other origin gets another answer, so whoever stores this one must know.
    let depends =
        draft.is_some_and(|draft| !is_for_everyone && allows_somebody(draft)) || is_preflight(arrival);
    if arrival.lines("Origin").len() < 2 && arrival.lines("Origin").iter().all(|origin| origin.len() < 328) {
        prop_assert_eq!(decision.headers.vary().contains(&"Origin"), depends, "{}", said);
    }
    Ok(())
}

/// Who answers, and with which status.
fn expected_action(draft: Option<&PolicyDraft>, arrival: &Arrival) -> Action {
    let status = if is_malformed(arrival) {
        400
    } else if draft.is_some_and(|draft| !admits(draft, arrival)) {
        403
    } else if !is_preflight(arrival) {
        return Action::Forward;
    } else if passes_preflight(draft, arrival) {
        204
    } else {
        403
    };
    Action::Answer { status }
}

/// What Access-Control-Allow-Origin says.
fn allowed_origin(draft: Option<&PolicyDraft>, arrival: &Arrival) -> Option<String> {
    let draft = draft?;
    let is_for_everyone = draft.allow_origins == AllowOrigins::Any;
    let is_allowed = match arrival.lines("Origin").as_slice() {
        _ if is_malformed(arrival) || !admits(draft, arrival) => false,
        [] => is_for_everyone,
        _ if is_preflight(arrival) => passes_preflight(Some(draft), arrival),
        origins => origins.iter().all(|origin| allows_origin(draft, origin)),
    };
    let written = if is_for_everyone {
        "*"
    } else {
        arrival.lines("Origin").first().copied()?
    };
    is_allowed.then(|| written.to_owned())
}

/// Whether a header has the value that the draft writes, whatever the request asked for. The first is
/// the only one that may stand there because of the request.
fn is_written(draft: Option<&PolicyDraft>, allowed: &Option<String>, name: &str, value: &str) -> bool {
    let Some(draft) = draft else { return false };
    match name {
        "access-control-allow-origin" => Some(value) == allowed.as_deref(),
        "access-control-allow-methods" => {
            value == with_normalized_methods(draft.clone()).allow_methods.join(", ")
        }
        "access-control-allow-headers" => value == draft.allow_headers.join(", "),
        "access-control-expose-headers" => value == draft.expose_headers.join(", "),
        "access-control-max-age" => match draft.max_age {
            MaxAge::Default => false,
            MaxAge::Off => value == "0",
            MaxAge::Seconds(seconds) => value == seconds.to_string(),
        },
        "access-control-allow-credentials" | "access-control-allow-private-network" => value == "true",
        _ => false,
    }
}

fn check_private_network(
    draft: Option<&PolicyDraft>,
    arrival: &Arrival,
    decision: &Decision<String>,
) -> Result<(), TestCaseError> {
    let asks = is_preflight(arrival) && arrival.lines("Access-Control-Request-Private-Network") == ["true"];
    let is_answered = header(decision, "access-control-allow-private-network").is_some();
    let origin = arrival.lines("Origin").first().copied().unwrap_or_default();
    let (some, all) = draft.map_or((false, false), |draft| private_network(draft, origin));
    let passes = asks && decision.action == Action::Answer { status: 204 };
    prop_assert!(
        !is_answered || (passes && some),
        "{:?} {:?} {:?}",
        arrival,
        draft,
        decision
    );
    prop_assert!(
        is_answered || !(passes && all),
        "{:?} {:?} {:?}",
        arrival,
        draft,
        decision
    );
    Ok(())
}

/// Debug changes refusals only, and lets no browser pass that the policy does not promise to let pass.
fn check_debug(
    draft: Option<&PolicyDraft>,
    arrival: &Arrival,
    decision: &Decision<String>,
    debugged: &Decision<String>,
) -> Result<(), TestCaseError> {
    let said = format!("{arrival:?} {draft:?} {decision:?} {debugged:?}");
    prop_assert_eq!(
        (&debugged.reason, debugged.verdict),
        (&decision.reason, decision.verdict),
        "{}",
        said
    );
    if decision.verdict != Verdict::Refused {
        prop_assert_eq!(
            (headers(debugged), debugged.action),
            (headers(decision), decision.action),
            "{}",
            said
        );
        return Ok(());
    }
    let said_to_the_browser = header(debugged, "x-corsac-reason");
    prop_assert_eq!(
        said_to_the_browser.as_deref(),
        Some(decision.reason.code()),
        "{}",
        said
    );
    let granted = header(debugged, "access-control-allow-origin");
    if !is_preflight(arrival) {
        prop_assert_eq!(debugged.action, decision.action, "{}", said);
        prop_assert_eq!(granted, None, "{}", said);
        return Ok(());
    }
    prop_assert_eq!(
        header(debugged, "access-control-allow-private-network"),
        None,
        "{}",
        said
    );
    prop_assert_eq!(header(debugged, "access-control-max-age"), None, "{}", said);
    for include_credentials in [false, true] {
        if passes_a_lenient_browser(debugged, arrival, include_credentials) {
            let promised = draft.is_some_and(|draft| promises(draft, &ask(arrival, include_credentials)));
            prop_assert!(promised, "debug grants more: {}", said);
        }
    }
    Ok(())
}

/// Whether a browser that takes `*` for `Authorization` too would pass this answer to its preflight.
fn passes_a_lenient_browser(
    decision: &Decision<String>,
    arrival: &Arrival,
    include_credentials: bool,
) -> bool {
    let ask = ask(arrival, include_credentials);
    let list = |name| header(decision, name).unwrap_or_default();
    let has = |list: &str, is_it: &dyn Fn(&str) -> bool| {
        list.split(", ")
            .any(|listed| is_it(listed) || (listed == "*" && !include_credentials))
    };
    let (methods, names) = (
        list("access-control-allow-methods"),
        list("access-control-allow-headers"),
    );
    matches!(decision.action, Action::Answer { status: 200..=299 })
        && match header(decision, "access-control-allow-origin").as_deref() {
            Some("*") => !include_credentials,
            allowed => allowed == Some(ask.origin),
        }
        && (!include_credentials || list("access-control-allow-credentials") == "true")
        && (["GET", "HEAD", "POST"].contains(&ask.method) || has(&methods, &|method| method == ask.method))
        && ask
            .unsafe_header_names
            .iter()
            .all(|name| has(&names, &|listed| listed.eq_ignore_ascii_case(name)))
}

fn is_malformed(arrival: &Arrival) -> bool {
    match arrival.lines("Origin").as_slice() {
        [] => false,
        [origin] => origin.len() > 327,
        _ => true,
    }
}

fn is_preflight(arrival: &Arrival) -> bool {
    arrival.method == "OPTIONS"
        && arrival.lines("Origin").len() == 1
        && !is_malformed(arrival)
        && !arrival.lines("Access-Control-Request-Method").is_empty()
}

fn passes_preflight(draft: Option<&PolicyDraft>, arrival: &Arrival) -> bool {
    let ask = ask(arrival, false);
    arrival.lines("Access-Control-Request-Method").len() == 1
        && ask.unsafe_header_names.iter().all(|name| !name.contains(' '))
        && draft.is_some_and(|draft| promises(draft, &ask))
}

/// What the page behind a preflight asks for.
fn ask(arrival: &Arrival, include_credentials: bool) -> Ask<'_> {
    let names = arrival
        .lines("Access-Control-Request-Headers")
        .into_iter()
        .flat_map(|line| line.split(','));
    Ask {
        origin: arrival.lines("Origin").first().copied().unwrap_or_default(),
        method: arrival
            .lines("Access-Control-Request-Method")
            .first()
            .copied()
            .unwrap_or_default(),
        unsafe_header_names: names.map(str::trim).filter(|name| !name.is_empty()).collect(),
        include_credentials,
    }
}

fn allows_somebody(draft: &PolicyDraft) -> bool {
    draft.allow_origins != AllowOrigins::List(Vec::new()) || draft.dangerously_allow_null_origin.is_some()
}

fn headers(decision: &Decision<String>) -> Vec<(&'static str, String)> {
    decision
        .headers
        .set()
        .map(|(name, value)| (name, String::from_utf8_lossy(value).into_owned()))
        .collect()
}

fn header(decision: &Decision<String>, name: &str) -> Option<String> {
    headers(decision)
        .into_iter()
        .find(|(header, _)| *header == name)
        .map(|(_, value)| value)
}
