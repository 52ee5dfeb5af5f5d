//! Checks the text that a firm wrote for a mail, and decides which text is used: the firm's or Akkoord's own.

use super::{
    kind::MailProperties,
    passage::{self, MailTextMistake, PlacedMistake},
    source::{Misprint, Source},
    template::ParsedMailText,
    unwritten::Unwritten,
};
use model::{id::FirmId, language::Language};
use storage::db::{DbError, Query};

/// The maximum number of characters of a line and of a body.
const LONGEST_LINE: usize = 200;
const LONGEST_BODY: usize = 10_000;

impl Source {
    /// Returns all mistakes, at most one of each field. A text without mistakes can be sent.
    pub fn misprints(&self, kind: &MailProperties, language: Language) -> Vec<Misprint> {
        let mut found = Vec::new();
        for (field, text) in self.lines() {
            let mistake = match text.trim() {
                "" if field != "preview" && field != "status" => Some(MailTextMistake::Empty),
                text if text.chars().count() > LONGEST_LINE || text.contains(char::is_control) => {
                    Some(MailTextMistake::TooLong(LONGEST_LINE))
                }
                _ => None,
            };
            let placed = mistake.map(|mistake| PlacedMistake { line: 1, column: 1, mistake });
            let placed = placed.or_else(|| passage::read(text, kind.names, language).err());
            found.extend(placed.map(|placed| Misprint { field, placed }));
        }
        let body = Self { body: self.body.clone(), ..Self::default() };
        if self.body.chars().count() > LONGEST_BODY {
            let placed = PlacedMistake { line: 1, column: 1, mistake: MailTextMistake::TooLong(LONGEST_BODY) };
            found.push(Misprint { field: "body", placed });
        } else if let Err(misprint) = ParsedMailText::read(&body, kind, language) {
            found.push(misprint);
        }
        found
    }
}

/// Returns the text that is used for a firm's mails. If the firm's text can no longer be
/// read, Akkoord's own is used, so that the mail is sent all the same.
pub(super) fn parsed(
    q: &Query<'_>,
    firm: FirmId,
    kind: &MailProperties,
    language: Language,
) -> Result<ParsedMailText, DbError> {
    if let Some(own) = q.mail_text(firm, kind.id, language)?.and_then(|text| text.source) {
        match ParsedMailText::read(&Source::of(&own), kind, language) {
            Ok(parsed) => return Ok(parsed),
            Err(misprint) => {
                tracing::error!(?misprint, kind = kind.id.word(), %firm, "a firm's text of a mail cannot be read");
            }
        }
    }
    ParsedMailText::read(&Source::standard(kind, language), kind, language).map_err(|misprint| {
        tracing::error!(?misprint, kind = kind.id.word(), "a mail's text cannot be read");
        DbError::given_up(Unwritten::Template)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::mail::MailKind;

    #[test]
    fn every_text_is_read_as_it_was_stored_and_is_sound() {
        for (kind, language) in MailProperties::all().flat_map(|kind| [(kind, Language::Nl), (kind, Language::En)]) {
            let source = Source::standard(kind, language);
            assert_eq!(Source::of(&source.stored()), source);
            assert_eq!(source.misprints(kind, language), [], "{}", kind.id.word());
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        let kind = MailProperties::of(MailKind::Task);
        let good = Source::standard(kind, Language::Nl);
        let source = Source {
            subject: "Dag {voornam}".into(),
            heading: " ".into(),
            button: "x".repeat(201),
            body: "Dag {voornaam}\n\n[[ uiterlijk {uiterlijk}\n\n[knop]".into(),
            ..good.clone()
        };
        let found: Vec<_> = source.misprints(kind, Language::Nl).into_iter().map(|m| (m.field, m.placed)).collect();
        let placed = |line, column, mistake| PlacedMistake { line, column, mistake };
        assert_eq!(
            found,
            [
                ("subject", placed(1, 5, MailTextMistake::UnknownName("voornam".into()))),
                ("heading", placed(1, 1, MailTextMistake::Empty)),
                ("button", placed(1, 1, MailTextMistake::TooLong(200))),
                ("body", placed(3, 1, MailTextMistake::Unclosed("[["))),
            ]
        );
        for (body, mistake) in [
            ("Dag", MailTextMistake::Button),
            ("[knop]\n\n[knop]", MailTextMistake::Button),
            ("[knop]\n\n| Klant", MailTextMistake::Facts),
            ("[knop]\n\n| Klant | {voornaam}\nNog iets", MailTextMistake::Facts),
        ] {
            let found = Source { body: body.into(), ..good.clone() }.misprints(kind, Language::Nl);
            assert_eq!(found.iter().map(|m| &m.placed.mistake).collect::<Vec<_>>(), [&mistake], "{body}");
        }
        let line = Source { subject: "a\r\nBcc: evil@example.org".into(), ..good };
        assert_eq!(line.misprints(kind, Language::Nl).len(), 1);
    }
}
