//! Checks one file against the rules. Pure: it reads no disk, so that its tests are a table.

use super::rules::{self, Text, Words};

/// A file of the tree: its path from the root with forward slashes, and its contents.
pub struct File {
    pub path: String,
    pub text: String,
}

/// Returns everything that is wrong with a file, as sentences that start with its place.
pub fn check(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    name(file, &mut found);
    let code = [".rs", ".mjs", ".js"].iter().any(|end| file.path.ends_with(end));
    if code {
        length(file, &mut found);
    }
    if file.path.ends_with(".rs") {
        opening(file, &mut found);
        for rule in rules::WORDS.iter().filter(|rule| holds(rule.inside, rule.except, &file.path)) {
            words(file, rule, &mut found);
        }
    }
    for rule in rules::TEXT.iter().filter(|rule| holds(rule.inside, rule.except, &file.path)) {
        text(file, rule, &mut found);
    }
    if let Some(package) = file.path.strip_suffix("/Cargo.toml") {
        dependencies(file, package, &mut found);
    }
    found
}

fn holds(inside: &[&str], except: &[&str], path: &str) -> bool {
    inside.iter().any(|start| path.starts_with(start)) && !except.iter().any(|start| path.starts_with(start))
}

fn name(file: &File, found: &mut Vec<String>) {
    for part in file.path.split('/') {
        let stem = part.split('.').next().unwrap_or(part);
        if rules::NAMES.contains(&stem) {
            found.push(format!("{}: `{stem}` says nothing about what is inside", file.path));
        }
    }
}

fn length(file: &File, found: &mut Vec<String>) {
    let lines = file.text.lines().count();
    if lines > rules::MOST_LINES && !rules::LONG.iter().any(|(path, _)| *path == file.path) {
        found.push(format!("{}: {lines} lines; nobody reads more than {}: split it", file.path, rules::MOST_LINES));
    }
}

fn opening(file: &File, found: &mut Vec<String>) {
    if !file.text.starts_with("//!") {
        found.push(format!("{}: must open with `//!`: what it is and what it never does", file.path));
    }
}

fn words(file: &File, rule: &Words, found: &mut Vec<String>) {
    for (number, line) in file.text.lines().enumerate() {
        let code = without_comment(line);
        for word in rule.never.iter().filter(|word| names(code, word)) {
            found.push(format!("{}:{}: `{word}` may not stand here: {}", file.path, number + 1, rule.because));
        }
    }
}

fn text(file: &File, rule: &Text, found: &mut Vec<String>) {
    for (number, line) in file.text.lines().enumerate() {
        for text in rule.never.iter().filter(|text| line.contains(**text)) {
            found.push(format!("{}:{}: `{text}` may not stand here: {}", file.path, number + 1, rule.because));
        }
    }
}

fn without_comment(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") {
        return "";
    }
    line.split_once(" // ").map_or(line, |(code, _)| code)
}

/// Returns true if the code has this word, and not only a longer word that contains it.
fn names(code: &str, word: &str) -> bool {
    let (word, open_end) = word.strip_suffix('*').map_or((word, false), |start| (start, true));
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let ends_in_word = word.ends_with(part_of_word);
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && (open_end || !ends_in_word || !after.is_some_and(part_of_word))
    })
}

fn dependencies(file: &File, package: &str, found: &mut Vec<String>) {
    let Some((_, never)) = rules::DEPENDENCIES.iter().find(|(name, _)| *name == package) else {
        return;
    };
    match file.text.parse::<toml::Table>() {
        Err(error) => found.push(format!("{}: {error}", file.path)),
        Ok(manifest) => {
            for name in depends_on(&manifest) {
                if never.contains(&name.as_str()) {
                    found.push(format!("{}: {package} may not depend on {name}", file.path));
                }
            }
        }
    }
}

/// Returns the names in every dependency table, including those of a target.
fn depends_on(manifest: &toml::Table) -> Vec<String> {
    let mut names = Vec::new();
    for (key, value) in manifest {
        let Some(table) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            names.extend(table.iter().map(|(name, value)| {
                let renamed = value.get("package").and_then(toml::Value::as_str);
                renamed.unwrap_or(name).to_owned()
            }));
        } else if key == "target" {
            names.extend(table.values().filter_map(toml::Value::as_table).flat_map(depends_on));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&File { path: path.to_owned(), text: text.to_owned() })
    }

    /// Each case is a file that breaks one rule, and a part of the sentence that it must get.
    #[test]
    fn each_rule_catches_its_sin() {
        for (path, text, sentence) in [
            ("model/src/task.rs", "//! x\nuse tokio::sync;\n", "model does no I/O"),
            ("model/src/task.rs", "//! x\nlet t = std::time::SystemTime::now();\n", "model does no I/O"),
            ("app/src/client/sync.rs", "//! x\nuse dioxus::prelude::*;\n", "without a screen"),
            ("app/src/client.rs", "//! x\nuse dioxus_signals::Signal;\n", "without a screen"),
            ("app/src/component/card.rs", "//! x\nuse crate::screen::overview::Row;\n", "never the other way"),
            ("app/src/screen/overview.rs", "//! x\nuse rusqlite::Connection;\n", "only the platform folder"),
            ("app/src/main.rs", "//! x\n#[cfg(feature = \"web\")]\nfn main() {}\n", "chosen once"),
            ("app/src/platform/browser/page.rs", "//! x\nuse crate::client::Client;\n", "knows nothing of the app"),
            ("sync-server/storage/src/vault.rs", "//! x\nuse rusqlite::params;\n", "one file names the driver"),
            (
                "sync-server/storage/Cargo.toml",
                "[dependencies]
axum = \"1\"
",
                "may not depend on axum",
            ),
            (
                "sync-server/console/Cargo.toml",
                "[dependencies]
lettre = \"1\"
",
                "may not depend on lettre",
            ),
            ("sync-server/accounts/src/session.rs", "//! x\nuse webauthn_rs::prelude::Passkey;\n", "one place makes"),
            ("sync-server/src/sync.rs", "//! x\nfn f() -> anyhow::Result<()> {}\n", "own error"),
            ("ui/src/part.rs", "//! x\nuse web_sys::window;\n", "knows no platform"),
            ("app/src/app.rs", "use dioxus::prelude::*;\n", "must open with `//!`"),
            ("app/src/util.rs", "//! x\n", "says nothing"),
            ("sync-server/src/helpers/a.rs", "//! x\n", "says nothing"),
            ("docs/a.md", concat!("see /ro", "ot/akkoord\n"), "somebody's machine"),
            ("tests/tests/a.rs", concat!("//! x\ntokio::time::sle", "ep(d).await;\n"), "not for a while"),
            ("tests/browser/a.test.mjs", concat!("await page.waitForTime", "out(5)\n"), "not for a while"),
            ("model/src/a.rs", concat!("//! x\n#[ig", "nore]\n"), "no test"),
            ("assets/index.html", "<p style=\"x\">\n", "no inline style"),
            ("app/Cargo.toml", "[dependencies]\nsync-server = { workspace = true }\n", "may not depend on sync-server"),
            ("sync-server/Cargo.toml", "[dev-dependencies]\napp = { path = \"../app\" }\n", "may not depend on app"),
            ("model/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nt = { package = \"tokio\" }\n", "on tokio"),
        ] {
            let found = found(path, text);
            assert!(found.iter().any(|line| line.contains(sentence)), "{path}: {text:?} gave {found:?}");
        }
    }

    #[test]
    fn what_is_allowed_is_left_alone() {
        for (path, text) in [
            ("model/src/task.rs", "//! It never names tokio.\n// Nor SystemTime.\nuse crate::Instants;\n"),
            ("app/src/platform/desktop/storage.rs", "//! x\nuse rusqlite::Connection;\n"),
            ("sync-server/storage/src/db/sqlite.rs", "//! x\nuse rusqlite::params;\n"),
            ("sync-server/mail/src/smtp.rs", "//! x\nuse lettre::Message;\n"),
            ("sync-server/accounts/src/passkey.rs", "//! x\nuse webauthn_rs::Webauthn;\n"),
            ("sync-server/src/main.rs", "//! x\nfn main() -> anyhow::Result<()> {}\n"),
            ("app/src/screen/overview.rs", "//! x\nuse crate::component::card::Card;\n"),
            ("sync-server/Cargo.toml", "[dependencies]\nmodel = { workspace = true }\n"),
            ("tests/Cargo.toml", "[dependencies]\napp = \"1\"\nsync-server = \"1\"\n"),
        ] {
            assert_eq!(found(path, text), Vec::<String>::new(), "{path}");
        }
    }

    #[test]
    fn a_file_that_nobody_reads_to_the_end_is_named() {
        let text = format!("//! x\n{}", "\n".repeat(rules::MOST_LINES));
        assert!(found("app/src/app.rs", &text)[0].contains("split it"));
        assert_eq!(found("docs/long.md", &text), Vec::<String>::new());
    }

    #[test]
    fn a_word_is_not_found_inside_a_longer_one() {
        assert!(names("use axum::Json;", "axum"));
        assert!(!names("use axum_extra::x;", "axum"));
        assert!(names("use webauthn_rs_core::x;", "webauthn_rs*"));
        assert!(!names("let my_tokio = 1;", "tokio"));
        assert!(names("std::fs::read(x)", "std::fs"));
        assert!(!names("std::fsync(x)", "std::fs"));
    }
}
