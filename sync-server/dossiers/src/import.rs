//! Imports clients from a file of a spreadsheet: reads it, recognises its columns,
//! checks its rows, and carries it out row by row. Nothing here knows
//! requests or markup.

pub mod change;
pub mod check;
pub mod columns;
pub mod read;
pub mod row;
pub mod run;
