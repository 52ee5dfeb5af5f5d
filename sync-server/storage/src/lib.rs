//! What the server keeps: the database, the files of clients, and the secrets that it has to read
//! later. Also the clock, the randomness and the guard of outgoing connections, which nothing above has from elsewhere.

pub mod apart;
pub mod attachment;
pub mod clock;
pub mod data_folder;
pub mod db;
pub mod egress;
pub mod key_file;
pub mod vault;
