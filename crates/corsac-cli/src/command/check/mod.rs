//! `corsac check`: arguments in, report out. What a browser does is `corsac-fetch`'s, what goes over
//! the wire `corsac-client`'s, what it means `corsac-diagnostics`'.

mod arguments;
mod human;
mod kind;
mod perform;

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::ValueEnum;
use corsac::Origin;
use corsac_client::{Cookies, Options, Trust};
use corsac_fetch::{Body, BodyKind, Client, CredentialsMode, Mode, RedirectMode, Request, RequestInit};
use corsac_wire::check_report::{Report, Secrets, Verdict};
use url::Url;

use super::user_agent::UserAgent;
use kind::{Coep, CrossOrigin, Kind};

/// Do over the network what a browser does for a fetch() or an element, and explain what comes of it.
///
/// Sends the preflight when one is needed, evaluates it, sends the request, follows redirects, and
/// tells whether a page on the given origin can read the response, which step decided, and what to
/// change. When the server names the page's origin, the request is sent again from an origin that
/// nobody owns and from `null`, to see whether the server names everybody; requests that may change
/// something are never repeated.
#[derive(clap::Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  corsac check https://api.example.com/items --origin https://app.example.com
  corsac check PUT http://localhost:8000/items/1 --origin http://localhost:5173 \\
      -H 'Content-Type: application/json' --data '{\"name\":\"x\"}'
  corsac check https://api.example.com/me --origin https://app.example.com \\
      --credentials include --cookie 'session=…' --user-agent chromium
  corsac check https://api.example.com/items --origin null --format json
  corsac check https://cdn.example.com/logo.png --origin https://app.example.com --as image

Exit codes: 0 the page can read the response (with --as: it loads), 1 it cannot or a hole was found, 2 an argument cannot
be used, 3 no usable answer came from the server."
)]
pub(crate) struct Args {
    /// The method, as the script writes it [default: GET, with --data POST]
    #[arg(value_parser = arguments::method)]
    method: Option<String>,
    /// The URL to fetch
    #[arg(value_parser = arguments::url)]
    url: Url,
    /// The page's origin, or `null` for an opaque one (a sandboxed iframe, a file)
    #[arg(long, value_parser = arguments::origin)]
    origin: Origin,
    /// A header that the script sets
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = arguments::header)]
    headers: Vec<(String, String)>,
    /// The body, as a string; `@FILE` reads it from a file, `-` from standard input
    #[arg(short, long)]
    data: Option<String>,
    /// What asks: an API, or an element of the page [default: fetch]
    #[arg(long = "as", value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// The element's `crossorigin` attribute
    #[arg(long, value_enum)]
    crossorigin: Option<CrossOrigin>,
    /// The page's Cross-Origin-Embedder-Policy
    #[arg(long, value_enum)]
    coep: Option<Coep>,
    /// Credentials mode of fetch(); of XMLHttpRequest `include` is withCredentials [default: same-origin]
    #[arg(long, value_enum)]
    credentials: Option<Credentials>,
    /// Request mode of fetch() [default: cors]
    #[arg(long, value_enum)]
    mode: Option<RequestMode>,
    /// Redirect mode of fetch() [default: follow]
    #[arg(long, value_enum)]
    redirect: Option<Redirect>,
    /// Cookies of the URL's host, sent when credentials are included
    #[arg(long, value_name = "NAME=VALUE; …", value_parser = arguments::cookies)]
    cookie: Option<Cookies>,
    /// Whose behaviour to follow
    #[arg(long, value_enum, default_value_t = UserAgent::Chromium)]
    user_agent: UserAgent,
    /// Do not send the request again from other origins
    #[arg(long)]
    no_probe: bool,
    /// Accept any certificate. A browser does not
    #[arg(long)]
    insecure: bool,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = arguments::seconds)]
    timeout: Duration,
    /// Show all headers, not only those that matter to CORS
    #[arg(short, long)]
    verbose: bool,
    /// Show the values of cookies, Authorization and the like
    #[arg(long)]
    show_secrets: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Credentials {
    /// Never
    Omit,
    /// To the page's own origin, as fetch() does by default
    #[default]
    SameOrigin,
    /// Always
    Include,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum RequestMode {
    /// As fetch() does by default
    #[default]
    Cors,
    /// The page does without reading
    NoCors,
    /// Nothing cross-origin
    SameOrigin,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Redirect {
    /// Go on to where it points
    #[default]
    Follow,
    /// Fail
    Error,
    /// Stop, and give the page an opaque response
    Manual,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For programs: docs/check-json.md describes it
    Json,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let init = request_init(&args)?;
    let client = Client {
        embedder_policy: kind::embedder_policy(&args),
        ..Client::new(args.origin.clone())
    };
    let user_agent = args.user_agent.into();
    let request = Request::of_initiator(&init, client.clone(), user_agent).map_err(|reason| {
        anyhow::anyhow!("fetch() throws a TypeError: {}", arguments::type_error(&reason))
    })?;
    warn_of_dropped_headers(&init, &request);
    let options = Options {
        user_agent,
        trust: match args.insecure {
            true => Trust::DangerouslyAnyCertificate,
            false => Trust::System,
        },
        timeout: args.timeout,
        connect_timeout: args.timeout.min(CONNECT_TIMEOUT),
        cookies: args.cookie.clone(),
    };
    let performed = perform::perform(&init, &client, request, options, !args.no_probe)?;
    let secrets = match args.show_secrets {
        true => Secrets::Shown,
        false => Secrets::Masked,
    };
    let report = performed.report(&init, &client, user_agent, secrets, args.kind.map(Kind::name));
    print(&report, &args)?;
    Ok(exit_code(&report))
}

fn request_init(args: &Args) -> anyhow::Result<RequestInit> {
    let body = args.data.as_deref().map(arguments::read_data).transpose()?;
    kind::request_init(args, body, |body| script_init(args, body))
}

/// What a script asks for.
fn script_init(args: &Args, body: Option<Vec<u8>>) -> RequestInit {
    let default_method = if body.is_some() { "POST" } else { "GET" };
    let mut init = RequestInit::new(args.url.as_str());
    init.method = args.method.clone().unwrap_or_else(|| default_method.to_owned());
    init.headers.clone_from(&args.headers);
    init.body = body.map(|bytes| Body {
        kind: BodyKind::String,
        bytes,
    });
    init.mode = match args.mode.unwrap_or_default() {
        RequestMode::Cors => Mode::Cors,
        RequestMode::NoCors => Mode::NoCors,
        RequestMode::SameOrigin => Mode::SameOrigin,
    };
    init.credentials = match args.credentials.unwrap_or_default() {
        Credentials::Omit => CredentialsMode::Omit,
        Credentials::SameOrigin => CredentialsMode::SameOrigin,
        Credentials::Include => CredentialsMode::Include,
    };
    init.redirect = match args.redirect.unwrap_or_default() {
        Redirect::Follow => RedirectMode::Follow,
        Redirect::Error => RedirectMode::Error,
        Redirect::Manual => RedirectMode::Manual,
    };
    init
}

/// A script that sets a forbidden header gets no error, and the server no header.
fn warn_of_dropped_headers(init: &RequestInit, request: &Request) {
    for (name, _) in &init.headers {
        if request.headers().contains(name) {
            continue;
        }
        let hint = match name.to_ascii_lowercase().as_str() {
            "cookie" => "; give cookies with --cookie",
            "origin" => "; the browser sends the one of --origin",
            _ => "",
        };
        // Nothing can be done about a closed stderr.
        let _ = writeln!(
            anstream::stderr().lock(),
            "note: a script cannot set `{name}` here, so it is not sent{hint}"
        );
    }
}

fn print(report: &Report, args: &Args) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    let printed = match args.format {
        Format::Human => stdout.write_all(human::render(report, args.verbose).as_bytes()),
        Format::Json => report.write_json(&mut stdout),
    }
    .and_then(|()| stdout.flush());
    match printed {
        // Whoever read the output has enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write the report"),
    }
}

fn exit_code(report: &Report) -> ExitCode {
    match report.verdict {
        Verdict::NotReached => ExitCode::from(3),
        Verdict::Blocked => ExitCode::from(1),
        Verdict::Readable | Verdict::Opaque if report.has_errors() => ExitCode::from(1),
        Verdict::Opaque | Verdict::Readable => ExitCode::SUCCESS,
    }
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
