//! `corsac demo`: a sample API, the gateway in front of it, and four requests through the browser
//! half over real sockets.

mod quiet_log;
mod sample_api;
mod scene;
mod show;

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use corsac::{PolicyDraft, PolicyTable};
use corsac_client::{Browser, Options};
use corsac_fetch::{Request, UserAgent};
use corsac_gateway::{Config, Gateway, Log, LogFormat, LogLevel, StartError};

use super::gateway::{stop_signal, summary};
use quiet_log::QuietLog;
use sample_api::SampleApi;

/// Start a sample API with the gateway in front of it and show four requests.
///
/// Needs nothing else on the machine: no network, no other program, no file. The requests are made
/// as a browser makes them, and each is shown with what came of it and why. Then both servers stay
/// up to be tried, until Ctrl-C.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  corsac demo
  corsac demo --once
  corsac demo --port 9000

Exit codes: 0 shown, 2 the port cannot be used.")]
pub(crate) struct Args {
    /// End after the printout
    #[arg(long)]
    once: bool,
    /// The gateway's port on 127.0.0.1 [default: 8080, or a free one when that is taken]
    #[arg(long)]
    port: Option<u16>,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .context("cannot start the network")?;
    let api = SampleApi::start().context("cannot start the sample API")?;
    let shown = Arc::new(AtomicBool::new(false));
    let gateway = bind(&args, &api, &shown)?.start()?;
    let address = gateway.local_address();

    let policies = policies()?;
    print(&show::opening(
        api.address,
        address,
        &summary::policies(&policies),
    ))?;
    for (number, scene) in (1..).zip(scene::scenes(address)) {
        let request = Request::new(scene.init.clone(), scene.client.clone(), UserAgent::Standard)
            .map_err(|reason| anyhow::anyhow!("fetch() would throw: {reason:?}"))?;
        // Each is a new visit: nothing is remembered from the one before.
        let fetched = runtime.block_on(Browser::new(Options::default()).fetch(request));
        print(&show::scene(number, &scene, &fetched, &policies))?;
    }
    if args.once {
        let _ = gateway.stop(Duration::ZERO);
        return Ok(ExitCode::SUCCESS);
    }
    print(&show::closing(address))?;
    shown.store(true, Ordering::Relaxed);
    stop_signal::serve_until_stopped(gateway)
}

/// Port 8080, or a free one; a port that was asked for, or an error.
fn bind(args: &Args, api: &SampleApi, shown: &Arc<AtomicBool>) -> anyhow::Result<Gateway> {
    let bind = |port| -> anyhow::Result<Result<Gateway, StartError>> {
        let upstream = format!("http://{}", api.address).parse()?;
        let mut config = Config::new(upstream, policies()?);
        config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let output = QuietLog::new(io::stderr(), Arc::clone(shown));
        config.log = Log::new(LogLevel::All, LogFormat::Human, output).context("cannot start a thread")?;
        Ok(Gateway::bind(config))
    };
    match args.port {
        Some(port) => Ok(bind(port)??),
        None => match bind(USUAL_PORT)? {
            Ok(gateway) => Ok(gateway),
            Err(_) => Ok(bind(0)??),
        },
    }
}

/// Show a text. That its reader went away is no error: the servers stay up.
fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write the output")
        }
        _ => Ok(()),
    }
}

fn policies() -> anyhow::Result<PolicyTable> {
    let draft = PolicyDraft {
        allow_origins: [scene::APP].into_iter().collect(),
        allow_methods: vec!["PUT".to_owned()],
        allow_headers: vec!["Content-Type".to_owned()],
        expose_headers: vec!["X-Request-Id".to_owned()],
        ..PolicyDraft::new("demo")
    };
    let (policies, _) = PolicyTable::build(vec![draft])?;
    Ok(policies)
}

const USUAL_PORT: u16 = 8080;
