//! What the client needs of the machine it runs on: the clock, randomness,
//! tasks, and the way to the firm's server. Two implementations with the same
//! functions: the browser's, and the native one.

#[cfg_attr(all(target_arch = "wasm32", target_os = "unknown"), path = "platform/browser.rs")]
#[cfg_attr(not(all(target_arch = "wasm32", target_os = "unknown")), path = "platform/native.rs")]
mod implementation;

pub use implementation::*;

use futures_util::{Sink, Stream};
use std::pin::Pin;

/// The server cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server cannot be reached")]
pub struct Unreachable;

/// The two ends of an open connection: messages out, messages in.
pub type Socket = (Pin<Box<dyn Sink<Vec<u8>, Error = Unreachable>>>, Pin<Box<dyn Stream<Item = Vec<u8>>>>);

/// A request to the server this app came from.
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
    /// Of the headers those that the upload protocol uses.
    pub location: Option<String>,
    /// `Upload-Offset`.
    pub upload_offset: Option<u64>,
    /// The content.
    pub body: Vec<u8>,
}
