//! `corsac simulate`: files in, lines out. What is done with a line is `corsac-wire`'s.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use corsac_wire::compare::Compared;
use corsac_wire::compare_known::Known;
use corsac_wire::simulate::{Options, name};
use corsac_wire::simulate_lines::Lines;
use corsac_wire::simulate_session::{Session, SessionMode};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::command::user_agent::UserAgent;

/// Run recorded or invented exchanges through the browser half, without a network.
///
/// Each line of input is a scenario (a request and the answers that servers give it, hop by hop) or
/// a sequence of requests that share a preflight cache, as JSON. Each gets one line of JSON: what
/// the page gets to read, or which step said no, and every request that reaches a server.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  corsac simulate scenarios.jsonl
  corsac simulate --user-agent firefox --trace < one-line.jsonl
  corsac simulate --user-agent chromium --compare --known known.txt recordings.jsonl.gz

Exit codes: 0 done, 1 a recording disagrees, 2 a line or an option cannot be used.")]
pub(crate) struct Args {
    /// Files of JSON lines, plain, gzip or zstd; `-` or none is standard input
    files: Vec<PathBuf>,
    /// Whose behaviour to follow
    #[arg(long, value_enum, default_value_t)]
    user_agent: UserAgent,
    /// Print every step of each fetch
    #[arg(long, conflicts_with = "compare")]
    trace: bool,
    /// Compare with what the lines say the browser did, and print each disagreement
    #[arg(long)]
    compare: bool,
    /// Ids that are known to disagree, with the reason; one that agrees again is an error
    #[arg(long, value_name = "FILE", requires = "compare")]
    known: Option<PathBuf>,
    /// Compare the names of cookies too
    #[arg(long, requires = "compare")]
    cookies: bool,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let options = Options {
        user_agent: args.user_agent.into(),
        trace: args.trace,
    };
    let mode = match args.compare {
        true => SessionMode::Compare {
            known: read_known(args.known.as_deref(), options.user_agent)?,
            compared: Compared {
                cookies: args.cookies,
            },
        },
        false => SessionMode::Simulate,
    };
    let stdout = io::stdout();
    let mut out = BufWriter::with_capacity(OUT_BUFFER, stdout.lock());
    let mut session = Session::new(options, mode);
    let mut unread = false;
    let files = match args.files.is_empty() {
        true => vec![PathBuf::from("-")],
        false => args.files,
    };
    let done = files
        .iter()
        .try_for_each(|file| match run_file(file, &mut session, &mut out) {
            Ok(()) => Ok(()),
            Err(Stop::Output(error)) => Err(error),
            Err(Stop::Input(error)) => {
                unread = true;
                report(
                    &ProgressBar::hidden(),
                    format!("error: {}: {error}\n", file.display()).as_bytes(),
                );
                Ok(())
            }
        });
    let done = done
        .and_then(|()| session.finish(&mut out))
        .and_then(|()| out.flush());
    match done {
        Ok(()) => {}
        // Whoever read the output has enough of it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return Err(error).context("cannot write the results"),
    }
    let counts = session.counts();
    Ok(match (unread || counts.malformed > 0, counts.failed > 0) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// Why a file was not run to its end.
enum Stop {
    Input(io::Error),
    Output(io::Error),
}

fn run_file(file: &Path, session: &mut Session, out: &mut impl Write) -> Result<(), Stop> {
    let name = file.display().to_string();
    let (reader, size): (Box<dyn Read>, Option<u64>) = if name == "-" {
        (Box::new(io::stdin().lock()), None)
    } else {
        let opened = File::open(file).map_err(Stop::Input)?;
        let size = opened
            .metadata()
            .ok()
            .filter(|data| data.is_file())
            .map(|data| data.len());
        (Box::new(opened), size)
    };
    let mut progress = Progress::new(size);
    let mut lines = Lines::new(progress.bar.wrap_read(reader)).map_err(Stop::Input)?;
    let mut errors = Vec::new();
    while let Some(line) = lines.next_line().map_err(Stop::Input)? {
        session
            .line(&name, &line, out, &mut errors)
            .map_err(Stop::Output)?;
        if !errors.is_empty() {
            report(&progress.bar, &errors);
            errors.clear();
        }
        progress.show_when_long();
    }
    progress.bar.finish_and_clear();
    Ok(())
}

/// A bar of the bytes read, on a terminal that nothing else is written to, once the work is long.
struct Progress {
    bar: ProgressBar,
    started: Instant,
    waiting: bool,
}

impl Progress {
    fn new(size: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::hidden());
        let template = match size {
            Some(_) => "{bar:40} {bytes}/{total_bytes} {eta}",
            None => "{spinner} {bytes} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self {
            bar,
            started: Instant::now(),
            waiting: io::stderr().is_terminal() && !io::stdout().is_terminal(),
        }
    }

    fn show_when_long(&mut self) {
        if self.waiting && self.started.elapsed() > LONG {
            self.waiting = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

fn report(bar: &ProgressBar, errors: &[u8]) {
    bar.suspend(|| {
        // Nothing can be done about a closed stderr.
        let _ = anstream::stderr().lock().write_all(errors);
    });
}

fn read_known(file: Option<&Path>, user_agent: corsac_fetch::UserAgent) -> anyhow::Result<Known> {
    let Some(file) = file else {
        return Ok(Known::default());
    };
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    Known::read(&text, name(user_agent)).with_context(|| shown.to_string())
}

const OUT_BUFFER: usize = 64 * 1024;
const LONG: Duration = Duration::from_secs(1);
