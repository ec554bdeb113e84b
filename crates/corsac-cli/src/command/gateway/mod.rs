//! `corsac gateway`: arguments and policy file in, a running `corsac-gateway` out.

mod arguments;
pub(crate) mod policy;
pub(crate) mod stop_signal;
pub(crate) mod summary;

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::ValueEnum;
use corsac::MaxAge;
use corsac_gateway::{Config, Gateway, HostHeader, Log, LogFormat, LogLevel, Upstream};

/// Put Corsac in front of an HTTP API.
///
/// A reverse proxy that answers CORS preflights itself, sets the policy's headers on every answer
/// (errors, and an upstream that is down, too), and removes those that the API set by itself. Paths,
/// bodies and everything else pass through.
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
Exit codes: 0 stopped by Ctrl-C or SIGTERM, 2 an argument, the policy or the address cannot be used."
)]
pub(crate) struct Args {
    /// The API: scheme, host and port
    #[arg(long, value_name = "URL")]
    upstream: Upstream,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = arguments::listen)]
    listen: SocketAddr,
    /// The policy file
    #[arg(long, value_name = "FILE", conflicts_with_all = POLICY_FLAGS)]
    config: Option<PathBuf>,
    /// An origin whose pages may read answers, or a pattern, or `*`; repeatable
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// Requests may carry cookies and HTTP authentication
    #[arg(long)]
    allow_credentials: bool,
    /// Methods besides GET, HEAD and POST; repeatable
    #[arg(long, value_name = "METHOD", value_delimiter = ',')]
    allow_method: Vec<String>,
    /// Request headers that pages may set; repeatable
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    allow_header: Vec<String>,
    /// Response headers that pages may read; repeatable
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    expose_header: Vec<String>,
    /// How long browsers may remember a preflight: `2h`, `10m`, `off` [default: the browser's 5 s]
    #[arg(long, value_name = "DURATION", value_parser = arguments::max_age)]
    max_age: Option<MaxAge>,
    /// The `Host` that the upstream gets [default: client for http, upstream for https]
    #[arg(long, value_enum, value_name = "WHOSE")]
    host_header: Option<Host>,
    /// Seconds to wait for the upstream's answer before 504
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = arguments::seconds)]
    upstream_timeout: Duration,
    /// Threads that serve requests
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = arguments::workers)]
    workers: NonZeroUsize,
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

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let Some(policies) = (match &args.config {
        Some(path) => policy::from_file(path)?,
        None => policy::from_draft(args.draft()),
    }) else {
        return Ok(ExitCode::from(2));
    };
    let summary = summary::policies(&policies);
    let upstream = args.upstream.to_string();
    let mut config = Config::new(args.upstream, policies);
    config.listen = args.listen;
    config.workers = args.workers;
    config.timeouts.response_head = args.upstream_timeout;
    if let Some(host) = args.host_header {
        config.host_header = host.into();
    }
    config.log =
        Log::new(args.log.into(), args.log_format.into(), io::stderr()).context("cannot start a thread")?;
    let gateway = Gateway::bind(config)?;
    let mut stderr = anstream::stderr().lock();
    writeln!(
        stderr,
        "listening on http://{}, in front of {upstream}",
        gateway.local_address()
    )?;
    write!(stderr, "{summary}")?;
    drop(stderr);
    stop_signal::serve_until_stopped(gateway.start()?)
}

impl Args {
    fn draft(&self) -> corsac::PolicyDraft {
        corsac::PolicyDraft {
            allow_origins: policy::allow_origins(&self.allow_origin),
            allow_credentials: self.allow_credentials,
            allow_methods: self.allow_method.clone(),
            allow_headers: self.allow_header.clone(),
            expose_headers: self.expose_header.clone(),
            max_age: self.max_age.unwrap_or_default(),
            ..corsac::PolicyDraft::new("command line")
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
const POLICY_FLAGS: [&str; 6] = [
    "allow_origin",
    "allow_credentials",
    "allow_method",
    "allow_header",
    "expose_header",
    "max_age",
];
