//! The parts that the tests of the server share: the server in process with browsers and passkeys, mail
//! servers, an attacker's device, and the server as a process. It contains no test itself.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]
#![expect(clippy::new_without_default, reason = "a test says what it makes anew")]

pub mod consent;
pub mod desk;
pub mod device_key;
pub mod harness;
pub mod hostile;
pub mod parcel;
pub mod post;
pub mod post_office;
pub mod postal;
