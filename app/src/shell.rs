//! What the platform gives the screens: dialogs, focus, files, the address,
//! passkeys. In a native build (tests) each of these quietly does nothing.

pub mod device_key;
pub mod installed;
pub mod papers;
pub mod passkey;
pub mod place;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod rest;
pub mod takeaway;

#[cfg_attr(all(target_arch = "wasm32", target_os = "unknown"), path = "shell/browser.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_os = "unknown")), path = "shell/native.rs")]
mod platform;

pub use platform::*;

use crate::client::platform::spawn;
use futures_channel::oneshot;
use futures_util::future::select;
use std::pin::pin;

/// A page that nobody sees is not painted: then the work goes on all the same.
const UNPAINTED_MS: u32 = 200;

/// Waits until what a press changed by itself is on the screen, so that work which takes longer follows the
/// browser's answer to a finger and does not hold it up. Waits no longer when the page is put away: it may be the
/// last moment that there is.
pub async fn painted() {
    let painted = async {
        next_frame().await;
        pause(0).await;
    };
    select(select(pin!(painted), pin!(pause(UNPAINTED_MS))), pin!(put_away())).await;
}

/// Does work that a press asks for once the press is painted, also when its screen is gone by then.
pub fn when_painted(work: impl FnOnce() + 'static) {
    spawn(async move {
        painted().await;
        work();
    });
}

/// Sees work through, also when the screen that began it is gone: what a
/// person gave is kept, and no request to the device is left half-way (its
/// answer would find nobody and be an error). `None` only when it broke off.
pub async fn see_through<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let (tell, outcome) = oneshot::channel();
    spawn(async move {
        // Nobody may be listening any more.
        drop(tell.send(work.await));
    });
    outcome.await.ok()
}
