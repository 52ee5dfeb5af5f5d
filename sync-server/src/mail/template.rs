//! The templates of mails: data under assets/mail, in which only named values
//! can be used. Reads and fills them; knows no database.
//!
//! A template is a head of `key: text` lines, a line `---`, and blocks between
//! empty lines: a paragraph, `> ` small print, `| label | value` facts, or
//! `[button]` with the small print that belongs to it.

use super::colour::Colours;
use crate::db::DbError;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use model::language::Language;
use std::collections::BTreeMap;

macro_rules! templates {
    ($($name:literal)*) => {
        &[$((
            $name,
            include_str!(concat!("../../../assets/mail/", $name, ".nl.txt")),
            include_str!(concat!("../../../assets/mail/", $name, ".en.txt")),
        )),*]
    };
}

/// Name, Dutch, English.
const TEMPLATES: &[(&str, &str, &str)] = templates! {
    "frame" "invitation" "advisor_invitation" "task" "revision" "revision_again" "firm_message" "passkey_added"
    "proposal_answered" "address_changed" "change_proposed"
    "document_sent_back" "delivered"
    "document_received" "handed_in" "approved" "approval_not_accepted" "declined" "message_received"
};

const FRAME: &str = include_str!("../../../assets/mail/frame.html");

/// What a template can name. All are plain text.
pub(super) type Values = BTreeMap<&'static str, String>;

/// Whom a mail is for: decides the frame around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// A person of a client.
    Person,
    /// The advisor of a client.
    Advisor,
    /// Somebody of the firm who is invited.
    Newcomer,
}

/// A mail's three parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A filled template that goes into the frame.
struct Letter {
    subject: String,
    preview: String,
    status: String,
    heading: String,
    button: String,
    blocks: Vec<Block>,
}

enum Block {
    Paragraph(Both),
    Small(Both),
    Facts(Vec<(Both, Both)>),
    /// With small print before the plain address.
    Button(Option<Both>),
}

/// One passage as text and as HTML.
struct Both {
    text: String,
    html: String,
}

/// Writes the mail `name`, with a button to `link`.
pub(super) fn write(
    name: &str,
    language: Language,
    audience: Audience,
    accent: &str,
    link: &str,
    values: &Values,
) -> Result<Written, DbError> {
    fill(name, language, audience, accent, link, values).map_err(|error| {
        tracing::error!(%error, template = name, "a mail template cannot be filled");
        DbError::Malformed("mail template")
    })
}

fn fill(
    name: &str,
    language: Language,
    audience: Audience,
    accent: &str,
    link: &str,
    values: &Values,
) -> Result<Written, minijinja::Error> {
    let values: Values = values.iter().map(|(name, value)| (*name, one_line(value))).collect();
    let filler = Filler::new(&values);
    let letter = filler.letter(source(name, language)?)?;
    let (frame, _) = split(source("frame", language)?);
    let line = |key: &str| filler.text(frame.get(key).copied().unwrap_or_default());
    let (sender, question, foot) = match audience {
        Audience::Person => {
            let firm = values.get("firm").cloned().unwrap_or_default();
            let answer = format!("{} {}", line("answer")?, line("phone")?);
            (firm, line("question")?, answer)
        }
        Audience::Advisor => (line("firm_name")?, String::new(), line("firm_foot")?),
        Audience::Newcomer => (line("firm_name")?, line("question")?, line("advisor_foot")?),
    };
    let plain = line("plain")?;
    let text = letter.text(&sender, link, &question, &foot);
    let blocks: Vec<Value> = letter.blocks.iter().map(Block::value).collect();
    let html = filler.environment.render_named_str(
        "frame.html",
        FRAME,
        minijinja::context! {
            language => language.tag(), subject => letter.subject.as_str(), preview => letter.preview, sender,
            status => letter.status, heading => letter.heading, button => letter.button, blocks, link => address(link),
            link_shown => address(link.split_once("://").map_or(link, |(_, rest)| rest)), plain, question, foot,
            colour => Colours::of(accent).value(),
        },
    )?;
    Ok(Written { subject: letter.subject, text, html })
}

fn source(name: &str, language: Language) -> Result<&'static str, minijinja::Error> {
    let found = TEMPLATES.iter().find(|(known, ..)| *known == name);
    let (_, nl, en) = found.ok_or(minijinja::ErrorKind::TemplateNotFound)?;
    Ok(match language {
        Language::Nl => nl,
        Language::En => en,
    })
}

/// A value never brings a line of its own: no header, no block.
pub(super) fn one_line(value: &str) -> String {
    let clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Head and blocks of a template.
fn split(source: &str) -> (BTreeMap<&str, &str>, &str) {
    let (head, body) = source.split_once("\n---\n").unwrap_or((source, ""));
    (head.lines().filter_map(|line| line.split_once(": ")).collect(), body)
}

/// Fills passages, once as text and once as HTML.
struct Filler<'v> {
    environment: Environment<'static>,
    values: &'v Values,
    for_html: BTreeMap<&'static str, Value>,
}

impl<'v> Filler<'v> {
    fn new(values: &'v Values) -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(
            |name| {
                if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
            },
        );
        let for_html = values.iter().map(|(name, value)| {
            let value = if *name == "phone" { phone_link(value) } else { Value::from(value.as_str()) };
            (*name, value)
        });
        let for_html = for_html.collect::<BTreeMap<_, _>>();
        Self { environment, values, for_html }
    }

    fn letter(&self, source: &'static str) -> Result<Letter, minijinja::Error> {
        let (head, body) = split(source);
        let line = |key: &str| self.text(head.get(key).copied().unwrap_or_default());
        let blocks = body.split("\n\n").map(str::trim).filter(|b| !b.is_empty());
        Ok(Letter {
            subject: line("subject")?,
            preview: line("preview")?,
            status: line("status")?,
            heading: capital(&line("heading")?),
            button: line("button")?,
            blocks: blocks.map(|b| self.block(b)).collect::<Result<_, _>>()?,
        })
    }

    fn block(&self, source: &'static str) -> Result<Block, minijinja::Error> {
        if let Some(small) = source.strip_prefix("[button]") {
            let small = small.trim();
            return Ok(Block::Button(if small.is_empty() { None } else { Some(self.both(small)?) }));
        }
        if let Some(small) = source.strip_prefix("> ") {
            return Ok(Block::Small(self.both(small)?));
        }
        if source.starts_with("| ") {
            let facts = source.lines().filter_map(|l| l.strip_prefix("| ")?.split_once(" | "));
            let facts = facts.map(|(label, value)| Ok((self.both(label)?, self.both(value)?)));
            return Ok(Block::Facts(facts.collect::<Result<_, minijinja::Error>>()?));
        }
        Ok(Block::Paragraph(self.both(source)?))
    }

    fn both(&self, source: &str) -> Result<Both, minijinja::Error> {
        let html = self.environment.render_named_str("passage.html", source, &self.for_html)?;
        Ok(Both { text: self.text(source)?, html: html.replace('\n', "<br>") })
    }

    fn text(&self, source: &str) -> Result<String, minijinja::Error> {
        self.environment.render_named_str("passage.txt", source, self.values)
    }
}

/// Our own address, whose characters mean nothing in HTML: escaping would only
/// make its slashes hard to read. Any other is escaped.
pub(super) fn address(link: &str) -> Value {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/#%".contains(c);
    if link.chars().all(plain) { Value::from_safe_string(link.to_owned()) } else { Value::from(link) }
}

/// A number that can be tapped. Only digits and a plus reach the address.
fn phone_link(phone: &str) -> Value {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let shown = phone.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if digits.is_empty() {
        return Value::from(phone);
    }
    Value::from_safe_string(format!("<a class=\"t1\" href=\"tel:{digits}\" style=\"color:#14171f;\">{shown}</a>"))
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

impl Block {
    fn value(&self) -> Value {
        let safe = |both: &Both| Value::from_safe_string(both.html.clone());
        match self {
            Self::Paragraph(both) => minijinja::context! { kind => "paragraph", html => safe(both) },
            Self::Small(both) => minijinja::context! { kind => "small", html => safe(both) },
            Self::Button(small) => minijinja::context! { kind => "button", html => small.as_ref().map(safe) },
            Self::Facts(facts) => {
                let facts = facts.iter().map(|(label, value)| {
                    minijinja::context! { label => safe(label), value => safe(value) }
                });
                minijinja::context! { kind => "facts", facts => facts.collect::<Vec<_>>() }
            }
        }
    }
}

impl Letter {
    /// The text part: the same mail for those who read no HTML.
    fn text(&self, sender: &str, link: &str, question: &str, foot: &str) -> String {
        let mut passages = vec![sender.to_owned(), self.heading.clone()];
        for block in &self.blocks {
            match block {
                Block::Paragraph(both) | Block::Small(both) => passages.push(both.text.clone()),
                Block::Facts(facts) => {
                    let lines = facts.iter().map(|(label, value)| format!("{}: {}", label.text, value.text));
                    passages.push(lines.collect::<Vec<_>>().join("\n"));
                }
                Block::Button(small) => {
                    passages.push(format!("{}:\n{link}", self.button));
                    passages.extend(small.iter().map(|s| s.text.clone()));
                }
            }
        }
        let foot = if question.is_empty() { foot.to_owned() } else { format!("{question} {foot}") };
        // The signature mark of mails: dash, dash, space.
        passages.push(format!("-- \n{foot}"));
        passages.join("\n\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &[
        "given_name",
        "advisor",
        "firm",
        "phone",
        "year",
        "title",
        "due",
        "number",
        "moment",
        "person",
        "client",
        "client_number",
        "expires",
    ];

    fn values(value: &str) -> Values {
        NAMES.iter().map(|name| (*name, format!("{name}{value}"))).collect()
    }

    fn all() -> impl Iterator<Item = (&'static str, Language)> {
        let names = TEMPLATES.iter().map(|(name, ..)| *name).filter(|n| *n != "frame");
        names.flat_map(|name| [(name, Language::Nl), (name, Language::En)])
    }

    fn audience(name: &str) -> Audience {
        match name {
            "advisor_invitation" => Audience::Newcomer,
            "document_received"
            | "handed_in"
            | "approved"
            | "approval_not_accepted"
            | "declined"
            | "message_received" => Audience::Advisor,
            _ => Audience::Person,
        }
    }

    fn written(name: &str, language: Language, values: &Values) -> Written {
        write(name, language, audience(name), "#0f5b66", "http://localhost:8080/welkom#tok", values).unwrap()
    }

    #[test]
    fn every_mail_can_be_written_in_both_languages() {
        for (name, language) in all() {
            let mail = written(name, language, &values(""));
            assert!(!mail.subject.is_empty() && mail.subject.len() < 120, "{name}");
            assert!(mail.text.contains("http://localhost:8080/welkom#tok"), "{name}: {}", mail.text);
            assert_eq!(mail.html.matches("href=\"http://localhost:8080/welkom#tok\"").count(), 2, "{name}");
            for part in [&mail.subject, &mail.text, &mail.html] {
                assert!(!part.contains("{{") && !part.contains("[button]") && !part.contains("\n| "), "{name}: {part}");
            }
        }
    }

    #[test]
    fn a_name_that_is_not_given_is_an_error() {
        let mut few = values("");
        few.remove("given_name");
        assert!(write("invitation", Language::Nl, Audience::Person, "", "http://x/", &few).is_err());
    }

    #[test]
    fn a_value_brings_no_markup_no_line_and_no_header() {
        let evil = values("<script>x</script>\r\nBcc: evil@example.org\r\n\r\n| a | b\n[button]");
        for (name, language) in all() {
            let mail = written(name, language, &evil);
            assert!(!mail.subject.contains(['\r', '\n']), "{name}");
            assert!(!mail.html.contains("<script"), "{name}");
            assert!(!mail.text.contains("\nBcc") && !mail.text.contains("\r"), "{name}: {}", mail.text);
            assert_eq!(mail.html.matches("href=\"http").count(), 2, "{name}");
        }
    }

    #[test]
    fn an_absent_last_day_is_not_mentioned() {
        let mut values = values("");
        values.insert("due", String::new());
        let mail = written("task", Language::Nl, &values);
        assert!(!mail.text.contains("uiterlijk"), "{}", mail.text);
    }
}
