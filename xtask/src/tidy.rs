//! `cargo xtask tidy`: holds every file of the tree against the rules of the house.
//! It changes nothing, and says of each finding where it is and why it is one.

mod check;
mod rules;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use check::File;

/// Folders that are made, not written.
const MADE: &[&str] = &["target", "dist", "dist-release", "data", "node_modules", "out"];
/// What is text that people write here. A lock file is not.
const WRITTEN: &[&str] = &["rs", "toml", "md", "js", "mjs", "css", "html", "json", "ftl", "sql", "j2", "webmanifest"];

/// Fails with every finding, sorted by place.
pub fn tidy(root: &Path) -> Result<()> {
    let files = files(root)?;
    let mut found: Vec<String> = files.iter().flat_map(check::check).collect();
    found.extend(stale_exceptions(&files));
    found.extend(bindgen_versions(&files));
    if found.is_empty() {
        println!("{} files keep the rules", files.len());
        return Ok(());
    }
    found.sort();
    bail!("{} findings\n{}", found.len(), found.join("\n"))
}

/// An exception for a file that is gone or has become short is a lie about the tree.
fn stale_exceptions(files: &[File]) -> Vec<String> {
    let long = |path: &str| files.iter().any(|file| file.path == path && file.text.lines().count() > rules::MOST_LINES);
    let stale = rules::LONG.iter().filter(|(path, _)| !long(path));
    stale.map(|(path, _)| format!("{path}: is in the list of long files, but is not one")).collect()
}

/// The library that writes the JavaScript must be exactly as old as the one in the wasm.
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
    #[test]
    fn the_tree_keeps_the_rules() {
        if let Err(found) = super::tidy(&crate::root()) {
            panic!("{found}");
        }
    }
}
