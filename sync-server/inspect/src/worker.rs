//! A worker: reads tasks from its standard input and writes answers to its standard output until the input ends. It
//! knows no database, no network and no settings, and writes nothing but copies.

use crate::{
    answer::{Answer, Reply, Task, Work},
    bounds, document, frame, logo, pdf, table,
};
use std::{
    io::{stdin, stdout},
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    path::Path,
    process::ExitCode,
};

/// The first argument by which the program becomes a worker.
pub const WORKER: &str = "inspect-files";

/// The number of files after which a worker ends, so that nothing that a library forgot to free stays.
const FILES: u32 = 200;
/// The memory in bytes beyond which a worker ends after its answer, so that the memory is given back.
const RESIDENT: u64 = 48 * 1024 * 1024;

/// Works until nobody asks for anything any more.
pub fn work() -> ExitCode {
    // What a library says of a file would be content of it.
    set_hook(Box::new(|_| {}));
    if bounds::set().is_err() {
        return ExitCode::FAILURE;
    }
    let (mut input, mut output) = (stdin().lock(), stdout().lock());
    for done in 1..=FILES {
        let Ok(task) = frame::read::<Task>(&mut input) else { return ExitCode::SUCCESS };
        if bounds::allow_one_more().is_err() {
            return ExitCode::FAILURE;
        }
        let answer = carry_out(&task);
        let is_last = done == FILES || bounds::resident().is_some_and(|bytes| bytes > RESIDENT);
        if frame::write(&mut output, &Reply { answer, is_last }).is_err() {
            return ExitCode::FAILURE;
        }
        if is_last {
            break;
        }
    }
    ExitCode::SUCCESS
}

fn carry_out(task: &Task) -> Answer {
    let Ok(bytes) = std::fs::read(&task.path) else { return Answer::NotRead };
    // Libraries get files that were made in bad faith, so a panic of theirs is one more sign that a file is broken.
    let answered = catch_unwind(AssertUnwindSafe(|| match task.work {
        Work::Document => match document::check(bytes, task.copy.as_deref().map(Path::new)) {
            Ok(document) => Answer::Document(document),
            Err(refused) => Answer::Refused(refused),
        },
        Work::Logo => match logo::draw(&bytes) {
            Ok(png) => Answer::Logo(png),
            Err(why) => Answer::Refused(why.into()),
        },
        Work::Table => match table::read(&bytes) {
            Ok(table) => Answer::Table(table),
            Err(why) => Answer::Refused(why.into()),
        },
        Work::Text => match pdf::open(&bytes) {
            Some((document, _)) => Answer::Text(pdf::text::read(&document)),
            None => Answer::Refused(crate::Refused::Broken),
        },
    }));
    answered.unwrap_or_else(|_| Answer::Refused(broken(task.work)))
}

fn broken(work: Work) -> crate::Refused {
    match work {
        Work::Document | Work::Text => crate::Refused::Broken,
        Work::Logo => logo::LogoError::Broken.into(),
        Work::Table => table::Unreadable::Binary.into(),
    }
}
