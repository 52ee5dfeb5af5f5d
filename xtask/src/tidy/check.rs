//! Checks one file against the rules. Pure: it reads no disk, so that its tests are a table.

use super::rules::{self, Rule};

/// A file of the tree: its path from the root with forward slashes, and its contents.
pub struct File {
    pub path: String,
    pub text: String,
}

/// Returns everything that is wrong with a file, as sentences that start with its place.
pub fn check(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let path = &file.path;
    for stem in path.split('/').map(|part| part.split('.').next().unwrap_or(part)) {
        if rules::NAMES.contains(&stem) {
            found.push(format!("{path}: `{stem}` says nothing about what is inside"));
        }
    }
    let lines = file.text.lines().count();
    if lines > rules::MOST_LINES && [".rs", ".mjs", ".js"].iter().any(|end| path.ends_with(end)) {
        found.push(format!("{path}: {lines} lines; nobody reads more than {}: split it", rules::MOST_LINES));
    }
    if path.ends_with(".rs") {
        if !file.text.starts_with("//!") {
            found.push(format!("{path}: must open with `//!`: what it is and what it never does"));
        }
        look_for(rules::CODE, file, |line, word| names(without_comment(line), word), &mut found);
    }
    look_for(rules::TEXT, file, |line, text| line.contains(text), &mut found);
    found
}

fn look_for(rules: &[Rule], file: &File, has: impl Fn(&str, &str) -> bool, found: &mut Vec<String>) {
    let is_below = |places: &[&str]| places.iter().any(|start| file.path.starts_with(start));
    for rule in rules.iter().filter(|rule| is_below(rule.inside) && !is_below(rule.except)) {
        for (number, line) in file.text.lines().enumerate() {
            for word in rule.never.iter().filter(|word| has(line, word)) {
                found.push(format!("{}:{}: `{word}` may not stand here: {}", file.path, number + 1, rule.because));
            }
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
            ("sync-server/accounts/src/session.rs", "//! x\nuse webauthn_rs::prelude::Passkey;\n", "one place makes"),
            ("sync-server/src/sync.rs", "//! x\nfn f() -> anyhow::Result<()> {}\n", "own error"),
            ("sync-server/dossiers/src/jobs.rs", "//! x\nlet s = TcpStream::connect(a);\n", "storage::egress judged"),
            ("sync-server/mail/src/outbox.rs", "//! x\nuse lettre::AsyncSmtpTransport;\n", "storage::egress judged"),
            ("sync-server/console/src/bulk.rs", "//! x\nuse axum::Form;\n", "comes in as `Posted`"),
            ("ui/src/part.rs", "//! x\nuse web_sys::window;\n", "knows no platform"),
            ("app/src/app.rs", "use dioxus::prelude::*;\n", "must open with `//!`"),
            ("app/src/util.rs", "//! x\n", "says nothing"),
            ("sync-server/src/helpers/a.rs", "//! x\n", "says nothing"),
            ("docs/a.md", concat!("see /ro", "ot/akkoord\n"), "somebody's machine"),
            ("tests/tests/a.rs", concat!("//! x\ntokio::time::sle", "ep(d).await;\n"), "not for a while"),
            ("tests/browser/a.test.mjs", concat!("await page.waitForTime", "out(5)\n"), "not for a while"),
            ("model/src/a.rs", concat!("//! x\n#[ig", "nore]\n"), "no test"),
            ("assets/index.html", "<p style=\"x\">\n", "no inline style"),
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
