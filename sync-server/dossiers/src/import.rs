//! Imports clients from a file of a spreadsheet: recognises its columns, checks its rows, and carries it out row by
//! row. The file itself is read by `inspect`. Nothing here knows requests or markup.

pub mod change;
pub mod check;
pub mod columns;
pub mod row;
pub mod run;
