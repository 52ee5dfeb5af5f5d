//! Tasks of tokio, in the `LocalSet` that the caller has opened.

use std::time::Duration;

pub fn spawn(task: impl Future<Output = ()> + 'static) {
    tokio::task::spawn_local(task);
}

/// A screen that is only rendered to HTML has no runtime, and no time that passes.
pub async fn sleep(milliseconds: u32) {
    if tokio::runtime::Handle::try_current().is_ok() {
        tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
    }
}
