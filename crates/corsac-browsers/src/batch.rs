//! Which lines can share one load of a page: those of the same page with the same options.

/// What decides about the page that a line needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageKey {
    /// The serialised origin of the page; `null` is an opaque one.
    pub origin: String,
    /// The page's options, as `page_query` of the line has them.
    pub page_query: String,
}
