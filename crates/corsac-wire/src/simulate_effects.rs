//! What an answer does in the page, in the words of recordings: whether a canvas is tainted, whether
//! rules and errors can be read, whether a frame's document can be reached. Decided in
//! `corsac_fetch::embedding`.

use std::collections::BTreeMap;

use corsac_fetch::Initiator;
use corsac_fetch::embedding::{Access, Content};

/// What a recording would say; empty where nothing loads, and for what shows nothing.
pub(crate) fn effects(initiator: Initiator, access: Access) -> BTreeMap<&'static str, &'static str> {
    let is_readable = access.content == Content::Readable;
    let (name, readable, closed) = match initiator {
        Initiator::Image => ("canvas", "clean", "tainted"),
        Initiator::Script | Initiator::ModuleScript => ("error", "full", "muted"),
        Initiator::Style => ("rules", "readable", "hidden"),
        Initiator::Iframe => ("document", "accessible", "closed"),
        _ => return BTreeMap::new(),
    };
    match access.loads {
        true => BTreeMap::from([(name, if is_readable { readable } else { closed })]),
        false => BTreeMap::new(),
    }
}
