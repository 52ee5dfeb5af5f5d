//! When work runs: once the screen is painted, and to its end also when the
//! screen that began it is gone.

use crate::platform::{page, tasks};
use futures_channel::oneshot;

/// Does work that a press asks for once the press is painted, also when its screen is gone by then.
pub fn when_painted(work: impl FnOnce() + 'static) {
    tasks::spawn(async move {
        page::painted().await;
        work();
    });
}

/// Sees work through, also when the screen that began it is gone: what a
/// person gave is kept, and no request to the device is left half-way (its
/// answer would find nobody and be an error). `None` only when it broke off.
pub async fn see_through<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let (tell, outcome) = oneshot::channel();
    tasks::spawn(async move {
        // Nobody may be listening any more.
        drop(tell.send(work.await));
    });
    outcome.await.ok()
}
