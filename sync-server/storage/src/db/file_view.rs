//! How browsers may show a file of a client.

/// How a browser may show a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileView {
    /// As it is: the firm sent it, or it is a picture.
    Whole,
    /// Only its copy, in which nothing runs.
    Copy,
    /// Not at all: it is downloaded.
    Download,
}

impl FileView {
    const WORDS: [(Self, &str); 3] = [(Self::Whole, "whole"), (Self::Copy, "copy"), (Self::Download, "download")];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(view, _)| *view == self).map_or("download", |(_, word)| word)
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, of)| *of == word).map(|(view, _)| *view)
    }
}
