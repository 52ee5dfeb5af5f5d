//! The words of a text: small letters and digits, without what stands between them.

/// The words of a text in their order.
pub struct Words(Vec<String>);

/// Returns the words of a text.
pub fn words(text: &str) -> Words {
    let lower = text.to_lowercase();
    Words(lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

impl Words {
    /// Returns all words.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// Returns the word at a place; an empty one behind the last.
    pub fn at(&self, place: usize) -> &str {
        self.0.get(place).map_or("", String::as_str)
    }

    /// Returns true if the words of `phrase` stand together at a place.
    pub fn are_at(&self, place: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(n, word)| self.at(place + n) == *word)
    }

    /// Returns the first place at or behind `from`, before `until`, at which a phrase stands.
    pub fn find(&self, phrase: &[&str], from: usize, until: usize) -> Option<usize> {
        (from..until.min(self.0.len())).find(|place| self.are_at(*place, phrase))
    }

    /// Returns true if the words of a name stand together somewhere.
    pub fn has(&self, name: &str) -> bool {
        let name = words(name);
        let phrase: Vec<&str> = name.0.iter().map(String::as_str).collect();
        !phrase.is_empty() && self.find(&phrase, 0, usize::MAX).is_some()
    }
}
