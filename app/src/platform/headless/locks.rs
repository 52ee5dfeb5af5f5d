//! A program has one window: nothing takes the device from it.

pub fn hold_device(_lost: impl FnOnce() + 'static) {}
