//! `corsac gateway`: arguments and policy file in, a running `corsac-gateway` out.

mod arguments;
mod policy;
mod start;
pub(crate) mod stop_signal;
pub(crate) mod summary;

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::ValueEnum;
use corsac_gateway::{HostHeader, LogFormat, LogLevel, Upstream};
use corsac_wire::policy_flags::PolicyFlags;

/// Put Corsac in front of an HTTP API.
///
/// A reverse proxy that answers CORS preflights itself, sets the policy's headers on every answer
/// (errors, and an upstream that is down, too), and removes those that the API set by itself. Paths,
/// bodies and everything else pass through. The policy comes from flags or from a policy file.
#[derive(clap::Args)]
#[command(
    group = clap::ArgGroup::new("who").required(true).args(["config", "allow_origin"]),
    after_help = "\
Examples:
  corsac gateway --upstream http://127.0.0.1:8000 --allow-origin http://localhost:5173
  corsac gateway --upstream http://127.0.0.1:8000 --config corsac.toml --listen 127.0.0.1:9000
  corsac gateway --upstream https://api.example.com --allow-origin https://app.example.com \\
      --allow-credentials --allow-method PUT,DELETE --allow-header Content-Type --max-age 2h

The upstream gets X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host, and no hop-by-hop fields.
Ctrl-C or SIGTERM lets running requests finish; a second one stops at once.
Exit codes: 0 stopped, 2 an argument, the policy or the address cannot be used."
)]
pub(crate) struct Args {
    /// The API: scheme, host and port
    #[arg(long, value_name = "URL", value_parser = arguments::upstream)]
    upstream: Upstream,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = arguments::listen)]
    listen: SocketAddr,
    /// The policy file
    #[arg(long, value_name = "FILE", conflicts_with_all = POLICY_FLAGS, help_heading = POLICY)]
    config: Option<PathBuf>,
    /// An origin whose pages may read answers, or a pattern, or `*`; repeatable
    #[arg(long, value_name = "ORIGIN", help_heading = POLICY)]
    allow_origin: Vec<String>,
    /// Requests may carry cookies and HTTP authentication
    #[arg(long, help_heading = POLICY)]
    allow_credentials: bool,
    /// Methods besides GET, HEAD and POST; repeatable, or with commas
    #[arg(long, value_name = "METHOD", help_heading = POLICY)]
    allow_method: Vec<String>,
    /// Request headers that pages may set; repeatable, or with commas
    #[arg(long, value_name = "NAME", help_heading = POLICY)]
    allow_header: Vec<String>,
    /// Response headers that pages may read; repeatable, or with commas
    #[arg(long, value_name = "NAME", help_heading = POLICY)]
    expose_header: Vec<String>,
    /// How long browsers may remember a preflight: seconds, `2h`, `off` [default: the browser's 5 s]
    #[arg(long, value_name = "DURATION", help_heading = POLICY)]
    max_age: Option<String>,
    /// Paths that the policy covers, such as `/api/*`; repeatable [default: all]
    #[arg(long, value_name = "PATH", help_heading = POLICY)]
    path: Vec<String>,
    /// Refuse methods that change something from pages of origins that are not listed
    #[arg(long, help_heading = POLICY)]
    csrf: bool,
    /// Refuse WebSockets from pages of origins that are not listed
    #[arg(long, help_heading = POLICY)]
    websocket: bool,
    /// Decide and log, but change nothing
    #[arg(long, help_heading = POLICY)]
    report_only: bool,
    /// Tell browsers why a request is refused; for development, as strangers are told, too
    #[arg(long)]
    debug: bool,
    /// The `Host` that the upstream gets [default: client for http, upstream for https]
    #[arg(long, value_enum, value_name = "WHOSE")]
    host_header: Option<Host>,
    /// Seconds to wait for a connection to the upstream before 504
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = arguments::seconds)]
    connect_timeout: Duration,
    /// Seconds to wait for the upstream's answer before 504
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = arguments::seconds)]
    upstream_timeout: Duration,
    /// Seconds to wait for the next piece of the upstream's body
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = arguments::seconds)]
    body_timeout: Duration,
    /// Seconds to wait for a client's request, and for a client to take its answer
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = arguments::seconds)]
    client_timeout: Duration,
    /// Seconds that running requests may take after the word to stop
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = arguments::seconds)]
    drain_timeout: Duration,
    /// Threads that serve requests [default: one for each CPU]
    #[arg(long, value_name = "NUMBER", value_parser = arguments::workers)]
    workers: Option<NonZeroUsize>,
    /// Which requests get a line on standard error
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = LogWhich::All)]
    log: LogWhich,
    /// How such a line looks
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    log_format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Host {
    /// What the client sent
    Client,
    /// The upstream's own name and port
    Upstream,
}

#[derive(Clone, Copy, ValueEnum)]
enum LogWhich {
    /// None
    Off,
    /// Those that were refused or failed
    Refused,
    /// Every cross-origin request
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let read = match &args.config {
        Some(path) => policy::from_file(path)?,
        None => policy::from_flags(&args.policy_flags())?,
    };
    match read {
        policy::Read::Policies { table, warnings } => start::run(args, table, &warnings),
        policy::Read::Refused => Ok(ExitCode::from(2)),
    }
}

impl Args {
    fn policy_flags(&self) -> PolicyFlags {
        PolicyFlags {
            paths: self.path.clone(),
            allow_origins: self.allow_origin.clone(),
            allow_credentials: self.allow_credentials,
            allow_methods: self.allow_method.clone(),
            allow_headers: self.allow_header.clone(),
            expose_headers: self.expose_header.clone(),
            max_age: self.max_age.clone(),
            csrf: self.csrf,
            websocket: self.websocket,
            report_only: self.report_only,
        }
    }
}

impl From<Host> for HostHeader {
    fn from(host: Host) -> Self {
        match host {
            Host::Client => Self::Client,
            Host::Upstream => Self::Upstream,
        }
    }
}

impl From<LogWhich> for LogLevel {
    fn from(which: LogWhich) -> Self {
        match which {
            LogWhich::Off => Self::Off,
            LogWhich::Refused => Self::Refused,
            LogWhich::All => Self::All,
        }
    }
}

impl From<Format> for LogFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human,
            Format::Json => Self::Json,
        }
    }
}

/// A policy comes from the file or from flags, never from both.
const POLICY_FLAGS: [&str; 10] = [
    "allow_origin",
    "allow_credentials",
    "allow_method",
    "allow_header",
    "expose_header",
    "max_age",
    "path",
    "csrf",
    "websocket",
    "report_only",
];

/// The heading of their help.
const POLICY: &str = "Policy";
