//! `corsac demo`: a sample API, the gateway in front of it, and four requests through the browser
//! half over real sockets.

mod gateway_log;
mod sample_api;
mod scene;
mod show;

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use corsac::{PolicyDraft, PolicyTable};
use corsac_client::{Browser, Options};
use corsac_fetch::{Request, UserAgent};
use corsac_gateway::{Config, Gateway, Log, LogFormat, LogLevel};

use super::gateway::{stop_signal, summary};
use gateway_log::LogReader;
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

Exit codes: 0 all four went as they should, 1 one did not, 2 the port cannot be used.")]
pub(crate) struct Args {
    /// End after the printout
    #[arg(long)]
    once: bool,
    /// The gateway's port on 127.0.0.1 [default: 8080, or a free one when that is taken]
    #[arg(long)]
    port: Option<u16>,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    match demo(&args) {
        // Whoever read the output has enough of it.
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        result => result,
    }
}

fn demo(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .context("cannot start the network")?;
    let api = SampleApi::start().context("cannot start the sample API")?;
    let (gateway, log) = bind(args.port, &api)?;
    let gateway = gateway.start()?;
    let address = gateway.local_address();

    let policies = policies()?;
    print(&show::opening(
        api.address,
        address,
        &summary::policies(&policies),
    ))?;
    let mut all_well = true;
    for (number, scene) in (1..).zip(scene::scenes(address)) {
        let request = Request::new(scene.init.clone(), scene.client.clone(), UserAgent::Standard)
            .map_err(|reason| anyhow::anyhow!("fetch() would throw: {reason:?}"))?;
        // Each is a new visit: nothing is remembered from the one before.
        let fetched = runtime.block_on(Browser::with_options(Options::default()).send(request));
        print(&show::scene(number, &scene, &fetched, &log, &policies))?;
        all_well &= scene.went_well(&fetched.outcome.kind);
    }
    if args.once {
        let _ = gateway.stop(Duration::ZERO);
    } else {
        print(&show::closing(address))?;
        log.pass_on(io::stderr()).context("cannot start a thread")?;
        stop_signal::serve_until_stopped(gateway)?;
    }
    Ok(if all_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// The port that was asked for; else the usual one, or a free one when that is taken.
fn bind(port: Option<u16>, api: &SampleApi) -> anyhow::Result<(Gateway, LogReader)> {
    match port {
        Some(port) => bind_to(port, api),
        None => bind_to(USUAL_PORT, api).or_else(|_| bind_to(0, api)),
    }
}

fn bind_to(port: u16, api: &SampleApi) -> anyhow::Result<(Gateway, LogReader)> {
    let upstream = format!("http://{}", api.address).parse()?;
    let (writer, reader) = gateway_log::log();
    let mut config = Config::new(upstream, policies()?);
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    config.log = Log::new(LogLevel::All, LogFormat::Human, writer).context("cannot start a thread")?;
    Ok((Gateway::bind(config)?, reader))
}

fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .context("cannot write the output")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
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
