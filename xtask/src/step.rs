//! A named step with its time, so that a slow build shows what makes it slow.
//! It never hides a failure: the error of the step is the error of the command.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Runs `work`, between a line that names it and a line with its time.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("── {name}");
    let (result, took) = timed(work);
    match &result {
        Ok(_) => println!("── {name}: {:.1} s", took.as_secs_f64()),
        Err(_) => println!("── {name}: FAILED after {:.1} s", took.as_secs_f64()),
    }
    result.with_context(|| name.to_owned())
}

#[expect(clippy::disallowed_methods, reason = "the one place of the build tool that reads a clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
