//! A ZIP file that is sent while it is made: what was written is taken out piece by piece, and its directory comes at
//! the end, so that one that broke off opens nowhere. Contents are stored as they are, because documents are packed
//! already.

use accounts::error::ServerError;
use jiff::civil::DateTime;
use std::{
    cell::Cell,
    io::{self, Write},
};
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// The rights of a file that is taken out on Linux or a Mac.
const RIGHTS: u32 = 0o644;

/// A ZIP file under way.
pub struct Zip {
    /// The writer, until the file is whole.
    writer: Option<ZipWriter<StreamWriter<Pending>>>,
    /// What is left of a file that is whole.
    rest: Vec<u8>,
}

/// What was written and not taken yet.
#[derive(Default)]
struct Pending(Cell<Vec<u8>>);

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.get_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Zip {
    /// Begins an empty file.
    pub fn begin() -> Self {
        Self { writer: Some(ZipWriter::new_stream(Pending::default())), rest: Vec::new() }
    }

    /// Begins the file at `path`, which was written at a moment by the clock on the wall.
    pub fn start(&mut self, path: &str, at: DateTime) -> Result<(), ServerError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(moment(at))
            .unix_permissions(RIGHTS);
        self.writer()?.start_file(path, options).map_err(ServerError::inner)
    }

    /// Writes more of the file that was begun last.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ServerError> {
        Ok(self.writer()?.write_all(bytes)?)
    }

    /// Ends the file with its directory.
    pub fn end(&mut self) -> Result<(), ServerError> {
        if let Some(writer) = self.writer.take() {
            let pending = writer.finish().map_err(ServerError::inner)?.into_inner();
            self.rest = pending.0.into_inner();
        }
        Ok(())
    }

    /// Returns true once the directory was written.
    pub fn is_whole(&self) -> bool {
        self.writer.is_none()
    }

    /// Takes out what was written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        match self.writer.as_ref().and_then(ZipWriter::get_ref) {
            Some(stream) => stream.get_ref().0.take(),
            None => std::mem::take(&mut self.rest),
        }
    }

    fn writer(&mut self) -> Result<&mut ZipWriter<StreamWriter<Pending>>, ServerError> {
        self.writer.as_mut().ok_or_else(|| ServerError::inner("the ZIP file has ended"))
    }
}

/// Returns a moment as ZIP writes it, and the first one that it knows for what it cannot write.
fn moment(at: DateTime) -> zip::DateTime {
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let [month, day, hour, minute, second] = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(small);
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::io::{Cursor, Read};
    use zip::ZipArchive;

    #[test]
    fn what_is_taken_out_in_pieces_is_one_file_that_opens_only_when_it_is_whole() {
        let at = date(2026, 3, 12).at(14, 2, 10, 0);
        let (mut zip, mut taken) = (Zip::begin(), Vec::new());
        for (path, contents) in [("a/Één.txt", &b"eerste"[..]), ("b.bin", &[0, 255])] {
            zip.start(path, at).unwrap();
            for piece in contents.chunks(2) {
                zip.write(piece).unwrap();
                taken.extend(zip.take());
            }
        }
        assert!(ZipArchive::new(Cursor::new(taken.clone())).is_err());
        zip.end().unwrap();
        taken.extend(zip.take());
        assert!(zip.is_whole() && zip.take().is_empty() && zip.write(b"x").is_err());
        let mut archive = ZipArchive::new(Cursor::new(taken)).unwrap();
        let mut first = archive.by_index(0).unwrap();
        let mut text = String::new();
        first.read_to_string(&mut text).unwrap();
        assert_eq!((&*first.name().unwrap(), text.as_str()), ("a/Één.txt", "eerste"));
        assert_eq!(first.last_modified(), Some(moment(at)));
        drop(first);
        assert_eq!(archive.len(), 2);
    }

    #[test]
    fn more_files_than_the_old_format_can_count_are_all_there() {
        let (mut zip, mut taken) = (Zip::begin(), Vec::new());
        for number in 0..66_000 {
            zip.start(&format!("{number}.txt"), date(1975, 1, 1).at(0, 0, 0, 0)).unwrap();
            taken.extend(zip.take());
        }
        zip.end().unwrap();
        taken.extend(zip.take());
        assert_eq!(ZipArchive::new(Cursor::new(taken)).unwrap().len(), 66_000);
    }
}
