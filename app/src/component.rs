//! Parts of screens. A part shows what it is given and says what the person
//! does; it never asks the client for anything.

pub mod advisor;
pub mod compose;
pub mod conflict;
pub mod consent;
pub mod delivered;
pub mod detail_rows;
pub mod draft;
pub mod field;
pub mod figures;
pub mod files;
pub mod frame;
pub mod installed;
pub mod item;
pub mod life;
pub mod lock;
pub mod message;
pub mod moving;
pub mod pack;
pub mod paper;
pub mod passes;
pub mod proposals;
pub mod question;
pub mod rows;
pub mod season;
pub mod sheet;
pub mod slot;
pub mod stand;
pub mod switcher;
pub mod tasks;
pub mod thumb;
