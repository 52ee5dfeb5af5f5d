//! Conversion of photographs, which always fails: pictures are not decoded here, and are sent as they are.

use crate::platform::{NoScanner, ScannedPage};

pub async fn prepare(_bytes: &[u8], _media_type: &str) -> Result<Option<ScannedPage>, NoScanner> {
    Err(NoScanner)
}

pub async fn turn(_page: &[u8]) -> Result<Vec<u8>, NoScanner> {
    Err(NoScanner)
}

pub async fn bind(_pages: &[Vec<u8>]) -> Result<Vec<u8>, NoScanner> {
    Err(NoScanner)
}
