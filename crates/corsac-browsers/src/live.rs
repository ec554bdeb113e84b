//! A browser and the servers it talks to, in one network namespace: lines go in, observations come
//! out.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use corsac_wire::observed::ObservedLine;
use corsac_wire::scenario::OwnedLine;
use tokio::time::timeout;

use crate::batch::{Batch, batches};
use crate::driver::console::{Window, attribute};
use crate::driver::{Browser, Driver};
use crate::observation::{fetch, sequence, timed_out};
use crate::origins::VISITED;
use crate::server::{Act, PageResult, Servers};

/// A browser with its servers.
pub(crate) struct Live {
    browser: Browser,
    scratch: PathBuf,
    servers: Servers,
    driver: Driver,
    /// How often the browser was started.
    starts: u32,
    next_batch: u64,
}

/// What the pages said of one line so far.
#[derive(Default)]
struct Seen {
    results: Vec<PageResult>,
}

impl Live {
    /// Start servers and browser. `scratch` is an empty folder.
    pub(crate) async fn start(browser: Browser, scratch: PathBuf) -> anyhow::Result<Self> {
        let servers = Servers::start().await?;
        let driver = start_driver(browser, &scratch, &servers, 1).await?;
        Ok(Self {
            browser,
            scratch,
            servers,
            driver,
            starts: 1,
            next_batch: 1,
        })
    }

    /// The browser's version.
    pub(crate) fn version(&self) -> &str {
        self.driver.version()
    }

    /// Play these lines; each one's observation is given to `observed` with its index, in the
    /// order in which they end.
    pub(crate) async fn observe(
        &mut self,
        lines: &[OwnedLine],
        mut observed: impl FnMut(usize, ObservedLine),
    ) -> anyhow::Result<()> {
        let mut waiting: VecDeque<Batch> = batches(lines, self.next_batch).into();
        let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
        while let Some(mut batch) = waiting.pop_front() {
            batch.number = self.next_batch;
            self.next_batch += 1;
            let results = self.play(&batch, lines).await?;
            if results.len() < batch.parts.len() {
                // The first part without a result is the one that the browser hung at; the others
                // get another chance.
                batch
                    .parts
                    .retain(|part| !results.iter().any(|(index, _)| *index == part.line));
                let hung = batch.parts.remove(0);
                if let Some(line) = lines.get(hung.line) {
                    observed(hung.line, timed_out(line));
                }
                self.restart().await?;
                if !batch.parts.is_empty() {
                    waiting.push_front(batch);
                }
            }
            let told = self.driver.told().await.unwrap_or_default();
            let windows: Vec<Window> = results.iter().map(|(_, result)| window(result)).collect();
            let mut consoles = attribute(told, &windows);
            for (index, result) in results {
                let Some(line) = lines.get(index) else {
                    continue;
                };
                let seen = seen.entry(index).or_default();
                seen.results.push(result);
                if seen.results.len() < line.phases.as_ref().map_or(1, Vec::len) {
                    continue;
                }
                let arrivals = self.servers.stage.scripts().end(&line.id);
                let results = std::mem::take(&mut seen.results);
                let observation = match &line.phases {
                    Some(_) => sequence(results, arrivals),
                    None => fetch(self.browser, results, arrivals, consoles.remove(&line.id))?,
                };
                observed(index, observation);
            }
        }
        Ok(())
    }

    /// Play one batch; what its page said, for as long as it said something.
    async fn play(&mut self, batch: &Batch, lines: &[OwnedLine]) -> anyhow::Result<Vec<(usize, PageResult)>> {
        let of_batch = |part: &crate::batch::Part| lines.get(part.line);
        for part in batch.parts.iter().filter(|part| part.phase == 0) {
            if let Some(line) = of_batch(part) {
                self.servers.stage.scripts().play(line);
            }
        }
        self.servers.stage.play(Act {
            number: batch.number,
            page: batch.page.clone(),
            work: serde_json::to_string(&batch.work(lines))?,
        });
        let patience = STALL + batch.waits(lines);
        let mut results = Vec::new();
        while results.len() < batch.parts.len() {
            let Ok(result) = timeout(patience, self.servers.results.recv()).await else {
                break;
            };
            let result = result.context("the servers ended")?;
            let part = batch
                .parts
                .iter()
                .find(|part| of_batch(part).is_some_and(|line| line.id == result.id));
            if let Some(part) = part.filter(|_| result.batch == batch.number) {
                results.push((part.line, result));
            }
        }
        Ok(results)
    }

    async fn restart(&mut self) -> anyhow::Result<()> {
        if self.starts > MOST_STARTS {
            bail!("{} hung {} times", self.browser.name(), self.starts);
        }
        self.starts += 1;
        // The new one is started before the old one is dropped, and so ended.
        self.driver = start_driver(self.browser, &self.scratch, &self.servers, self.starts).await?;
        Ok(())
    }
}

async fn start_driver(
    browser: Browser,
    scratch: &std::path::Path,
    servers: &Servers,
    number: u32,
) -> anyhow::Result<Driver> {
    let folder = scratch.join(format!("{}-{number}", browser.name()));
    tokio::fs::create_dir_all(&folder).await?;
    let url = format!("{}/ctl/visit/0", VISITED.first().copied().unwrap_or_default());
    Driver::start(browser, &folder, &servers.authority, &url).await
}

fn window(result: &PageResult) -> Window {
    Window {
        id: result.id.clone(),
        started: result.started,
        ended: result.ended,
    }
}

/// A page that says nothing for so long hangs.
const STALL: Duration = Duration::from_secs(20);

const MOST_STARTS: u32 = 6;
