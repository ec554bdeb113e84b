//! What the policy model says of the drafts, put at the bytes it is about.

use std::ops::Range;

use corsac::{PolicyError, PolicyField, PolicyPlace as DraftPlace, PolicyWarning};
use corsac_diagnostics::{PolicyDiagnostic, explain_policy_error, explain_policy_warning};

use super::decode::Decoded;
use super::key;
use super::problem::{Problem, Severity};

/// The mistake at its place; `None` when the value could not be read, which is reported already.
pub(super) fn of_error(error: &PolicyError, decoded: &[Decoded]) -> Option<Problem> {
    problem(
        Severity::Error,
        explain_policy_error(error),
        error.place(),
        error.related(),
        decoded,
    )
}

/// The warning at its place.
pub(super) fn of_warning(warning: &PolicyWarning, decoded: &[Decoded]) -> Option<Problem> {
    problem(
        Severity::Warning,
        explain_policy_warning(warning),
        warning.place(),
        warning.related(),
        decoded,
    )
}

fn problem(
    severity: Severity,
    diagnostic: PolicyDiagnostic,
    place: &DraftPlace,
    related: Option<&DraftPlace>,
    decoded: &[Decoded],
) -> Option<Problem> {
    let policy = &decoded.get(place.policy_index)?.place;
    if policy.unusable.contains(&list_key(place.field)) && place.index.is_none() {
        return None;
    }
    let mut problem = Problem::error(diagnostic.name, diagnostic.title, span(place, decoded)?)
        .label(diagnostic.meaning)
        .help(diagnostic.fix);
    problem.severity = severity;
    Some(match related.and_then(|related| span(related, decoded)) {
        Some(span) => problem.related(span, "the other is here"),
        None => problem,
    })
}

/// The most exact place known: the value, the switch's key, the field, or else the policy's header.
fn span(place: &DraftPlace, decoded: &[Decoded]) -> Option<Range<usize>> {
    let policy = &decoded.get(place.policy_index)?.place;
    let Some(field) = policy.fields.get(list_key(place.field)) else {
        return Some(policy.header.clone());
    };
    let item = place.index.and_then(|index| field.items.get(index));
    Some(match item {
        Some(item) => item.keys.get(place.field.key()).unwrap_or(&item.value).clone(),
        None => field.value.clone(),
    })
}

/// The key of the policy that holds the field: danger switches of an origin are in its entry.
fn list_key(field: PolicyField) -> &'static str {
    match field {
        PolicyField::AllowOrigins
        | PolicyField::DangerouslyAllowInsecure
        | PolicyField::DangerouslyAllowPublicSuffix => key::ALLOW_ORIGINS,
        PolicyField::Name
        | PolicyField::Hosts
        | PolicyField::Paths
        | PolicyField::DangerouslyAllowNullOrigin
        | PolicyField::AllowCredentials
        | PolicyField::AllowMethods
        | PolicyField::AllowHeaders
        | PolicyField::ExposeHeaders
        | PolicyField::MaxAge
        | PolicyField::Csrf
        | PolicyField::CsrfExemptPaths => field.key(),
    }
}
