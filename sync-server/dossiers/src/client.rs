//! What a firm may write about a client: its number and its tags.

use model::text::Shape;

/// The maximum number of characters of a tag.
const LONGEST_TAG: usize = 40;
/// The maximum number of tags of one client.
const MOST_TAGS: usize = 20;

/// Returns true if a text can be the firm's number of a client. The number is part of
/// addresses, where `nieuw` means something else.
pub fn is_number(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    (1..=20).contains(&text.len())
        && text.chars().all(plain)
        && text.chars().any(char::is_alphanumeric)
        && text != "nieuw"
}

/// Reads tags that are separated by commas, each only once.
pub fn tags_of(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', '|', ';']).map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !tag.is_empty() && !tags.iter().any(|t| t.eq_ignore_ascii_case(&tag)) {
            tags.push(tag);
        }
    }
    tags
}

/// Returns true if the tags are not too many or too long.
pub fn tags_fit(tags: &[String]) -> bool {
    tags.len() <= MOST_TAGS && tags.iter().all(|t| Shape::Line.check(t, LONGEST_TAG).is_ok())
}
