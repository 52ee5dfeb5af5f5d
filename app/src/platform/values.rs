//! Values that the app and a machine pass to each other: what the functions of the capabilities take and return.

use super::local_store::UnlockSecret;
use futures_util::{Sink, Stream};
use model::api::Identity;
use serde_json::Value;
use std::pin::Pin;

/// Somebody who logged in on the page before the app.
pub struct Arrival {
    /// Login of that person.
    pub identity: Identity,
    /// Secret that the passkey gave for unlocking this device, if it gave one.
    pub secret: Option<UnlockSecret>,
}

/// Error when the server cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server cannot be reached")]
pub struct Unreachable;

/// The two ends of an open connection: one for messages out, one for messages in.
pub type Socket = (Pin<Box<dyn Sink<Vec<u8>, Error = Unreachable>>>, Pin<Box<dyn Stream<Item = Vec<u8>>>>);

/// A request to the firm's server.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// HTTP method, such as `GET` or `POST`.
    pub method: &'static str,
    /// Path, from the slash on.
    pub path: String,
    /// Names and values of the headers.
    pub headers: Vec<(&'static str, String)>,
    /// Content, which is empty if there is none.
    pub body: Vec<u8>,
}

/// An answer of the server.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Value of the header `Location`.
    pub location: Option<String>,
    /// Value of the header `Upload-Offset`.
    pub upload_offset: Option<u64>,
    /// Content of the answer.
    pub body: Vec<u8>,
}

/// What became of a PDF that was to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingOutcome {
    /// Its first page is on the screen, with all that is on it.
    Shown,
    /// It cannot be shown, and the frame of the reader says why.
    Refused,
}

/// Reason why a passkey was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The person closed the dialog, or did not answer in time.
    #[error("cancelled")]
    Cancelled,
    /// This machine has no passkeys, or none for this site.
    #[error("passkeys are not supported here")]
    Unsupported,
    /// The machine or the authenticator failed.
    #[error("the authenticator failed")]
    Failed,
}

/// The answer of a passkey: the data for the server, and the secret for this device's lock, if the passkey has one.
pub type PasskeyAnswer = (Value, Option<UnlockSecret>);

/// A request to sign with a passkey.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningRequest {
    /// Challenge as [`model::approval::challenge`] makes it.
    pub challenge: [u8; 32],
    /// Relying party that the passkeys belong to.
    pub rp_id: String,
    /// Identifiers of the passkeys that may sign.
    pub credentials: Vec<Vec<u8>>,
}

/// Error when the device's key does not exist or the machine failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the device's key cannot be used")]
pub struct NoDeviceKey;

/// Error when photographs cannot be made into pages here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("pages cannot be made here")]
pub struct NoScanner;

/// A page that was made of a photograph.
#[derive(Debug, Clone, PartialEq)]
pub struct ScannedPage {
    /// The page as JPEG.
    pub bytes: Vec<u8>,
    /// True if the page looks out of focus.
    pub blurred: bool,
}

/// Error when the export cannot be made here or would be too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file cannot be made here")]
pub struct NoZip;

/// Way in which the app can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallOffer {
    /// The browser asks the person once `install::install` is called.
    Ask,
    /// The person has to do it in the browser's own menu.
    Explain,
}

/// Storage space on the device, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Bytes that this app uses.
    pub used: f64,
    /// Bytes that this app may use in all.
    pub quota: f64,
    /// True if the machine promises not to clear the storage by itself.
    pub is_persistent: bool,
}
