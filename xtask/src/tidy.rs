//! `cargo xtask tidy`: checks every file of the tree against the rules of the house.
//! It changes nothing, and says of each finding where it is and why it is one.

mod check;
mod circles;
mod retired;
mod rules;
mod texts;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use check::File;

/// The folders that are made, not written.
const MADE: &[&str] = &["target", "dist", "dist-release", "data", "node_modules", "out"];
/// The endings of files that people write as text. A lock file is none of them.
const WRITTEN: &[&str] =
    &["rs", "toml", "md", "js", "mjs", "css", "html", "json", "ftl", "sql", "j2", "txt", "webmanifest"];

/// Fails with every finding, sorted by place.
pub fn tidy(root: &Path) -> Result<()> {
    let files = files(root)?;
    let mut found: Vec<String> = files.iter().flat_map(check::check).collect();
    found.extend(stale_exceptions(&files));
    found.extend(bindgen_versions(&files));
    found.extend(texts::missing(&files));
    found.extend(circles::circles(&files));
    found.extend(retired::retired(&files));
    if found.is_empty() {
        println!("{} files keep the rules", files.len());
        return Ok(());
    }
    found.sort();
    bail!("{} findings\n{}", found.len(), found.join("\n"))
}

/// Finds exceptions for files that are gone or have become short, which say something false about the tree.
fn stale_exceptions(files: &[File]) -> Vec<String> {
    let long = |path: &str| files.iter().any(|file| file.path == path && file.text.lines().count() > rules::MOST_LINES);
    let stale = rules::LONG.iter().filter(|(path, _)| !long(path));
    stale.map(|(path, _)| format!("{path}: is in the list of long files, but is not one")).collect()
}

/// Checks that the library that writes the JavaScript has exactly the version of the one in the wasm.
fn bindgen_versions(files: &[File]) -> Vec<String> {
    let version = |path: &str, table: &[&str], name: &str| {
        let file = files.iter().find(|file| file.path == path)?;
        let manifest: toml::Table = file.text.parse().ok()?;
        let mut at = toml::Value::Table(manifest);
        for key in table.iter().chain([&name]) {
            at = at.get(*key)?.clone();
        }
        at.as_str().map(str::to_owned)
    };
    let wasm = version("Cargo.toml", &["workspace", "dependencies"], "wasm-bindgen");
    let tool = version("xtask/Cargo.toml", &["dependencies"], "wasm-bindgen-cli-support");
    if wasm.is_some() && wasm == tool && wasm.as_ref().is_some_and(|wasm| wasm.starts_with('=')) {
        return Vec::new();
    }
    vec![format!(
        "Cargo.toml: wasm-bindgen ({wasm:?}) and xtask's wasm-bindgen-cli-support ({tool:?}) must be one pinned version"
    )]
}

fn files(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') || MADE.contains(&name.as_ref()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            if WRITTEN.contains(&ending.as_ref()) && name != "package-lock.json" {
                let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                files.push(File { path: path.strip_prefix(root)?.to_string_lossy().replace('\\', "/"), text });
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{File, bindgen_versions, stale_exceptions};

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn two_versions_of_wasm_bindgen_are_found() {
        let wasm =
            |version: &str| file("Cargo.toml", &format!("[workspace.dependencies]\nwasm-bindgen = \"{version}\"\n"));
        let tool = || file("xtask/Cargo.toml", "[dependencies]\nwasm-bindgen-cli-support = \"=0.2.130\"\n");
        assert_eq!(bindgen_versions(&[wasm("=0.2.130"), tool()]), Vec::<String>::new());
        assert_eq!(bindgen_versions(&[wasm("=0.2.131"), tool()]).len(), 1);
    }

    #[test]
    fn an_exception_that_is_no_longer_needed_is_found() {
        assert_eq!(stale_exceptions(&[]).len(), super::rules::LONG.len());
    }

    #[test]
    fn the_tree_keeps_the_rules() {
        if let Err(found) = super::tidy(&crate::root()) {
            panic!("{found}");
        }
    }
}
