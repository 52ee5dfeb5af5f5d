//! The little language of mail texts: `{name}` is replaced by a value, and
//! `[[ … ]]` is left out if a value in it is empty. Nothing else has a
//! meaning, so that a text can reach nothing but its own values.

use model::language::Language;
use std::collections::BTreeMap;

/// The values that a text can name. All are plain text.
pub type Values = BTreeMap<&'static str, String>;

/// The name of each value in the code, in Dutch and in English texts.
const NAMES: &[(&str, &str, &str)] = &[
    ("given_name", "voornaam", "given_name"),
    ("person", "persoon", "person"),
    ("advisor", "adviseur", "advisor"),
    ("firm", "kantoor", "firm"),
    ("phone", "telefoon", "phone"),
    ("year", "jaar", "year"),
    ("title", "taak", "title"),
    ("due", "uiterlijk", "due"),
    ("number", "versie", "number"),
    ("moment", "moment", "moment"),
    ("client", "klant", "client"),
    ("client_number", "klantnummer", "client_number"),
    ("expires", "geldig_tot", "expires"),
    ("count", "aantal", "count"),
    ("device", "apparaat", "device"),
    ("code", "code", "code"),
    ("change", "wijziging", "change"),
    ("document", "stuk", "document"),
    ("remark", "opmerking", "remark"),
];

/// Returns the name of a value in texts of a language.
pub fn shown_name(name: &str, language: Language) -> &'static str {
    NAMES.iter().find(|(code, ..)| *code == name).map_or("", |(_, nl, en)| match language {
        Language::Nl => nl,
        Language::En => en,
    })
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PassagePart {
    Plain(String),
    Value(&'static str),
    /// A part that is left out if a value in it is empty.
    Optional(Vec<PassagePart>),
}

/// The place of a mistake in a text. Both numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedMistake {
    pub line: usize,
    pub column: usize,
    pub mistake: MailTextMistake,
}

/// The mistakes that a text can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailTextMistake {
    /// The mail has no value with this name.
    UnknownName(String),
    /// A `{` or `[[` has no end.
    Unclosed(&'static str),
    /// A `}` or `]]` has no beginning, or `[[` is inside another `[[`.
    Stray(&'static str),
    /// The mail has no button, or more than one.
    Button,
    /// A line of facts does not have the form `| label | value`.
    Facts,
    /// The text is empty.
    Empty,
    /// The text has more than this number of characters, or more than one line.
    TooLong(usize),
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    names: &'s [&'static str],
    language: Language,
}

/// Parses a text in which `names` are replaced by values.
pub(super) fn read(
    source: &str,
    names: &[&'static str],
    language: Language,
) -> Result<Vec<PassagePart>, PlacedMistake> {
    let mut reader = Reader { source, at: 0, names, language };
    let parts = reader.parts(None)?;
    Ok(parts)
}

impl Reader<'_> {
    fn placed(&self, at: usize, mistake: MailTextMistake) -> PlacedMistake {
        let before = self.source.get(..at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        PlacedMistake {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            mistake,
        }
    }

    /// Parses up to the end, or up to the `]]` that belongs to the `[[` at `opened`.
    fn parts(&mut self, opened: Option<usize>) -> Result<Vec<PassagePart>, PlacedMistake> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        loop {
            let rest = &self.source[self.at..];
            let Some(c) = rest.chars().next() else {
                if let Some(at) = opened {
                    return Err(self.placed(at, MailTextMistake::Unclosed("[[")));
                }
                break;
            };
            if let Some(inside) = rest.strip_prefix('{') {
                let Some(end) = inside.find(['}', '\n']).filter(|end| inside[*end..].starts_with('}')) else {
                    return Err(self.placed(self.at, MailTextMistake::Unclosed("{")));
                };
                let name = self.name(&inside[..end])?;
                keep(&mut parts, &mut plain);
                parts.push(PassagePart::Value(name));
                self.at += end + 2;
            } else if rest.starts_with("[[") {
                if opened.is_some() {
                    return Err(self.placed(self.at, MailTextMistake::Stray("[[")));
                }
                keep(&mut parts, &mut plain);
                let start = self.at;
                self.at += 2;
                parts.push(PassagePart::Optional(self.parts(Some(start))?));
            } else if rest.starts_with("]]") {
                if opened.is_none() {
                    return Err(self.placed(self.at, MailTextMistake::Stray("]]")));
                }
                self.at += 2;
                break;
            } else if c == '}' {
                return Err(self.placed(self.at, MailTextMistake::Stray("}")));
            } else {
                plain.push(c);
                self.at += c.len_utf8();
            }
        }
        keep(&mut parts, &mut plain);
        Ok(parts)
    }

    fn name(&self, written: &str) -> Result<&'static str, PlacedMistake> {
        let wanted = written.trim();
        let known = NAMES.iter().find(|(code, ..)| shown_name(code, self.language) == wanted).map(|(code, ..)| *code);
        known
            .filter(|code| self.names.contains(code))
            .ok_or_else(|| self.placed(self.at, MailTextMistake::UnknownName(wanted.chars().take(40).collect())))
    }
}

fn keep(parts: &mut Vec<PassagePart>, plain: &mut String) {
    if !plain.is_empty() {
        parts.push(PassagePart::Plain(std::mem::take(plain)));
    }
}

/// Fills in the values. `show` converts a value to what is written, and
/// `plain` converts the text around it.
pub(super) fn fill(
    parts: &[PassagePart],
    values: &Values,
    plain: &dyn Fn(&str) -> String,
    show: &dyn Fn(&'static str, &str) -> String,
) -> String {
    let value = |name: &str| values.get(name).map_or("", String::as_str);
    let empty = |part: &PassagePart| matches!(part, PassagePart::Value(name) if value(name).is_empty());
    parts
        .iter()
        .map(|part| match part {
            PassagePart::Plain(text) => plain(text),
            PassagePart::Value(name) => show(name, value(name)),
            PassagePart::Optional(inner) if inner.iter().any(empty) => String::new(),
            PassagePart::Optional(inner) => fill(inner, values, plain, show),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES_HERE: &[&str] = &["given_name", "due"];

    fn filled(source: &str, due: &str) -> String {
        let values = Values::from([("given_name", "Marieke {uiterlijk} [[".to_owned()), ("due", due.to_owned())]);
        let parts = read(source, NAMES_HERE, Language::Nl).unwrap();
        fill(&parts, &values, &str::to_owned, &|_, v| v.to_owned())
    }

    #[test]
    fn names_stand_for_values_and_what_is_optional_goes_with_an_empty_one() {
        let source = "Beste {voornaam},[[ graag uiterlijk { uiterlijk }.]] Dag [knop]";
        // The contents of a value are never parsed, whatever they look like.
        assert_eq!(filled(source, "1 april"), "Beste Marieke {uiterlijk} [[, graag uiterlijk 1 april. Dag [knop]");
        assert_eq!(filled(source, ""), "Beste Marieke {uiterlijk} [[, Dag [knop]");
    }

    #[test]
    fn a_text_reaches_nothing_but_its_own_names_and_says_where_it_is_wrong() {
        let unknown = |name: &str| MailTextMistake::UnknownName(name.to_owned());
        for (source, line, column, mistake) in [
            ("Dag {config}", 1, 5, unknown("config")),
            ("Dag\nallemaal {{ config }}", 2, 10, unknown("{ config")),
            ("{% for x in voornaam %}", 1, 1, unknown("% for x in voornaam %")),
            ("{voornaam|upper}", 1, 1, unknown("voornaam|upper")),
            ("{voornaam.__class__}", 1, 1, unknown("voornaam.__class__")),
            ("{given_name}", 1, 1, unknown("given_name")),
            // The name exists, but not in this mail.
            ("é {jaar}", 1, 3, unknown("jaar")),
            ("{voornaam", 1, 1, MailTextMistake::Unclosed("{")),
            ("{voor\nnaam}", 1, 1, MailTextMistake::Unclosed("{")),
            ("a [[ b", 1, 3, MailTextMistake::Unclosed("[[")),
            ("a [[ b [[ c ]] ]]", 1, 8, MailTextMistake::Stray("[[")),
            ("a ]] b", 1, 3, MailTextMistake::Stray("]]")),
            ("a } b", 1, 3, MailTextMistake::Stray("}")),
        ] {
            assert_eq!(
                read(source, NAMES_HERE, Language::Nl),
                Err(PlacedMistake { line, column, mistake }),
                "{source}"
            );
        }
    }
}
