//! The text of a mail as it is edited: by Akkoord (assets/mail) or by a firm.

use super::{kind::MailProperties, passage::PlacedMistake};
use model::language::Language;
use std::collections::BTreeMap;

/// The text of a mail as a firm edits it: the fields of the editor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    pub subject: String,
    pub preview: String,
    pub status: String,
    pub heading: String,
    pub button: String,
    pub body: String,
}

/// A mistake in the text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misprint {
    /// The field of [`Source`] that has the mistake.
    pub field: &'static str,
    pub placed: PlacedMistake,
}

impl Source {
    /// Parses a text as it is stored.
    pub fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\n---\n").unwrap_or((text, ""));
        let head: BTreeMap<_, _> = head.lines().filter_map(|line| line.split_once(": ")).collect();
        let line = |key: &str| head.get(key).copied().unwrap_or_default().to_owned();
        Self {
            subject: line("subject"),
            preview: line("preview"),
            status: line("status"),
            heading: line("heading"),
            button: line("button"),
            body: body.trim_end().to_owned(),
        }
    }

    /// Akkoord's own accent.
    pub fn standard(kind: &MailProperties, language: Language) -> Self {
        Self::of(kind.source(language))
    }

    /// Returns the text in the form that [`Source::of`] parses.
    pub fn stored(&self) -> String {
        let head: String = self.lines().iter().map(|(key, text)| format!("{key}: {text}\n")).collect();
        format!("{head}---\n{}\n", self.body)
    }

    /// Returns the fields that have one line.
    pub fn lines(&self) -> [(&'static str, &str); 5] {
        [
            ("subject", &self.subject),
            ("preview", &self.preview),
            ("status", &self.status),
            ("heading", &self.heading),
            ("button", &self.button),
        ]
    }
}
