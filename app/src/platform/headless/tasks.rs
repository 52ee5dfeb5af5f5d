//! Tasks of tokio, in the `LocalSet` that the caller has opened.

use std::time::Duration;

pub fn spawn(task: impl Future<Output = ()> + 'static) {
    tokio::task::spawn_local(task);
}

/// Returns at once if there is no runtime, as when a screen is only rendered to HTML.
pub async fn sleep(milliseconds: u32) {
    if tokio::runtime::Handle::try_current().is_ok() {
        tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
    }
}
