//! The client app: screens over a headless client. The screens never wait for the network and never touch a document:
//! a click is a command to [`client`], which changes what the next rendering shows.

pub mod address;
pub mod app;
pub mod client;
pub mod component;
mod hooks;
pub mod platform;
pub mod route;
mod schedule;
pub mod screen;
pub mod text;
pub mod view;
