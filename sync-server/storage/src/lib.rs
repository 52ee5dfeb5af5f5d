//! What the server keeps: the database, the files of clients, and the secrets that it has to read
//! later. Also the clock and the randomness, which nothing above draws from elsewhere.

pub mod attachment;
pub mod clock;
pub mod db;
pub mod key_file;
pub mod vault;
