//! When work runs: after the screen has been painted, and to its end even if the screen that started it is gone.

use crate::platform::{page, tasks};
use futures_channel::oneshot;

/// Does work that a press asks for once the press is painted, even if its screen is gone by then.
pub fn when_painted(work: impl FnOnce() + 'static) {
    tasks::spawn(async move {
        page::painted().await;
        work();
    });
}

/// Runs work to its end even if the screen that started it is gone. What a person gave is then saved, and no request
/// to the device is left half-way, which would be an error. Returns `None` only if the work broke off.
pub async fn run_to_end<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let (sender, outcome) = oneshot::channel();
    tasks::spawn(async move {
        // The screen that would receive the result may be gone.
        drop(sender.send(work.await));
    });
    outcome.await.ok()
}
