//! The circles that are allowed for now. Their list may only become shorter, and is deleted with the last of them.

use std::collections::BTreeSet;

use super::File;

/// The list, with one line for each circle: the names of its files.
const LIST: &str = "docs/known-circles.txt";

pub struct Known<'a> {
    lines: Vec<(usize, BTreeSet<&'a str>, bool)>,
}

impl<'a> Known<'a> {
    pub fn read(files: &'a [File]) -> Self {
        let text = files.iter().find(|file| file.path == LIST).map_or("", |file| file.text.as_str());
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        Self { lines: lines.map(|(i, line)| (i + 1, line.split_whitespace().collect(), false)).collect() }
    }

    /// Returns true if the list has a circle, or a larger one of which it is the rest. Some of its files
    /// may have been renamed.
    pub fn has(&mut self, ring: &BTreeSet<&str>) -> bool {
        let names = ring.iter().map(|path| path.rsplit_once('/').map_or(*path, |(_, name)| name));
        let names: BTreeSet<_> = names.collect();
        let is_it =
            |line: &BTreeSet<_>| line.len() >= names.len() && 2 * names.intersection(line).count() > names.len();
        let lines = self.lines.iter_mut().filter(|(_, line, _)| is_it(line));
        let line = lines.min_by_key(|(_, line, _)| line.len());
        line.map(|(.., is_there)| *is_there = true).is_some()
    }

    /// Returns a sentence for each line whose circle is gone.
    pub fn gone(self) -> Vec<String> {
        let gone = self.lines.into_iter().filter(|(.., is_there)| !is_there);
        gone.map(|(line, ..)| format!("{LIST}:{line}: this circle is gone: take out its line")).collect()
    }
}
