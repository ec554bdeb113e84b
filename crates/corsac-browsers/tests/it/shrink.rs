//! The shrinker against browsers that are not real: what the browser half says, with one fault planted.

use corsac_browsers::driver::Browser;
use corsac_browsers::generate::{Topic, Topics, scenario};
use corsac_browsers::observe::Observe;
use corsac_browsers::shrink::{Class, smallest};
use corsac_fetch::UserAgent;
use corsac_wire::observed::{ObservedFetch, ObservedLine};
use corsac_wire::scenario::{Answer, OwnedLine, RequestFields};
use corsac_wire::simulate::{Options, simulate};

#[tokio::test]
async fn a_fault_about_a_request_header_is_shrunk_to_that_header() {
    let mut browser = FakeBrowser::new(|line, observed| {
        if has_request_header(line, "accept-language") && observed.outcome == "resolve" {
            observed.outcome = String::from("reject");
            observed.response_type = None;
        }
    });
    let line = generated(&mut browser, &[Topic::RequestHeaders]).await;
    let class = Class::of(&line, Browser::Chromium).unwrap().unwrap();
    assert_eq!(class.to_string(), "chromium: outcome (resolve)");
    let smallest = smallest(&line, &class, &mut browser).await.unwrap();
    let request = smallest.request.clone().unwrap();
    assert_eq!(
        request.url,
        format!("http://api.example.test:23002/s/{}/0", line.id)
    );
    assert_eq!(
        request,
        RequestFields {
            headers: vec![(String::from("Accept-Language"), String::new())],
            ..RequestFields::new("http://localhost:23001", request.url.clone())
        }
    );
    let hops = smallest.server.unwrap().hops;
    assert_eq!(hops.len(), 1);
    let headers = &hops[0].actual.as_ref().unwrap().headers;
    assert_eq!(
        headers,
        &[(String::from("Access-Control-Allow-Origin"), String::from("*"))]
    );
}

#[tokio::test]
async fn a_fault_about_redirects_is_shrunk_to_one_redirect() {
    let mut browser = FakeBrowser::new(|line, observed| {
        let hops = line.server.iter().flat_map(|server| &server.hops);
        let is_permanent = |answer: &Answer| answer.status == 308;
        if observed.redirected == Some(true) && hops.filter_map(|hop| hop.actual.as_ref()).any(is_permanent) {
            observed.redirected = Some(false);
        }
    });
    let line = generated(&mut browser, &[Topic::Redirects]).await;
    let class = Class::of(&line, Browser::Chromium).unwrap().unwrap();
    assert_eq!(class.field, "redirected");
    let smallest = smallest(&line, &class, &mut browser).await.unwrap();
    let hops = smallest.server.unwrap().hops;
    assert_eq!(hops.len(), 2);
    assert_eq!(hops[0].actual.as_ref().unwrap().status, 308);
    let names: Vec<&str> = hops
        .iter()
        .flat_map(|hop| hop.preflight.iter().chain(&hop.actual))
        .flat_map(|answer| &answer.headers)
        .map(|(name, _)| name.as_str())
        .filter(|name| *name != "Access-Control-Allow-Origin")
        .collect();
    assert_eq!(names, ["Location"]);
    let request = smallest.request.unwrap();
    assert_eq!((request.method.as_str(), request.headers.len()), ("GET", 0));
}

#[tokio::test]
async fn a_browser_that_agrees_shows_no_class() {
    let mut browser = FakeBrowser::new(|_, _| {});
    let line = scenario(1, 0, &Topics::default(), UserAgent::Chromium);
    assert_eq!(
        Class::of(&browser.played(&line), Browser::Chromium).unwrap(),
        None
    );
}

/// The first long line of these topics that the fault shows in.
async fn generated(browser: &mut FakeBrowser, topics: &[Topic]) -> OwnedLine {
    let topics = Topics::new(topics);
    let lines = (0..2_000).map(|index| scenario(5, index, &topics, UserAgent::Chromium));
    let mut played = lines.map(|line| browser.played(&line));
    let is_long = |line: &OwnedLine| line.to_json().len() > 1_500;
    played
        .find(|line| is_long(line) && Class::of(line, Browser::Chromium).unwrap().is_some())
        .unwrap()
}

/// The browser half itself, with a fault.
struct FakeBrowser {
    fault: fn(&OwnedLine, &mut ObservedFetch),
}

impl FakeBrowser {
    const fn new(fault: fn(&OwnedLine, &mut ObservedFetch)) -> Self {
        Self { fault }
    }

    fn played(&mut self, line: &OwnedLine) -> OwnedLine {
        let mut played = line.clone();
        let nothing = ObservedLine::Fetch(Box::default());
        played.observed.insert(String::from("chromium"), nothing);
        let json = played.to_json();
        let options = Options {
            user_agent: UserAgent::Chromium,
            trace: false,
        };
        let simulated = simulate(json.as_bytes(), options).unwrap();
        // What is simulated is written as what is observed is read.
        let outcome = serde_json::to_string(&simulated.outcome).unwrap();
        let mut observed: ObservedFetch = serde_json::from_str(&outcome).unwrap();
        (self.fault)(line, &mut observed);
        played
            .observed
            .insert(String::from("chromium"), ObservedLine::Fetch(Box::new(observed)));
        played
    }
}

impl Observe for FakeBrowser {
    async fn observe(&mut self, lines: &[OwnedLine]) -> anyhow::Result<Vec<ObservedLine>> {
        Ok(lines
            .iter()
            .filter_map(|line| self.played(line).observed.remove("chromium"))
            .collect())
    }
}

fn has_request_header(line: &OwnedLine, name: &str) -> bool {
    let headers = line.request.iter().flat_map(|request| &request.headers);
    headers
        .map(|(name, _)| name)
        .any(|known| known.eq_ignore_ascii_case(name))
}
