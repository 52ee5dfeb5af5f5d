//! Interface to the machine that the app runs on. Only this module knows which machine it is.
//!
//! Each kind of machine is a folder with the same files, one per capability: `browser` is a page in a browser (feature
//! `web`), `headless` is a program without a screen, in which the tests run (no feature). The table below says what
//! every folder provides. Another machine is another folder, a feature and two lines at "The choice"; nothing else in
//! the app knows the difference.

mod local_store;
mod values;

pub use chosen::{export::Zip, network::Network, storage::DeviceStore};
pub use local_store::{LocalStore, StoreError, StoreWrite, UnlockSecret, Vault, keys};
pub use values::*;

use dioxus::prelude::Element;
use model::{
    hash::ContentHash,
    record::{Assertion, Base64},
    time::Timestamp,
};
use serde_json::Value;

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

/// Makes one module per capability. Its functions call those of the chosen folder and have exactly these signatures.
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
    /// The clock and the time zone.
    clock {
        /// Returns the present moment.
        fn now() -> Timestamp;
        /// Returns by how many minutes local time is ahead of UTC at a moment.
        fn utc_offset_minutes(at: Timestamp) -> i32;
    }

    /// Randomness that nobody can guess.
    random {
        /// Returns 16 random bytes.
        fn bytes() -> [u8; 16];
    }

    /// Tasks that run beside each other on the one thread of the app.
    tasks {
        /// Starts a task.
        fn spawn(task: impl Future<Output = ()> + 'static);
        /// Waits for a time.
        fn sleep(milliseconds: u32) -> impl Future<Output = ()>;
    }

    /// Exclusive use of the device's store.
    locks {
        /// Makes this window the one that uses the device's store, and calls `lost` when another window takes over.
        fn hold_device(lost: impl FnOnce() + 'static);
    }

    /// Connections to the firm's server.
    network {
        /// Returns the server that this app belongs to.
        fn own_server() -> Network;
        /// Sends a request and waits for the whole answer.
        fn request(server: &Network, request: Request) -> impl Future<Output = Result<Response, Unreachable>>;
        /// Opens the connection for sync.
        fn connect(server: &Network) -> impl Future<Output = Result<Socket, Unreachable>>;
        /// Calls `wake` when the network is back, or when the app is visible again after it was hidden.
        fn on_wake(wake: impl Fn() + 'static);
        /// Returns true if the device believes that it has a network.
        fn has_network() -> bool;
        /// Returns the address under which a link or a picture reaches `path` of the server that this app belongs to.
        fn url(path: &str) -> String;
    }

    /// Storage on the device; see [`LocalStore`].
    storage {
        /// Opens the store of this device, and creates it if there is none.
        fn open() -> impl Future<Output = Result<DeviceStore, StoreError>>;
    }

    /// Passkeys. The app never sees a private key.
    passkey {
        /// Creates a passkey with the server's creation options.
        fn create(options: Value) -> impl Future<Output = Result<PasskeyAnswer, PasskeyError>>;
        /// Logs in with a passkey.
        fn get(options: Value) -> impl Future<Output = Result<PasskeyAnswer, PasskeyError>>;
        /// Uses one of `credentials` to unlock this device, which needs no network. Returns the passkey's secret, if
        /// it has one.
        fn unlock(rp_id: &str, credentials: &[Base64]) -> impl Future<Output = Result<Option<UnlockSecret>, PasskeyError>>;
        /// Signs the challenge of an approval. This needs no network.
        fn sign(request: &SigningRequest) -> impl Future<Output = Result<Assertion, PasskeyError>>;
    }

    /// Keys of this device that may sign for a person when the passkey cannot be asked. The machine stores them and
    /// gives nobody their private halves.
    device_key {
        /// Makes a key and returns its public half, an uncompressed point of P-256. Only [`keep`] stores the key.
        fn make() -> impl Future<Output = Result<Vec<u8>, NoDeviceKey>>;
        /// Stores the key that was made last.
        fn keep(name: &str) -> impl Future<Output = Result<(), NoDeviceKey>>;
        /// Returns the public half of a stored key.
        fn open(name: &str) -> impl Future<Output = Result<Vec<u8>, NoDeviceKey>>;
        /// Signs with a stored key. Returns 64 bytes: r and s.
        fn sign(name: &str, message: &[u8]) -> impl Future<Output = Result<Vec<u8>, NoDeviceKey>>;
        /// Removes all keys whose names begin with `prefix`.
        fn forget(prefix: &str) -> impl Future<Output = Result<(), NoDeviceKey>>;
    }

    /// Conversion of photographs to pages: made upright and small, turned, and bound into one PDF.
    scanner {
        /// Makes a page of a picture. Returns `None` if this machine cannot read the picture.
        fn prepare(bytes: &[u8], media_type: &str) -> impl Future<Output = Result<Option<ScannedPage>, NoScanner>>;
        /// Turns a page a quarter to the right.
        fn turn(page: &[u8]) -> impl Future<Output = Result<Vec<u8>, NoScanner>>;
        /// Binds pages into one PDF. The same pages always give the same bytes.
        fn bind(pages: &[Vec<u8>]) -> impl Future<Output = Result<Vec<u8>, NoScanner>>;
    }

    /// The reader of PDFs, which draws pages itself: the machine needs no viewer of its own.
    reader {
        /// Shows a PDF in the frame with this identifier, a `ui::reader::ReaderFrame`, and says at most once what
        /// became of it.
        fn open(id: &str, bytes: &[u8], name: &str, told: impl Fn(ReadingOutcome) + 'static);
        /// Ends what [`open`] started, and frees its memory.
        fn close(id: &str);
        /// Draws the first page on the canvas with this identifier. Returns true if that worked.
        fn thumbnail(id: &str, bytes: &[u8]) -> impl Future<Output = bool>;
        /// Loads the reader itself, because a PDF is about to be shown.
        fn prepare();
        /// Has the reader itself stored on this device, so that it also works without a network.
        fn keep();
    }

    /// Export of everything into one ZIP file that the person saves.
    export {
        /// Starts an empty file.
        fn begin() -> impl Future<Output = Result<Zip, NoZip>>;
        /// Adds a file to the export.
        fn add(zip: &Zip, path: &str, bytes: &[u8]) -> Result<(), NoZip>;
        /// Adds the page with which the export is read, and saves the export under `name`.
        fn finish(zip: &Zip, page: &str, name: &str) -> Result<(), NoZip>;
    }

    /// The app as something installed on the device: its icon, its storage space, its versions, and files that other
    /// apps share with it.
    install {
        /// Shows on the app's icon how many tasks are open.
        fn set_badge(open: u32);
        /// Returns how the app can be installed here, or `None` if that is not worth offering.
        fn install_offer() -> Option<InstallOffer>;
        /// Has the browser ask whether to install the app.
        fn install();
        /// Stops offering to install the app.
        fn install_later();
        /// Returns the storage space on the device, if it is known.
        fn room() -> impl Future<Output = Option<Room>>;
        /// Asks the machine never to clear what is saved here.
        fn keep_room() -> impl Future<Output = ()>;
        /// Passes on files that another app shared, as if they were chosen in this window.
        fn deliver_shared() -> impl Future<Output = ()>;
        /// Returns true if a newer version of the app waits to take over.
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
        /// Returns how often the app gave up in this window since it last worked well. An app that gives up is stopped
        /// for good, so it shows a page that says so, and starts again from there.
        fn crashes() -> u32;
        /// Forgets that the app gave up, because it works.
        fn forget_crashes();
        /// Starts the app again.
        fn reload();
        /// Leaves the app for another page of the server.
        fn go(path: &str);
        /// Returns who logged in on the page before the app, if the app was started there. Returns it only once.
        fn take_arrival() -> Option<Arrival>;
        /// Returns the path of the login page: that of the firm that was last used here.
        fn login_path() -> String;
        /// Calls `used` whenever somebody touches the window or types.
        fn on_use(used: impl Fn() + 'static);
        /// Once the window is hidden, makes the field somebody is typing in act as if it was left, so that the last
        /// letters are saved.
        fn keep_typing_when_hidden();
        /// Copies a text to the clipboard. Returns true if that worked.
        fn copy(text: &str) -> impl Future<Output = bool>;
        /// Returns an address under which these bytes can be shown.
        fn show_bytes(bytes: &[u8], media_type: &str) -> Option<String>;
        /// Frees the memory behind an address of [`show_bytes`].
        fn forget_bytes(url: &str);
        /// Saves a file for the person, as a download.
        fn save_bytes(bytes: &[u8], media_type: &str, name: &str);
    }

    /// The page on the screen, beyond the markup of the components.
    page {
        /// Waits until what was last changed is drawn.
        fn next_frame() -> impl Future<Output = ()>;
        /// Waits until what a press changed is on the screen. It waits no longer once the window is hidden, because
        /// the app may not run again after that.
        fn painted() -> impl Future<Output = ()>;
        /// Sets the page's title and language.
        fn set_page(title: &str, language: &str);
        /// Sets the firm's colour (`#rrggbb`) on the page.
        fn set_accent(accent: &str);
        /// Stores what may be shown at the next start before the app runs.
        fn remember(shell: &Value);
        /// Returns the stored logo: that of the firm that was last used here.
        fn remembered_logo() -> Option<ContentHash>;
        /// Sets a custom property of one element.
        fn set_property(id: &str, name: &str, value: &str);
        /// Opens a `<dialog>` above the page, which keeps the focus inside. Calls `closed` when the person closes it
        /// with Escape or the back gesture.
        fn show_modal(id: &str, closed: impl Fn() + 'static);
        /// Ends a dialog of [`show_modal`]. What had the focus before gets it back, unless something else took it.
        fn modal_closed(id: &str);
        /// Moves the focus to an element.
        fn focus(id: &str);
        /// Moves the focus to the page's `h1`, so that a screen reader reads it, and shows the top of the page.
        fn focus_heading();
    }
}
