//! Reads a case of `cases/diagnostics` and runs it through the browser half.

use std::fs;
use std::path::{Path, PathBuf};

use corsac::Origin;
use corsac_diagnostics::{Context, Diagnostic, explain, explain_all};
use corsac_fetch::{
    BlockReason, Body, BodyKind, Client, CredentialsMode, Fetch, HeaderList, HttpResponse, Initiator, Mode,
    Need, NetworkFailure, Outcome, OutcomeKind, PreflightCache, RedirectMode, Request, RequestInit,
    UserAgent,
};
use serde_json::{Value, json};

/// A case as it stands in its file.
pub(crate) struct Case {
    pub(crate) path: PathBuf,
    pub(crate) json: Value,
}

/// What a case ends with.
pub(crate) struct Ended {
    pub(crate) reason: Option<BlockReason>,
    pub(crate) diagnostic: Option<Diagnostic>,
}

/// Every case, sorted by name.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/diagnostics");
    let mut cases: Vec<Case> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| Case {
            json: serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap(),
            path,
        })
        .collect();
    cases.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(cases.len() > 40, "the cases are missing");
    cases
}

impl Case {
    pub(crate) fn name(&self) -> &str {
        self.path.file_stem().unwrap().to_str().unwrap()
    }

    /// Run the request with the answers of this key.
    pub(crate) fn run(&self, answers: &str) -> Ended {
        let (reason, context) = self.end(answers);
        Ended {
            diagnostic: reason.as_ref().map(|reason| explain(reason, &context)),
            reason,
        }
    }

    /// Everything that is wrong with the answers of this key.
    pub(crate) fn run_all(&self, answers: &str) -> Vec<Diagnostic> {
        let (reason, context) = self.end(answers);
        explain_all(&reason.unwrap(), &context)
    }

    fn end(&self, answers: &str) -> (Option<BlockReason>, Context) {
        let init = request_init(&self.json["request"]);
        let page = Client::new(page_origin(self.json["request"]["page_origin"].as_str().unwrap()));
        let outcome = fetch(init.clone(), page.clone(), self.json[answers].as_array().unwrap());
        let mut context = Context::new(&init, &page, &outcome);
        let reason = match (&self.json["given_reason"], outcome.kind) {
            (Value::String(given), _) => {
                context.also = Vec::new();
                Some(given_reason(given))
            }
            (_, OutcomeKind::Blocked { reason, .. }) => Some(reason),
            (_, OutcomeKind::Shared(_) | OutcomeKind::Opaque(_)) => None,
        };
        (reason, context)
    }
}

/// A diagnostic as it stands in a case.
pub(crate) fn to_json(diagnostic: &Diagnostic) -> Value {
    json!({
        "name": diagnostic.name,
        "title": diagnostic.title,
        "meaning": diagnostic.meaning,
        "cause": diagnostic.cause,
        "fix": diagnostic.fix,
        "reference": diagnostic.reference,
        "console": {
            "chromium": diagnostic.console.chromium,
            "firefox": diagnostic.console.firefox,
            "webkit": diagnostic.console.webkit,
        },
    })
}

fn fetch(init: RequestInit, page: Client, answers: &[Value]) -> Outcome {
    let mut cache = PreflightCache::default();
    let request = Request::new(init, page, UserAgent::Standard).unwrap();
    let mut need = Fetch::start(request, &mut cache, 0);
    let mut answers = answers.iter();
    loop {
        match need {
            Need::Done(outcome) => return outcome,
            Need::Send(fetch, _) => {
                // Reasons that are given need no answers.
                let answer = answers.next().map_or(Err(NetworkFailure::Closed), answer);
                need = fetch.resume(answer, &mut cache, 0);
            }
        }
    }
}

fn answer(answer: &Value) -> Result<HttpResponse, NetworkFailure> {
    if let Some(failure) = answer["failure"].as_str() {
        return Err(match failure {
            "dns" => NetworkFailure::Dns,
            "connect" => NetworkFailure::Connect,
            "tls" => NetworkFailure::Tls,
            "closed" => NetworkFailure::Closed,
            "timeout" => NetworkFailure::Timeout,
            "malformed" => NetworkFailure::Malformed,
            other => panic!("unknown failure {other}"),
        });
    }
    Ok(HttpResponse {
        status: u16::try_from(answer["status"].as_u64().unwrap()).unwrap(),
        headers: HeaderList::from_iter(pairs(&answer["headers"])),
        body_start: None,
    })
}

fn request_init(request: &Value) -> RequestInit {
    let mut init = RequestInit::new(request["url"].as_str().unwrap());
    init.method = request["method"].as_str().unwrap().to_owned();
    init.headers = pairs(&request["headers"]);
    init.mode = match request["mode"].as_str().unwrap() {
        "cors" => Mode::Cors,
        "no-cors" => Mode::NoCors,
        "same-origin" => Mode::SameOrigin,
        other => panic!("unknown mode {other}"),
    };
    init.credentials = match request["credentials"].as_str().unwrap() {
        "omit" => CredentialsMode::Omit,
        "same-origin" => CredentialsMode::SameOrigin,
        "include" => CredentialsMode::Include,
        other => panic!("unknown credentials mode {other}"),
    };
    init.redirect = match request["redirect"].as_str().unwrap() {
        "follow" => RedirectMode::Follow,
        "error" => RedirectMode::Error,
        "manual" => RedirectMode::Manual,
        other => panic!("unknown redirect mode {other}"),
    };
    init.initiator = match request["api"].as_str().unwrap() {
        "fetch" => Initiator::Fetch,
        "xhr" => Initiator::Xhr,
        other => panic!("unknown api {other}"),
    };
    if request["body"]["kind"] == "stream" {
        init.body = Some(Body {
            kind: BodyKind::Stream,
            bytes: Vec::new(),
        });
    }
    init
}

fn page_origin(text: &str) -> Origin {
    match text {
        "null" => Origin::opaque(1),
        text => Origin::from_serialization(text).unwrap(),
    }
}

fn given_reason(name: &str) -> BlockReason {
    match name {
        "local-network-access" => BlockReason::LocalNetworkAccess,
        "opaque-response-blocking" => BlockReason::OpaqueResponseBlocking,
        "user-agent-refusal" => BlockReason::UserAgentRefusal("some-difference"),
        other => panic!("unknown reason {other}"),
    }
}

fn pairs(headers: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    headers
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .collect()
}
