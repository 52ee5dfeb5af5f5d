//! Whether the page is hidden, and waiting until it is.

use futures_channel::oneshot;
use std::cell::{Cell, RefCell};

thread_local! {
    /// True while the page is hidden.
    static IS_HIDDEN: Cell<bool> = const { Cell::new(false) };
    /// Senders that report when the page is hidden.
    static WAITING: RefCell<Vec<oneshot::Sender<()>>> = const { RefCell::new(Vec::new()) };
}

/// Notes whether the page is hidden.
pub(super) fn set_hidden(is_hidden: bool) {
    IS_HIDDEN.set(is_hidden);
    if is_hidden {
        for waiting in WAITING.take() {
            // The receiver may have stopped waiting.
            waiting.send(()).unwrap_or_default();
        }
    }
}

/// Waits until the page is hidden.
pub(super) async fn hidden() {
    if IS_HIDDEN.get() {
        return;
    }
    let (sender, outcome) = oneshot::channel();
    WAITING.with_borrow_mut(|waiting| {
        waiting.retain(|one| !one.is_canceled());
        waiting.push(sender);
    });
    outcome.await.unwrap_or_default();
}
