//! Installation, which does not exist here: a program has no icon, and whoever starts it replaces it, so a newer
//! version never waits.

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
