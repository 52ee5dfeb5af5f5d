//! What several pages share: the frame around them, addresses, forms and their fields, and what they
//! show in the same way. Nothing here knows a page.

pub mod access;
pub mod address;
pub mod bare;
pub mod choice;
pub mod client_table;
pub mod confirm;
pub mod csv;
pub mod editor;
pub mod field;
pub mod firm_tabs;
pub mod form;
pub mod frame;
pub mod invite;
pub mod mails;
pub mod page;
pub mod pager;
pub mod phase;
pub mod reading;
pub mod recalled;
pub mod setbacks;
pub mod storage_use;
pub mod tax_numbers;
pub mod time_format;
pub mod timeline;
pub mod told;
pub mod upload;
pub mod year;
