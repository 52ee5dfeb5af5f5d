//! Checks that every text exists in Dutch and in English, wherever texts are: checklists, mails, the shell, and the
//! code. It cannot see whether a translation is a good one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::File;

/// Returns a sentence for each text that is missing in one of the languages.
pub fn missing(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let path = file.path.as_str();
        if path.starts_with("assets/checklists/") {
            checklist(file, &mut found);
        } else if path.starts_with("assets/mail/") && path.ends_with(".txt") {
            mail(file, files, &mut found);
        } else if path == "assets/boot.js" {
            shell(file, &mut found);
        } else if path.ends_with(".rs") && file.text.contains("texts! {") {
            code(file, &mut found);
        }
    }
    found
}

fn checklist(file: &File, found: &mut Vec<String>) {
    match serde_json::from_str(&file.text) {
        Ok(value) => both(&value, &file.path, "", found),
        Err(error) => found.push(format!("{}: {error}", file.path)),
    }
}

fn both(value: &Value, path: &str, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("nl") || map.contains_key("en") {
                for language in ["nl", "en"] {
                    if map.get(language).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty()) {
                        found.push(format!("{path}: {at} has no text in {language}"));
                    }
                }
                return;
            }
            let at = map.get("id").and_then(Value::as_str).unwrap_or(at);
            map.iter().for_each(|(key, value)| both(value, path, &format!("{at}.{key}"), found));
        }
        Value::Array(list) => list.iter().for_each(|value| both(value, path, at, found)),
        _ => {}
    }
}

/// Checks that both languages of a mail exist and name the same values.
fn mail(file: &File, files: &[File], found: &mut Vec<String>) {
    let (other, is_dutch) = match file.path.strip_suffix(".nl.txt") {
        Some(name) => (format!("{name}.en.txt"), true),
        None => (file.path.replace(".en.txt", ".nl.txt"), false),
    };
    match files.iter().find(|file| file.path == other) {
        None => found.push(format!("{}: {other} is missing", file.path)),
        Some(translation) if is_dutch && values(&file.text) != values(&translation.text) => {
            found.push(format!("{}: names more or fewer values than {other}", file.path));
        }
        Some(_) => {}
    }
}

/// Returns how many different values a mail names, because each language has its own words for them.
fn values(text: &str) -> usize {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name).collect::<BTreeSet<_>>().len()
}

/// Checks that the shell's two tables have the same names.
fn shell(file: &File, found: &mut Vec<String>) {
    let names = |language: &str| -> Option<BTreeSet<&str>> {
        let table = file.text.split_once(&format!("\n  {language}: {{\n"))?.1.split_once("\n  },")?.0;
        Some(table.lines().filter_map(|line| line.trim().split_once(':')).map(|(name, _)| name).collect())
    };
    let (dutch, english) = (names("nl"), names("en"));
    if dutch.is_none() || dutch != english {
        found.push(format!("{}: its texts in nl and en have different names", file.path));
    }
}

/// Checks that no text is empty, because the macro only asks for both languages.
fn code(file: &File, found: &mut Vec<String>) {
    let mut inside = false;
    for (i, line) in file.text.lines().enumerate() {
        inside = (inside && line != "}") || line.ends_with("texts! {");
        if inside && line.contains("\"\"") {
            found.push(format!("{}:{}: an empty text", file.path, i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{File, missing};

    fn check(path: &str, text: &str, more: Option<(&str, &str)>) -> Vec<String> {
        let file = |(path, text): (&str, &str)| File { path: path.to_owned(), text: text.to_owned() };
        missing(&[Some((path, text)), more].into_iter().flatten().map(file).collect::<Vec<_>>())
    }

    #[test]
    fn a_question_without_english_is_found() {
        let list = |en: &str| format!(r#"{{"sections":[{{"id":"woning","title":{{"nl":"Woning"{en}}}}}]}}"#);
        assert!(check("assets/checklists/x.json", &list(r#","en":"Home""#), None).is_empty());
        assert_eq!(
            check("assets/checklists/x.json", &list(""), None),
            ["assets/checklists/x.json: woning.title has no text in en"]
        );
        assert_eq!(check("assets/checklists/x.json", &list(r#","en":" ""#), None).len(), 1);
    }

    #[test]
    fn a_mail_in_one_language_or_with_other_values_is_found() {
        let dutch = ("assets/mail/task.nl.txt", "Dag {naam}");
        assert_eq!(check(dutch.0, dutch.1, None).len(), 1);
        assert!(check(dutch.0, dutch.1, Some(("assets/mail/task.en.txt", "Hello {name}"))).is_empty());
        assert_eq!(check(dutch.0, dutch.1, Some(("assets/mail/task.en.txt", "Hello"))).len(), 1);
    }

    #[test]
    fn a_text_of_the_shell_in_one_language_is_found() {
        let shell = |en: &str| {
            format!("const TEXT = {{\n  nl: {{\n    again: \"x\",\n  }},\n  en: {{\n    {en}: \"y\",\n  }},\n}};")
        };
        assert!(check("assets/boot.js", &shell("again"), None).is_empty());
        assert_eq!(check("assets/boot.js", &shell("other"), None).len(), 1);
    }

    #[test]
    fn an_empty_text_in_the_code_is_found() {
        let code = |text: &str| format!("ui::texts! {{\n    Home {{ a: \"Dag\", {text}; }}\n}}\n");
        assert!(check("app/src/text/a.rs", &code("\"Hello\""), None).is_empty());
        assert_eq!(check("app/src/text/a.rs", &code("\"\""), None).len(), 1);
    }
}
