//! Device keys that are always missing: this program has no place that would hide a key from itself.

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
