//! What a worker is asked, and what it answers. The program on both sides is the same one, so this is no format that
//! another release would have to read; only the reasons of refusals are kept in the database, as JSON.

use crate::{
    logo::LogoError,
    table::{Table, Unreadable},
};
use serde::{Deserialize, Serialize};

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Checks a document: a PDF or a photograph.
    Document,
    /// Draws a logo.
    Logo,
    /// Reads the rows of a spreadsheet's file.
    Table,
    /// Reads the text of the first pages of a PDF.
    Text,
}

impl Work {
    /// Returns the word under which refusals are remembered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Logo => "logo",
            Self::Table => "table",
            Self::Text => "text",
        }
    }
}

/// What a worker is asked to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Task {
    pub work: Work,
    /// The path of the file.
    pub path: String,
    /// The path at which the copy of a PDF is made, if one is wanted. The file there exists and is empty.
    pub copy: Option<String>,
}

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reply {
    pub answer: Answer,
    /// True if the worker ends after this answer.
    pub is_last: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Document(Document),
    Logo(Vec<u8>),
    Table(Table),
    Text(String),
    Refused(Refused),
    /// The disk did not give the file, which says nothing about the file.
    NotRead,
}

/// What was found out about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The name of the type, as in `Content-Type`.
    pub media_type: String,
    /// The number of pages of a PDF; 1 for a photograph.
    pub pages: u32,
    /// True if the copy that was asked for was made.
    pub is_copied: bool,
}

/// The reasons why a file is refused. The same file is refused again without another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Refused {
    #[error("the file is empty")]
    Empty,
    #[error("the content is none of the accepted types")]
    WrongType,
    #[error("the file is damaged or needs a password")]
    Broken,
    /// Looking into the file took more memory or time than a worker may use, or made it fail.
    #[error("the file ended its worker")]
    TooComplex,
    #[error(transparent)]
    Logo(#[from] LogoError),
    #[error(transparent)]
    Table(#[from] Unreadable),
}
