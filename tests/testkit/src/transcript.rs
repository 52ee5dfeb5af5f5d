//! What is compared with a snapshot: texts in which everything random has a name instead, and what a browser and the
//! server said to each other.

use crate::harness::{Answer, Browser};
use axum::http::Method;
use serde_json::Value;
use std::fmt::Write;

/// The length from which a word can be random: an id without hyphens in base64 has 22 letters.
const SHORTEST: usize = 20;

/// Words that only look as if they were random.
const WORDS: &[&str] = &["userVerificationRequired"];

/// Replaces ids, hashes, keys and tokens by names that count them in the order in which they appear.
#[derive(Default)]
pub struct Names(Vec<String>);

impl Names {
    /// Returns a text with names for everything random in it.
    pub fn name(&mut self, text: &str) -> String {
        let mut named = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_of_a_word) {
            named.push_str(&rest[..start]);
            let word = &rest[start..];
            let word = &word[..word.find(|c| !is_of_a_word(c)).unwrap_or(word.len())];
            if is_random(word) {
                write!(named, "<{}>", self.number(word)).unwrap();
            } else {
                named.push_str(word);
            }
            rest = &rest[start + word.len()..];
        }
        named + rest
    }

    /// Returns a value with names for everything random in its texts.
    pub fn name_json(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.name(text).into(),
            Value::Array(items) => items.iter().map(|item| self.name_json(item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), self.name_json(field))).collect(),
            other => other.clone(),
        }
    }

    fn number(&mut self, word: &str) -> usize {
        let known = self.0.iter().position(|known| known == word);
        known.unwrap_or_else(|| {
            self.0.push(word.to_owned());
            self.0.len() - 1
        }) + 1
    }
}

fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Returns true for what is no word of any language: long, with capitals inside or of hexadecimal digits.
fn is_random(word: &str) -> bool {
    let has_capitals_inside = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
    let has_small_letters = word.contains(|c: char| c.is_ascii_lowercase());
    let is_hexadecimal = word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let can_be = has_capitals_inside && has_small_letters || is_hexadecimal;
    word.len() >= SHORTEST && can_be && !WORDS.contains(&word)
}

/// Returns what stands on the pages of a PDF.
pub fn text_of_pdf(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Writes down the requests of a browser and the answers of the server.
#[derive(Default)]
pub struct Transcript {
    names: Names,
    text: String,
}

impl Transcript {
    /// Sends a body and returns the answer; what is said goes into the transcript.
    pub async fn post(&mut self, browser: &mut Browser, path: &str, body: &Value) -> Answer {
        let answer = browser.post(path, body).await;
        self.say("POST", path, Some(body), &answer);
        answer
    }

    /// Asks for an address and returns the answer; what is said goes into the transcript.
    pub async fn get(&mut self, browser: &mut Browser, path: &str) -> Answer {
        let answer = browser.send_empty(Method::GET, path).await;
        self.say("GET", path, None, &answer);
        answer
    }

    fn say(&mut self, method: &str, path: &str, body: Option<&Value>, answer: &Answer) {
        let path = self.names.name(path);
        writeln!(self.text, "{method} {path}").unwrap();
        if let Some(body) = body {
            writeln!(self.text, "{:#}", self.names.name_json(body)).unwrap();
        }
        writeln!(self.text, "{}", answer.status).unwrap();
        if !answer.body.is_empty() {
            writeln!(self.text, "{:#}", self.names.name_json(&answer.json())).unwrap();
        }
        self.text.push('\n');
    }

    /// Returns everything that was said.
    pub fn text(self) -> String {
        self.text
    }
}
