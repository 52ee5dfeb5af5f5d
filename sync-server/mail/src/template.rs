//! Fills in the texts of mails and puts them in their frame. Akkoord brings texts
//! (assets/mail), and a firm can write its own. Knows no database.
//!
//! A text is a head of `key: text` lines, a line `---`, and blocks between
//! empty lines: a paragraph, `> ` small print, `| label | value` facts,
//! `[lijst]` / `[list]`, or `[knop]` / `[button]` with the small print that
//! belongs to it.

use super::{
    kind::{Audience, MailProperties},
    passage::{self, MailTextMistake, PassagePart, PlacedMistake, Values},
    source::{Misprint, Source},
};
use model::{accent::Accent, language::Language, text::Shape};
use ui::html::escape;

/// A line of the list in a mail.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Item {
    pub title: String,
    /// A few words beside the title, or an empty text.
    pub detail: String,
}

/// The three parts of a written mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A text that was parsed.
pub struct ParsedMailText {
    subject: Vec<PassagePart>,
    preview: Vec<PassagePart>,
    status: Vec<PassagePart>,
    heading: Vec<PassagePart>,
    button: Vec<PassagePart>,
    blocks: Vec<Block<Vec<PassagePart>>>,
}

enum Block<T> {
    Paragraph(T),
    Small(T),
    Facts(Vec<(T, T)>),
    List,
    /// A button, with small print before the plain address.
    Button(Option<T>),
}

/// The parts of a mail other than its text.
pub struct Setting<'s> {
    pub kind: &'s MailProperties,
    pub language: Language,
    /// The accent as `#rrggbb`; empty for Akkoord's own.
    pub accent: &'s str,
    /// The address that the button opens.
    pub link: &'s str,
    pub items: &'s [Item],
    /// How often happened what it tells.
    pub times: u32,
}

impl ParsedMailText {
    /// Parses a text for a kind of mail.
    pub fn read(source: &Source, kind: &MailProperties, language: Language) -> Result<Self, Misprint> {
        let read = |field: &'static str, text: &str, line: usize| {
            passage::read(text, kind.names, language).map_err(|mut placed| {
                placed.line += line;
                Misprint { field, placed }
            })
        };
        let mut blocks = Vec::new();
        let (mut line, mut buttons) = (0, 0);
        for block in source.body.split("\n\n") {
            let start = line + block.len() - block.trim_start_matches('\n').len();
            line += block.matches('\n').count() + 2;
            let text = block.trim();
            if !text.is_empty() {
                let block = self::block(text, start, &|text, more| read("body", text, start + more))?;
                buttons += usize::from(matches!(block, Block::Button(_)));
                blocks.push(block);
            }
        }
        if buttons != 1 {
            return Err(in_body(line.saturating_sub(2), MailTextMistake::Button));
        }
        Ok(Self {
            subject: read("subject", &source.subject, 0)?,
            preview: read("preview", &source.preview, 0)?,
            status: read("status", &source.status, 0)?,
            heading: read("heading", &source.heading, 0)?,
            button: read("button", &source.button, 0)?,
            blocks,
        })
    }

    /// Fills in the values.
    pub fn fill(&self, setting: &Setting<'_>, values: &Values) -> Filled {
        let values: Values = values.iter().map(|(name, value)| (*name, one_line(value))).collect();
        let text = |parts: &[PassagePart]| passage::fill(parts, &values, &str::to_owned, &|_, v| v.to_owned());
        let html = |parts: &[PassagePart]| passage::fill(parts, &values, &escape, &shown).replace('\n', "<br/>");
        let items: Vec<Item> = setting
            .items
            .iter()
            .map(|item| Item { title: one_line(&item.title), detail: one_line(&item.detail) })
            .collect();
        let frame = Frame::of(setting, &values);
        let mut subject = one_line(&text(&self.subject));
        if setting.times > 1 {
            subject = FrameText(setting.language).several_times(&subject, setting.times);
        }
        let heading = capital(&text(&self.heading));
        let button = text(&self.button);
        let mut passages = vec![frame.sender.clone(), heading.clone()];
        let mut blocks = Vec::new();
        for block in &self.blocks {
            passages.extend(block.text(&text, &items, &button, setting.link));
            blocks.push(block.value(&html, &items));
        }
        // Mail programs recognise the signature by this line: dash, dash, space.
        passages.push(format!("-- \n{} {}", frame.question, frame.foot).replace("\n ", "\n"));
        let link_shown = setting.link.split_once("://").map_or(setting.link, |(_, rest)| rest);
        let in_frame = minijinja::context! {
            language => setting.language.tag(), subject => subject.as_str(), preview => text(&self.preview),
            sender => frame.sender, status => text(&self.status), heading, button, blocks,
            link => address(setting.link), link_shown => address(link_shown), plain => frame.plain,
            question => frame.question, foot => frame.foot, colour => colours(setting.accent),
        };
        Filled { subject, text: passages.join("\n\n") + "\n", in_frame }
    }
}

/// A mail whose values are filled in, before it is drawn.
pub struct Filled {
    subject: String,
    text: String,
    in_frame: minijinja::Value,
}

impl Filled {
    /// Draws the mail in its frame.
    pub fn draw(&self) -> Result<Written, FrameError> {
        let mjml = environment().render_named_str("frame.html", FRAME, &self.in_frame)?;
        let root = mrml::parse(&mjml).map_err(|error| FrameError::Markup(error.to_string()))?;
        let html = root.element.render(&mrml::prelude::render::RenderOptions::default());
        let html = html.map_err(|error| FrameError::Markup(error.to_string()))?;
        Ok(Written { subject: self.subject.clone(), text: self.text.clone(), html })
    }

    /// Returns the mail without the frame, which never fails.
    pub fn plain(self, language: Language) -> Written {
        let (tag, lines) = (language.tag(), escape(&self.text));
        let html = format!(
            "<!doctype html><html lang=\"{tag}\"><body><pre style=\"white-space:pre-wrap\">{lines}</pre></body></html>"
        );
        Written { subject: self.subject, text: self.text, html }
    }
}

/// Returns the colours for the frame, because mail programs compute no colours.
fn colours(accent: &str) -> minijinja::Value {
    let accent = Accent::or_own(accent);
    let (light, dark) = (accent.light(), accent.dark());
    minijinja::context! { accent => light.fill, on_accent => light.on, light => light.strong, dark => dark.strong }
}

const FRAME: &str = include_str!("../../../assets/mail/frame.mjml");

/// The frame cannot be rendered, which is a mistake of ours and never of a text.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    #[error(transparent)]
    Template(#[from] minijinja::Error),
    #[error("mjml: {0}")]
    Markup(String),
}

/// The texts around every mail.
struct Frame {
    sender: String,
    plain: String,
    question: String,
    foot: String,
}

impl Frame {
    fn of(setting: &Setting<'_>, values: &Values) -> Self {
        let t = FrameText(setting.language);
        let value = |name: &str| values.get(name).map_or("", String::as_str);
        let firm = value("firm");
        let phone = value("phone");
        let (sender, question, foot) = match setting.kind.audience {
            Audience::Person if phone.is_empty() => (firm.to_owned(), t.question(), t.answer().to_owned()),
            Audience::Person => (firm.to_owned(), t.question(), format!("{} {}", t.answer(), t.phone(phone))),
            Audience::Advisor => (t.firm_name(firm), "", t.firm_foot().to_owned()),
            Audience::Newcomer => (t.firm_name(firm), t.question(), t.advisor_foot().to_owned()),
        };
        let foot = if setting.times > 1 { format!("{} {foot}", t.folded(setting.times)) } else { foot };
        Self { sender, plain: t.plain().to_owned(), question: question.to_owned(), foot }
    }
}

ui::texts! {
    /// Texts that no firm can change.
    FrameText {
        plain: "Werkt de knop niet? Ga dan naar:", "Does the button not work? Then go to:";
        question: "Is deze mail echt?", "Is this mail real?";
        answer: "Wij vragen nooit om een wachtwoord, pincode of betaling. Twijfelt u? Bel het nummer dat u al van ons heeft.", "We never ask for a password, PIN or payment. In doubt? Call the number that you already have from us.";
        phone(phone: &str): "Ons nummer is {phone}.", "Our number is {phone}.";
        several_times(subject: &str, times: u32): "{subject} ({times} keer)", "{subject} ({times} times)";
        folded(times: u32): "Dit gebeurde {times} keer. Hierover krijgt u hooguit één mail per uur.", "This happened {times} times. You get at most one mail an hour about it.";
        firm_name(firm: &str): "Akkoord voor {firm}", "Akkoord for {firm}";
        firm_foot: "U krijgt deze mail omdat u de adviseur bent. Bedragen en documenten staan alleen in het portaal.", "You get this mail because you are the advisor. Amounts and documents are only in the portal.";
        advisor_foot: "Akkoord vraagt nooit om een wachtwoord, pincode of betaling. Verwachtte u deze mail niet? Klik dan niet, en vraag het na op kantoor.", "Akkoord never asks for a password, PIN or payment. Did you not expect this mail? Then do not click, and ask at the office.";
    }
}

/// Removes line breaks from a value, so that it can add no header and no block. A character that no text has is drawn as
/// its number, because XML takes only some of them.
pub(super) fn one_line(value: &str) -> String {
    let breaks = |c: char| matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let line = value.replace(breaks, " ");
    Shape::Line.shown(&line).split_whitespace().collect::<Vec<_>>().join(" ")
}

type ReadPart<'r> = &'r dyn Fn(&str, usize) -> Result<Vec<PassagePart>, Misprint>;

fn in_body(line: usize, mistake: MailTextMistake) -> Misprint {
    Misprint { field: "body", placed: PlacedMistake { line: line + 1, column: 1, mistake } }
}

fn block(text: &str, start: usize, read: ReadPart<'_>) -> Result<Block<Vec<PassagePart>>, Misprint> {
    for mark in ["[knop]", "[button]"] {
        if let Some(small) = text.strip_prefix(mark) {
            let small = small.trim();
            return Ok(Block::Button(if small.is_empty() { None } else { Some(read(small, 1)?) }));
        }
    }
    if text == "[lijst]" || text == "[list]" {
        return Ok(Block::List);
    }
    if let Some(small) = text.strip_prefix("> ") {
        return Ok(Block::Small(read(small, 0)?));
    }
    if text.starts_with("| ") {
        let facts = text.lines().enumerate().map(|(n, line)| {
            let fact = line.strip_prefix("| ").and_then(|line| line.split_once(" | "));
            let (label, value) = fact.ok_or_else(|| in_body(start + n, MailTextMistake::Facts))?;
            Ok((read(label, n)?, read(value, n)?))
        });
        return Ok(Block::Facts(facts.collect::<Result<_, Misprint>>()?));
    }
    Ok(Block::Paragraph(read(text, 0)?))
}

impl Block<Vec<PassagePart>> {
    fn text(&self, fill: &dyn Fn(&[PassagePart]) -> String, items: &[Item], button: &str, link: &str) -> Vec<String> {
        match self {
            Self::Paragraph(parts) | Self::Small(parts) => vec![fill(parts)],
            Self::Facts(facts) => {
                let lines = facts.iter().map(|(label, value)| format!("{}: {}", fill(label), fill(value)));
                vec![lines.collect::<Vec<_>>().join("\n")]
            }
            Self::List => {
                let lines = items.iter().map(|item| match item.detail.as_str() {
                    "" => format!("- {}", item.title),
                    detail => format!("- {} ({detail})", item.title),
                });
                vec![lines.collect::<Vec<_>>().join("\n")]
            }
            Self::Button(small) => {
                [format!("{button}:\n{link}")].into_iter().chain(small.iter().map(|s| fill(s))).collect()
            }
        }
    }

    fn value(&self, html: &dyn Fn(&[PassagePart]) -> String, items: &[Item]) -> minijinja::Value {
        let safe = |parts: &Vec<PassagePart>| minijinja::Value::from_safe_string(html(parts));
        match self {
            Self::Paragraph(parts) => minijinja::context! { kind => "paragraph", html => safe(parts) },
            Self::Small(parts) => minijinja::context! { kind => "small", html => safe(parts) },
            Self::Button(small) => minijinja::context! { kind => "button", html => small.as_ref().map(safe) },
            Self::List => {
                let items = items.iter().map(|item| {
                    minijinja::context! { title => item.title.as_str(), detail => item.detail.as_str() }
                });
                minijinja::context! { kind => "list", items => items.collect::<Vec<_>>() }
            }
            Self::Facts(facts) => {
                let facts = facts.iter().map(|(label, value)| {
                    minijinja::context! { label => safe(label), value => safe(value) }
                });
                minijinja::context! { kind => "facts", facts => facts.collect::<Vec<_>>() }
            }
        }
    }
}

fn environment() -> minijinja::Environment<'static> {
    let mut environment = minijinja::Environment::empty();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    environment
}

/// Returns a value as HTML. A phone number can be tapped; only its digits and a plus reach
/// the address.
fn shown(name: &'static str, value: &str) -> String {
    let digits: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if name == "phone" && !digits.is_empty() {
        return format!("<a class=\"t1\" href=\"tel:{digits}\" style=\"color:#14171f;\">{}</a>", escape(value));
    }
    escape(value)
}

/// Returns a link for HTML. Our own address has no character that means something in HTML, and
/// escaping would make its slashes hard to read. Any other link is escaped.
pub fn address(link: &str) -> minijinja::Value {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/#%".contains(c);
    if link.chars().all(plain) {
        minijinja::Value::from_safe_string(link.to_owned())
    } else {
        minijinja::Value::from(link)
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::mail::MailKind;

    const LINK: &str = "http://localhost:8080/welkom#tok";

    fn written(kind: &MailProperties, language: Language, value: &str) -> Written {
        let values: Values = kind.names.iter().map(|name| (*name, format!("{name}{value}"))).collect();
        let items = [Item { title: format!("one{value}"), detail: format!("two{value}") }];
        let parsed = ParsedMailText::read(&Source::standard(kind, language), kind, language).unwrap();
        let setting = Setting { kind, language, accent: "#0f5b66", link: LINK, items: &items, times: 1 };
        parsed.fill(&setting, &values).draw().unwrap()
    }

    fn all() -> impl Iterator<Item = (&'static MailProperties, Language)> {
        MailProperties::all().flat_map(|kind| [(kind, Language::Nl), (kind, Language::En)])
    }

    #[test]
    fn every_mail_can_be_written_in_both_languages() {
        for (kind, language) in all() {
            let (name, mail) = (kind.id.word(), written(kind, language, ""));
            assert!(!mail.subject.is_empty() && mail.subject.len() < 120, "{name}");
            assert!(mail.text.lines().any(|line| line == LINK), "{name}: {}", mail.text);
            assert_eq!(mail.html.matches(&format!("href=\"{LINK}\"")).count(), 2, "{name}: {}", mail.html);
            assert!(mail.html.contains(&format!("lang=\"{}\"", language.tag())), "{name}");
            for part in [&mail.subject, &mail.text, &mail.html] {
                for left in ["{{", "[knop]", "[button]", "[lijst]", "[list]", "[[", "]]", "\n| ", "mj-"] {
                    assert!(
                        !part.replace("mj-column-per", "").contains(left) || left == "mj-",
                        "{name} {left}: {part}"
                    );
                }
            }
            for foreign in ["<img", "src=\"http", "fonts.googleapis"] {
                assert!(!mail.html.contains(foreign), "{name} {foreign}");
            }
        }
    }

    #[test]
    fn a_value_brings_no_markup_no_line_no_header_and_no_template() {
        let evil = "<script>x</script>\r\nBcc: evil@example.org\r\n\r\n| a | b\n[knop] {{ config }} {% for x in y %} {firm} </mj-text>";
        for (kind, language) in all() {
            let (name, mail) = (kind.id.word(), written(kind, language, evil));
            assert!(!mail.subject.contains(['\r', '\n']), "{name}");
            assert!(!mail.html.contains("<script") && !mail.html.contains("<mj-"), "{name}");
            assert!(!mail.text.contains("\nBcc") && !mail.text.contains('\r'), "{name}: {}", mail.text);
            assert_eq!(mail.html.matches("href=\"http").count(), 2, "{name}");
            assert!(
                mail.text.contains("{{ config }}") || kind.id == MailKind::Digest,
                "a value stays what it is: {name}"
            );
        }
    }

    #[test]
    fn an_absent_last_day_is_not_mentioned() {
        let kind = MailProperties::of(MailKind::Task);
        let values = Values::from([("given_name", "M".to_owned())]);
        let parsed = ParsedMailText::read(&Source::standard(kind, Language::Nl), kind, Language::Nl).unwrap();
        let setting = Setting { kind, language: Language::Nl, accent: "", link: LINK, items: &[], times: 1 };
        assert!(!parsed.fill(&setting, &values).draw().unwrap().text.contains("uiterlijk"));
    }
}
