//! The messages between the server and a worker: four bytes with the length, and then as many bytes of postcard.

use serde::{Serialize, de::DeserializeOwned};
use std::io::{self, Read, Write};

/// The largest message in bytes. The rows of the largest table need a good half of it.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// Returns a message with its length before it.
pub fn framed(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let body = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(body.len()).ok().filter(|_| body.len() <= LARGEST);
    let length = length.ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
    Ok([&length.to_le_bytes(), body.as_slice()].concat())
}

/// Returns the number of bytes that follow a length.
pub fn length(bytes: [u8; 4]) -> io::Result<usize> {
    let length = usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX);
    if length > LARGEST { Err(io::ErrorKind::InvalidData.into()) } else { Ok(length) }
}

/// Returns the message in these bytes.
pub fn parsed<T: DeserializeOwned>(body: &[u8]) -> io::Result<T> {
    postcard::from_bytes(body).map_err(io::Error::other)
}

/// Reads a message.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut start = [0; 4];
    from.read_exact(&mut start)?;
    let mut body = vec![0; length(start)?];
    from.read_exact(&mut body)?;
    parsed(&body)
}

/// Writes a message.
pub fn write(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    to.write_all(&framed(message)?)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_as_it_was() {
        let mut line = Vec::new();
        write(&mut line, &("naam".to_owned(), 7_u32)).unwrap();
        write(&mut line, &(String::new(), 0_u32)).unwrap();
        let mut from = line.as_slice();
        assert_eq!(read::<(String, u32)>(&mut from).unwrap(), ("naam".to_owned(), 7));
        assert_eq!(read::<(String, u32)>(&mut from).unwrap(), (String::new(), 0));
        assert_eq!(read::<u8>(&mut from).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_length_beyond_the_bound_takes_no_memory() {
        assert!(read::<u8>(&mut [0xff; 8].as_slice()).is_err());
    }
}
