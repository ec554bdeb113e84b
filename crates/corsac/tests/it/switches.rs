//! The switches of live policies, thrown while requests are decided.

use core::sync::atomic::{AtomicBool, Ordering};

use corsac::{Action, CorsRequest, LivePolicies, PolicyDraft, PolicyTable, RequestTarget};

#[test]
fn switches_are_thrown_while_requests_are_decided() {
    let drafts = |method: &str| {
        vec![PolicyDraft {
            allow_origins: ["https://app.example"].into_iter().collect(),
            allow_methods: vec![method.to_owned()],
            ..PolicyDraft::new("app")
        }]
    };
    let live = LivePolicies::new(PolicyTable::build(drafts("PUT")).unwrap().0);
    let is_over = AtomicBool::new(false);
    let decide = || {
        let headers = [
            ("Origin", "https://app.example"),
            ("Access-Control-Request-Method", "PUT"),
        ];
        let request = CorsRequest::classify(b"OPTIONS", RequestTarget::path("/"), headers.as_slice());
        let decision = live.decide(&request);
        let said: Vec<_> = decision
            .headers
            .set()
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value)))
            .collect();
        (decision.action, said)
    };
    let whole_answers = [
        (Action::Forward, ""),
        (
            Action::Answer { status: 204 },
            "access-control-allow-origin: https://app.example, access-control-allow-methods: PUT",
        ),
        (Action::Answer { status: 403 }, ""),
        (
            Action::Answer { status: 204 },
            "access-control-allow-origin: https://app.example, access-control-allow-methods: DELETE, x-corsac-reason: method-not-listed",
        ),
    ];
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let (action, said) = decide();
                    let said = said.join(", ");
                    assert!(
                        whole_answers.contains(&(action, said.as_str())),
                        "{action:?} {said}"
                    );
                }
            });
        }
        for round in 0..2_000_u32 {
            live.set_debug(round.is_multiple_of(2));
            live.set_report_only(round.is_multiple_of(3));
            let method = if round.is_multiple_of(5) { "DELETE" } else { "PUT" };
            live.reconfigure(drafts(method)).unwrap();
            assert!(live.reconfigure(vec![PolicyDraft::new("")]).is_err());
        }
        is_over.store(true, Ordering::Relaxed);
    });
}
