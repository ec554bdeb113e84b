//! The closed loop: a page gets to read an answer, and its requests reach the inner service, if and
//! only if the policy promises it, for generated tables and for origins with their hostile neighbours.

use corsac::{AllowOrigins, Csrf, Origin, PolicyDraft, PolicyTable};
use corsac_cases::hostile_origins::neighbours;
use corsac_fetch::{Client, CredentialsMode, FilteredResponse, Mode, OutcomeKind, ResponseType, UserAgent};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseError;

use crate::browser::{Era, Server, Visit, visit};
use crate::generated::{sample_of, tables};
use crate::pairs::until_enough;
use crate::promise::{Ask, allows_origin, promises};
use crate::promise_place::{Place, covering, is_exempt};
use crate::script::{Script, scripts};

#[test]
fn a_page_reads_and_a_request_arrives_if_and_only_if_the_policy_promises_it() {
    let rounds = proptest::collection::vec(scripts(), 1..=60);
    let pairs = until_enough((tables(), rounds), |(drafts, scripts)| {
        let Ok((table, _)) = PolicyTable::build(drafts.clone()) else {
            return Ok(0);
        };
        let pages = pages(&drafts, scripts.first().map(|script| script.host));
        let start = scripts.iter().map(|script| script.salt).sum::<usize>() % pages.len();
        for (script, page) in scripts.iter().zip(pages.iter().cycle().skip(start)) {
            check(&drafts, &table, script, page)?;
        }
        Ok(scripts.len() as u64)
    });
    println!("{pairs} pairs of a policy table and a page's request");
}

fn check(
    drafts: &[PolicyDraft],
    table: &PolicyTable,
    script: &Script,
    page: &Origin,
) -> Result<(), TestCaseError> {
    let draft = covering(
        drafts,
        Place {
            authority: Some(script.host),
            path: script.path_on_the_wire,
        },
    );
    let url_origin =
        Origin::from_serialization(&format!("https://{}", script.host)).expect("a host of a URL");
    let is_same_origin = url_origin.same_origin(page);
    if script.mode == Mode::SameOrigin && !is_same_origin {
        return Ok(());
    }
    for user_agent in [UserAgent::Standard, script.user_agent] {
        let go = |table, debug| {
            visit(
                Server { table, debug },
                script.init(),
                Client::new(page.clone()),
                user_agent,
                script.era,
            )
        };
        let visit = go(Some(table), false);
        let said = format!("{user_agent:?} {page} {script:?} {draft:?} {visit:?}");
        if draft.is_some_and(|draft| draft.mode == corsac::Mode::ReportOnly) {
            prop_assert_eq!(&visit, &go(None, false), "report-only changes nothing: {}", said);
            continue;
        }
        let debugged = go(Some(table), true);
        prop_assert_eq!(
            &debugged.reached,
            &visit.reached,
            "debug lets nothing through: {}",
            said
        );
        prop_assert_eq!(
            is_shared(&debugged),
            is_shared(&visit),
            "debug grants nothing: {}",
            said
        );
        let admitted = draft.is_none_or(|draft| admits(draft, script, page, is_same_origin));
        if is_same_origin || script.mode == Mode::NoCors {
            let everything: &[&str] = if admitted {
                &[script.method_on_the_wire]
            } else {
                &[]
            };
            prop_assert_eq!(&visit.reached, everything, "{}", said);
            prop_assert_eq!(is_shared(&visit), is_same_origin, "{}", said);
            continue;
        }
        let promised =
            admitted && draft.is_some_and(|draft| promises(draft, &ask(script, &page.to_string())));
        prop_assert_eq!(is_shared(&visit), promised, "{}", said);
        prop_assert!(
            admitted || visit.reached.is_empty(),
            "a refused request arrives: {}",
            said
        );
        prop_assert!(
            !promised || visit.reached == [script.method_on_the_wire],
            "{}",
            said
        );
        if let (OutcomeKind::Shared(response), Some(draft)) = (&visit.outcome, draft) {
            check_exposed(draft, response)?;
        }
    }
    Ok(())
}

/// Whether the draft's guard lets the page send this, seen from the page.
fn admits(draft: &PolicyDraft, script: &Script, page: &Origin, is_same_origin: bool) -> bool {
    let Csrf::Enforce { exempt_paths } = &draft.csrf else {
        return true;
    };
    let serialized = page.to_string();
    // Neither `Origin` nor `Referer`: nothing tells this page from a program.
    let is_anonymous = script.era == Era::RefererOnly && script.mode != Mode::Cors && serialized == "null";
    // The scheme that the browser used is not in a request.
    let is_same_host = script.era != Era::Today
        && (serialized == format!("https://{}", script.host)
            || serialized == format!("http://{}", script.host));
    is_same_origin
        || is_anonymous
        || is_same_host
        || ["GET", "HEAD"].contains(&script.method_on_the_wire)
        // A preflight decides before.
        || script.method_on_the_wire == "OPTIONS"
        || is_exempt(exempt_paths, script.path_on_the_wire)
        || allows_origin(draft, &serialized)
}

fn check_exposed(draft: &PolicyDraft, response: &FilteredResponse) -> Result<(), TestCaseError> {
    prop_assert_eq!(response.response_type, ResponseType::Cors);
    let has = |header: &[u8]| response.headers.iter().any(|(name, _)| name == header);
    let exposes = |header: &str| {
        draft
            .expose_headers
            .iter()
            .any(|name| name == header || name == "*")
    };
    prop_assert_eq!(has(b"x-secret"), exposes("X-Secret"), "{:?}", draft);
    prop_assert_eq!(has(b"x-rate"), exposes("X-Rate"), "{:?}", draft);
    Ok(())
}

fn ask<'a>(script: &'a Script, origin: &'a str) -> Ask<'a> {
    Ask {
        origin,
        method: script.method_on_the_wire,
        unsafe_header_names: script.unsafe_header_names.clone(),
        include_credentials: script.credentials == CredentialsMode::Include,
    }
}

fn is_shared(visit: &Visit) -> bool {
    matches!(visit.outcome, OutcomeKind::Shared(_))
}

/// Pages of the listed origins and of the server itself, of their neighbours, and of nobody's.
fn pages(drafts: &[PolicyDraft], host: Option<&str>) -> Vec<Origin> {
    let mut origins = vec![format!("https://{}", host.unwrap_or("api.test"))];
    for draft in drafts {
        if let AllowOrigins::List(entries) = &draft.allow_origins {
            origins.extend(entries.iter().map(|entry| sample_of(&entry.pattern)));
        }
    }
    let mut pages: Vec<Origin> = Vec::new();
    for origin in &origins {
        let near = neighbours(origin);
        // As many of them as of their neighbours, so that what is allowed is tried as often.
        let own = core::iter::repeat_n(origin, near.len() / 2);
        pages.extend(
            near.iter()
                .chain(own)
                .filter_map(|text| Origin::from_serialization(text)),
        );
    }
    pages.push(Origin::UNIQUE);
    // Far apart what stood side by side: a walk along the list meets all kinds.
    pages.sort_by_key(|page| (page.to_string().len() % 7, page.to_string()));
    pages
}
