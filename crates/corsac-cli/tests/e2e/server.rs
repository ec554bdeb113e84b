//! Starting the servers. Each is given a listening socket as its standard input, so that no port is
//! chosen twice and nobody waits: a connection made before the server is up stays in the queue.

use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use serde::Deserialize;

/// What to start.
#[derive(Deserialize)]
#[serde(tag = "software", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum ServerKind {
    /// nginx with a file of `tests/fixtures/nginx`.
    Nginx {
        configuration: String,
        upstream: Option<Box<ServerKind>>,
    },
    /// Node.js with a file of `tests/fixtures/express`.
    Express { application: String },
}

/// A running server; it stops when this is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    folder: PathBuf,
    _upstream: Option<Box<Server>>,
}

impl Server {
    pub(crate) fn start(kind: &ServerKind) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("server-{}", address.port()));
        fs::create_dir_all(&folder).unwrap();
        let (mut command, upstream) = match kind {
            ServerKind::Nginx {
                configuration,
                upstream,
            } => {
                let upstream = upstream.as_deref().map(|kind| Box::new(Self::start(kind)));
                let upstream_address = upstream.as_ref().map(|upstream| upstream.address);
                (nginx(configuration, address, upstream_address, &folder), upstream)
            }
            ServerKind::Express { application } => (express(application), None),
        };
        let log = fs::File::create(folder.join("log")).unwrap();
        let process = command
            .stdin(Stdio::from(OwnedFd::from(listener)))
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("cannot start {command:?} ({error}); `cargo xtask test` installs it")
            });
        Self {
            address,
            process,
            folder,
            _upstream: upstream,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not `Child::kill`: nginx must hear that it should stop, to stop its worker.
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
        if std::thread::panicking() {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            println!("--- log of {}\n{log}", self.address);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn nginx(configuration: &str, address: SocketAddr, upstream: Option<SocketAddr>, folder: &Path) -> Command {
    let template = fs::read_to_string(fixtures().join("nginx").join(configuration)).unwrap();
    let text = template
        .replace("@ADDRESS@", &address.to_string())
        .replace("@DIR@", folder.to_str().unwrap())
        .replace(
            "@UPSTREAM@",
            &upstream.map(|address| address.to_string()).unwrap_or_default(),
        );
    let path = folder.join("nginx.conf");
    fs::write(&path, text).unwrap();
    // Debian keeps it where only root's PATH looks.
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = env::join_paths(env::split_paths(&paths).chain([PathBuf::from("/usr/sbin")])).unwrap();
    let mut command = Command::new("nginx");
    command
        .arg("-p")
        .arg(folder)
        .args(["-e", "stderr", "-c"])
        .arg(path)
        .env("PATH", paths)
        // The descriptors of the listening sockets that nginx takes over.
        .env("NGINX", "0;");
    command
}

fn express(application: &str) -> Command {
    let packages = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../counterparts/node_modules");
    assert!(
        packages.join("express").is_dir(),
        "Express is not installed: run `cargo xtask test` once"
    );
    let mut command = Command::new("node");
    command
        .arg(fixtures().join("express").join(application))
        .env("NODE_PATH", packages);
    command
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}
