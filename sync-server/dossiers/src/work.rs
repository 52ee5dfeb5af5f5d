//! Shares of the threads that may block: for the console, for files and for sync apart, so that a flood of one never
//! stops another; and turns at a year, so that whoever keeps one year busy keeps nobody else from working.

use model::{
    id::{AccountId, ClientId},
    time::TaxYear,
};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{JoinError, spawn_blocking},
};

/// What a thread is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Pages of the console.
    Console,
    /// Files that are sent and fetched.
    Files,
    /// Messages of devices.
    Sync,
}

/// The number of threads of each share.
const CONSOLE: usize = 8;
const FILES: usize = 6;
const SYNC: usize = 6;

/// The largest number of turns at one year that one login may wait for.
const WAITING: usize = 32;

/// The shares of the threads. It is cheap to clone.
#[derive(Clone)]
pub struct Work(Arc<Shares>);

struct Shares {
    console: Arc<Semaphore>,
    files: Arc<Semaphore>,
    sync: Arc<Semaphore>,
    years: Queues<YearKey>,
    logins: Queues<(YearKey, Option<AccountId>)>,
}

type YearKey = (ClientId, TaxYear);

/// The right to work on a year, one login at a time, in the order in which they came. A login has one place in that
/// order, however much it asks for.
#[derive(Default)]
pub struct Turn {
    _year: Option<OwnedSemaphorePermit>,
    _login: Option<OwnedSemaphorePermit>,
}

impl Default for Work {
    fn default() -> Self {
        let threads = |number| Arc::new(Semaphore::new(number));
        Self(Arc::new(Shares {
            console: threads(CONSOLE),
            files: threads(FILES),
            sync: threads(SYNC),
            years: Queues::default(),
            logins: Queues::default(),
        }))
    }
}

impl Work {
    /// Runs `job` on a thread that may block, when there is one of this share. A job whose result nobody waits for any
    /// more before it began is never run.
    pub async fn run<T: Send + 'static>(
        &self,
        share: Share,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let threads = match share {
            Share::Console => &self.0.console,
            Share::Files => &self.0.files,
            Share::Sync => &self.0.sync,
        };
        // The semaphores are never closed.
        let thread = threads.clone().acquire_owned().await.ok();
        let job = move || {
            let result = job();
            drop(thread);
            result
        };
        spawn_blocking(job).await
    }

    /// Waits for the login's turn at a year. Returns `None` if the login waits for too many already. Whoever stops
    /// waiting leaves the queue.
    pub async fn turn(&self, year: YearKey, login: Option<AccountId>) -> Option<Turn> {
        let own = self.0.logins.of((year, login));
        if Arc::strong_count(&own) > WAITING {
            return None;
        }
        let login = own.acquire_owned().await.ok();
        let year = self.0.years.of(year).acquire_owned().await.ok();
        Some(Turn { _year: year, _login: login })
    }
}

/// Queues that exist as long as somebody is in them.
struct Queues<K>(Mutex<HashMap<K, Weak<Semaphore>>>);

impl<K> Default for Queues<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq> Queues<K> {
    fn of(&self, key: K) -> Arc<Semaphore> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(&key).and_then(Weak::upgrade) {
            return queue;
        }
        queues.retain(|_, queue| queue.strong_count() > 0);
        let queue = Arc::new(Semaphore::new(1));
        queues.insert(key, Arc::downgrade(&queue));
        queue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    };
    use tokio::task::{JoinHandle, spawn, yield_now};

    const YEAR: YearKey = (ClientId::from_bytes([1; 16]), TaxYear(2025));
    const OTHER_YEAR: YearKey = (ClientId::from_bytes([1; 16]), TaxYear(2026));

    fn login(number: u8) -> Option<AccountId> {
        Some(AccountId::from_bytes([number; 16]))
    }

    /// Lets all tasks go as far as they can.
    async fn settle() {
        for _ in 0..100 {
            yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_login_that_asks_for_much_lets_another_go_before_it_asks_again() {
        let work = Work::default();
        let first = work.turn(YEAR, login(1)).await.unwrap();
        let (said, heard) = mpsc::channel();
        for who in [1, 1, 1, 2] {
            let (work, said) = (work.clone(), said.clone());
            drop(spawn(async move {
                let turn = work.turn(YEAR, login(who)).await.unwrap();
                said.send(who).unwrap();
                drop(turn);
            }));
            settle().await;
        }
        assert!(work.turn(OTHER_YEAR, login(1)).await.is_some(), "another year is free");
        assert!(heard.try_recv().is_err());
        drop(first);
        settle().await;
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [2, 1, 1, 1]);
        assert!(work.0.years.0.lock().unwrap().values().all(|queue| queue.strong_count() == 0));
    }

    #[tokio::test]
    async fn who_stops_waiting_leaves_the_queue_and_a_login_may_not_wait_for_everything() {
        let work = Work::default();
        let held = work.turn(YEAR, login(1)).await.unwrap();
        let wait = |who| {
            let work = work.clone();
            spawn(async move { work.turn(YEAR, login(who)).await.is_some() })
        };
        let waiting: Vec<JoinHandle<bool>> = (0..100).map(|_| wait(1)).collect();
        settle().await;
        let refused = waiting.iter().filter(|one| one.is_finished()).count();
        assert_eq!(refused, 100 - WAITING + 1, "the one that has the turn counts too");
        let partner = wait(2);
        settle().await;
        waiting.iter().for_each(JoinHandle::abort);
        settle().await;
        drop(held);
        assert!(partner.await.unwrap());
        assert!(work.turn(YEAR, login(1)).await.is_some());
    }

    #[tokio::test]
    async fn a_share_that_is_used_up_stops_no_other_and_a_job_without_a_listener_never_runs() {
        let work = Work::default();
        let (go, wait) = mpsc::channel::<()>();
        let wait = Arc::new(Mutex::new(wait));
        let busy: Vec<_> = (0..FILES)
            .map(|_| {
                let (work, wait) = (work.clone(), wait.clone());
                spawn(
                    async move { work.run(Share::Files, move || wait.lock().unwrap().recv().is_err()).await.unwrap() },
                )
            })
            .collect();
        settle().await;
        let has_run = Arc::new(AtomicBool::new(false));
        let dropped = spawn({
            let (work, has_run) = (work.clone(), has_run.clone());
            async move { work.run(Share::Files, move || has_run.store(true, Ordering::SeqCst)).await.is_ok() }
        });
        settle().await;
        for share in [Share::Console, Share::Sync] {
            assert_eq!(work.run(share, || 7).await.unwrap(), 7);
        }
        assert!(!dropped.is_finished());
        dropped.abort();
        drop(go);
        for job in busy {
            assert!(job.await.unwrap());
        }
        assert_eq!(work.run(Share::Files, || 7).await.unwrap(), 7);
        assert!(!has_run.load(Ordering::SeqCst));
    }
}
