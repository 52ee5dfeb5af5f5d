//! The limit of open files, which bounds how many connections there can be.

use std::io;

/// The largest number of connections, however many files may be open.
pub const MOST_LINES: usize = 4_096;
/// The number of open files below which the log says that it is low.
const ENOUGH: u64 = 8_192;
/// The number of files that are kept for the database, for uploads and for what else the server opens; a smaller
/// limit keeps a quarter of it.
const RESERVE: u64 = 1_024;

/// Raises the limit of open files to what the system allows. Returns how many connections there may be.
#[cfg(unix)]
pub fn raise_open_files() -> io::Result<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })?;
    let files = maximum.unwrap_or(u64::MAX);
    if files < ENOUGH {
        tracing::warn!(files, enough = ENOUGH, "few files may be open: raise the hard limit (LimitNOFILE, ulimit -Hn)");
    }
    Ok(lines(files))
}

#[cfg(not(unix))]
pub fn raise_open_files() -> io::Result<usize> {
    Ok(MOST_LINES)
}

/// Returns how many connections there may be where so many files may be open.
#[cfg_attr(not(unix), expect(dead_code, reason = "other systems have no such limit"))]
fn lines(files: u64) -> usize {
    let room = files - (files / 4).min(RESERVE);
    usize::try_from(room).unwrap_or(usize::MAX).min(MOST_LINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_never_take_all_files() {
        for (files, expected) in
            [(1_024, 768), (256, 192), (4_096, 3_072), (20_000, MOST_LINES), (u64::MAX, MOST_LINES)]
        {
            assert_eq!(lines(files), expected, "{files}");
        }
    }
}
