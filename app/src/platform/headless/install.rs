//! A program is not installed, has no icon, and is replaced by whoever starts
//! it: there is never a newer version that waits.

use crate::platform::{InstallOffer, Room};

pub fn set_badge(_open: u32) {}

pub fn install_offer() -> Option<InstallOffer> {
    None
}

pub fn install() {}

pub fn install_later() {}

pub async fn room() -> Option<Room> {
    None
}

pub async fn keep_room() {}

pub async fn deliver_shared() {}

pub fn update_is_ready() -> bool {
    false
}

pub fn on_update(_ready: impl Fn() + 'static) {}

pub fn update() {}
