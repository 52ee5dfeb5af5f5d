//! The text of a mail as it is edited: by Akkoord (assets/mail) or by a firm. Checks
//! it, and decides which of both is used.

use super::{
    kind::Kind,
    passage::{self, Fault, Flaw},
    template::Sheet,
};
use crate::db::{DbError, Query};
use model::{id::FirmId, language::Language};
use std::collections::BTreeMap;

/// The maximum number of characters of a line and of a body.
const LONGEST_LINE: usize = 200;
const LONGEST_BODY: usize = 10_000;

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
    pub fault: Fault,
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

    /// Returns Akkoord's own text.
    pub fn standard(kind: &Kind, language: Language) -> Self {
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

    /// Returns all mistakes, at most one of each field. A text without mistakes can be sent.
    pub fn misprints(&self, kind: &Kind, language: Language) -> Vec<Misprint> {
        let mut found = Vec::new();
        for (field, text) in self.lines() {
            let flaw = match text.trim() {
                "" if field != "preview" && field != "status" => Some(Flaw::Empty),
                text if text.chars().count() > LONGEST_LINE || text.contains(char::is_control) => {
                    Some(Flaw::TooLong(LONGEST_LINE))
                }
                _ => None,
            };
            let fault = flaw.map(|flaw| Fault { line: 1, column: 1, flaw });
            let fault = fault.or_else(|| passage::read(text, kind.names, language).err());
            found.extend(fault.map(|fault| Misprint { field, fault }));
        }
        let body = Self { body: self.body.clone(), ..Self::default() };
        if self.body.chars().count() > LONGEST_BODY {
            let fault = Fault { line: 1, column: 1, flaw: Flaw::TooLong(LONGEST_BODY) };
            found.push(Misprint { field: "body", fault });
        } else if let Err(misprint) = Sheet::read(&body, kind, language) {
            found.push(misprint);
        }
        found
    }
}

/// Returns the text that is used for a firm's mails. If the firm's text can no longer be
/// read, Akkoord's own is used, so that the mail is sent all the same.
pub(super) fn sheet(q: &Query<'_>, firm: FirmId, kind: &Kind, language: Language) -> Result<Sheet, DbError> {
    if let Some(own) = q.mail_text(firm, kind.name, language)?.and_then(|text| text.source) {
        match Sheet::read(&Source::of(&own), kind, language) {
            Ok(sheet) => return Ok(sheet),
            Err(misprint) => {
                tracing::error!(?misprint, kind = kind.name, %firm, "a firm's text of a mail cannot be read");
            }
        }
    }
    Sheet::read(&Source::standard(kind, language), kind, language).map_err(|misprint| {
        tracing::error!(?misprint, kind = kind.name, "a mail's text cannot be read");
        DbError::Malformed("mail template")
    })
}

#[cfg(test)]
mod tests {
    use super::{super::kind::KINDS, *};

    #[test]
    fn every_text_is_read_as_it_was_stored_and_is_sound() {
        for (kind, language) in KINDS.iter().flat_map(|kind| [(kind, Language::Nl), (kind, Language::En)]) {
            let source = Source::standard(kind, language);
            assert_eq!(Source::of(&source.stored()), source);
            assert_eq!(source.misprints(kind, language), [], "{}", kind.name);
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        let kind = Kind::of("task").unwrap();
        let good = Source::standard(kind, Language::Nl);
        let source = Source {
            subject: "Dag {voornam}".into(),
            heading: " ".into(),
            button: "x".repeat(201),
            body: "Dag {voornaam}\n\n[[ uiterlijk {uiterlijk}\n\n[knop]".into(),
            ..good.clone()
        };
        let found: Vec<_> = source.misprints(kind, Language::Nl).into_iter().map(|m| (m.field, m.fault)).collect();
        let fault = |line, column, flaw| Fault { line, column, flaw };
        assert_eq!(
            found,
            [
                ("subject", fault(1, 5, Flaw::UnknownName("voornam".into()))),
                ("heading", fault(1, 1, Flaw::Empty)),
                ("button", fault(1, 1, Flaw::TooLong(200))),
                ("body", fault(3, 1, Flaw::Unclosed("[["))),
            ]
        );
        for (body, flaw) in [
            ("Dag", Flaw::Button),
            ("[knop]\n\n[knop]", Flaw::Button),
            ("[knop]\n\n| Klant", Flaw::Facts),
            ("[knop]\n\n| Klant | {voornaam}\nNog iets", Flaw::Facts),
        ] {
            let found = Source { body: body.into(), ..good.clone() }.misprints(kind, Language::Nl);
            assert_eq!(found.iter().map(|m| &m.fault.flaw).collect::<Vec<_>>(), [&flaw], "{body}");
        }
        let line = Source { subject: "a\r\nBcc: evil@example.org".into(), ..good };
        assert_eq!(line.misprints(kind, Language::Nl).len(), 1);
    }
}
