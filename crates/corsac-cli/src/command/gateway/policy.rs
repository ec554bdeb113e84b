//! The policy of a gateway, from a file or from flags. What is wrong with it is told here, all of
//! it; `None` says that it was.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Effects, Style};
use anyhow::Context as _;
use corsac::{AllowOrigins, PolicyDraft, PolicyField, PolicyPlace, PolicyTable};
use corsac_diagnostics::render::printable;
use corsac_diagnostics::{PolicyDiagnostic, explain_policy_error, explain_policy_warning};
use corsac_wire::policy_file;

/// Read a policy file.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn from_file(path: &Path) -> anyhow::Result<Option<PolicyTable>> {
    let name = path.display().to_string();
    let source = fs::read(path).with_context(|| format!("cannot read `{}`", printable(&name)))?;
    let mut stderr = anstream::stderr().lock();
    match policy_file::read_bytes(&source, &name) {
        Ok((policies, warnings)) => {
            for warning in warnings {
                writeln!(stderr, "{}\n", warning.styled())?;
            }
            Ok(Some(policies))
        }
        Err(errors) => {
            writeln!(stderr, "{}", errors.styled())?;
            Ok(None)
        }
    }
}

/// Build the policy that flags describe.
pub(crate) fn from_draft(draft: PolicyDraft) -> Option<PolicyTable> {
    match PolicyTable::build(vec![draft]) {
        Ok((policies, warnings)) => {
            for warning in &warnings {
                tell(
                    "warning",
                    WARNING,
                    &explain_policy_warning(warning),
                    warning.place(),
                );
            }
            Some(policies)
        }
        Err(errors) => {
            for error in errors.iter() {
                tell("error", ERROR, &explain_policy_error(error), error.place());
            }
            None
        }
    }
}

/// `*` alone is every origin; everything else is a list, in which `*` is a mistake.
pub(crate) fn allow_origins(origins: &[String]) -> AllowOrigins {
    match origins {
        [any] if any == "*" => AllowOrigins::Any,
        list => list.iter().map(String::as_str).collect(),
    }
}

fn tell(severity: &str, style: Style, diagnostic: &PolicyDiagnostic, place: &PolicyPlace) {
    let mut stderr = anstream::stderr().lock();
    let PolicyDiagnostic {
        name,
        title,
        meaning,
        fix,
    } = diagnostic;
    let (flag, title, fix) = (flag(place.field), printable(title), printable(fix));
    // Nothing can be done about a closed stderr.
    let _ = writeln!(
        stderr,
        "{style}{severity}[{name}]{style:#}{BOLD}: {title}{BOLD:#}\n  {NOTE}in{NOTE:#} {flag}: {meaning}\n  \
         {NOTE}help{NOTE:#}: {fix}"
    );
}

/// The flag that a field comes from. Fields that only files have come from none.
fn flag(field: PolicyField) -> &'static str {
    match field {
        PolicyField::AllowOrigins => "--allow-origin",
        PolicyField::AllowCredentials => "--allow-credentials",
        PolicyField::AllowMethods => "--allow-method",
        PolicyField::AllowHeaders => "--allow-header",
        PolicyField::ExposeHeaders => "--expose-header",
        PolicyField::MaxAge => "--max-age",
        PolicyField::Name
        | PolicyField::Paths
        | PolicyField::DangerouslyAllowInsecure
        | PolicyField::DangerouslyAllowPublicSuffix
        | PolicyField::DangerouslyAllowNullOrigin => "the policy",
    }
}

const ERROR: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
const WARNING: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
const BOLD: Style = Style::new().effects(Effects::BOLD);
const NOTE: Style = AnsiColor::Cyan.on_default();
