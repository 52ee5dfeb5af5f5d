//! Export that always fails: this program has nowhere to save a file.

use crate::platform::NoZip;

/// An export, of which there can be none.
pub enum Zip {}

pub async fn begin() -> Result<Zip, NoZip> {
    Err(NoZip)
}

pub fn add(zip: &Zip, _path: &str, _bytes: &[u8]) -> Result<(), NoZip> {
    match *zip {}
}

pub fn finish(zip: &Zip, _page: &str, _name: &str) -> Result<(), NoZip> {
    match *zip {}
}
