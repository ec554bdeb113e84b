//! Every subject, in a fixed order: counts depend a little on what ran before.

use tower_layer::Layer;

use crate::axum_subject::Axum;
use crate::inner::Inner;
use crate::lower_bound::LowerBoundLayer;
use crate::policies::List;
use crate::subject::Measured;
use crate::tower_subject::{Tower, corsac, tower_http};

/// A subject with its place in the table.
pub struct Entry {
    /// The framework whose bare service is subtracted.
    pub framework: &'static str,
    /// The middleware; `bare`: none.
    pub middleware: &'static str,
    pub list: List,
    pub inner: Inner,
    pub subject: Box<dyn Measured>,
}

/// The middleware's name of a service without one.
pub const BARE: &str = "bare";

impl Entry {
    fn new(
        (framework, middleware): (&'static str, &'static str),
        list: List,
        inner: Inner,
        subject: impl Measured + 'static,
    ) -> Self {
        Self {
            framework,
            middleware,
            list,
            inner,
            subject: Box::new(subject),
        }
    }

    /// How often each is counted; the least counts.
    pub const WINDOWS: usize = 3;

    /// `tower/corsac-tower/10 origins`
    pub fn name(&self) -> String {
        name(self.framework, self.middleware, self.list, self.inner)
    }

    /// The name of the service that is subtracted.
    pub fn name_of_bare(&self) -> String {
        name(self.framework, BARE, List::Ten, self.inner)
    }

    /// How many calls a window has. A linear search through 100,000 origins takes valgrind long; a few
    /// calls tell as much.
    pub fn calls(&self) -> usize {
        if self.middleware == "tower-http" && self.list == List::HundredThousand {
            4
        } else {
            200
        }
    }
}

/// The name of a subject in tables and files.
pub fn name(framework: &str, middleware: &str, list: List, inner: Inner) -> String {
    format!("{framework}/{middleware}/{}{}", list.name(), inner.suffix())
}

/// Which subjects are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    All,
    /// Ours, what it is subtracted from, and what it is compared with at no great cost: for the gate.
    Ours,
}

impl Selection {
    /// What stands on a command line.
    pub fn of_arguments(arguments: &[&str]) -> Self {
        match arguments {
            [] => Self::All,
            ["ours"] => Self::Ours,
            other => panic!("not a selection: {other:?}"),
        }
    }

    /// What to write on a command line.
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Ours => &["ours"],
        }
    }

    /// The subjects, one after the other.
    pub fn entries(self) -> Vec<Entry> {
        let mut entries = all();
        if self == Self::Ours {
            entries.retain(|entry| {
                let is_slow = entry.middleware == "tower-http" && entry.list == List::HundredThousand;
                matches!(entry.framework, "tower" | "axum") && !is_slow
            });
        }
        entries
    }
}

fn all() -> Vec<Entry> {
    let mut entries = Vec::new();
    for inner in Inner::ALL {
        entries.push(Entry::new(("tower", BARE), List::Ten, inner, Tower(inner)));
        entries.push(Entry::new(("axum", BARE), List::Ten, inner, Axum::bare(inner)));
        for list in lists(inner) {
            entries.extend(of_tower(inner, list));
        }
        for list in lists(inner).filter(|list| matches!(list, List::Ten | List::HundredThousand)) {
            entries.extend(of_axum(inner, list));
        }
        #[cfg(feature = "peers")]
        of_peers(inner, &mut entries);
    }
    entries
}

/// What the inner service sets matters to one list as to the other.
fn lists(inner: Inner) -> impl Iterator<Item = List> {
    List::ALL
        .into_iter()
        .filter(move |list| inner == Inner::None || *list == List::Ten)
}

fn of_tower(inner: Inner, list: List) -> [Entry; 3] {
    let bound = Tower(LowerBoundLayer::new(list).layer(inner));
    [
        Entry::new(("tower", "lower bound"), list, inner, bound),
        Entry::new(
            ("tower", "corsac-tower"),
            list,
            inner,
            Tower(corsac(list).layer(inner)),
        ),
        Entry::new(
            ("tower", "tower-http"),
            list,
            inner,
            Tower(tower_http(list).layer(inner)),
        ),
    ]
}

fn of_axum(inner: Inner, list: List) -> [Entry; 3] {
    let bound = Axum::with(inner, LowerBoundLayer::new(list));
    [
        Entry::new(("axum", "lower bound"), list, inner, bound),
        Entry::new(
            ("axum", "corsac-tower"),
            list,
            inner,
            Axum::with(inner, corsac(list)),
        ),
        Entry::new(
            ("axum", "tower-http"),
            list,
            inner,
            Axum::with(inner, tower_http(list)),
        ),
    ]
}

#[cfg(feature = "peers")]
fn of_peers(inner: Inner, entries: &mut Vec<Entry>) {
    use crate::peers::{actix, poem, salvo};

    entries.push(Entry::new(
        ("actix", BARE),
        List::Ten,
        inner,
        actix::Actix::bare(inner),
    ));
    entries.push(Entry::new(
        ("poem", BARE),
        List::Ten,
        inner,
        poem::Poem::bare(inner),
    ));
    entries.push(Entry::new(
        ("salvo", BARE),
        List::Ten,
        inner,
        salvo::Salvo::bare(inner),
    ));
    for list in lists(inner) {
        entries.push(Entry::new(
            ("actix", "actix-cors"),
            list,
            inner,
            actix::actix_cors(inner, list),
        ));
        entries.push(Entry::new(("poem", "poem"), list, inner, poem::poem(inner, list)));
        entries.push(Entry::new(
            ("salvo", "salvo-cors"),
            list,
            inner,
            salvo::salvo_cors(inner, list),
        ));
    }
}
