//! The clock of the operating system. It is read as UTC, so that what a test sees does not depend on where it runs.

use model::time::Timestamp;

#[expect(clippy::disallowed_methods, reason = "the one sanctioned place on this platform")]
pub fn now() -> Timestamp {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since_1970.ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0))
}

pub fn utc_offset_minutes(_at: Timestamp) -> i32 {
    0
}
