//! Policies that change while requests go on.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use corsac::{LivePolicies, Policy, PolicyDraft, PolicyTable};
use corsac_tower::CorsacLayer;
use http::{Request, Response, header};
use tower::{Layer, Service, service_fn};

use crate::case_file::lines;

#[test]
fn services_that_are_running_follow_a_new_policy() {
    let layer = CorsacLayer::new(Policy::build(old()).unwrap().0);
    let mut service = layer.layer(service_fn(hello));
    assert_eq!(answer(&mut service, OLD), granted(OLD, "X-Old"));

    layer.policies().reconfigure(vec![new()]).unwrap();
    assert_eq!(answer(&mut service, OLD), nothing());
    assert_eq!(answer(&mut service, NEW), granted(NEW, "X-New"));
}

#[test]
fn a_bad_draft_leaves_the_old_policy_in_force() {
    let layer = CorsacLayer::new(Policy::build(old()).unwrap().0);
    let mut service = layer.layer(service_fn(hello));
    let bad = PolicyDraft {
        allow_origins: ["https://new.example/"].into_iter().collect(),
        ..new()
    };
    let errors = layer.policies().reconfigure(vec![new(), bad]).unwrap_err();
    assert!(errors.to_string().contains("https://new.example/"), "{errors}");
    assert_eq!(answer(&mut service, OLD), granted(OLD, "X-Old"));
    assert_eq!(answer(&mut service, NEW), nothing());
}

#[test]
fn two_layers_over_the_same_policies_change_together() {
    let policies = Arc::new(LivePolicies::new(PolicyTable::build(vec![old()]).unwrap().0));
    let mut first = CorsacLayer::new(Arc::clone(&policies)).layer(service_fn(hello));
    let mut second = CorsacLayer::new(Arc::clone(&policies)).layer(service_fn(hello));
    policies.replace(PolicyTable::build(vec![new()]).unwrap().0);
    assert_eq!(answer(&mut first, NEW), granted(NEW, "X-New"));
    assert_eq!(answer(&mut second, NEW), granted(NEW, "X-New"));
}

#[test]
fn report_only_can_be_switched_while_a_service_runs() {
    let layer = CorsacLayer::new(Policy::build(old()).unwrap().0);
    let mut service = layer.layer(service_fn(hello));
    layer.policies().set_report_only(true);
    assert_eq!(answer(&mut service, OLD), Vec::new());
    layer.policies().set_report_only(false);
    assert_eq!(answer(&mut service, OLD), granted(OLD, "X-Old"));
}

#[test]
fn every_request_is_counted_by_policy_and_reason() {
    let api = PolicyDraft {
        paths: vec!["/api/*".to_owned()],
        ..old()
    };
    let layer = CorsacLayer::new(PolicyTable::build(vec![api]).unwrap().0);
    let mut service = layer.layer(service_fn(hello));
    for (path, origin) in [
        ("/api/a", OLD),
        ("/api/b", OLD),
        ("/api/c", NEW),
        ("/elsewhere", NEW),
    ] {
        drop(send(&mut service, path, origin));
    }
    let counts = layer.policies().counts();
    let counts: Vec<_> = counts
        .iter()
        .map(|count| (count.policy.as_deref(), count.reason, count.count))
        .collect();
    assert_eq!(
        counts,
        [
            (Some("old"), "origin-listed", 2),
            (Some("old"), "origin-not-listed", 1),
            (None, "no-policy", 1),
        ]
    );
}

/// Both policies list this origin, each with headers of its own.
#[test]
fn readers_see_the_old_policy_or_the_new_one_and_never_a_mix() {
    let both = |draft: PolicyDraft| PolicyDraft {
        allow_origins: [BOTH].into_iter().collect(),
        ..draft
    };
    let tables = [both(old()), both(new())].map(|draft| PolicyTable::build(vec![draft]).unwrap().0);
    let layer = CorsacLayer::new(tables[0].clone());
    let whole = [granted(BOTH, "X-Old"), granted(BOTH, "X-New")];
    let stop = AtomicBool::new(false);

    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut service = layer.layer(service_fn(hello));
                    let mut seen = [0, 0];
                    while !stop.load(Ordering::Relaxed) {
                        let got = answer(&mut service, BOTH);
                        let which = whole.iter().position(|whole| *whole == got);
                        seen[which.unwrap_or_else(|| panic!("a mix: {got:?}"))] += 1;
                    }
                    seen
                })
            })
            .collect();
        for table in tables.iter().cycle().take(20_000) {
            layer.policies().replace(table.clone());
        }
        stop.store(true, Ordering::Relaxed);
        let seen = readers.into_iter().map(|reader| reader.join().unwrap());
        let total: u64 = seen.flatten().sum();
        assert!(total > 0, "the readers have read");
    });
}

async fn hello(_: Request<()>) -> Result<Response<()>, Infallible> {
    Ok(Response::new(()))
}

/// The headers of the answer to a page of this origin.
fn answer<S>(service: &mut S, origin: &str) -> Vec<(String, String)>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    send(service, "/", origin)
}

fn send<S>(service: &mut S, path: &str, origin: &str) -> Vec<(String, String)>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let request = Request::builder()
        .uri(path)
        .header(header::ORIGIN, origin)
        .body(())
        .unwrap();
    let future = pin!(service.call(request));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => lines(response.headers()),
        Poll::Pending => panic!("the inner service is ready at once"),
    }
}

fn granted(origin: &str, exposed: &str) -> Vec<(String, String)> {
    [
        ("access-control-allow-origin", origin),
        ("access-control-expose-headers", exposed),
        ("vary", "Origin"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn nothing() -> Vec<(String, String)> {
    vec![("vary".to_owned(), "Origin".to_owned())]
}

fn old() -> PolicyDraft {
    PolicyDraft {
        allow_origins: [OLD].into_iter().collect(),
        expose_headers: vec!["X-Old".to_owned()],
        ..PolicyDraft::new("old")
    }
}

fn new() -> PolicyDraft {
    PolicyDraft {
        allow_origins: [NEW].into_iter().collect(),
        expose_headers: vec!["X-New".to_owned()],
        ..PolicyDraft::new("new")
    }
}

const OLD: &str = "https://old.example";
const NEW: &str = "https://new.example";
const BOTH: &str = "https://both.example";
