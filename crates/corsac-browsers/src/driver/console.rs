//! Which scenario each thing belongs to that a browser told: by the order, by the URL (every path
//! of a scenario names it), or by the time, because scenarios of a page run one after another.

use std::collections::BTreeMap;

use corsac_wire::observed::CorsError;

use super::{Fact, Told};

/// What was told of one scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Console {
    /// The lines, in order.
    pub(crate) texts: Vec<String>,
    /// Firefox's categories, in order.
    pub(crate) reasons: Vec<String>,
    /// Chromium's reason for the failed load.
    pub(crate) cors_error: Option<CorsError>,
    /// Chromium's name for the failed load.
    pub(crate) net_error: Option<String>,
}

/// When a scenario ran, in milliseconds since 1970.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) id: String,
    pub(crate) started: f64,
    pub(crate) ended: f64,
}

/// Give everything to the scenario that it belongs to.
pub(crate) fn attribute(told: Vec<Told>, windows: &[Window]) -> BTreeMap<String, Console> {
    let mut consoles: BTreeMap<String, Console> = BTreeMap::new();
    for told in told {
        if let Some(id) = scenario(&told, windows) {
            consoles.entry(id).or_default().add(told.fact);
        }
    }
    consoles
}

impl Console {
    fn add(&mut self, fact: Fact) {
        match fact {
            Fact::Nothing => {}
            Fact::Text(text) => self.texts.push(without_page(&text)),
            Fact::Categorised(category, text) => {
                self.texts.push(without_page(&text));
                self.reasons.push(category);
            }
            Fact::CorsError(error) => self.cors_error = Some(error),
            Fact::NetError(error) => self.net_error = Some(error),
        }
    }
}

fn scenario(told: &Told, windows: &[Window]) -> Option<String> {
    if let Some(line) = &told.line {
        return Some(line.clone());
    }
    let text = match &told.fact {
        Fact::Text(text) | Fact::Categorised(_, text) => text.as_str(),
        _ => "",
    };
    if let Some(id) = named(told.url.as_deref().unwrap_or_default()).or_else(|| named(text)) {
        return Some(id.to_owned());
    }
    let at = told.at_ms?;
    // A message can come a moment late, but never early.
    let begun = windows.iter().filter(|window| window.started <= at);
    let last = begun.max_by(|a, b| a.started.total_cmp(&b.started))?;
    (at <= last.ended + LATE_MS).then(|| last.id.clone())
}

/// The id in the first path `/s/<id>/` of a text.
fn named(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("/s/")?;
    let (id, _) = rest.split_once('/')?;
    Some(id)
}

/// The page's own address, `http://localhost:23001/ctl/page/7`, as an origin and a slash: the
/// address is this program's matter.
fn without_page(text: &str) -> String {
    let mut cut = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/ctl/") {
        cut.push_str(before);
        cut.push('/');
        rest = after
            .strip_prefix("page/")
            .or_else(|| after.strip_prefix("frame/"))
            .unwrap_or(after)
            .trim_start_matches(|character: char| character.is_ascii_digit());
    }
    cut.push_str(rest);
    cut
}

const LATE_MS: f64 = 3.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, at_ms: f64) -> Told {
        Told {
            at_ms: Some(at_ms),
            fact: Fact::Text(text.to_owned()),
            ..Told::default()
        }
    }

    #[test]
    fn a_text_belongs_to_the_scenario_that_it_names_and_else_to_the_one_of_its_time() {
        let window = |id: &str, started, ended| Window {
            id: id.to_owned(),
            started,
            ended,
        };
        let windows = [window("a", 0.0, 10.0), window("b", 20.0, 30.0)];
        let told = vec![
            text("cannot load http://x.test/s/b/0", 5.0),
            text("no address", 25.0),
            text("between", 15.0),
        ];
        let consoles = attribute(told, &windows);
        let b = Console {
            texts: vec![
                "cannot load http://x.test/s/b/0".to_owned(),
                "no address".to_owned(),
            ],
            ..Console::default()
        };
        assert_eq!(consoles, BTreeMap::from([("b".to_owned(), b)]));
    }

    #[test]
    fn the_address_of_the_page_is_cut_to_its_origin() {
        assert_eq!(
            without_page("at http://a:1/ctl/page/12 may not"),
            "at http://a:1/ may not"
        );
        assert_eq!(without_page("at http://a:1/s/x/0"), "at http://a:1/s/x/0");
    }
}
