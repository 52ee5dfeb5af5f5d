//! The server that is besieged, in a process that may open 1,024 files, and the processes that besiege it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// A server that ends when this value is dropped.
pub struct Server {
    process: Child,
    pub port: u16,
    peak: Arc<AtomicU64>,
}

impl Server {
    /// Starts it on a data folder.
    pub fn start(program: &Path, data: &Path) -> Self {
        let mut process = Command::new("sh")
            .args(["-c", "ulimit -S -n 1024 && ulimit -H -n 1024 && exec \"$0\" \"$@\""])
            .arg(program)
            .arg("--data")
            .arg(data)
            .args(["--port", "0", "--app", "none", "--mails-at-once"])
            .env("AKKOORD_LOG", "error")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.find_map(|line| line.unwrap().strip_prefix("listening on http://").map(str::to_owned));
        let port = line.unwrap().rsplit(':').next().unwrap().parse().unwrap();
        let peak = Arc::new(AtomicU64::new(0));
        let (watched, id) = (Arc::downgrade(&peak), process.id());
        std::thread::spawn(move || {
            while let Some(peak) = watched.upgrade() {
                peak.fetch_max(rss_of(id), Ordering::Relaxed);
                drop(peak);
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        Self { process, port, peak }
    }

    /// Returns how many MiB the server and its children have, at the moment and at most.
    pub fn rss(&self) -> u64 {
        rss_of(self.process.id()) / 1024
    }

    pub fn peak(&self) -> u64 {
        self.peak.load(Ordering::Relaxed) / 1024
    }

    pub fn runs(&self) -> bool {
        rss_of(self.process.id()) > 0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Starts a process that plays an attack.
pub fn attacker(name: &str, orders: &Path) -> Child {
    Command::new("nice")
        .args(["-n", "19"])
        .arg(std::env::current_exe().unwrap())
        .args(["attack", name])
        .arg(orders)
        .spawn()
        .unwrap()
}

/// Returns the KiB of memory that a process and its children have.
fn rss_of(id: u32) -> u64 {
    let field = |id: &str, name: &str| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let value = status.lines().find_map(|line| line.strip_prefix(name))?;
        value.split_whitespace().next()?.parse::<u64>().ok()
    };
    let mut sum = field(&id.to_string(), "VmRSS:").unwrap_or(0);
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.bytes().all(|b| b.is_ascii_digit()) && field(&name, "PPid:") == Some(u64::from(id)) {
            sum += field(&name, "VmRSS:").unwrap_or(0);
        }
    }
    sum
}
