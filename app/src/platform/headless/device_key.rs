//! There is no place that keeps a key from this program itself: it has none.

use crate::platform::NoDeviceKey;

pub async fn make() -> Result<Vec<u8>, NoDeviceKey> {
    Err(NoDeviceKey)
}

pub async fn keep(_name: &str) -> Result<(), NoDeviceKey> {
    Err(NoDeviceKey)
}

pub async fn open(_name: &str) -> Result<Vec<u8>, NoDeviceKey> {
    Err(NoDeviceKey)
}

pub async fn sign(_name: &str, _message: &[u8]) -> Result<Vec<u8>, NoDeviceKey> {
    Err(NoDeviceKey)
}

pub async fn forget(_prefix: &str) -> Result<(), NoDeviceKey> {
    Ok(())
}
