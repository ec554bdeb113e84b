//! A network, mount and process namespace for each browser: fixed ports that meet no other
//! program's, names without DNS, addresses that are public to the browser and reach nobody, and an
//! end that takes every process of the browser with it.
//!
//! `unshare` of util-linux makes the namespaces, `ip` of iproute2 and `mount` fill them.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};
use tokio::process::Command;

use crate::origins::HOSTS;

/// The command that runs a program in namespaces of its own. The kernel kills whatever is left in
/// them when the program ends.
#[must_use]
pub fn command(program: &Path) -> Command {
    let mut command = Command::new("unshare");
    if !rustix::process::geteuid().is_root() {
        command.arg("--map-root-user");
    }
    command
        .args(["--mount", "--net", "--pid", "--fork", "--kill-child=SIGKILL"])
        .args(["--mount-proc", "--"])
        .arg(program);
    command
}

/// Fill the namespaces that this process was started in. The answer is an empty folder that is gone
/// with them.
pub(crate) async fn prepare() -> anyhow::Result<PathBuf> {
    run("ip", &["link", "set", "lo", "up"]).await?;
    let mut addresses: Vec<&str> = HOSTS.iter().map(|&(_, address)| address).collect();
    addresses.retain(|address| *address != "127.0.0.1");
    for address in addresses {
        run("ip", &["address", "add", &format!("{address}/32"), "dev", "lo"]).await?;
    }
    let scratch = std::env::temp_dir();
    let folder = scratch
        .to_str()
        .context("the folder for scratch files is not UTF-8")?;
    run("mount", &["-t", "tmpfs", "-o", "mode=1777", "tmpfs", folder]).await?;
    let hosts = scratch.join("hosts");
    let lines: String = HOSTS
        .iter()
        .map(|(name, address)| format!("{address} {name}\n"))
        .collect();
    tokio::fs::write(&hosts, lines).await?;
    let hosts = hosts.to_str().context("the hosts file's path is not UTF-8")?;
    run("mount", &["--bind", hosts, "/etc/hosts"]).await?;
    Ok(scratch)
}

async fn run(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let line = format!("{program} {}", arguments.join(" "));
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .await
        .with_context(|| format!("`{program}` is missing, cannot run `{line}`"))?;
    if !output.status.success() {
        bail!(
            "`{line}` failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}
