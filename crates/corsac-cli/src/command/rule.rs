//! `corsac rule --profiles`: where browsers leave the standard.

use std::process::ExitCode;

use clap::ValueEnum;
use corsac_wire::profiles::Profiles;

use super::user_agent::UserAgent;

/// List what the engine knows.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  corsac rule --profiles
  corsac rule --profiles --user-agent firefox --format json")]
pub(crate) struct Args {
    /// Where browsers leave the standard: each difference, with its source
    #[arg(long, required = true)]
    profiles: bool,
    /// Only those of this user agent
    #[arg(long, value_enum)]
    user_agent: Option<UserAgent>,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For programs: {"version", "profiles": [{"name", "user_agents", "description", "source"}]}
    Json,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    // Required by clap; other lists will have flags of their own.
    let Args {
        profiles: _,
        user_agent,
        format,
    } = args;
    let list = Profiles::of(user_agent.map(Into::into));
    let mut bytes = Vec::new();
    match format {
        Format::Human => bytes.extend_from_slice(human(&list).as_bytes()),
        Format::Json => list.write_json(&mut bytes)?,
    }
    super::write_out(&bytes)
}

fn human(list: &Profiles) -> String {
    let mut text = String::new();
    for difference in &list.profiles {
        text += &format!("{} ({})\n", difference.name, difference.user_agents.join(", "));
        for (label, value) in [("", difference.description), ("known from: ", difference.source)] {
            let indented = textwrap::Options::new(WIDTH)
                .initial_indent("  ")
                .subsequent_indent("  ");
            text += &textwrap::fill(&format!("{label}{value}"), indented);
            text.push('\n');
        }
    }
    text
}

const WIDTH: usize = 100;
