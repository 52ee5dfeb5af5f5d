//! The machine that the app runs on: the one place that knows which one it is.
//!
//! Each kind of machine is a folder with the same files, one per capability:
//! `browser` is a page in a browser (feature `web`), `headless` is a program
//! without a screen, in which the tests run (no feature). The table below says
//! what every folder gives. A further machine is a further folder, a feature
//! and two lines at "The choice"; nothing else in the app knows the difference.

mod local_store;

pub use chosen::{export::Zip, network::Network, storage::DeviceStore};
pub use local_store::{LocalStore, StoreError, StoreWrite, UnlockSecret, Vault, keys};

use dioxus::prelude::Element;
use futures_util::{Sink, Stream};
use model::{
    api::Identity,
    hash::ContentHash,
    record::{Assertion, Base64},
    time::Timestamp,
};
use serde_json::Value;
use std::pin::Pin;

// The choice.
#[cfg(feature = "web")]
mod browser;
#[cfg(not(feature = "web"))]
mod headless;
#[cfg(feature = "web")]
use browser as chosen;
#[cfg(not(feature = "web"))]
use headless as chosen;

#[cfg(all(feature = "web", not(target_arch = "wasm32")))]
compile_error!("The feature `web` is the app as a page in a browser: build it for wasm32-unknown-unknown.");
#[cfg(all(not(feature = "web"), target_arch = "wasm32"))]
compile_error!("For wasm32-unknown-unknown the app is built with `--features web`.");

/// Makes a module per capability, whose functions are those of the chosen folder with exactly these signatures.
macro_rules! capabilities {
    ($($(#[$about:meta])* $capability:ident {
        $($(#[$doc:meta])* fn $name:ident($($argument:ident: $kind:ty),*) $(-> $result:ty)?;)*
    })*) => {
        $($(#[$about])* pub mod $capability {
            use super::*;
            $($(#[$doc])* pub fn $name($($argument: $kind),*) $(-> $result)? {
                chosen::$capability::$name($($argument),*)
            })*
        })*
    };
}

capabilities! {
    /// The clock.
    clock {
        /// The present moment.
        fn now() -> Timestamp;
        /// How far local time is east of UTC at a moment, in minutes.
        fn utc_offset_minutes(at: Timestamp) -> i32;
    }

    /// Randomness that nobody can guess.
    random {
        /// 16 random bytes.
        fn bytes() -> [u8; 16];
    }

    /// Work that goes on beside other work, on the one thread of the app.
    tasks {
        /// Starts a task.
        fn spawn(task: impl Future<Output = ()> + 'static);
        /// Waits.
        fn sleep(milliseconds: u32) -> impl Future<Output = ()>;
    }

    /// Being the only one that writes to the device's store.
    locks {
        /// Makes this window the one that uses the device's store, and calls `lost` when another window becomes it.
        fn hold_device(lost: impl FnOnce() + 'static);
    }

    /// The way to the firm's server.
    network {
        /// The server that this app belongs to.
        fn own_server() -> Network;
        /// Sends a request and waits for the whole answer.
        fn request(server: &Network, request: Request) -> impl Future<Output = Result<Response, Unreachable>>;
        /// Opens the connection for sync.
        fn connect(server: &Network) -> impl Future<Output = Result<Socket, Unreachable>>;
        /// Calls `wake` when the network is back, or the app is looked at again after it was not.
        fn on_wake(wake: impl Fn() + 'static);
        /// Whether the device believes to have a network.
        fn has_network() -> bool;
        /// The address under which a link or a picture reaches `path` of the server that this app belongs to.
        fn url(path: &str) -> String;
    }

    /// What is kept on the device; see [`LocalStore`].
    storage {
        /// Opens the store of this device, and makes it where there is none.
        fn open() -> impl Future<Output = Result<DeviceStore, StoreError>>;
    }

    /// Passkeys. The app never sees a private key.
    passkey {
        /// Makes a passkey with the server's creation options.
        fn create(options: Value) -> impl Future<Output = Result<PasskeyAnswer, PasskeyError>>;
        /// Logs in with a passkey.
        fn get(options: Value) -> impl Future<Output = Result<PasskeyAnswer, PasskeyError>>;
        /// Uses one of `credentials` to unlock this device; needs no network. Returns the secret of passkeys that
        /// have one.
        fn unlock(rp_id: &str, credentials: &[Base64]) -> impl Future<Output = Result<Option<UnlockSecret>, PasskeyError>>;
        /// Signs a challenge of an approval. Needs no network.
        fn sign(request: &SigningRequest) -> impl Future<Output = Result<Assertion, PasskeyError>>;
    }

    /// Keys of this device that may sign for a person where the passkey cannot be asked. The machine keeps them and
    /// gives nobody their private halves.
    device_key {
        /// Makes a key and returns its public half, an uncompressed point of P-256. It is stored only by [`keep`].
        fn make() -> impl Future<Output = Result<Vec<u8>, NoDeviceKey>>;
        /// Stores the key that was made last.
        fn keep(name: &str) -> impl Future<Output = Result<(), NoDeviceKey>>;
        /// The public half of a stored key.
        fn open(name: &str) -> impl Future<Output = Result<Vec<u8>, NoDeviceKey>>;
        /// Signs with a stored key. Returns 64 bytes: r and s.
        fn sign(name: &str, message: &[u8]) -> impl Future<Output = Result<Vec<u8>, NoDeviceKey>>;
        /// Removes all keys whose names begin with `prefix`.
        fn forget(prefix: &str) -> impl Future<Output = Result<(), NoDeviceKey>>;
    }

    /// Photographs as pages of a document: made upright and small, turned, bound into one PDF.
    scanner {
        /// Makes a page of a picture. `None` for one that this machine cannot read.
        fn prepare(bytes: &[u8], media_type: &str) -> impl Future<Output = Result<Option<ScannedPage>, NoScanner>>;
        /// Turns a page a quarter to the right.
        fn turn(page: &[u8]) -> impl Future<Output = Result<Vec<u8>, NoScanner>>;
        /// Binds pages into one PDF. The same pages always give the same bytes.
        fn bind(pages: &[Vec<u8>]) -> impl Future<Output = Result<Vec<u8>, NoScanner>>;
    }

    /// One file of everything: a ZIP that the person keeps.
    export {
        /// Begins an empty one.
        fn begin() -> impl Future<Output = Result<Zip, NoZip>>;
        /// Puts a file into it.
        fn add(zip: &Zip, path: &str, bytes: &[u8]) -> Result<(), NoZip>;
        /// Adds the page with which it is read, and saves it under `name`.
        fn finish(zip: &Zip, page: &str, name: &str) -> Result<(), NoZip>;
    }

    /// The app as something that is installed on the device: its icon, its room, its versions, and files that other
    /// apps share with it.
    install {
        /// Shows on the app's icon how many tasks are open.
        fn set_badge(open: u32);
        /// How the app can be installed here, where that is worth offering.
        fn install_offer() -> Option<InstallOffer>;
        /// Has the browser ask whether to install the app.
        fn install();
        /// Does not offer it again.
        fn install_later();
        /// The room on the device, where it is known.
        fn room() -> impl Future<Output = Option<Room>>;
        /// Asks that what is kept here is never cleared.
        fn keep_room() -> impl Future<Output = ()>;
        /// Hands over files that another app shared, as if they were chosen in this window.
        fn deliver_shared() -> impl Future<Output = ()>;
        /// Whether a newer version of the app waits to take over.
        fn update_is_ready() -> bool;
        /// Calls `ready` when a newer version waits to take over.
        fn on_update(ready: impl Fn() + 'static);
        /// Changes to the newest version, which starts the app again.
        fn update();
    }

    /// The window that the app is open in, and its address.
    window {
        /// Shows the app.
        fn launch(app: fn() -> Element);
        /// Starts the app again.
        fn reload();
        /// Leaves the app for another page of the server.
        fn go(path: &str);
        /// Takes who logged in on the page before the app, if the app was started there; gives it once.
        fn take_arrival() -> Option<Arrival>;
        /// The path of the page where somebody logs in: that of the firm that was here last.
        fn login_path() -> String;
        /// Calls `used` whenever somebody touches the window or types.
        fn on_use(used: impl Fn() + 'static);
        /// When the window is put away, tells the field somebody is typing in as if it was left, so that the last
        /// letters are kept.
        fn keep_typing_when_hidden();
        /// Puts a text on the clipboard. Returns whether that worked.
        fn copy(text: &str) -> impl Future<Output = bool>;
        /// An address under which these bytes can be shown.
        fn show_bytes(bytes: &[u8], media_type: &str) -> Option<String>;
        /// Gives the memory behind an address of [`show_bytes`] back.
        fn forget_bytes(url: &str);
        /// Shows an address of [`show_bytes`] in a window of its own.
        fn open_address(url: &str);
        /// Gives somebody a file to keep, as a download.
        fn save_bytes(bytes: &[u8], media_type: &str, name: &str);
    }

    /// What is on the screen, beyond the markup of the components.
    page {
        /// Waits until what was last changed is drawn.
        fn next_frame() -> impl Future<Output = ()>;
        /// Waits until what a press changed by itself is on the screen. Waits no longer when the window is put away:
        /// it may be the last moment that there is.
        fn painted() -> impl Future<Output = ()>;
        /// Names the page and its language.
        fn set_page(title: &str, language: &str);
        /// Wears the firm's colour (`#rrggbb`).
        fn set_accent(accent: &str);
        /// Remembers what may be shown at the next start before the app runs.
        fn remember(shell: &Value);
        /// The logo that was remembered: of the firm that was here last.
        fn remembered_logo() -> Option<ContentHash>;
        /// Sets a custom property of one element.
        fn set_property(id: &str, name: &str, value: &str);
        /// Opens a `<dialog>` above the page, where it keeps the focus. Calls `closed` when the person closes it with
        /// Escape or the back gesture.
        fn show_modal(id: &str, closed: impl Fn() + 'static);
        /// A dialog of [`show_modal`] goes: what had the focus before gets it back, unless something else took it.
        fn modal_closed(id: &str);
        /// Moves the focus to an element.
        fn focus(id: &str);
        /// Moves the focus to the page's `h1`, so that a screen reader reads it, and shows the top of the page.
        fn focus_heading();
    }
}

/// Somebody who logged in on the page before the app.
pub struct Arrival {
    /// The login.
    pub identity: Identity,
    /// The secret that the passkey gave for unlocking this device, if it gave one.
    pub secret: Option<UnlockSecret>,
}

/// The server cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server cannot be reached")]
pub struct Unreachable;

/// The two ends of an open connection: messages out, messages in.
pub type Socket = (Pin<Box<dyn Sink<Vec<u8>, Error = Unreachable>>>, Pin<Box<dyn Stream<Item = Vec<u8>>>>);

/// A request to the firm's server.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// From the slash on.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Empty for none.
    pub body: Vec<u8>,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The header `Location`.
    pub location: Option<String>,
    /// The header `Upload-Offset`.
    pub upload_offset: Option<u64>,
    /// The content.
    pub body: Vec<u8>,
}

/// Why there is no passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The person closed the question, or did not answer in time.
    #[error("cancelled")]
    Cancelled,
    /// This machine has no passkeys, or not for this site.
    #[error("passkeys are not supported here")]
    Unsupported,
    /// The machine or the authenticator failed.
    #[error("the authenticator failed")]
    Failed,
}

/// What a passkey answers: what the server wants to see, and the secret for this device's lock, of passkeys that have
/// one.
pub type PasskeyAnswer = (Value, Option<UnlockSecret>);

/// What a passkey is asked to sign.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningRequest {
    /// See [`model::approval::challenge`].
    pub challenge: [u8; 32],
    /// Where the passkeys work.
    pub rp_id: String,
    /// Identifiers of the passkeys that may sign.
    pub credentials: Vec<Vec<u8>>,
}

/// The device's key is not there, or the machine failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the device's key cannot be used")]
pub struct NoDeviceKey;

/// Photographs cannot be made into pages here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("pages cannot be made here")]
pub struct NoScanner;

/// A page that was made of a photograph.
#[derive(Debug, Clone, PartialEq)]
pub struct ScannedPage {
    /// A JPEG.
    pub bytes: Vec<u8>,
    /// It looks out of focus.
    pub blurred: bool,
}

/// The file of everything cannot be made here, or would be too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file cannot be made here")]
pub struct NoZip;

/// How the app can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallOffer {
    /// The browser asks, when [`install::install`] is called.
    Ask,
    /// The person has to do it, in the browser's own menu.
    Explain,
}

/// Room on the device, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// In use by this app.
    pub used: f64,
    /// That it may use in all.
    pub quota: f64,
    /// Whether the machine promises not to clear it by itself.
    pub is_kept: bool,
}
