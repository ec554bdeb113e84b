//! Fetches made of arbitrary bytes: each byte chooses from a table, so that any bytes are requests
//! and answers that come near what CORS decides about. The fuzz target and a property test run it.

use corsac::Origin;
use corsac_fetch::{
    Body, BodyKind, Client, CredentialsMode, Fetch, HttpRequest, HttpRequestKind, HttpResponse, Mode, Need,
    NetworkFailure, OutcomeKind, PreflightCache, RedirectMode, Request, RequestInit, ResponseType, Step,
    UserAgent,
};

use crate::strict_reference::shares;

/// What the fetches of one run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers that a page of another origin could read.
    pub shared: usize,
    /// Preflights that were sent.
    pub preflights: usize,
    /// Fetches that ended in a network error.
    pub blocked: usize,
}

/// Runs up to four fetches that share a preflight cache.
///
/// # Errors
/// The sentence that does not hold: of the number of requests, what preflights carry, what needs
/// one, and whether the strict reference shares what was shared.
pub fn run(bytes: &[u8]) -> Result<Tally, String> {
    let mut choices = Choices(bytes.iter());
    let page = Origin::from_serialization(PAGE).ok_or("the page has an origin")?;
    let mut cache = PreflightCache::default();
    let mut tally = Tally::default();
    let user_agent = choices.of(&USER_AGENTS, UserAgent::Standard);
    for now in [0, 1_000, 6_000, 700_000] {
        let init = request_init(&mut choices);
        let with_credentials = init.credentials == CredentialsMode::Include;
        if let Ok(request) = Request::new(init, Client::new(page.clone()), user_agent) {
            let mut next = Fetch::start(request, &mut cache, now);
            let mut last = None;
            for sends in 0.. {
                let (fetch, sent) = match next {
                    Need::Send(fetch, sent) => (fetch, sent),
                    Need::Done(outcome) => {
                        judge(
                            &outcome.kind,
                            last.as_ref(),
                            with_credentials,
                            user_agent,
                            &mut tally,
                        )?;
                        break;
                    }
                };
                if sends >= MOST_SENDS {
                    return Err(format!("{MOST_SENDS} requests and no end: {:?}", fetch.trace()));
                }
                check_sent(&sent, fetch.request().mode(), fetch.trace())?;
                tally.preflights += usize::from(sent.kind == HttpRequestKind::Preflight);
                let answer = answer(&mut choices);
                last = answer.clone().ok().map(|answer| (sent, answer));
                next = fetch.resume(answer, &mut cache, now);
            }
        }
    }
    Ok(tally)
}

/// What a request on the wire may be.
fn check_sent(sent: &HttpRequest, mode: Mode, trace: &[Step]) -> Result<(), String> {
    if sent.kind == HttpRequestKind::Preflight {
        let is_bare = !sent.include_credentials
            && sent.body.is_none()
            && !sent.headers.contains("authorization")
            && !sent.headers.contains("cookie");
        return match is_bare && sent.method == b"OPTIONS" {
            true => Ok(()),
            false => Err(format!(
                "a preflight that carries more than its question: {sent:?}"
            )),
        };
    }
    let is_simple = matches!(sent.method.as_slice(), b"GET" | b"HEAD" | b"POST");
    let is_allowed = trace
        .iter()
        .rev()
        .take_while(|step| !matches!(step, Step::Redirected(_)))
        .any(|step| matches!(step, Step::PreflightPassed { .. } | Step::PreflightCached));
    let is_cross_origin = sent.url.origin().ascii_serialization() != PAGE;
    match mode == Mode::Cors && is_cross_origin && !is_simple && !is_allowed {
        true => Err(format!("sent without a preflight: {sent:?}")),
        false => Ok(()),
    }
}

fn judge(
    kind: &OutcomeKind,
    last: Option<&(HttpRequest, HttpResponse)>,
    with_credentials: bool,
    user_agent: UserAgent,
    tally: &mut Tally,
) -> Result<(), String> {
    match kind {
        OutcomeKind::Blocked { .. } => tally.blocked += 1,
        OutcomeKind::Shared(response) if response.response_type == ResponseType::Cors => {
            tally.shared += 1;
            let (sent, answer) = last.ok_or("shared without an answer")?;
            let origin = sent.headers.get("origin").ok_or("shared without an Origin")?;
            if !shares(&as_read_by(user_agent, answer), &origin, with_credentials) {
                return Err(format!("{user_agent:?} shares {answer:?} with {origin:?}"));
            }
        }
        OutcomeKind::Shared(_) | OutcomeKind::Opaque(_) => {}
    }
    Ok(())
}

/// The lines of an answer as a user agent reads them. Browsers take more than the standard: Chromium
/// trims names, Firefox passes over a line of `Access-Control-Allow-Credentials` without a value.
fn as_read_by(user_agent: UserAgent, answer: &HttpResponse) -> Vec<(&[u8], &[u8])> {
    let trims_names = user_agent == UserAgent::Chromium;
    let passes_over_empty = user_agent == UserAgent::Firefox;
    answer
        .headers
        .iter()
        .map(|(name, value)| (if trims_names { name.trim_ascii() } else { name }, value))
        .filter(|(name, value)| {
            !(passes_over_empty
                && value.is_empty()
                && name.eq_ignore_ascii_case(b"access-control-allow-credentials"))
        })
        .collect()
}

fn request_init(choices: &mut Choices<'_>) -> RequestInit {
    let mut init = RequestInit::new(choices.of(&URLS, URLS[0]));
    init.method = choices
        .of(&["GET", "POST", "PUT", "DELETE", "HEAD", "patch"], "GET")
        .to_owned();
    init.mode = choices.of(
        &[Mode::Cors, Mode::Cors, Mode::NoCors, Mode::SameOrigin],
        Mode::Cors,
    );
    let credentials = [
        CredentialsMode::SameOrigin,
        CredentialsMode::Include,
        CredentialsMode::Omit,
    ];
    init.credentials = choices.of(&credentials, CredentialsMode::SameOrigin);
    let redirects = [
        RedirectMode::Follow,
        RedirectMode::Follow,
        RedirectMode::Manual,
        RedirectMode::Error,
    ];
    init.redirect = choices.of(&redirects, RedirectMode::Follow);
    let headers = [
        ("", ""),
        ("X-A", "1"),
        ("Authorization", "Basic YQ=="),
        ("Content-Type", "text/xml"),
    ];
    let (name, value) = choices.of(&headers, headers[0]);
    if !name.is_empty() {
        init.headers.push((name.to_owned(), value.to_owned()));
    }
    init.body = choices
        .of(
            &[None, None, Some(BodyKind::String), Some(BodyKind::Stream)],
            None,
        )
        .map(|kind| Body {
            kind,
            bytes: b"body".to_vec(),
        });
    init.upload_listeners = choices.of(&[false, false, false, true], false);
    init
}

fn answer(choices: &mut Choices<'_>) -> Result<HttpResponse, NetworkFailure> {
    let status = choices.of(
        &[200, 200, 204, 301, 303, 307, 308, 401, 404, 407, 421, 304, 0],
        200,
    );
    if status == 0 {
        return Err(NetworkFailure::Dns);
    }
    let mut answer = HttpResponse::new(status);
    // Half of the answers begin as they should.
    if choices.of(&[true, false], false) {
        for (name, value) in RIGHT {
            answer.headers.append(name, value);
        }
    }
    for _ in 0..choices.of(&[0, 1, 2, 3, 4], 0) {
        let (name, values) = choices.of(&LINES, LINES[0]);
        answer.headers.append(name, choices.of(values, ""));
    }
    if matches!(status, 301..=308) {
        answer.headers.append("Location", choices.of(&URLS, ""));
    }
    Ok(answer)
}

/// The bytes, each of which chooses.
struct Choices<'a>(core::slice::Iter<'a, u8>);

impl Choices<'_> {
    /// The next choice of a table; the default where the bytes are used up.
    fn of<T: Clone>(&mut self, table: &[T], default: T) -> T {
        let chosen = self
            .0
            .next()
            .and_then(|&byte| table.get(usize::from(byte) % table.len()));
        chosen.cloned().unwrap_or(default)
    }
}

/// 21 URLs, a preflight and a request for each, and each again after a status 421.
const MOST_SENDS: usize = 21 * 2 * 2;

const PAGE: &str = "https://app.example";

const USER_AGENTS: [UserAgent; 4] = [
    UserAgent::Standard,
    UserAgent::Chromium,
    UserAgent::Firefox,
    UserAgent::WebKit,
];

const URLS: [&str; 7] = [
    "https://api.example/a",
    "https://app.example/a",
    "https://other.example/a",
    "https://user:secret@api.example/a",
    "data:text/plain,a",
    "http://api.example/a",
    "https://api.example/b",
];

const RIGHT: [(&str, &str); 4] = [
    ("Access-Control-Allow-Origin", PAGE),
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Methods", "PUT, DELETE"),
    ("Access-Control-Allow-Headers", "x-a"),
];

const LINES: [(&str, &[&str]); 9] = [
    (
        "Access-Control-Allow-Origin",
        &[
            PAGE,
            "*",
            "null",
            "",
            "https://app.example/",
            "HTTPS://app.example",
            "https://api.example",
        ],
    ),
    ("access-control-allow-origin", &[PAGE, "*", "null"]),
    (
        "Access-Control-Allow-Credentials",
        &["true", "True", "", "false", "true, true"],
    ),
    (
        "Access-Control-Allow-Methods",
        &["*", "PUT, DELETE", "patch", "PUT,,", "a b", ""],
    ),
    (
        "Access-Control-Allow-Headers",
        &["*", "x-a, content-type", "Authorization", "@", ""],
    ),
    ("Access-Control-Expose-Headers", &["*", "x-a", "@"]),
    (
        "Access-Control-Max-Age",
        &["600", "0", "-1", "", "99999999999999999999"],
    ),
    ("Access-Control-Allow-Origin ", &[PAGE, "*"]),
    ("Cross-Origin-Resource-Policy", &["same-origin", "cross-origin"]),
];
