//! From the policies to the last word: start, say what was started, serve, stop.

use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread::available_parallelism;

use anyhow::{Context as _, ensure};
use corsac::{Policy, PolicyTable};
use corsac_gateway::{Config, Gateway, Log, Timeouts};
use corsac_wire::gateway_event::{GatewayStarted, GatewayStopped};

use super::policy::Warning;
use super::stop_signal::{self, StopSignals, Stopping};
use super::{Args, Format, arguments, summary};

/// Serve until a signal comes.
///
/// # Errors
/// The gateway cannot start.
pub(super) fn run(args: Args, policies: PolicyTable, warnings: &[Warning]) -> anyhow::Result<ExitCode> {
    ensure!(
        !arguments::is_the_gateway_itself(&args.upstream, args.listen),
        "the upstream `{}` is the gateway itself, so requests would go round in circles; give --upstream the \
         API's port, or --listen another one",
        args.upstream
    );
    let (format, drain) = (args.log_format, args.drain_timeout);
    let upstream = args.upstream.to_string();
    let mut summary = summary::policies(&policies);
    if args.debug {
        summary.push_str(&summary::debug());
    }
    let names: Vec<String> = policies
        .policies()
        .iter()
        .map(Policy::name)
        .map(str::to_owned)
        .collect();
    let gateway = Gateway::bind(config(args, policies)?)?;
    let url = format!("http://{}", gateway.local_address());
    let signals = StopSignals::catch()?;
    let running = gateway.start()?;
    match format {
        Format::Human => started(&url, &upstream, &summary, warnings),
        Format::Json => json_line(
            GatewayStarted {
                version: 1,
                listening: &url,
                upstream: &upstream,
                policies: names.iter().map(String::as_str).collect(),
                warnings: warnings.iter().map(|warning| warning.name).collect(),
            }
            .to_json()
            .ok(),
        ),
    }
    signals.serve(running, drain, |stopping| match (format, stopping) {
        (Format::Human, stopping) => stop_signal::tell(stopping),
        (Format::Json, Stopping::Begun(_)) => {}
        (Format::Json, Stopping::Done { cut }) => json_line(
            GatewayStopped {
                version: 1,
                connections_cut: cut,
            }
            .to_json()
            .ok(),
        ),
    });
    Ok(ExitCode::SUCCESS)
}

fn config(args: Args, policies: PolicyTable) -> anyhow::Result<Config> {
    let mut config = Config::new(args.upstream, policies);
    config.listen = args.listen;
    config.is_debug = args.debug;
    config.workers = args
        .workers
        .or_else(|| available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    config.timeouts = Timeouts {
        connect: args.connect_timeout,
        response_head: args.upstream_timeout,
        body_idle: args.body_timeout,
        client: args.client_timeout,
    };
    if let Some(host) = args.host_header {
        config.host_header = host.into();
    }
    config.log =
        Log::new(args.log.into(), args.log_format.into(), io::stderr()).context("cannot start a thread")?;
    Ok(config)
}

fn started(url: &str, upstream: &str, summary: &str, warnings: &[Warning]) {
    let mut text = format!("listening on {url}, in front of {upstream}\n{summary}");
    for warning in warnings {
        text.push_str(warning.text.trim_end());
        text.push_str("\n\n");
    }
    // Nothing can be done about a closed stderr.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

fn json_line(line: Option<String>) {
    if let Some(line) = line {
        // Nothing can be done about a closed stderr.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}
