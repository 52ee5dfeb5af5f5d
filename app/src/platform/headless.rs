//! A program without a screen, in which the tests run. What it can do is done
//! for real: the network, the store and its lock. What needs a person or a
//! window says that it is not there.

pub mod clock;
pub mod device_key;
pub mod export;
pub mod install;
pub mod locks;
pub mod network;
pub mod page;
pub mod passkey;
pub mod random;
pub mod scanner;
pub mod storage;
pub mod tasks;
mod vault;
pub mod window;
