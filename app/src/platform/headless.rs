//! The app as a program without a screen, in which the tests run. It does what a program can: the network, the store
//! and its lock are real. What needs a person or a window reports that there is none.

pub mod clock;
pub mod device_key;
pub mod export;
pub mod install;
pub mod locks;
pub mod network;
pub mod page;
pub mod passkey;
pub mod random;
pub mod reader;
pub mod scanner;
pub mod storage;
pub mod tasks;
mod vault;
pub mod window;
