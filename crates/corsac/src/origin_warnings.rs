//! What the author of a list of origins should look at: entries that change nothing, and `http`
//! origins that outlived the move to `https`.

use alloc::string::String;

use crate::list_texts::ListPosition;
use crate::origin_pattern::OriginPattern;
use crate::origin_set::OriginSet;
use crate::policy_place::PolicyField;
use crate::policy_report::{DraftReport, Spot};
use crate::policy_warning_reason::PolicyWarningReason;

/// Warn about the entries of a list.
pub(crate) fn warn(set: &OriginSet, report: &mut DraftReport<'_>) {
    let mut https = String::new();
    for position in set.positions() {
        let spot = spot(set, position);
        if let Some(covering) = set.find_covering(position) {
            report.warning_with_related(
                spot,
                PolicyWarningReason::OriginRedundant,
                self::spot(set, covering),
            );
        }
        if let Some(twin) = find_https_twin(set, spot.2, &mut https) {
            report.warning_with_related(
                spot,
                PolicyWarningReason::OriginInsecureTwin,
                self::spot(set, twin),
            );
        }
    }
}

/// The same entry with `https`, for an `http` entry that others on the network path can pose as.
fn find_https_twin(set: &OriginSet, text: &str, https: &mut String) -> Option<ListPosition> {
    let rest = text.strip_prefix("http://")?;
    https.clear();
    https.push_str("https://");
    https.push_str(rest);
    let twin = set.find_same(&OriginPattern::split(https).ok()?, https)?;
    OriginPattern::split(text).ok()?.is_insecure().then_some(twin)
}

fn spot(set: &OriginSet, position: ListPosition) -> Spot<'_> {
    (
        PolicyField::AllowOrigins,
        Some(position.index()),
        set.text(position),
    )
}
