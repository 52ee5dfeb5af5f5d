//! Finds tests that docs/asvs.md names and that are not there, so that what it says of a requirement stays true.

use super::check::File;

const PAGE: &str = "docs/asvs.md";
/// A name with at least this many words is a test's: tests are called by a sentence.
const WORDS_OF_A_SENTENCE: usize = 5;

/// Returns a sentence for each test that is named and not there.
pub fn missing(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    let pages = files.iter().filter(|file| file.path == PAGE);
    for (number, line) in pages.flat_map(|page| page.text.lines().enumerate()) {
        for name in line.split('`').skip(1).step_by(2).filter_map(name_of_test) {
            let definition = format!("fn {name}(");
            if !files.iter().any(|file| file.path.ends_with(".rs") && file.text.contains(&definition)) {
                found.push(format!("{PAGE}:{}: no test is called `{name}`", number + 1));
            }
        }
    }
    found
}

/// Returns the test that a piece of code names, with or without the file that it stands in.
fn name_of_test(code: &str) -> Option<&str> {
    let name = code.rsplit("::").next()?;
    let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    (is_name && name.split('_').count() >= WORDS_OF_A_SENTENCE).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_named_and_not_there_is_found() {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let page = "| V1 | `a::each_route_asks_who_is_there`, `seal.key`, `keys rotate`, `some_setting` |\n| V2 | `no_such_test_is_there` |\n";
        let files = [file(PAGE, page), file("a.rs", "async fn each_route_asks_who_is_there() {}")];
        assert_eq!(missing(&files), ["docs/asvs.md:2: no test is called `no_such_test_is_there`"]);
    }
}
