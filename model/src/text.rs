//! The text that people write: a [`Line`] and a [`Text`] of several lines. They are the only way in for names, notes,
//! messages, file names, cells of a file, fields of forms and of records, and what a device says of itself.
//!
//! Neither has a character that no honest text needs and that harms whoever shows it:
//!
//! - controls (C0, DEL, C1), of which a [`Text`] takes the line feed and the tab. A terminal obeys some of them.
//! - noncharacters (U+FDD0 to U+FDEF and the last two of each plane). XML forbids U+FFFE and U+FFFF, so that no mail
//!   and no PDF with them can be drawn.
//! - embeddings, overrides and isolates of the direction (U+202A to U+202E, U+2066 to U+2069): they let a text read as
//!   another one, such as a program's name as that of a PDF. Line and paragraph separators, deprecated format
//!   characters, annotation marks and the byte order mark (U+2028, U+2029, U+206A to U+206F, U+FFF9 to U+FFFB, U+FEFF).
//!
//! What honest scripts need stays: the joiners U+200C and U+200D (Persian, the scripts of India, emoji), and the marks
//! U+200E, U+200F and U+061C, with which Hebrew and Arabic place digits and punctuation. A mark acts like one invisible
//! letter and turns nothing around it. A text of invisible characters alone is refused, because nobody sees that it is
//! there.

use serde::{Deserialize, Deserializer, Serialize};
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// The reasons why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// It has more characters than this.
    #[error("longer than {0} characters")]
    TooLong(usize),
    /// It has a character that no text has.
    #[error("has the character U+{:04X}, which no text has", u32::from(*.0))]
    Character(char),
    /// It has characters, and none that can be seen.
    #[error("has only invisible characters")]
    Invisible,
}

/// The two shapes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Several lines.
    Text,
}

impl Shape {
    /// Returns true for a character that a text of this shape can have.
    pub fn takes(self, c: char) -> bool {
        if c.is_ascii() {
            return !c.is_ascii_control() || self == Self::Text && matches!(c, '\n' | '\t');
        }
        let code = u32::from(c);
        !(c.is_control()
            || code & 0xfffe == 0xfffe
            || matches!(c,
                '\u{fdd0}'..='\u{fdef}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{206f}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{feff}'))
    }

    /// Checks a text of at most `most` characters.
    pub fn check(self, text: &str, most: usize) -> Result<(), NotText> {
        let (mut count, mut has_visible, mut has_hidden) = (0, false, false);
        for c in text.chars() {
            count += 1;
            if count > most {
                return Err(NotText::TooLong(most));
            }
            if !self.takes(c) {
                return Err(NotText::Character(c));
            }
            let is_hidden = is_invisible(c);
            has_visible |= !is_hidden && !c.is_whitespace();
            has_hidden |= is_hidden;
        }
        if has_hidden && !has_visible { Err(NotText::Invisible) } else { Ok(()) }
    }

    /// Returns what somebody typed or pasted without the characters that no text has. Breaks of lines become line
    /// feeds, or in a line spaces.
    pub fn clean(self, typed: &str) -> Cow<'_, str> {
        if typed.chars().all(|c| self.takes(c)) {
            return Cow::Borrowed(typed);
        }
        let mut clean = String::with_capacity(typed.len());
        let mut rest = typed.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if rest.peek() == Some(&'\n') => {}
                '\r' | '\n' | '\u{2028}' | '\u{2029}' => clean.push(if self == Self::Text { '\n' } else { ' ' }),
                '\t' => clean.push(if self == Self::Text { '\t' } else { ' ' }),
                c if self.takes(c) => clean.push(c),
                _ => {}
            }
        }
        Cow::Owned(clean)
    }

    /// Returns a text in a form that can be shown, whatever it is: a character that no text has as its number.
    pub fn shown(self, text: &str) -> Cow<'_, str> {
        if text.chars().all(|c| self.takes(c)) {
            return Cow::Borrowed(text);
        }
        let mut shown = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                '\r' => {}
                '\n' | '\t' if self == Self::Line => shown.push(' '),
                c if self.takes(c) => shown.push(c),
                c => shown.push_str(&number(c)),
            }
        }
        Cow::Owned(shown)
    }
}

fn number(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// Returns a text with the numbers of its invisible characters.
fn numbers(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { number(c) } else { c.to_string() }).collect()
}

/// Returns true for a character that is no space and of which nothing is seen.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Cuts a text to `most` characters. What is missing is shown by an ellipsis.
fn cut(text: Cow<'_, str>, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.into_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Defines a type of text.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident = $most:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
        #[serde(transparent)]
        pub struct $name<const MOST: usize = $most>(String);

        impl<const MOST: usize> $name<MOST> {
            /// The maximum number of characters.
            pub const MOST: usize = MOST;

            /// Reads what somebody typed: without the space around it, and only if it is a text.
            pub fn read(typed: &str) -> Result<Self, NotText> {
                let clean = typed.trim();
                Shape::$name.check(clean, MOST).map(|()| Self(clean.to_owned()))
            }

            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// Never fails: a character that no text has is shown by its number, and what is too long is cut.
        impl<const MOST: usize> From<&str> for $name<MOST> {
            fn from(text: &str) -> Self {
                let shown = cut(Shape::$name.shown(text), MOST);
                match Shape::$name.check(&shown, MOST) {
                    Ok(()) => Self(shown),
                    Err(_) => Self(cut(numbers(&shown).into(), MOST)),
                }
            }
        }

        impl<const MOST: usize> From<String> for $name<MOST> {
            fn from(text: String) -> Self {
                if Shape::$name.check(&text, MOST).is_ok() { Self(text) } else { Self::from(text.as_str()) }
            }
        }

        impl<const MOST: usize> From<&String> for $name<MOST> {
            fn from(text: &String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl<const MOST: usize> From<&$name<MOST>> for String {
            fn from(text: &$name<MOST>) -> Self {
                text.0.clone()
            }
        }

        impl<const MOST: usize> From<$name<MOST>> for String {
            fn from(text: $name<MOST>) -> Self {
                text.0
            }
        }

        impl<'de, const MOST: usize> Deserialize<'de> for $name<MOST> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Shape::$name.check(&text, MOST).map_err(serde::de::Error::custom)?;
                Ok(Self(text))
            }
        }

        impl<const MOST: usize> std::ops::Deref for $name<MOST> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<const MOST: usize> AsRef<str> for $name<MOST> {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl<const MOST: usize> fmt::Display for $name<MOST> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl<const MOST: usize> PartialEq<str> for $name<MOST> {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl<const MOST: usize> PartialEq<&str> for $name<MOST> {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl<const MOST: usize> PartialEq<String> for $name<MOST> {
            fn eq(&self, other: &String) -> bool {
                self.0 == *other
            }
        }

        impl<const MOST: usize> PartialEq<$name<MOST>> for String {
            fn eq(&self, other: &$name<MOST>) -> bool {
                *self == other.0
            }
        }
    };
}

text! {
    /// A text on one line, of at most `MOST` characters.
    Line = 200
}

text! {
    /// A text of several lines, of at most `MOST` characters.
    Text = 4_000
}

/// Reads a field that is a [`Line`].
pub fn line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Line::<200>::deserialize(deserializer).map(String::from)
}

/// Reads a field that is a [`Line`] or missing.
pub fn maybe_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<Line>::deserialize(deserializer).map(|text| text.map(String::from))
}

/// Reads a field that is a list of [`Line`]s.
pub fn each_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Vec::<Line>::deserialize(deserializer).map(|texts| texts.into_iter().map(String::from).collect())
}

/// Reads a field that has a [`Line`] for each key.
pub fn line_of_each<'de, K: Deserialize<'de> + Ord, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<K, String>, D::Error> {
    let texts = BTreeMap::<K, Line>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(|(key, text)| (key, text.into())).collect())
}

/// Reads a field that is the name of a file.
pub fn file_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Line::<255>::deserialize(deserializer).map(String::from)
}

/// Reads a field that is a [`Text`].
pub fn lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Text::<4_000>::deserialize(deserializer).map(String::from)
}

/// Reads a field that only programs write and read, such as the secret of a link or a sealed ceremony.
pub fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Line::<16_000>::deserialize(deserializer).map(String::from)
}
