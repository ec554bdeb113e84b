//! Whether the browser half says what a browser did. The comparison is that of
//! `corsac simulate --compare`; there is no second one.

use anyhow::{Context as _, anyhow};
use corsac_fetch::UserAgent;
use corsac_wire::compare::{Compared, Disagreement, compare};
use corsac_wire::scenario::OwnedLine;
use corsac_wire::simulate::{Options, simulate};

/// Compare what `observed` of the line says that this browser did. An empty list is agreement.
///
/// # Errors
/// When the line cannot be simulated, or does not say what this browser did.
pub fn judge(line: &OwnedLine, user_agent: UserAgent) -> anyhow::Result<Vec<Disagreement>> {
    let json = line.to_json();
    let options = Options {
        user_agent,
        trace: false,
    };
    let compared = simulate(json.as_bytes(), options)
        .and_then(|simulated| compare(&simulated, user_agent, &Compared { cookies: true }));
    let disagreements = compared.map_err(|error| anyhow!("{}: {error}", line.id))?;
    disagreements.with_context(|| format!("{}: the line does not say what this browser did", line.id))
}
