//! The bounds that a worker sets itself before it sees a file. The operating system holds them; none of the libraries
//! that read files is trusted with that.

#[cfg(unix)]
use rustix::{
    io,
    process::{Resource, Rlimit, nice, setrlimit},
    time::{ClockId, clock_gettime},
};

/// The memory in bytes that a worker may use beyond that of the program itself.
pub const MEMORY: u64 = 112 * 1024 * 1024;
/// The seconds of processor time that one file may take.
pub const SECONDS: u64 = 5;
/// The largest file in bytes that a worker may write.
pub const LARGEST_COPY: u64 = 64 * 1024 * 1024;
/// How far a worker stands back behind the server's own work, in steps of priority.
#[cfg(unix)]
const STANDS_BACK: i32 = 10;
/// The number of files that a worker may have open.
#[cfg(unix)]
const OPEN_FILES: u64 = 16;

/// Sets the bounds that hold for as long as the process runs.
#[cfg(unix)]
pub fn set() -> io::Result<()> {
    // The bound counts addresses, and those of the program depend on how it was built.
    if let Some(program) = of_status("VmSize:") {
        set_both(Resource::As, program + MEMORY)?;
    }
    set_both(Resource::Fsize, LARGEST_COPY)?;
    set_both(Resource::Nofile, OPEN_FILES)?;
    // What somebody sent does not stay on the disk as a picture of memory, and no further process starts.
    set_both(Resource::Core, 0)?;
    set_both(Resource::Nproc, 0)?;
    nice(STANDS_BACK)?;
    Ok(())
}

#[cfg(unix)]
fn set_both(resource: Resource, most: u64) -> io::Result<()> {
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}

/// Allows the time for one more file.
#[cfg(unix)]
pub fn allow_one_more() -> io::Result<()> {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(u64::MAX / 2);
    setrlimit(Resource::Cpu, Rlimit { current: Some(used + 1 + SECONDS), maximum: None })
}

/// Elsewhere only the server's own clock bounds a worker.
#[cfg(not(unix))]
pub fn set() -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub fn allow_one_more() -> std::io::Result<()> {
    Ok(())
}

/// Returns the memory in bytes that this process holds, if the system tells it.
pub fn resident() -> Option<u64> {
    of_status("VmRSS:")
}

/// Returns a number of bytes from Linux's account of this process.
fn of_status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
