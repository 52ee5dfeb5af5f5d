//! `cargo xtask tidy`: checks every file of the tree against the rules of the house.
//! It changes nothing, and says of each finding where it is and why it is one.

mod check;
mod circles;
mod layers;
mod named;
mod retired;
mod rules;
mod text_fields;
mod texts;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{cargo, output};
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
    found.extend(layers::against(&metadata(root)?));
    found.extend(text_fields::unchecked(&files));
    found.extend(texts::missing(&files));
    found.extend(circles::circles(&files));
    found.extend(named::missing(&files));
    found.extend(retired::retired(&files));
    if found.is_empty() {
        println!("{} files keep the rules", files.len());
        return Ok(());
    }
    found.sort();
    bail!("{} findings\n{}", found.len(), found.join("\n"))
}

/// Returns what cargo says of the packages of this tree.
fn metadata(root: &Path) -> Result<Value> {
    let metadata = output(cargo(root).args(["metadata", "--no-deps", "--format-version=1"]))?;
    serde_json::from_str(&metadata).context("what `cargo metadata` says")
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
