//! A worker as the server sees it: a child process that is asked one thing at a time, and ended when it takes too long.

use crate::{
    answer::{Reply, Task},
    frame,
    worker::WORKER,
};
use std::{
    io,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// The time after which a worker is ended. The bound on its processor time is far below it, so this is reached only if
/// the machine has no time for it.
pub const LONGEST: Duration = Duration::from_secs(60);

/// Returns the path of the program that is running. It also works after an upgrade has replaced the program's file.
pub fn own_program() -> io::Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() }
}

/// A running worker. It ends when this is dropped.
pub struct Worker {
    child: Child,
    to: ChildStdin,
    from: ChildStdout,
}

/// The reasons why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The worker reached a bound, or failed, by what the file is.
    #[error("the file ended its worker: {0}")]
    Ended(ExitStatus),
    /// The worker ended for another reason.
    #[error("a worker failed: {0}")]
    Failed(#[from] io::Error),
    #[error("a worker had no answer after {} seconds", LONGEST.as_secs())]
    Late,
}

impl Worker {
    /// Starts a worker. It gets none of the server's settings, and nobody hears what it says of a file.
    pub fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg(WORKER).env_clear().kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => Ok(Self { child, to, from }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Asks for one thing. After an error the worker is of no use any more.
    pub async fn ask(&mut self, task: &Task) -> Result<Reply, NoAnswer> {
        let answered = match timeout(LONGEST, self.exchange(task)).await {
            Ok(answered) => answered,
            Err(_) => {
                self.child.kill().await?;
                return Err(NoAnswer::Late);
            }
        };
        match answered {
            Ok(reply) => Ok(reply),
            Err(error) => {
                // It has ended or is beside itself. Only a signal of its own making tells of the file.
                let status = match timeout(LONGEST, self.child.wait()).await {
                    Ok(status) => status?,
                    Err(_) => return Err(NoAnswer::Late),
                };
                Err(if is_by_file(status) { NoAnswer::Ended(status) } else { error.into() })
            }
        }
    }

    /// Waits until a worker that gave its last answer is gone, so that its memory is given back before the next starts.
    pub async fn end(mut self) {
        drop(self.to);
        if !matches!(timeout(LONGEST, self.child.wait()).await, Ok(Ok(_))) {
            tracing::warn!("a worker does not end by itself");
        }
    }

    async fn exchange(&mut self, task: &Task) -> io::Result<Reply> {
        self.to.write_all(&frame::framed(task)?).await?;
        self.to.flush().await?;
        let mut start = [0; 4];
        self.from.read_exact(&mut start).await?;
        let mut body = vec![0; frame::length(start)?];
        self.from.read_exact(&mut body).await?;
        frame::parsed(&body)
    }
}

/// Returns true if the process was ended by what it did itself: memory that it was not given, its time was over, an
/// address that is none. Who ends it from outside uses other signals.
#[cfg(unix)]
fn is_by_file(status: ExitStatus) -> bool {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    let own = [Signal::ABORT, Signal::XCPU, Signal::SEGV, Signal::BUS, Signal::ILL, Signal::FPE, Signal::XFSZ];
    status.signal().is_some_and(|signal| own.iter().any(|own| own.as_raw() == signal))
}

#[cfg(not(unix))]
fn is_by_file(status: ExitStatus) -> bool {
    !status.success()
}
