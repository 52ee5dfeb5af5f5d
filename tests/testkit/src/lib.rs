//! The parts that the tests of the server share: the server in process with browsers and passkeys, mail
//! servers, an attacker's device, and the server as a process. It contains no test itself.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]
#![expect(clippy::new_without_default, reason = "a test says what it makes anew")]

pub mod announcer;
pub mod attacker;
pub mod bomb;
pub mod consent;
pub mod console_page;
pub mod device_key;
pub mod harness;
pub mod python_mail;
pub mod server_process;
pub mod smtp_server;
pub mod transcript;
pub mod upload;
