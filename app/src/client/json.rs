//! Reading of JSON in the device's store and in answers of the server.

use serde::de::DeserializeOwned;

/// Reads a value, or returns `None` if it is not valid. It reads text and not bytes, as the records do, because a
/// second parser would make the download larger.
pub(super) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_str(str::from_utf8(bytes).ok()?).ok()
}
