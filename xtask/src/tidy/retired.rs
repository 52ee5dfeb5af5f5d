//! Finds words that were retired, so that none comes back. The list says what to write instead.
//! It looks at names and comments in code and at documents. Texts for people are left alone: they are Dutch.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use super::check::File;

/// The list, with one line for each word: the word, two spaces, and what to write instead.
pub const LIST: &str = "docs/retired-words.txt";

/// The files about the past, which may use retired words.
const HISTORY: &[&str] = &["CHANGELOG.md"];

struct Retired {
    word: String,
    parts: Vec<String>,
    replacement: String,
}

/// Returns a sentence for each place with a retired word.
pub fn retired(files: &[File]) -> Vec<String> {
    let Some(list) = files.iter().find(|file| file.path == LIST) else {
        return vec![format!("{LIST}: is not there")];
    };
    let mut found = Vec::new();
    let mut words = Vec::new();
    for (i, line) in list.text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        match line.split_once("  ") {
            Some((word, replacement)) => {
                let replacement = replacement.trim().to_owned();
                words.push(Retired { word: word.to_owned(), parts: parts(word), replacement });
            }
            None => found.push(format!("{LIST}:{}: a word, two spaces, and what to write instead", i + 1)),
        }
    }
    for file in files.iter().filter(|file| !HISTORY.contains(&file.path.as_str())) {
        for (line, written) in written(file) {
            let here = parts(&written);
            for retired in words.iter().filter(|word| here.windows(word.parts.len()).any(|part| part == word.parts)) {
                let Retired { word, replacement, .. } = retired;
                found.push(format!("{}:{line}: `{written}`: `{word}` was retired: write {replacement}", file.path));
            }
        }
    }
    found
}

/// Returns names and words, each with its line.
fn written(file: &File) -> Vec<(usize, String)> {
    let is = |ending: &str| file.path.ends_with(ending);
    let mut written = Vec::new();
    if is(".rs")
        && let Ok(tokens) = TokenStream::from_str(&file.text)
    {
        names(tokens, &mut written);
    }
    for (i, line) in file.text.lines().enumerate() {
        let text = match () {
            () if is(".md") => line.to_owned(),
            () if is(".js") || is(".mjs") => without_texts(line),
            () if is(".rs") => comment(line).to_owned(),
            () => continue,
        };
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        written.extend(words.map(|word| (i + 1, word.to_owned())));
    }
    written
}

fn names(tokens: TokenStream, written: &mut Vec<(usize, String)>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => written.push((name.span().start().line, name.to_string())),
            TokenTree::Group(group) => names(group.stream(), written),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn comment(line: &str) -> &str {
    let is_whole = line.trim_start().starts_with("//");
    if is_whole { line } else { line.split_once(" // ").map_or("", |(_, comment)| comment) }
}

/// Returns a line of a script without the texts between quotes.
fn without_texts(line: &str) -> String {
    let mut open = None;
    let kept = line.chars().filter(|c| match open {
        Some(quote) => {
            open = open.filter(|_| quote != *c);
            false
        }
        None => {
            open = matches!(c, '"' | '`').then_some(*c);
            open.is_none()
        }
    });
    kept.collect()
}

/// Returns the words in a name, in lower case: `set_aside`, `SetAside` and `SET_ASIDE` are two words each.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = '_';
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && before.is_lowercase()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| c != '_') {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::{File, LIST, retired};

    fn found(path: &str, text: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        retired(&[file(LIST, "# of the past\ndeed  bulk action\nset_aside  quarantine\n"), file(path, text)])
    }

    #[test]
    fn a_retired_word_is_named_with_its_place_and_what_to_write_instead() {
        assert_eq!(
            found("a.rs", "//! x\nstruct DeedRow;\n"),
            ["a.rs:2: `DeedRow`: `deed` was retired: write bulk action"]
        );
        for (path, text) in [
            ("a.rs", "fn begin_deed() {}"),
            ("a.rs", "const DEED: u8 = 1;"),
            ("a.rs", "paint!(x.deed)"),
            ("a.rs", "// Of a deed."),
            ("a.rs", "let x = 1; // The deed's."),
            ("a.rs", "fn is_set_aside() {}"),
            ("a.rs", "enum E { SetAside }"),
            ("a.md", "Each `deed` is one."),
            ("a.mjs", "const deed = 1;"),
        ] {
            assert_eq!(found(path, text).len(), 1, "{text}");
        }
    }

    #[test]
    fn longer_words_texts_and_the_past_are_left_alone() {
        for (path, text) in [
            ("a.rs", "fn indeed(aside: Set) {}"),
            ("a.rs", "const TEXT: &str = \"deed\";"),
            ("a.mjs", "find(\"deed\")"),
            ("CHANGELOG.md", "A deed."),
            ("a.json", "{\"deed\": 1}"),
        ] {
            assert_eq!(found(path, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_line_of_the_list_without_a_replacement_is_named() {
        let list = File { path: LIST.to_owned(), text: "deed\n".to_owned() };
        assert_eq!(retired(&[list]).len(), 1);
    }
}
