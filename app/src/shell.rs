//! What the platform gives the screens: dialogs, focus, files, the address,
//! passkeys. In a native build (tests) each of these quietly does nothing.

pub mod passkey;

#[cfg_attr(all(target_arch = "wasm32", target_os = "unknown"), path = "shell/browser.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_os = "unknown")), path = "shell/native.rs")]
mod platform;

pub use platform::*;
