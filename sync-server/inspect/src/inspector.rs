//! Has files looked into: keeps the workers, lets requests wait for one, and remembers which files were refused.

use crate::{
    answer::{Answer, Document, Refused, Reply, Task, Work},
    line::{Asker, Line, Turn},
    process::{NoAnswer, Worker},
    table::Table,
};
use model::hash::ContentHash;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use storage::{
    clock::Clock,
    db::{Db, DbError},
};
use tokio::time::{Instant, sleep};

/// The time after which a worker that nobody asks anything ends.
const IDLE: Duration = Duration::from_secs(10);
/// The number of refused files that are remembered.
const REMEMBERED: u32 = 10_000;

/// The reasons why a file was not looked into, or is refused.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Too many files wait. Trying it again later helps.
    #[error("too many files wait to be looked into")]
    Busy,
    /// No worker could do it. Nothing is known of the file, and trying it again later may help.
    #[error("no worker looked into the file")]
    NoWorker,
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Has files looked into. It is cheap to clone, and starts no worker before there is a file.
#[derive(Clone)]
pub struct Inspector(Arc<Inner>);

struct Inner {
    program: PathBuf,
    db: Db,
    clock: Clock,
    line: Line,
    idle: Mutex<Vec<(Worker, Instant)>>,
}

impl Inspector {
    /// `program` is our own program, of which the workers are processes.
    pub fn new(program: PathBuf, db: Db, clock: Clock) -> Self {
        Self(Arc::new(Inner { program, db, clock, line: Line::new(), idle: Mutex::default() }))
    }

    /// Checks a document: what it is, and how many pages it has. If `copy` is the path of an empty file, a PDF gets a
    /// copy there without anything that runs.
    pub async fn document(
        &self,
        asker: impl Into<Asker>,
        hash: ContentHash,
        path: &Path,
        copy: Option<&Path>,
    ) -> Result<Document, InspectError> {
        match self.look(asker.into(), hash, Work::Document, path, copy).await? {
            Answer::Document(document) => Ok(document),
            _ => Err(InspectError::NoWorker),
        }
    }

    /// Draws a logo as a small PNG.
    pub async fn logo(&self, asker: impl Into<Asker>, hash: ContentHash, path: &Path) -> Result<Vec<u8>, InspectError> {
        match self.look(asker.into(), hash, Work::Logo, path, None).await? {
            Answer::Logo(png) => Ok(png),
            _ => Err(InspectError::NoWorker),
        }
    }

    /// Reads the rows of a spreadsheet's file.
    pub async fn table(&self, asker: impl Into<Asker>, hash: ContentHash, path: &Path) -> Result<Table, InspectError> {
        match self.look(asker.into(), hash, Work::Table, path, None).await? {
            Answer::Table(table) => Ok(table),
            _ => Err(InspectError::NoWorker),
        }
    }

    /// Reads the text of the first pages of a PDF: empty if it has none.
    pub async fn text(&self, asker: impl Into<Asker>, hash: ContentHash, path: &Path) -> Result<String, InspectError> {
        match self.look(asker.into(), hash, Work::Text, path, None).await? {
            Answer::Text(text) => Ok(text),
            _ => Err(InspectError::NoWorker),
        }
    }

    /// Returns why a document was refused before, if it was.
    pub fn refused_document(&self, hash: ContentHash) -> Result<Option<Refused>, DbError> {
        self.0.remembered(Work::Document, hash)
    }

    async fn look(
        &self,
        asker: Asker,
        hash: ContentHash,
        work: Work,
        path: &Path,
        copy: Option<&Path>,
    ) -> Result<Answer, InspectError> {
        let inner = &self.0;
        let text = |path: &Path| path.to_str().map(str::to_owned).ok_or(InspectError::NoWorker);
        let task = Task { work, path: text(path)?, copy: copy.map(text).transpose()? };
        if let Some(refused) = inner.remembered(work, hash)? {
            return Err(refused.into());
        }
        let turn = inner.line.turn(asker).await.map_err(|_| InspectError::Busy)?;
        // While this one waited, the same file may have been refused.
        if let Some(refused) = inner.remembered(work, hash)? {
            return Err(refused.into());
        }
        // What has begun is finished and remembered, also if whoever asked goes away.
        let inner = inner.clone();
        let looked = tokio::spawn(async move { inner.look_now(&task, hash, turn).await });
        looked.await.unwrap_or(Err(InspectError::NoWorker))
    }
}

impl Inner {
    fn remembered(&self, work: Work, hash: ContentHash) -> Result<Option<Refused>, DbError> {
        let reason = self.db.read(|q| q.refused_file(hash, work.word()))?;
        // A reason that another release wrote and this one does not know is no reason.
        Ok(reason.and_then(|reason| serde_json::from_str(&reason).ok()))
    }

    async fn look_now(self: Arc<Self>, task: &Task, hash: ContentHash, turn: Turn) -> Result<Answer, InspectError> {
        let answer = match self.ask(task).await {
            // A worker that ended before may have been ended by anybody. A new one is asked once.
            Err(NoAnswer::Failed(error)) => {
                tracing::warn!(%error, "a worker is asked once more");
                self.ask(task).await
            }
            answer => answer,
        };
        drop(turn);
        let refused = match answer {
            Ok(Answer::Refused(refused)) => refused,
            Ok(Answer::NotRead) => return Err(InspectError::NoWorker),
            Ok(answer) => return Ok(answer),
            Err(NoAnswer::Ended(status)) => {
                tracing::warn!(%hash, %status, work = task.work.word(), "a file ended its worker and is refused");
                Refused::TooComplex
            }
            Err(error) => {
                tracing::error!(%error, "a file was not looked into");
                return Err(InspectError::NoWorker);
            }
        };
        let (reason, word, now) = (serde_json::to_string(&refused), task.work.word(), self.clock.now());
        if let Ok(reason) = reason {
            self.db.write(move |tx| tx.add_refused_file(hash, word, &reason, now, REMEMBERED)).await?;
        }
        Err(refused.into())
    }

    /// Asks a worker that is idle, or a new one.
    async fn ask(self: &Arc<Self>, task: &Task) -> Result<Answer, NoAnswer> {
        let idle = self.idle().pop();
        let mut worker = match idle {
            Some((worker, _)) => worker,
            None => Worker::start(&self.program)?,
        };
        let Reply { answer, is_last } = worker.ask(task).await?;
        match is_last {
            true => worker.end().await,
            false => self.keep(worker),
        }
        Ok(answer)
    }

    /// Keeps a worker for the next file, or ends it if there is none soon.
    fn keep(self: &Arc<Self>, worker: Worker) {
        self.idle().push((worker, Instant::now()));
        let inner = Arc::downgrade(self);
        tokio::spawn(async move {
            sleep(IDLE).await;
            if let Some(inner) = inner.upgrade() {
                inner.idle().retain(|(_, since)| since.elapsed() < IDLE);
            }
        });
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(Worker, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
