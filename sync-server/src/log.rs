//! What the process log may hold: what happened, never what somebody wrote. The libraries below us write frames,
//! forms and pages at the finer levels; from them the log takes no more than `INFO`, whatever is asked for.

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter,
    filter::{FilterExt, filter_fn},
    layer::Filter,
    registry::LookupSpan,
};

/// The packages of this tree, whose lines hold no content at any level.
const OURS: [&str; 11] = [
    "accounts",
    "console",
    "demo",
    "documents",
    "dossiers",
    "mail",
    "model",
    "paper",
    "proof",
    "storage",
    "sync_server",
];

/// Returns what is asked for, without the content of requests.
pub fn without_content<S>(asked: EnvFilter) -> impl Filter<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    asked.and(filter_fn(has_no_content))
}

fn has_no_content(line: &Metadata<'_>) -> bool {
    *line.level() <= Level::INFO || OURS.contains(&line.target().split("::").next().unwrap_or_default())
}
