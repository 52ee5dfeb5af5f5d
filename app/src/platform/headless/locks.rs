//! Exclusive use of the device, which never ends: a program has one window only.

pub fn hold_device(_lost: impl FnOnce() + 'static) {}
