//! What pages ask for, generated: every kind of method, header, mode and spelling of a path.

use corsac_fetch::{Body, BodyKind, CredentialsMode, Mode, RequestInit, UserAgent};
use proptest::prelude::{Strategy, any};
use proptest::sample::{select, subsequence};

use crate::browser::Era;

/// What a script asks for, and of which browser.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    /// Host and port of the URL.
    pub(crate) host: &'static str,
    /// Path and query as the script writes them.
    path: &'static str,
    /// The path as a URL parser makes it.
    pub(crate) path_on_the_wire: &'static str,
    method: &'static str,
    pub(crate) method_on_the_wire: &'static str,
    headers: Vec<Header>,
    /// The names of the headers that make a preflight necessary.
    pub(crate) unsafe_header_names: Vec<&'static str>,
    pub(crate) mode: Mode,
    pub(crate) credentials: CredentialsMode,
    upload_listeners: bool,
    pub(crate) era: Era,
    /// The user agent to follow besides the standard.
    pub(crate) user_agent: UserAgent,
    /// Where among the pages to begin.
    pub(crate) salt: usize,
}

/// Name, value, and whether the value makes a preflight necessary.
type Header = (&'static str, &'static str, bool);

impl Script {
    pub(crate) fn init(&self) -> RequestInit {
        RequestInit {
            method: self.method.to_owned(),
            headers: self
                .headers
                .iter()
                .map(|(name, value, _)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: (self.method_on_the_wire == "POST").then(|| Body {
                kind: BodyKind::String,
                bytes: b"a=1".to_vec(),
            }),
            mode: self.mode,
            credentials: self.credentials,
            upload_listeners: self.upload_listeners,
            ..RequestInit::new(format!("https://{}{}", self.host, self.path))
        }
    }
}

pub(crate) fn scripts() -> impl Strategy<Value = Script> {
    let credentials = vec![
        CredentialsMode::Omit,
        CredentialsMode::SameOrigin,
        CredentialsMode::Include,
    ];
    let mode = vec![Mode::Cors, Mode::Cors, Mode::Cors, Mode::NoCors, Mode::SameOrigin];
    let era = vec![
        Era::Today,
        Era::Today,
        Era::WithoutFetchMetadata,
        Era::RefererOnly,
    ];
    let user_agent = vec![UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit];
    let asked = (
        select(METHODS),
        subsequence(HEADERS, 0..=HEADERS.len()),
        select(mode),
        select(credentials),
    );
    let from = (select(era), select(user_agent), any::<bool>(), 0..10_000_usize);
    (select(HOSTS), select(PATHS), asked, from).prop_map(
        |(host, (path, path_on_the_wire), (method, headers, mode, credentials), from)| {
            let (era, user_agent, upload_listeners, salt) = from;
            // "If request's mode is "no-cors"": these methods and these headers only.
            let is_simple = mode == Mode::NoCors;
            let (method, method_on_the_wire) = match (is_simple, method) {
                (true, ("GET" | "head" | "POST", _)) | (false, _) => method,
                (true, _) => ("POST", "POST"),
            };
            let headers = if is_simple { Vec::new() } else { headers };
            Script {
                host,
                path,
                path_on_the_wire,
                method,
                method_on_the_wire,
                unsafe_header_names: headers
                    .iter()
                    .filter(|header| header.2)
                    .map(|header| header.0)
                    .collect(),
                headers,
                mode,
                credentials,
                upload_listeners: upload_listeners && !is_simple,
                era,
                user_agent,
                salt,
            }
        },
    )
}

const HOSTS: &[&str] = &[
    "api.test",
    "a.api.test",
    "b.a.api.test",
    "other.test",
    "api.test:8443",
    "api.test.",
    "evil.example",
];

/// As a script writes it, and as a browser sends it.
const PATHS: &[(&str, &str)] = &[
    ("/", "/"),
    ("/items?q=/admin/x", "/items"),
    ("/items/7#x", "/items/7"),
    ("/admin/users", "/admin/users"),
    ("/items/../admin/users", "/admin/users"),
    ("/items/%2e%2E/admin/users", "/admin/users"),
    ("/items/..%2fadmin/users", "/items/..%2fadmin/users"),
    ("/admin%2Fusers", "/admin%2Fusers"),
    ("//admin///users", "//admin///users"),
    ("/%61dmin/users", "/%61dmin/users"),
    ("/Admin/users", "/Admin/users"),
    ("/admin/public/x", "/admin/public/x"),
    ("/admin/public;v=1/x", "/admin/public;v=1/x"),
    ("/admin/hook", "/admin/hook"),
    ("/items\\..\\admin\\hook", "/admin/hook"),
    ("/abc/%256d", "/abc/%256d"),
];

const METHODS: &[(&str, &str)] = &[
    ("GET", "GET"),
    ("head", "HEAD"),
    ("POST", "POST"),
    ("put", "PUT"),
    ("Delete", "DELETE"),
    ("PATCH", "PATCH"),
    ("patch", "patch"),
    ("OPTIONS", "OPTIONS"),
    ("Custom", "Custom"),
    ("custom", "custom"),
];

const HEADERS: &[Header] = &[
    ("X-Token", "1", true),
    ("x-other", "1", true),
    ("Content-Type", "application/json", true),
    ("Authorization", "Bearer x", true),
    ("Accept-Language", "de", false),
    ("Accept", "text/plain", false),
];
