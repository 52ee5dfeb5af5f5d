//! Clients from a file of a spreadsheet: reading it, knowing its columns,
//! judging its rows, and carrying it out row by row. Nothing here knows of
//! requests or markup.

pub mod check;
pub mod columns;
pub mod read;
pub mod run;
