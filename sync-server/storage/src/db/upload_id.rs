//! The identifier of an upload.

use data_encoding::HEXLOWER;
use std::{fmt, str::FromStr};

/// Identifies an upload in addresses: 32 lower-case hexadecimal digits. Knowing
/// it is of no use without the session of its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadId(pub [u8; 16]);

/// The text is not the id of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an upload")]
pub struct NotAnUpload;

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for UploadId {
    type Err = NotAnUpload;
    fn from_str(text: &str) -> Result<Self, NotAnUpload> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotAnUpload)?;
        bytes.try_into().map(Self).map_err(|_| NotAnUpload)
    }
}
